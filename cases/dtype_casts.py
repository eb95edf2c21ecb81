"""Casts between dtypes: what is a leaf afterwards, where the gradient goes, and in which dtype it comes.

Seed 001 is the article "float() on a tensor makes automatic differentiation stop". Its author made a float64 leaf
from a NumPy array and cast it at once, `x = torch.tensor(x_np, requires_grad=True).float()` (way 1): x.grad is None.
With the dtype given at creation (way 2) it works. Nothing stopped: `.float()` made a new node, and the gradient is at
the float64 leaf that nobody kept; the cases call it `leaf`. Nor has NumPy a part in it: what counts is whether the
dtype changes.
"""

import numpy as np

from cases import SEED_001
from harness import case

X = np.arange(-2, 2.1, 0.25)
"""The article's x_np: 17 values from -2 to 2."""


@case("dtype_casts/dtype_at_creation", title="Way 2: a float32 leaf gets its gradient 4x", source=SEED_001)
def dtype_at_creation(g):
    x = g.input("x", X, dtype="float32")
    y = 2 * x**2 + 2
    z = g.sum(y)
    g.backward(z)
    g.observe("y", y, expected=2 * X**2 + 2)
    g.observe("x.grad", x.grad, expected=4 * X)
    g.observe("x.is_leaf", x.is_leaf)
    g.observe("x.requires_grad", x.requires_grad)


@case(
    "dtype_casts/cast_after_creation",
    title="Way 1: x is no leaf after the cast, and in PyTorch x.grad is None",
    source=SEED_001,
)
def cast_after_creation(g):
    leaf = g.input("leaf", X)
    x = g.astype(leaf, dtype="float32")
    y = 2 * x**2 + 2
    z = g.sum(y)
    g.backward(z)
    g.observe("y", y, expected=2 * X**2 + 2)
    g.observe("x.grad", x.grad)
    g.observe("x.is_leaf", x.is_leaf)
    g.observe("x.requires_grad", x.requires_grad)


@case(
    "dtype_casts/look_at_the_lost_gradient",
    title="A look at x.grad of way 1: PyTorch warns that x is no leaf, Chainer says nothing",
    source=SEED_001,
)
def look_at_the_lost_gradient(g):
    leaf = g.input("leaf", X)
    x = g.astype(leaf, dtype="float32")
    z = g.sum(2 * x**2 + 2)
    g.backward(z)
    found = g.keep(x.grad)
    g.observe("warnings", g.warnings)
    g.observe("x.grad", found)


@case(
    "dtype_casts/gradient_at_the_leaf",
    title="The gradient of way 1 is at the float64 leaf before the cast",
    source=SEED_001,
)
def gradient_at_the_leaf(g):
    leaf = g.input("leaf", X)
    x = g.astype(leaf, dtype="float32")
    y = 2 * x**2 + 2
    z = g.sum(y)
    g.backward(z)
    g.observe("leaf.grad", leaf.grad, expected=4 * X)
    g.observe("leaf.grad.dtype", leaf.grad.dtype)


@case("dtype_casts/retained_after_the_cast", title="x keeps its gradient after the cast if asked to", source=SEED_001)
def retained_after_the_cast(g):
    leaf = g.input("leaf", X)
    x = g.astype(leaf, dtype="float32")
    g.retain_grad(x)
    y = 2 * x**2 + 2
    z = g.sum(y)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=4 * X)
    g.observe("x.grad.dtype", x.grad.dtype)
    g.observe("leaf.grad", leaf.grad, expected=4 * X)


@case(
    "dtype_casts/same_dtype",
    title="A cast to the dtype that x has already: is it the same object, still a leaf?",
    source=SEED_001,
)
def same_dtype(g):
    leaf = g.input("leaf", X, dtype="float32")
    x = g.astype(leaf, dtype="float32")
    y = 2 * x**2 + 2
    z = g.sum(y)
    g.backward(z)
    g.observe("x is the leaf", g.same_object(x, leaf))
    g.observe("x.is_leaf", x.is_leaf)
    g.observe("leaf.grad", leaf.grad, expected=4 * X)
    g.observe("x.grad", x.grad)


