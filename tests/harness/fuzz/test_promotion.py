"""A program that is promoted is the same program again when its case is traced."""

from pathlib import Path

import pytest

from harness.catalogue import select
from harness.errors import UsageError
from harness.fuzz.promotion import promote
from harness.generation import program_of


def test_a_promoted_program_is_the_same_program(tmp_path: Path) -> None:
    file = tmp_path / "found.py"
    programs = {f"found/number_{number}": program_of(0, number) for number in range(60)}
    for identifier, program in programs.items():
        promote(program, identifier, f"What {identifier} is about", file)
    assert programs == {case.id: case.program for case in select([str(file)])}


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "found.py"
    promote(program_of(0, 1), "found/twice", "Once", file)
    with pytest.raises(UsageError, match="--as"):
        promote(program_of(0, 2), "found/twice", "Twice", file)
