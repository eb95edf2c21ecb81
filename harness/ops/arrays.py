"""What moves elements, picks them, or changes their dtype."""

from typing import Literal

from harness.literals import Index
from harness.ops.op import Axis, Dtype, Parameter, Shape, family

Mode = Literal["full", "same", "valid"]

family(
    "shape",
    ("reshape", "x", "the same elements in another shape", {"shape": Parameter(Shape)}),
    ("permute_dims", "x", "the axes in another order", {"axes": Parameter(Shape)}),
    ("broadcast_to", "x", "repeated to a larger shape", {"shape": Parameter(Shape)}),
    ("expand_dims", "x", "a new axis of size 1", {"axis": Parameter(int, 0)}),
    ("squeeze", "x", "without an axis of size 1", {"axis": Parameter(int | Shape)}),
    ("concat", "*arrays", "joined along an axis", {"axis": Parameter(int, 0)}),
    ("stack", "*arrays", "joined along a new axis", {"axis": Parameter(int, 0)}),
    (
        "unstack",
        "x",
        "one of the arrays that an axis is taken apart into",
        {"index": Parameter(int), "axis": Parameter(int, 0)},
    ),
    (
        "moveaxis",
        "x",
        "some axes at other positions, the others in their order",
        {"source": Parameter(int | Shape), "destination": Parameter(int | Shape)},
    ),
    ("swapaxes", "x", "two axes in each other's place", {"axis1": Parameter(int), "axis2": Parameter(int)}),
    ("ravel", "x", "all elements along one axis"),
)
family(
    "rearrangement",
    ("flip", "x", "the elements in reverse order along axes", {"axis": Parameter(Axis, None)}),
    (
        "roll",
        "x",
        "moved along axes, what is pushed out at one end comes in at the other",
        {"shift": Parameter(int | Shape), "axis": Parameter(Axis, None)},
    ),
    (
        "rot90",
        "x",
        "turned k times by a right angle in the plane of two axes",
        {"k": Parameter(int, 1), "axes": Parameter(tuple[int, int], (0, 1))},
    ),
    ("tile", "x", "the whole array so many times along each axis", {"repetitions": Parameter(Shape)}),
    (
        "repeat",
        "x",
        "each element so many times in a row",
        {"repeats": Parameter(int), "axis": Parameter(int | None, None)},
    ),
    (
        "pad",
        "x",
        "more elements before and after those of each axis",
        {
            "before": Parameter(Shape),
            "after": Parameter(Shape),
            "mode": Parameter(Literal["constant", "edge", "reflect", "symmetric"], "constant"),
            "value": Parameter(float, 0.0),
        },
    ),
    (
        "sliding_windows",
        "x",
        "windows of neighbours along the last axis, on a new one",
        {"size": Parameter(int), "step": Parameter(int, 1)},
    ),
)
family(
    "sequences",
    (
        "diff",
        "x",
        "each element minus the one before it, n times over",
        {"n": Parameter(int, 1), "axis": Parameter(int, -1)},
    ),
    ("trapezoid", "heights places", "the integral of the line through points", {"axis": Parameter(int, -1)}),
    ("correlate", "x kernel", "sums of x[i + k] * kernel[k] over k", {"mode": Parameter(Mode, "valid")}),
    ("convolve", "x kernel", "sums of x[i - k] * kernel[k] over k", {"mode": Parameter(Mode, "full")}),
)
family(
    "indexing",
    ("getitem", "x", "x[index], by a basic index", {"index": Parameter(Index)}),
    ("take", "x indices", "the elements at indices along an axis", {"axis": Parameter(int, 0)}),
)
family(
    "casting",
    ("astype", "x", "the same values in another dtype", {"dtype": Parameter(Dtype)}),
    ("stop_gradient", "x", "the same value, a constant to differentiation"),
)