@case(
    "dtype_casts/same_dtype_not_recorded",
    title="A cast to the dtype that x has already, where nothing is recorded: x itself, or a constant",
)
def same_dtype_not_recorded(g):
    x = g.input("x", 3.0)
    with g.not_recording():
        factor = x.astype("float64")
    y = x * factor
    g.backward(y)
    g.observe("x.grad", x.grad)


@case(
    "dtype_casts/scalar_weight",
    title="W = torch.tensor(1.0, requires_grad=True).float() was float32 before: it stays a leaf",
    source=SEED_001,
)
def scalar_weight(g):
    leaf = g.input("leaf", 1.0, dtype="float32")
    W = g.astype(leaf, dtype="float32")  # noqa: N806 (the article's name)
    y = 3 * W
    g.backward(y)
    g.observe("W.is_leaf", W.is_leaf)
    g.observe("W.grad", W.grad)
    g.observe("leaf.grad", leaf.grad, expected=3.0)


@case(
    "dtype_casts/widening",
    title="A float32 list cast to float64 is no leaf either: NumPy has no part in it",
    source=SEED_001,
)
def widening(g):
    leaf = g.input("leaf", [1.0, 2.0], dtype="float32")
    x = g.astype(leaf, dtype="float64")
    y = g.sum(2 * x**2)
    g.backward(y)
    g.observe("x.is_leaf", x.is_leaf)
    g.observe("x.grad", x.grad)
    g.observe("leaf.grad", leaf.grad, expected=[4.0, 8.0])
    g.observe("leaf.grad.dtype", leaf.grad.dtype)


@case("dtype_casts/round_trip", title="Through float32 and back: values are rounded, the gradient is float64 and 2")
def round_trip(g):
    x = g.input("x", [0.1, 0.25])
    narrow = g.astype(x, dtype="float32")
    wide = g.astype(narrow, dtype="float64")
    y = g.sum(2 * wide)
    g.backward(y)
    g.observe("wide", wide)
    g.observe("x.grad", x.grad, expected=[2.0, 2.0])
    g.observe("x.grad.dtype", x.grad.dtype)


@case(
    "dtype_casts/gradient_through_float32",
    title="A gradient that passes a float32 cast on its way is rounded to float32",
)
def gradient_through_float32(g):
    x = g.input("x", 1.0)
    narrow = g.astype(x, dtype="float32")
    wide = g.astype(narrow, dtype="float64")
    y = 0.1 * wide
    g.backward(y)
    g.observe("x.grad", x.grad)
    g.observe("x.grad.dtype", x.grad.dtype)


@case(
    "dtype_casts/through_integers", title="A cast to integers and back is a constant: only the factor x has a gradient"
)
def through_integers(g):
    x = g.input("x", [1.5, -2.5])
    whole = g.astype(x, dtype="int64")
    factor = g.astype(whole, dtype="float64")
    y = g.sum(x * factor)
    g.backward(y)
    g.observe("factor", factor)
    g.observe("x.grad", x.grad, expected=[1.0, -2.0])


@case(
    "dtype_casts/only_integers",
    title="If every path leads through integers, nothing has a gradient: it raises, or None, or 0",
)
def only_integers(g):
    x = g.input("x", 1.5)
    whole = g.astype(x, dtype="int64")
    y = 2 * g.astype(whole, dtype="float64")
    with g.attempt("backward"):
        g.backward(y)
    g.observe("x.grad", x.grad)


@case(
    "dtype_casts/integer_leaf", title="An integer input that is asked for a gradient: it raises, or None, or an integer"
)
def integer_leaf(g):
    x = g.input("x", 3, dtype="int64")
    y = x * x
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("dtype_casts/integer_times_float", title="A float leaf times an integer constant: some promote, some refuse")
def integer_times_float(g):
    n = g.input("n", [2, 3], dtype="int64", requires_grad=False)
    x = g.input("x", [0.5, 1.5])
    y = g.sum(n * x)
    g.backward(y)
    g.observe("y.dtype", y.dtype)
    g.observe("x.grad", x.grad, expected=[2.0, 3.0])


@case(
    "dtype_casts/integer_times_float32",
    title="A float32 leaf times int64 constants: float32, or float64 to hold both, or refused",
)
def integer_times_float32(g):
    x = g.input("x", [0.5, 1.5], dtype="float32")
    n = g.input("n", [2, 3], dtype="int64", requires_grad=False)
    y = x * n
    z = g.sum(y)
    g.backward(z)
    g.observe("y.dtype", y.dtype)
    g.observe("x.grad", x.grad, expected=[2.0, 3.0])


