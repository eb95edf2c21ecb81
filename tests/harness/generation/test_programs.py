"""Generated programs: valid, the same for the same seed, about every op, and leaning towards corners."""

from collections import Counter
from itertools import count, islice

import numpy as np
import pytest

from harness.checker.predict import Predictor
from harness.errors import UsageError
from harness.generation import Drawn, Grammar, program_of, write_program
from harness.generation.choices import pick, rarely
from harness.places import PLACES
from harness.program import Apply, Backward, Grad, Input, Observe, Program, Quantity, RetainGrad

PROGRAMS = [program_of(0, number) for number in range(600)]


def _ops(program: Program) -> set[str]:
    return {step.op for step in program.applications.values()}


def test_the_same_seed_and_number_give_the_same_program() -> None:
    assert PROGRAMS[:50] == [program_of(0, number) for number in range(50)]
    assert PROGRAMS[0] != program_of(1, 0)


def test_a_program_does_not_depend_on_which_others_were_made() -> None:
    assert PROGRAMS[17] == program_of(0, 17)


def test_with_shared_shapes_ten_programs_in_a_row_differ_in_their_numbers_alone() -> None:
    def structure(program: Program) -> list[object]:
        return [step for step in program.steps if not isinstance(step, Input)]

    alike = sum(structure(PROGRAMS[10 * group]) == structure(PROGRAMS[10 * group + 9]) for group in range(60))
    assert alike > 40
    assert len({program.digest for program in PROGRAMS}) > 300
    free = Grammar(shapes="free")
    assert structure(program_of(0, 0, free)) != structure(program_of(0, 9, free))


def test_programs_survive_json() -> None:
    assert PROGRAMS == [Program.from_json(program.to_json()) for program in PROGRAMS]


def test_the_choices_that_were_made_make_the_program_again() -> None:
    class Again:
        def __init__(self, made: list[int]) -> None:
            self._made = iter(made)
            self.numbers = self

        def below(self, bound: int) -> int:
            return next(self._made)

    drawn = Drawn("0/3", "0/numbers/35")
    program = write_program(drawn)
    assert program == write_program(Again(drawn.made))


def test_the_simplest_choices_make_a_program_of_two_ops() -> None:
    class Simplest:
        @property
        def numbers(self) -> "Simplest":
            return self

        def below(self, bound: int) -> int:
            return 0

    program = write_program(Simplest())
    assert ["multiply", "sum"] == [step.op for step in program.applications.values()]


def test_the_reference_engine_runs_the_forward_pass_of_each() -> None:
    predictor = Predictor()
    for program in PROGRAMS[:200]:
        forward = [step for step in program.steps if isinstance(step, Input | Apply)]
        looks = [Observe(name, quantities=(Quantity(name),)) for name in program.applications]
        seen = predictor.observe(Program((*forward, *looks)))
        assert {"array"} == {one.outcome for one in seen.values()}, program


def test_each_op_is_somewhere_the_subject() -> None:
    grammar = Grammar()
    seen = {pick(Drawn(f"{number}"), grammar.subjects) for number in range(5_000)}
    assert set(PLACES) == seen


def test_only_the_ops_that_were_asked_for_are_added_to_the_company() -> None:
    grammar = Grammar(ops=("erfinv",), company=("add", "sum", "square"))
    found = set[str]().union(*(_ops(program_of(0, number, grammar)) for number in range(100)))
    # The endings add sums and means of their own, and products of a value by itself; casts stand beside the ops.
    assert "erfinv" in found
    assert found <= {"erfinv", "add", "sum", "square", "mean", "multiply", "astype", "getitem", "stop_gradient"}


def test_an_op_that_there_is_not_is_refused() -> None:
    with pytest.raises(UsageError, match="frobnicate"):
        Grammar(ops=("frobnicate",))


def test_many_ways_to_ask_for_gradients() -> None:
    kinds = Counter(type(step).__name__ for program in PROGRAMS for step in program.steps)
    assert min(kinds[one] for one in ("Backward", "Grad", "RetainGrad", "ClearGrad", "Write", "SGDStep")) >= 5
    twice = [p for p in PROGRAMS if sum(isinstance(step, Backward) for step in p.steps) > 1]
    assert len(twice) > 20
    assert any(isinstance(step, Grad) and step.create_graph for program in PROGRAMS for step in program.steps)
    assert any(isinstance(step, RetainGrad) for program in PROGRAMS for step in program.steps)


def test_corners_are_among_the_numbers() -> None:
    arrays = [step.array.numpy() for program in PROGRAMS for step in program.inputs.values()]
    floats = [array for array in arrays if array.dtype.kind == "f"]
    numbers = np.concatenate([array.ravel().astype(np.float64) for array in floats])
    assert np.isnan(numbers).any()
    assert np.isposinf(numbers).any()
    assert ((numbers == 0) & np.signbit(numbers)).any()
    assert ((numbers != 0) & (np.abs(numbers) < 1e-300)).any()
    shapes = {array.shape for array in floats}
    assert {(), (0,), (1,), (1, 3), (2, 1)} <= shapes


def test_an_input_is_used_several_times() -> None:
    uses = [
        Counter(name for step in program.steps if isinstance(step, Apply) for name in step.uses if name.startswith("x"))
        for program in PROGRAMS
    ]
    assert sum(max(one.values(), default=0) > 1 for one in uses) > 100


def test_free_shapes_are_many_and_shared_ones_few() -> None:
    def shapes(grammar: Grammar) -> set[tuple[int, ...]]:
        programs = [program_of(0, number, grammar) for number in range(300)]
        return {step.array.shape for program in programs for step in program.inputs.values()}

    ops = ("add", "exp", "maximum")
    free = shapes(Grammar(ops=ops, company=ops, shapes="free"))
    shared = shapes(Grammar(ops=ops, company=ops))
    assert len(free) > 2 * len(shared)


def test_rarely_is_never_the_simplest_choice() -> None:
    drawn = Drawn("0")
    hits = [number for number in islice(count(), 800) if rarely(drawn, 8)]
    assert 60 < len(hits) < 140
    assert drawn.made[hits[0]] == 7
