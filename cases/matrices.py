"""Matrices that an algorithm cannot take as they are.

One has no inverse, one is not positive definite, and two are not symmetric.
"""

from harness import case


@case("matrices/inverse_of_singular", title="A matrix without an inverse raises, or has one of infinities and NaN")
def inverse_of_singular(g):
    x = g.input("x", [[1.0, 2.0], [2.0, 4.0]])
    y = g.inv(x)
    g.observe("y", y)


@case(
    "matrices/root_of_indefinite",
    title="A matrix that is not positive definite raises in its Cholesky factorization, or has a factor of NaN",
)
def root_of_indefinite(g):
    x = g.input("x", [[-1.0]])  # of one number, for above the diagonal some frameworks leave what was in memory
    y = g.cholesky(x)
    g.observe("y", y)


@case(
    "matrices/root_of_two_triangles",
    title="Of a matrix that is not symmetric the Cholesky factorization reads one triangle, or the mean of both",
)
def root_of_two_triangles(g):
    x = g.input("x", [[4.0, 1.0], [2.0, 5.0]])
    y = g.cholesky(x)
    g.backward(g.sum(y))
    g.observe("y", y)
    g.observe("x.grad", x.grad)


@case(
    "matrices/eigenvalues_of_two_triangles",
    title="Of a matrix that is not symmetric the eigenvalues come from one triangle, or from the mean of both",
)
def eigenvalues_of_two_triangles(g):
    x = g.input("x", [[4.0, 1.0], [2.0, 7.0]])
    weights = g.input("weights", [1.0, 3.0], requires_grad=False)
    y = g.eigvalsh(x)
    g.backward(g.sum(y * weights))
    g.observe("y", y)
    g.observe("x.grad", x.grad)