@case(
    "dtype_casts/float32_times_python_float",
    title="A float32 leaf times the Python number 2.5: still float32, or float64",
)
def float32_times_python_float(g):
    x = g.input("x", [1.0, 2.0], dtype="float32")
    y = 2.5 * x
    g.backward(g.sum(y))
    g.observe("y.dtype", y.dtype)
    g.observe("x.grad", x.grad)


@case(
    "dtype_casts/float32_scalar_times_python_float",
    title="A float32 leaf without axes times the Python number 2.5: still float32, or float64",
)
def float32_scalar_times_python_float(g):
    x = g.input("x", 1.5, dtype="float32")
    y = 2.5 * x
    g.backward(y)
    g.observe("y.dtype", y.dtype)
    g.observe("x.grad", x.grad)


@case(
    "dtype_casts/float32_times_float64",
    title="A float32 leaf times a float64 leaf: refused, or each gets a gradient of its own dtype",
)
def float32_times_float64(g):
    narrow = g.input("narrow", [0.5, 2.0], dtype="float32")
    wide = g.input("wide", [3.0, 5.0])
    y = narrow * wide
    z = g.sum(y)
    g.backward(z)
    g.observe("y.dtype", y.dtype)
    g.observe("narrow.grad", narrow.grad, expected=[3.0, 5.0])
    g.observe("wide.grad", wide.grad, expected=[0.5, 2.0])
    g.observe("narrow.grad.dtype", narrow.grad.dtype)
    g.observe("wide.grad.dtype", wide.grad.dtype)


@case(
    "dtype_casts/scalar_array_in_float64",
    title="A 0-d float64 leaf beside a float32 vector: does it widen the product?",
)
def scalar_array_in_float64(g):
    x = g.input("x", [0.5, 2.0], dtype="float32")
    scale = g.input("scale", 3.0)
    y = x * scale
    z = g.sum(y)
    g.backward(z)
    g.observe("y.dtype", y.dtype)
    g.observe("x.grad.dtype", x.grad.dtype)
    g.observe("scale.grad", scale.grad, expected=2.5)
    g.observe("scale.grad.dtype", scale.grad.dtype)


@case(
    "dtype_casts/default_dtype",
    title="A float64 input stays float64, or is cut down to float32 without a word",
    source=SEED_001,
)
def default_dtype(g):
    x = g.input("x", 0.1)
    y = x * x
    g.backward(y)
    g.observe("warnings", g.warnings)
    g.observe("x.dtype", x.dtype)
    g.observe("y.dtype", y.dtype)
    g.observe("x.grad", x.grad, expected=0.2)
    g.observe("x.grad.dtype", x.grad.dtype)


@case(
    "dtype_casts/linear_float64_input",
    title="A float64 input to a dense layer of float32: it raises, or is cast",
    source=SEED_001,
)
def linear_float64_input(g):
    x = g.input("x", [[1.0, 2.0]])
    weight = g.input("weight", [[3.0], [4.0]], dtype="float32")
    bias = g.input("bias", [5.0], dtype="float32")
    y = g.linear(x, weight, bias)
    z = g.sum(y)
    g.backward(z)
    g.observe("y.dtype", y.dtype)
    g.observe("weight.grad", weight.grad, expected=[[1.0], [2.0]])
    g.observe("x.grad", x.grad, expected=[[3.0, 4.0]])
    g.observe("x.grad.dtype", x.grad.dtype)


@case("dtype_casts/float16", title="A float16 leaf cast to float32 for the sum gets its gradient in float16")
def float16(g):
    x = g.input("x", [1.5, -2.0], dtype="float16")
    wide = g.astype(x, dtype="float32")
    y = g.sum(wide**2)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[3.0, -4.0])
    g.observe("x.grad.dtype", x.grad.dtype)


@case("dtype_casts/float16_underflow", title="A gradient of 1e-8 is 0 in float16, which is why losses are scaled")
def float16_underflow(g):
    x = g.input("x", 1.0, dtype="float16")
    small = 1e-4 * x
    y = 1e-4 * small
    g.backward(y)
    g.observe("x.grad", x.grad)
