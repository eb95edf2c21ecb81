"""Hypothesis strategies of Programs and of inputs, for tests of one's own.

    from hypothesis import given
    from harness.strategies import programs

    @given(programs())
    def test_my_engine(program): ...

Programs are valid by construction, and lean towards what goes wrong: ties, kinks, zeros and signed zeros, infinities,
NaN, subnormals, axes of size 1 and 0, a value used twice or seen through two views, several backward passes. They
shrink to fewer ops, then to smaller shapes, simpler numbers and plainer ops.
"""

from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from numpy.typing import NDArray

from harness.generation import Grammar, write_program
from harness.generation.numbers import elements
from harness.generation.shapes import drawn
from harness.program import Program

__all__ = ["inputs", "programs"]


class _Given:
    """Choices that Hypothesis makes."""

    def __init__(self, draw: DrawFn) -> None:
        self._draw = draw
        self.numbers = self

    def below(self, bound: int) -> int:
        return self._draw(_numbers(bound))


@cache
def _numbers(bound: int) -> SearchStrategy[int]:
    return st.integers(0, bound - 1)


@st.composite
def programs(draw: DrawFn, grammar: Grammar | None = None) -> Program:
    """Programs; `grammar` says of which ops and shapes."""
    return write_program(_Given(draw), grammar or Grammar())


@st.composite
def inputs(
    draw: DrawFn, op: str = "multiply", *, shape: tuple[int, ...] | None = None, dtype: str = "float64"
) -> NDArray[Any]:
    """Arrays of `dtype` for a function: among the numbers are those at which `op` changes character.

    Without a `shape` any of up to three axes, of up to four elements each.
    """
    choices = _Given(draw)
    return elements(choices, op, drawn(choices, "free") if shape is None else shape, dtype)
