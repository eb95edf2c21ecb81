"""Matrices that an algorithm cannot take as they are, and factors that together are the matrix again.

One has no inverse, one is not positive definite, and two are not symmetric.
"""

from harness import case


@case("matrices/inverse_of_singular", title="A matrix without an inverse raises, or has one of infinities and NaN")
def inverse_of_singular(g):
    x = g.input("x", [[1.0, 2.0], [2.0, 4.0]])
    y = g.inv(x)
    g.observe("y", y)


@case(
    "matrices/slope_at_zero_determinant",
    title="The logarithm of a determinant that is 0 has a slope of infinities, or none: its inverse raises",
)
def slope_at_zero_determinant(g):
    x = g.input("x", [[4.0, 2.0], [2.0, 1.0]])
    y = g.logabsdet(x)
    g.backward(y)
    g.observe("x.grad", x.grad)


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


@case(
    "matrices/eigenvectors_twice",
    title="The second derivative of eigenvectors, which turn the faster the nearer the eigenvalues are",
)
def eigenvectors_twice(g):
    x = g.input("x", [[2.0, 0.5, -0.25], [0.5, 1.5, 0.75], [-0.25, 0.75, 3.0]])
    weights = g.input("weights", [[1.0, 0.0, 2.0], [0.0, -1.0, 0.0], [0.5, 0.0, 0.0]], requires_grad=False)
    direction = g.input("direction", [[1.0, 2.0, 0.0], [2.0, -1.0, 1.0], [0.0, 1.0, 0.5]], requires_grad=False)
    y = g.eigh_vectors(x)
    (slope,) = g.grad(g.sum(y * y * weights), [x], create_graph=True)
    (curvature,) = g.grad(g.sum(slope * direction), [x])
    g.observe("slope", slope)
    g.observe("curvature", curvature)


@case(
    "matrices/q_times_r", title="Q and R give the matrix back, and so the gradient of their product is that of itself"
)
def q_times_r(g):
    x = g.input("x", [[1.0, 0.5], [-0.75, 2.0], [0.25, -1.5]])
    weights = g.input("weights", [[1.0, -2.0], [0.5, 3.0], [4.0, 0.25]], requires_grad=False)
    y = g.qr_q(x) @ g.qr_r(x)
    g.backward(g.sum(y * weights))
    g.observe("x.grad", x.grad, expected=[[1.0, -2.0], [0.5, 3.0], [4.0, 0.25]])


@case(
    "matrices/square_by_eigenvectors",
    title="V diag(l^2) V^T is the square of a symmetric matrix, whatever the signs of the eigenvectors",
)
def square_by_eigenvectors(g):
    x = g.input("x", [[2.0, 1.0], [1.0, 3.0]])
    values, vectors = g.eigvalsh(x), g.eigh_vectors(x)
    y = (vectors * values * values) @ g.matrix_transpose(vectors)
    g.backward(g.trace(y))
    g.observe("y", y, expected=[[5.0, 5.0], [5.0, 10.0]])
    g.observe("x.grad", x.grad)
