"""What is computed from neighbours along an axis: differences, integrals, and sums weighed by a sliding kernel."""

from typing import Any

from reference_engine.errors import ShapeMismatch
from reference_engine.op import Array
from reference_engine.ops.linear import matmul
from reference_engine.ops.padding import pad
from reference_engine.ops.rearrangement import flip, part_of, sliding_windows
from reference_engine.ops.reductions import sum as sum_of
from reference_engine.ops.shape import reshape
from reference_engine.shapes import check_axis, check_ndim, check_shape, shape_of


def diff(x: Array, *, n: int = 1, axis: int = -1) -> Any:
    """Each element but the first minus the one before it, n times over."""
    check_axis("diff", axis, x.ndim)
    for _ in range(n):
        x = part_of(x, axis, 1, None) - part_of(x, axis, None, -1)
    return x


def trapezoid(heights: Array, places: Array, *, axis: int = -1) -> Any:
    """The integral of the line through points along an axis: the sum of (x2 - x1) * (y2 + y1) / 2.

    The x are the `places`, the y the `heights`. These are of one shape, or the places have one axis, of that length.
    """
    shape = shape_of(heights)
    check_axis("trapezoid", axis, len(shape))
    check_shape("trapezoid", "places", places, shape if places.ndim > 1 else (shape[axis],))
    steps = diff(places, axis=axis if places.ndim > 1 else 0)
    if places.ndim == 1:
        ndim = heights.ndim
        steps = reshape(steps, shape=tuple(-1 if one == axis % ndim else 1 for one in range(ndim)))
    means = (part_of(heights, axis, 1, None) + part_of(heights, axis, None, -1)) / 2
    return sum_of(steps * means, axis=axis)


def correlate(x: Array, kernel: Array, *, mode: str = "valid") -> Any:
    """The sums of x[i + k] * kernel[k] over k: where all of the kernel lies on x, for the mode "valid".

    Mode "full": where any of it does, with zeros around x; "same": of these as many as x has, from the middle, for a
    kernel of even size one place further to the left. Both operands have one axis, and x is not the shorter one.
    """
    for name, operand in (("x", x), ("kernel", kernel)):
        check_ndim("correlate", name, operand, 1)
    if not 0 < kernel.shape[0] <= x.shape[0]:
        raise ShapeMismatch(f"correlate: a kernel of {kernel.shape[0]} elements does not fit in {x.shape[0]}")
    before, after = _margins(kernel.shape[0], mode)
    windows = sliding_windows(pad(x, before=(before,), after=(after,)), size=kernel.shape[0])
    return matmul(windows, kernel)


def _margins(size: int, mode: str) -> tuple[int, int]:
    """How many zeros come before and after x."""
    if mode == "full":
        return size - 1, size - 1
    return (size // 2, (size - 1) // 2) if mode == "same" else (0, 0)


def convolve(x: Array, kernel: Array, *, mode: str = "full") -> Any:
    """The sums of x[i - k] * kernel[k] over k: `correlate` with the kernel reversed, by the same modes."""
    return correlate(x, flip(kernel), mode=mode)
