"""The seed of the reverse pass: the cotangent of the root, and what happens without one if the root is no scalar.

Seed 004 asks why sum is needed before `backward()`. Without it PyTorch and JAX raise; TensorFlow sums in silence;
Chainer depends on the last operation: for `2*x**2 + 2` nothing happens, in silence, and for `2*x` there is a
TypeError about int and None. (The "seed" of an article is where a topic of this catalogue comes from; the seed here
is the field's word.)
"""

import numpy as np

from cases import SEED_004
from harness import case

X = np.arange(-2, 2.1, 0.25)


@case(
    "seeds/square_without_seed",
    title="Backward from 2*x**2 + 2 itself: it raises, sums, or does nothing",
    source=SEED_004,
)
def square_without_seed(g):
    x = g.input("x", X, dtype="float32")
    y = 2 * x**2 + 2
    with g.attempt("backward"):
        g.backward(y)
    g.observe("x.grad", x.grad)


@case(
    "seeds/double_without_seed",
    title="Backward from 2*x itself: it raises, each framework in its own words, or sums",
    source=SEED_004,
)
def double_without_seed(g):
    x = g.input("x", X, dtype="float32")
    y = 2 * x
    with g.attempt("backward"):
        g.backward(y)
    g.observe("x.grad", x.grad)


@case("seeds/square_with_ones", title="With a seed of ones the result is the gradient of the sum, 4x", source=SEED_004)
def square_with_ones(g):
    x = g.input("x", X, dtype="float32")
    y = 2 * x**2 + 2
    ones = g.input("ones", np.ones_like(X), dtype="float32", requires_grad=False)
    g.backward(y, ones)
    g.observe("x.grad", x.grad, expected=4 * X)


@case("seeds/one_element_without_seed", title="A root of shape (1,) is no scalar, but has one element")
def one_element_without_seed(g):
    x = g.input("x", [3.0])
    y = x**2
    with g.attempt("backward"):
        g.backward(y)
    g.observe("x.grad", x.grad)


@case("seeds/weights", title="The seed weighs the elements of the root: a vector-Jacobian product")
def weights(g):
    x = g.input("x", [1.0, 2.0, 3.0])
    y = x**2
    seed = g.input("seed", [1.0, 0.0, -10.0], requires_grad=False)
    g.backward(y, seed)
    g.observe("x.grad", x.grad, expected=[2.0, 0.0, -60.0])


@case("seeds/scalar_root", title="A scalar root with a seed of 5 gives five times the gradient")
def scalar_root(g):
    x = g.input("x", 3.0)
    y = x**2
    seed = g.input("seed", 5.0, requires_grad=False)
    g.backward(y, seed)
    g.observe("x.grad", x.grad, expected=30.0)


@case("seeds/scalar_for_a_vector", title="A scalar as the seed of a vector root: refused, or spread over it")
def scalar_for_a_vector(g):
    x = g.input("x", [1.0, 2.0, 3.0])
    y = x**2
    seed = g.input("seed", 10.0, requires_grad=False)
    with g.attempt("backward"):
        g.backward(y, seed)
    g.observe("x.grad", x.grad)


@case("seeds/wrong_shape", title="A seed of shape (1, 3) for a root of shape (3,): refused, or accepted in silence")
def wrong_shape(g):
    x = g.input("x", [1.0, 2.0, 3.0])
    y = x**2
    seed = g.input("seed", [[1.0, 1.0, 1.0]], requires_grad=False)
    with g.attempt("backward"):
        g.backward(y, seed)
    g.observe("x.grad", x.grad)


@case("seeds/other_dtype", title="A float64 seed for a float32 root: refused, or the gradient is float32 all the same")
def other_dtype(g):
    x = g.input("x", [1.0, 2.0], dtype="float32")
    y = x**2
    seed = g.input("seed", [1.0, 1.0], requires_grad=False)
    with g.attempt("backward"):
        g.backward(y, seed)
    g.observe("x.grad", x.grad)
