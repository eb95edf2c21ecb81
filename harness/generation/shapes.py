"""The shapes of generated inputs: small ones, with axes of size 1 and of size 0 among them."""

from harness.generation.choices import Choices, pick
from harness.generation.grammar import Shapes

SHARED: tuple[tuple[int, ...], ...] = ((), (2,), (2, 3), (3,), (1, 3), (2, 1), (1,), (0,))
MOST_AXES = 3
MOST_ELEMENTS = 4


def drawn(choices: Choices, shapes: Shapes) -> tuple[int, ...]:
    """A shape; no axes at all is the simplest."""
    if shapes == "shared":
        return pick(choices, SHARED)
    # 0 elements come last: they are no simpler than 1.
    sizes = (*range(1, MOST_ELEMENTS + 1), 0)
    return tuple(pick(choices, sizes) for _ in range(choices.below(MOST_AXES + 1)))


def beside(choices: Choices, shape: tuple[int, ...]) -> tuple[int, ...]:
    """A shape that broadcasts to `shape`: itself most of the time, fewer axes, or axes of size 1."""
    stretched = tuple(1 if axis % 2 else size for axis, size in enumerate(shape))
    return pick(choices, (shape, shape, shape, shape[1:], stretched, ()))
