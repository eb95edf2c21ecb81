"""Picking elements, and writing to their places: whose is the gradient where several have a claim.

Equal elements have, and values that are written to one place; and where an element is no number at all, nobody has.
"""

import math

from harness import case


@case(
    "picking/overwritten_value",
    title="Of two values written to one place the last stays, and the first one's gradient is 0, or that of the place",
    source="https://github.com/pytorch/pytorch/issues/162242",
)
def overwritten_value(g):
    x = g.input("x", [1.0, 2.0, 3.0])
    values = g.input("values", [10.0, 20.0])
    indices = g.input("indices", [0, 0], "int64", requires_grad=False)
    y = g.index_set(x, indices, values)
    g.backward(g.sum(y))
    g.observe("y", y, expected=[20.0, 2.0, 3.0])
    g.observe("x.grad", x.grad, expected=[0.0, 1.0, 1.0])
    g.observe("values.grad", values.grad, expected=[0.0, 1.0])


@case(
    "picking/descending_order_of_equals",
    title="In a descending order equal elements stand in their own order, or in reverse",
    source="https://docs.jax.dev/en/latest/_autosummary/jax.numpy.sort.html",
)
def descending_order_of_equals(g):
    x = g.input("x", [1.0, 2.0, 2.0])
    places = g.input("places", [10.0, 20.0, 30.0], requires_grad=False)
    y = g.sort(x, descending=True)
    g.backward(g.sum(y * places))
    g.observe("y", y, expected=[2.0, 2.0, 1.0])
    g.observe("x.grad", x.grad)


@case(
    "picking/maximum_that_is_nan",
    title="The maximum of what holds NaN is NaN: the gradient goes to the NaN, to nobody, or is NaN for all",
)
def maximum_that_is_nan(g):
    x = g.input("x", [1.0, math.nan, 2.0])
    g.backward(g.max(x))
    g.observe("x.grad", x.grad)


@case(
    "picking/amax_that_is_nan",
    title="The same by the function amax, which has a rule of its own where a framework has both",
)
def amax_that_is_nan(g):
    x = g.input("x", [1.0, math.nan, 2.0])
    g.backward(g.amax(x))
    g.observe("x.grad", x.grad)


@case(
    "picking/infinity_at_max",
    title="An infinite cotangent of the maximum leaves the other elements their 0, or makes it NaN",
)
def infinity_at_max(g):
    x = g.input("x", [1.0, 2.0])
    g.backward(g.max(x), g.input("seed", math.inf, requires_grad=False))
    g.observe("x.grad", x.grad)


@case(
    "picking/infinity_at_amax",
    title="The same by the function amax, where a framework has both",
)
def infinity_at_amax(g):
    x = g.input("x", [1.0, 2.0])
    g.backward(g.amax(x), g.input("seed", math.inf, requires_grad=False))
    g.observe("x.grad", x.grad)


@case(
    "picking/infinity_at_maximum",
    title="An infinite cotangent of the maximum of two leaves the smaller one its 0, or makes it NaN",
)
def infinity_at_maximum(g):
    x1 = g.input("x1", 1.0)
    x2 = g.input("x2", 2.0)
    g.backward(g.maximum(x1, x2), g.input("seed", math.inf, requires_grad=False))
    g.observe("x1.grad", x1.grad)
    g.observe("x2.grad", x2.grad)


@case(
    "picking/infinity_at_minimum",
    title="An infinite cotangent of the minimum of two leaves the larger one its 0, or makes it NaN",
)
def infinity_at_minimum(g):
    x1 = g.input("x1", 2.0)
    x2 = g.input("x2", 1.0)
    g.backward(g.minimum(x1, x2), g.input("seed", math.inf, requires_grad=False))
    g.observe("x1.grad", x1.grad)
    g.observe("x2.grad", x2.grad)


@case(
    "picking/infinity_at_segment_max",
    title="An infinite cotangent of a segment's maximum leaves its other elements their 0, or makes it NaN",
)
def infinity_at_segment_max(g):
    x = g.input("x", [1.0, 2.0])
    ids = g.input("ids", [0, 0], "int64", requires_grad=False)
    g.backward(g.segment_max(x, ids, num_segments=1), g.input("seed", [math.inf], requires_grad=False))
    g.observe("x.grad", x.grad)


@case(
    "picking/infinity_at_nansum",
    title="An infinite cotangent of a sum that leaves NaN out leaves the NaN its 0, or makes it NaN",
)
def infinity_at_nansum(g):
    x = g.input("x", [1.0, math.nan])
    g.backward(g.nansum(x), g.input("seed", math.inf, requires_grad=False))
    g.observe("x.grad", x.grad)
