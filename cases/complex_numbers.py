"""Complex numbers: a gradient that points uphill, or its conjugate, by one of two conventions.

For a real loss f of z = a + ib, df/da + i df/db is the direction in which f grows fastest; its conjugate is what the
rules for holomorphic functions give by themselves. Neither is expected: only what is the same in both.
"""

from harness import case

TWO_CONVENTIONS = "https://docs.pytorch.org/docs/stable/notes/autograd.html#autograd-for-complex-numbers"
HOLOMORPHIC = "https://docs.jax.dev/en/latest/_autosummary/jax.grad.html"


@case(
    "complex_numbers/squared_modulus",
    title="The gradient of abs(x)^2 is 2x, uphill, or its conjugate",
    source=TWO_CONVENTIONS,
)
def squared_modulus(g):
    x = g.input("x", [1.0 + 2.0j, 3.0 - 1.0j], dtype="complex128")
    y = g.sum(g.abs(x) ** 2)
    g.backward(y)
    g.observe("y", y, expected=15.0)
    g.observe("x.grad", x.grad)


@case("complex_numbers/modulus", title="abs of a complex number at 0 has the slope 0, also where a real one has 1")
def modulus(g):
    x = g.input("x", [0.0, 3.0 + 4.0j], dtype="complex128")
    y = g.sum(g.abs(x))
    g.backward(y)
    g.observe("y", y, expected=5.0)
    g.observe("x.grad", x.grad)


@case(
    "complex_numbers/holomorphic",
    title="From x^2 with the seed 1: 2x, the derivative of the text book, or its conjugate",
    source=HOLOMORPHIC,
)
def holomorphic(g):
    x = g.input("x", [1.0 + 2.0j, 3.0 - 1.0j], dtype="complex128")
    seed = g.input("seed", [1.0, 1.0], dtype="complex128", requires_grad=False)
    y = x * x
    g.backward(y, seed)
    g.observe("x.grad", x.grad)


@case("complex_numbers/imaginary_seed", title="The seed i follows the convention too", source=HOLOMORPHIC)
def imaginary_seed(g):
    x = g.input("x", [1.0 + 2.0j, 3.0 - 1.0j], dtype="complex128")
    seed = g.input("seed", [1.0j, 1.0j], dtype="complex128", requires_grad=False)
    y = x * x
    g.backward(y, seed)
    g.observe("x.grad", x.grad)


@case("complex_numbers/exp", title="exp of a complex number, weighed by a complex seed")
def exp(g):
    x = g.input("x", [0.5j, 1.0 - 1.0j], dtype="complex128")
    seed = g.input("seed", [1.0 + 1.0j, 2.0], dtype="complex128", requires_grad=False)
    y = g.exp(x)
    g.backward(y, seed)
    g.observe("x.grad", x.grad)


@case("complex_numbers/real_factor", title="A real factor beside a complex one has a real gradient")
def real_factor(g):
    r = g.input("r", [2.0, -1.0])
    c = g.input("c", [1.0 + 2.0j, 3.0 - 1.0j], dtype="complex128", requires_grad=False)
    y = g.sum(g.abs(r.astype("complex128") * c) ** 2)
    g.backward(y)
    g.observe("r.grad", r.grad, expected=[20.0, -20.0])
    g.observe("dtype", r.grad.dtype)


@case("complex_numbers/real_part", title="A cast to real numbers gives back a real gradient, in complex dtype")
def real_part(g):
    x = g.input("x", [1.0 + 2.0j, 3.0 - 1.0j], dtype="complex128")
    real = x.astype("float64")
    y = g.sum(real * real)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[2.0 + 0.0j, 6.0 + 0.0j])


@case("complex_numbers/matmul", title="Through a matrix product, the conjugate transposed or the transposed")
def matmul(g):
    a = g.input("a", [[1.0 + 1.0j, 2.0], [0.5j, -1.0]], dtype="complex128")
    b = g.input("b", [[2.0, 1.0j], [1.0 - 1.0j, 3.0]], dtype="complex128")
    y = g.sum(g.abs(a @ b) ** 2)
    g.backward(y)
    g.observe("a.grad", a.grad)
    g.observe("b.grad", b.grad)


@case("complex_numbers/step", title="A step against the gradient goes downhill by one convention only")
def step(g):
    x = g.input("x", [1.0 + 2.0j], dtype="complex128")
    y = g.sum(g.abs(x) ** 2)
    (gradient,) = g.grad(y, [x])
    g.observe("there", x - 0.25 * gradient)


@case(
    "complex_numbers/without_a_seed",
    title="From one complex number without a seed: a seed of 1, or an exception",
    source=TWO_CONVENTIONS,
)
def without_a_seed(g):
    x = g.input("x", [1.0 + 2.0j, 3.0 - 1.0j], dtype="complex128")
    y = g.sum(x * x)
    with g.attempt("backward"):
        g.backward(y)
    g.observe("x.grad", x.grad)


@case(
    "complex_numbers/cumulative_prod",
    title="The rule of cumulative products is to hold conjugates where the convention does",
)
def cumulative_prod(g):
    x = g.input("x", [1.0 + 2.0j, 2.0 + 1.0j], dtype="complex128")
    seed = g.input("seed", [1.0, 1.0], dtype="complex128", requires_grad=False)
    y = g.cumulative_prod(x)
    g.backward(y, seed)
    g.observe("x.grad", x.grad)
