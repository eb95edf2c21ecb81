"""Options are found from answers alone; what the answers do not decide is said."""

from random import Random

import msgspec
import pytest

from harness.arrays import Array
from harness.catalogue import written
from harness.checker.inference import Inference, infer
from harness.checker.predict import Predictor
from reference_engine import semantics
from tests.engines import answers

pytestmark = pytest.mark.slow

CASES = written()


@pytest.fixture(scope="module")
def predictor():
    return Predictor()


@pytest.fixture(scope="module")
def engine(predictor):
    return lambda options, cases=CASES: answers(predictor, options, cases)


@pytest.fixture(scope="module")
def inferred(engine, predictor):
    return lambda options, cases=CASES: infer(engine(options, cases), predictor, faults=False)


def test_the_default_engine_needs_no_options(inferred):
    inference: Inference = inferred({})

    assert {} == inference.options
    assert () == inference.unexplained


@pytest.mark.parametrize("seed", range(6))
def test_two_options_that_were_changed_are_both_found(seed, inferred):
    choices = [
        (dimension.name, option)
        for dimension in semantics.DIMENSIONS.values()
        for option in dimension.acceptable
        if option != dimension.default
    ]
    random = Random(seed)
    first = random.choice(choices)
    second = random.choice([choice for choice in choices if choice[0] != first[0]])
    planted = dict([first, second])

    inference = inferred(planted)

    assert () == inference.unexplained
    for name, option in planted.items():
        decision = inference.decisions[name]
        assert option in (decision.option, *decision.undecided), planted
    assert inference.options.items() <= planted.items()


def test_each_decision_names_the_smallest_case_that_rules_an_option_out(inferred):
    cases = [case for case in CASES if case.id.startswith("repeated_backward/")]

    decision = inferred({"accumulation": "stateless", "graph_after_backward": "kept"}, cases).decisions["accumulation"]

    assert "stateless" == decision.option
    assert {"adds", "overwrites"} == decision.ruled_out.keys()
    sizes = {case.id: len(case.program.steps) for case in cases}
    shown = [sizes[witness.case] for witness in decision.shown_by]
    assert sorted(shown) == shown
    assert decision.ruled_out["adds"] == decision.shown_by[0]


def test_what_no_case_depends_on_is_undecided(inferred):
    cases = [case for case in CASES if case.id == "double_use/add_chain"]

    decision = inferred({}, cases).decisions["max_ties"]

    assert ("split", False) == (decision.option, decision.asked)
    assert {"first", "last", "all"} == set(decision.undecided)


def test_an_answer_that_nothing_explains_is_left_over(engine, predictor):
    evidence = engine({}, [case for case in CASES if case.id == "double_use/five_uses"])
    wrong = Array.of(41.0)
    seen = evidence[0].observations["x0.grad"]
    evidence[0].observations["x0.grad"] = msgspec.structs.replace(seen, data=wrong.data)

    inference = infer(evidence, predictor, faults=True)

    assert [("double_use/five_uses", ("x0.grad",))] == [(one.case, one.points) for one in inference.unexplained]


def test_the_mistake_of_the_book_is_found_only_where_mistakes_are_looked_for(engine, predictor):
    evidence = engine({"accumulation_write": "in_place_borrowed"})

    with_faults = infer(evidence, predictor, faults=True)
    without = infer(evidence, predictor, faults=False)

    assert {"accumulation_write": "in_place_borrowed"} == with_faults.options
    assert () == with_faults.unexplained
    assert "double_use/add_chain" in [witness.case for witness in with_faults.decisions["accumulation_write"].shown_by]
    assert without.unexplained


def test_progress_is_told_in_words(engine, predictor):
    told = []
    infer(engine({"max_ties": "first"}), predictor, faults=False, progress=told.append)

    assert "max_ties = first" in told
