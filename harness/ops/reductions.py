"""What is taken over axes, or along one."""

from harness.ops.op import AXIS_KEEPDIMS, Axis, Parameter, family

_CORRECTION = {**AXIS_KEEPDIMS, "correction": Parameter(float, 0.0)}
_ORDER = {**AXIS_KEEPDIMS, "ord": Parameter(float, 2.0)}

family(
    "reductions",
    ("sum", "x", "the sum over axes", AXIS_KEEPDIMS),
    ("mean", "x", "the mean over axes", AXIS_KEEPDIMS),
    ("prod", "x", "the product over axes", AXIS_KEEPDIMS),
    ("max", "x", "the maximum over axes", AXIS_KEEPDIMS),
    ("min", "x", "the minimum over axes", AXIS_KEEPDIMS),
    ("amax", "x", "the maximum over axes, by the function of that name where a framework has two", AXIS_KEEPDIMS),
    ("amin", "x", "the minimum over axes, by the function of that name where a framework has two", AXIS_KEEPDIMS),
    ("ptp", "x", "the maximum over axes less the minimum", AXIS_KEEPDIMS),
    ("nansum", "x", "the sum over axes of the elements that are not NaN", AXIS_KEEPDIMS),
    ("nanmean", "x", "the mean over axes of the elements that are not NaN", AXIS_KEEPDIMS),
    ("nanprod", "x", "the product over axes of the elements that are not NaN", AXIS_KEEPDIMS),
    ("average", "x weights", "the weighted mean over axes", {"axis": Parameter(Axis, None)}),
    ("var", "x", "the variance over axes, divided by n - correction", _CORRECTION),
    ("std", "x", "the standard deviation over axes, by n - correction", _CORRECTION),
    ("logsumexp", "x", "log(sum(exp(x))) over axes", AXIS_KEEPDIMS),
    ("vector_norm", "x", "sum(abs(x)^ord)^(1/ord) over axes; by default the Euclidean length", _ORDER),
)
family(
    "cumulative",
    ("cumulative_sum", "x", "along an axis, the sum of the elements up to each", {"axis": Parameter(int, 0)}),
    (
        "cumulative_logsumexp",
        "x",
        "along an axis, log(sum(exp(x))) of the elements up to each",
        {"axis": Parameter(int, 0)},
    ),
    ("cumulative_prod", "x", "along an axis, the product of the elements up to each", {"axis": Parameter(int, 0)}),
)
