"""What depends on the order of elements: sorted ones, the largest, quantiles, extrema up to each."""

from typing import Literal

from harness.ops.op import Parameter, family

_AXIS = {"axis": Parameter(int, -1)}
_OVER = {"axis": Parameter(int | None, None), "keepdims": Parameter(bool, False)}
_METHOD = Parameter(Literal["linear", "lower", "higher", "midpoint"], "linear")

family(
    "sorting",
    ("sort", "x", "the elements along an axis in order", {**_AXIS, "descending": Parameter(bool, False)}),
    ("topk", "x", "the k largest elements along an axis, the largest first", {"k": Parameter(int), **_AXIS}),
    ("median", "x", "the middle element; of an even number the mean of the two in the middle", _OVER),
    ("lower_median", "x", "the middle element; of an even number the lower of the two in the middle", _OVER),
    (
        "quantile",
        "x",
        "the number at q (n - 1) among n sorted elements, counted from 0",
        {"q": Parameter(float), **_OVER, "method": _METHOD},
    ),
    ("cumulative_max", "x", "along an axis, the largest of the elements up to each", {"axis": Parameter(int, 0)}),
    ("cumulative_min", "x", "along an axis, the smallest of the elements up to each", {"axis": Parameter(int, 0)}),
)
