"""Whole programs: some values, the op that the program is about, something made of it, and gradients."""

from contextlib import suppress

from harness.generation.calls import call
from harness.generation.choices import Choices, Drawn, pick, rarely
from harness.generation.endings import end
from harness.generation.grammar import Grammar
from harness.generation.writer import Refused, Writer
from harness.literals import Rest, Slice
from harness.program import Program

DTYPES = ("float64", "float64", "float64", "float32", "float32", "float16")
ALIKE = 10
"""Programs of the same ops and shapes: a framework that compiles for each of these does so once for all of them."""
COMPLEX = 10
"""One program in so many may have complex numbers."""
VIEWS = (
    {"index": (Rest(),)}, {"index": (Slice(None, 1), Rest())}, {"index": (Slice(None, None, -1), Rest())},
    {"index": (0, Rest())},
)  # fmt: skip


def write_program(choices: Choices, grammar: Grammar = Grammar()) -> Program:  # noqa: B008  frozen
    """A program that is valid: every op takes its operands, every name is defined."""
    writer = Writer(pick(choices, DTYPES), has_complex=rarely(choices, COMPLEX))
    for _ in range(choices.below(grammar.most_before + 1)):
        _step(choices, grammar, writer)
    with suppress(Refused):  # in a dtype in which not every framework has it: then the company is all there is
        call(choices, grammar, writer, pick(choices, grammar.subjects))
    for _ in range(choices.below(grammar.most_after + 1)):
        _step(choices, grammar, writer)
    end(choices, writer)
    return writer.program


def program_of(seed: int, number: int, grammar: Grammar = Grammar()) -> Program:  # noqa: B008  frozen
    """The program of this number under a seed: the same on every machine, whoever asks for which of them."""
    return write_program(choices_of(seed, number, grammar), grammar)


def choices_of(seed: int, number: int, grammar: Grammar) -> Drawn:
    """The choices that make it. With shared shapes, several programs in a row differ in nothing but their numbers."""
    if grammar.shapes == "free":
        return Drawn(f"{seed}/{number}")
    return Drawn(f"{seed}/{number // ALIKE}", f"{seed}/numbers/{number}")


def _step(choices: Choices, grammar: Grammar, writer: Writer) -> None:
    """Another op on what there is; now and then a value is seen in two ways, cast there and back, or half stopped."""
    with suppress(Refused):
        if not rarely(choices, 6) or not writer.values:
            call(choices, grammar, writer, pick(choices, grammar.company))
        else:
            pick(choices, (_two_views, _cast, _stopped))(choices, writer)


def _two_views(choices: Choices, writer: Writer) -> None:
    name = pick(choices, list(writer.values))
    first, second = (writer.apply("getitem", (name,), dict(pick(choices, VIEWS))) for _ in range(2))
    writer.apply(pick(choices, ("multiply", "add")), (first, second))


def _cast(choices: Choices, writer: Writer) -> None:
    floats = [name for name, value in writer.values.items() if value.dtype.kind == "f"]
    if floats:
        there = writer.apply("astype", (pick(choices, floats),), {"dtype": pick(choices, ("float32", "float64"))})
        writer.apply("astype", (there,), {"dtype": writer.dtype})


def _stopped(choices: Choices, writer: Writer) -> None:
    """A value times itself, one of the two being a constant to differentiation."""
    name = pick(choices, list(writer.values))
    writer.apply("multiply", (name, writer.apply("stop_gradient", (name,))))
