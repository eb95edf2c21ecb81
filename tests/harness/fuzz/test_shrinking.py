"""Shrinking starts from the choices of the program that went wrong, and ends with little."""

from harness.fuzz.shrinking import simplest
from harness.generation import Grammar, program_of
from harness.program import Program


def _is_about_clip(program: Program) -> bool:
    return any(step.op == "clip" for step in program.applications.values())


GRAMMAR = Grammar(ops=("clip",))
FIRST = next(number for number in range(500) if len(program_of(3, number, GRAMMAR).applications) > 4)


def test_the_simplest_program_is_about_the_same_and_smaller() -> None:
    found = simplest(3, FIRST, GRAMMAR, _is_about_clip, tries=500)
    assert _is_about_clip(found)
    assert len(found.applications) <= 2
    assert all(step.array.numpy().size <= 4 for step in found.inputs.values())


def test_without_tries_it_is_the_program_itself() -> None:
    assert program_of(3, FIRST, GRAMMAR) == simplest(3, FIRST, GRAMMAR, _is_about_clip, tries=1)


def test_what_goes_wrong_no_more_is_left_as_it_was() -> None:
    assert program_of(3, FIRST, GRAMMAR) == simplest(3, FIRST, GRAMMAR, lambda program: False, tries=20)
