"""Dimensions of singular points: what stands where there is no derivative, or where its formula is 0 / 0."""

from reference_engine.semantics.dimension import Dimension, Option, dimension


def _with_zeros(name: str, title: str, consulted_by: str, *references: str) -> Dimension:
    """Of products."""
    return dimension(
        name,
        title,
        Option(
            "exact",
            "The product of the others, or sums of such: it divides by nothing.",
            formula="gx[i] = g * prod(x[j] for j != i)",
            advice="Nothing to do: this is the derivative.",
        ),
        Option(
            "by_division",
            "The product divided by the factor: NaN for a factor of 0, and 0 for others where there is one.",
            formula="gx = g * y / x",
            advice="Keep zeros away from the factors, or multiply them one after the other.",
        ),
        Option(
            "by_division_without_nan",
            "The product divided by the factor, and 0 instead of NaN: silently wrong for a factor of 0.",
            formula="gx = where(x == 0, 0, g * y / x)",
            advice="Keep zeros away from the factors, for their gradient is lost without a word; or multiply them one "
            "after the other.",
        ),
        reason="a product is a polynomial, whose derivative has no singular point",
        consulted_by=consulted_by,
        references=references,
    )


def _tip_of_a_cone(name: str, title: str, consulted_by: str, *references: str) -> Dimension:
    """Of functions like sqrt(sum(x^2)) at 0: no derivative, and a ball of subgradients around 0."""
    return dimension(
        name,
        title,
        Option(
            "nan",
            "NaN, which is what the formula's 0 / 0 gives.",
            formula="gx = g * x / y",
            advice="Keep 0 away from it, as in `sqrt(sum(x * x) + tiny)`, or one such point makes everything NaN.",
        ),
        Option(
            "zero",
            "Zero, which is a subgradient of the kink.",
            formula="gx = where(y == 0, 0, g * x / y)",
            advice="Nothing breaks at 0, and nothing moves there either.",
        ),
        reason="there is no derivative, and NaN says so",
        consulted_by=consulted_by,
        references=references,
    )


def _of_symmetric(name: str, title: str, consulted_by: str, *references: str) -> Dimension:
    """Of functions of symmetric matrices, which are given all elements."""
    return dimension(
        name,
        title,
        Option(
            "both_triangles",
            "Both: it is a function of the mean of the matrix and its transpose.",
            formula="f((x + x.T) / 2)",
            advice="A matrix that is not symmetric becomes so without a word.",
        ),
        Option(
            "lower_triangle",
            "The lower one, yet the gradient is symmetric, as though both had been read.",
            formula="f(tril(x) + tril(x, -1).T), gx = (g + g.T) / 2",
            advice="Make the matrix symmetric yourself, `(x + x.T) / 2`: then its gradient is right, else it is not.",
        ),
        Option(
            "lower_triangle_alone",
            "The lower one, and it gets all of the gradient: above the diagonal that is 0.",
            formula="f(tril(x) + tril(x, -1).T), gx = tril(g) + tril(g.T, -1)",
            advice="Make the matrix symmetric yourself, `(x + x.T) / 2`, where its gradient is to be symmetric.",
        ),
        reason="no triangle is better than the other, and the gradient is right for every step",
        consulted_by=consulted_by,
        references=references,
    )


DIMENSIONS = (
    _tip_of_a_cone(
        "std_at_zero",
        "What is the derivative of the standard deviation where all elements are equal?",
        "std",
        "pytorch/pytorch#4320",
    ),
    _tip_of_a_cone(
        "vector_norm_at_zero",
        "What is the derivative of the norm of a vector at 0?",
        "vector_norm",
        "pytorch/pytorch#2421",
        "jax-ml/jax#3058",
    ),
    dimension(
        "sinc_at_zero",
        "What is the derivative of sinc at 0?",
        Option(
            "zero",
            "Zero, which is right: the function is smooth, and largest there.",
            formula="gx = g * where(x == 0, 0, (cos(pi * x) - y) / x)",
            advice="Nothing to do: this is the derivative.",
        ),
        Option(
            "nan",
            "NaN: the quotient is computed at 0 as well, where it is 0 / 0. It is no derivative.",
            formula="gx = g * (cos(pi * x) - y) / x",
            advice="Keep zeros away from sinc, or put another number into the place of x where it is 0 before the op, "
            "and 1 into that of y after it.",
        ),
        reason="the function is smooth and has one derivative",
        consulted_by="sinc",
        references=(
            "tensorflow/tensorflow#127226",
            "https://github.com/HIPS/autograd/blob/v1.9.1/autograd/numpy/numpy_vjps.py",
        ),
    ),
    dimension(
        "hypot_at_zero",
        "What is the derivative of hypot at (0, 0)?",
        Option(
            "nan",
            "NaN, which is what the formula's 0 / 0 gives.",
            formula="gx1 = g * x1 / y",
            advice="Keep (0, 0) away from it, as in `sqrt(x1 * x1 + x2 * x2 + tiny)`.",
        ),
        Option(
            "zero",
            "Zero, which is a subgradient of the kink.",
            formula="gx1 = where(y == 0, 0, g * x1 / y)",
            advice="Nothing breaks at (0, 0), and nothing moves there either.",
        ),
        Option(
            "half",
            "1/2 for either, for the larger operand is factored out first, and a maximum splits ties.",
            formula="y = maximum(x1, x2) * sqrt(1 + (minimum(x1, x2) / maximum(x1, x2))^2)",
            advice="Expect a push along the diagonal at (0, 0), where others give NaN or nothing.",
        ),
        reason="there is no derivative, and NaN says so",
        consulted_by="hypot",
        references=("jax-ml/jax#4893",),
    ),
    dimension(
        "sqrt_at_zero",
        "What is the derivative of the square root at 0?",
        Option(
            "infinite",
            "Infinity, the limit from the right.",
            formula="gx = g / (2 * y)",
            advice="Add something tiny under the root: infinity times 0 is NaN in the next rule.",
        ),
        Option(
            "zero",
            "Zero: nothing moves.",
            formula="gx = where(y == 0, 0, g / (2 * y))",
            advice="Nothing breaks at 0, and nothing moves there either.",
        ),
        Option(
            "nan",
            "NaN, for there is no derivative.",
            formula="gx = where(y == 0, nan, g / (2 * y))",
            advice="Add something tiny under the root.",
        ),
        reason="it is the limit, and the division gives it by itself",
        consulted_by="sqrt",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.sqrt.html",),
    ),
    dimension(
        "atan2_at_zero",
        "What is the derivative of atan2 at (0, 0), where there is no angle?",
        Option(
            "nan",
            "NaN, which is what the formula's 0 / 0 gives.",
            formula="gx1 = g * x2 / (x1 * x1 + x2 * x2)",
            advice="Keep (0, 0) away from it, as by `where` on the operands before the call.",
        ),
        Option(
            "zero",
            "Zero: nothing turns.",
            formula="gx1 = where(r2 == 0, 0, g * x2 / r2)  # r2 = x1 * x1 + x2 * x2",
            advice="Nothing breaks at (0, 0), and nothing moves there either.",
        ),
        reason="there is no derivative, and NaN says so",
        consulted_by="atan2",
        references=("pytorch/pytorch#166787",),
    ),
    dimension(
        "pow_exponent_zero",
        "What is the derivative of x^n by x at x = 0 for the exponent n = 0?",
        Option(
            "zero",
            "Zero, for x^0 is 1 everywhere.",
            formula="gx = where(n == 0, 0, g * n * x ** (n - 1))",
            advice="Nothing to do: this is the derivative.",
        ),
        Option(
            "nan",
            "NaN, which is what the formula's 0 times infinity gives.",
            formula="gx = g * n * x ** (n - 1)",
            advice="Leave the constant term of a polynomial out of its powers.",
        ),
        Option(
            "nan_unless_integer",
            "Zero for exponents of an integer dtype, as in `x ** 0`; NaN for others, as in `x ** 0.0`.",
            formula="gx = where(n == 0 and n is an integer, 0, g * n * x ** (n - 1))",
            advice="Write whole exponents as integers: `x ** 2`, not `x ** 2.0`.",
        ),
        reason="a constant has the derivative 0",
        consulted_by="pow",
        references=("jax-ml/jax#12409",),
    ),
    dimension(
        "pow_base_zero",
        "What is the derivative of x^n by n at x = 0, where the formula holds the logarithm of 0?",
        Option(
            "zero",
            "Zero, for the logarithm of 0 is read as 0; NaN for negative exponents, where x^n is infinite.",
            formula="gn = g * y * log(where(x == 0, 1, x))",
            advice="Nothing to do for positive exponents: 0 is the derivative.",
        ),
        Option(
            "zero_or_infinite",
            "Zero for exponents that are not negative, and minus infinity for those that are.",
            formula="gn = where((x == 0) & (n >= 0), 0, g * y * log(x))",
            advice="Nothing to do for positive exponents: 0 is the derivative.",
        ),
        Option(
            "formula",
            "What the formula gives: minus infinity at 0^0, NaN for positive exponents, for 0 times infinity is NaN.",
            formula="gn = g * y * log(x)",
            advice="Keep zeros out of the base, or let the exponent be a constant.",
        ),
        reason="0^n is 0 for all positive n",
        consulted_by="pow",
        references=(
            "pytorch/pytorch#27134",
            "https://github.com/chainer/chainer/blob/v7.8.1/chainer/functions/math/basic_math.py",
        ),
    ),
    dimension(
        "pow_negative_base",
        "What is the derivative of x^n by n for negative x?",
        Option(
            "nan",
            "NaN, for there is no real logarithm.",
            formula="gn = g * y * log(x)",
            advice="Let the exponent be a constant where the base may be negative.",
        ),
        Option(
            "zero",
            "Zero: the logarithm is read as 0 where there is none.",
            formula="gn = g * y * where(x > 0, log(x), 0)",
            advice="Nothing breaks, but an exponent over a negative base does not learn.",
        ),
        reason="x^n is real only at single points n, so there is no derivative, and NaN says so",
        consulted_by="pow",
        references=("https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/ops/math_grad.py",),
    ),
    dimension(
        "masked_infinity",
        "What becomes of a gradient of 0, as a branch gets that `where` did not choose, at an infinite slope?",
        Option(
            "spreads",
            "NaN, for 0 times infinity is NaN, and NaN spreads to everything before it.",
            formula="gx = g * slope",
            advice="Guard the operand, not the result: `where(x > 0, sqrt(where(x > 0, x, 1)), 0)`.",
        ),
        Option(
            "masked_in_roots",
            "0 in square roots, in what is made of them (norms, hypot, standard deviations) and in reciprocals; NaN "
            "elsewhere.",
            formula="gx = 0 if g == 0 else g / (2 * y)",
            advice="Guard the operand all the same: `log`, division and powers give NaN.",
        ),
        Option(
            "masked",
            "0: a gradient of 0 stays 0, whatever the slope.",
            formula="gx = 0 if g == 0 else g * slope",
            advice="A branch that is not chosen does no harm; do not rely on it elsewhere.",
        ),
        reason="a rule that looks at each cotangent first costs time everywhere, and hides infinities",
        consulted_by=(
            "sqrt, reciprocal, hypot, vector_norm, std, divide, pow, exp, expm1, exp2, log, log1p, log2, log10, asin, "
            "acos, atan2, sinh, cosh, acosh, atanh"
        ),
        references=(
            "https://docs.jax.dev/en/latest/faq.html#gradients-contain-nan-where-using-where",
            "https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/core/kernels/cwise_ops_gradients.h",
        ),
    ),
    _with_zeros(
        "prod_with_zeros",
        "What is the derivative of a product by a factor that is 0?",
        "prod",
        "https://github.com/HIPS/autograd/blob/master/autograd/numpy/numpy_vjps.py",
    ),
    _with_zeros(
        "cumulative_prod_with_zeros",
        "What is the derivative of cumulative products by a factor that is 0?",
        "cumulative_prod",
        "tensorflow/tensorflow#119430",
    ),
    dimension(
        "det_of_singular",
        "What is the derivative of the determinant of a matrix without an inverse?",
        Option(
            "exact",
            "The matrix of cofactors, as for any other matrix.",
            formula="gx = g * cofactors(x)",
            advice="Nothing to do: this is the derivative.",
        ),
        Option(
            "raises",
            "There is none: the rule asks for the inverse and raises SingularMatrix.",
            formula="gx = g * y * inverse(x).T",
            advice="Compute the determinant of what may be singular by hand, or keep singular matrices away from it.",
        ),
        Option(
            "zero",
            "Zero: it is a multiple of the determinant, which is 0. Silently wrong unless two dimensions are lost.",
            formula="gx = g * y * inverse_or_so(x).T",
            advice="Compute the determinant of what may be singular by hand: its gradient is lost without a word.",
        ),
        Option(
            "nan",
            "NaN, which is what 0 times an infinite inverse gives.",
            formula="gx = g * y * inverse(x).T",
            advice="Compute the determinant of what may be singular by hand, or keep singular matrices away from it.",
        ),
        reason="a determinant is a polynomial, whose derivative has no singular point",
        consulted_by="det",
        references=(
            "pytorch/pytorch#104675",
            "tensorflow/tensorflow#119477",
        ),
    ),
    dimension(
        "inverse_of_singular",
        "What is the inverse of a matrix that has none?",
        Option(
            "raises",
            "There is none: SingularMatrix is raised.",
            formula="if pivot == 0: raise SingularMatrix",
            advice="Be ready for the exception, or add a multiple of the identity first.",
        ),
        Option(
            "not_finite",
            "Infinity and NaN, which is what the last step of the elimination gives, a division by 0.",
            formula="y[i] = (b[i] - u[i, i+1:] @ y[i+1:]) / u[i, i]",
            advice="Look for infinity and NaN in results, for no exception stops the program.",
        ),
        reason="an inverse that does not exist is no number",
        consulted_by="inv, solve, matrix_power, logabsdet, logdet",
        references=("https://docs.jax.dev/en/latest/_autosummary/jax.numpy.linalg.inv.html",),
    ),
    dimension(
        "logabsdet_of_singular",
        "What is the slope of the logarithm of a determinant that is 0?",
        Option(
            "as_inverse",
            "The inverse is computed, and there is none: as `inverse_of_singular` has it.",
            formula="gx = g * inv(x).mT",
            advice="Be ready for the exception where the inverse raises.",
        ),
        Option(
            "not_finite",
            "Infinity and NaN: the factors of the determinant are divided by, without a look whether one is 0.",
            formula="gx = g * solve_ex(x, identity).mT",
            advice="Look for infinity and NaN in gradients, for no exception stops the program.",
        ),
        reason="it is the inverse that is meant",
        consulted_by="logabsdet, logdet",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.linalg.slogdet.html",),
    ),
    dimension(
        "cholesky_of_indefinite",
        "What is the Cholesky factor of a matrix that is not positive definite?",
        Option(
            "raises",
            "There is none: NotPositiveDefinite is raised.",
            formula="if pivot <= 0: raise NotPositiveDefinite",
            advice="Be ready for the exception, or add a multiple of the identity first.",
        ),
        Option(
            "nan",
            "NaN in the lower triangle.",
            formula="y = tril(full_like(x, nan))",
            advice="Look for NaN in results, for no exception stops the program.",
        ),
        reason="a factor that does not exist is no number",
        consulted_by="cholesky",
        references=("https://docs.jax.dev/en/latest/_autosummary/jax.numpy.linalg.cholesky.html",),
    ),
    _of_symmetric(
        "cholesky_reads",
        "Which triangle of a matrix that should be symmetric does the Cholesky factorization read?",
        "cholesky",
        "https://docs.jax.dev/en/latest/_autosummary/jax.numpy.linalg.cholesky.html",
        "https://docs.pytorch.org/docs/stable/generated/torch.linalg.cholesky.html",
    ),
    _of_symmetric(
        "eigvalsh_reads",
        "Which triangle of a matrix that should be symmetric do its eigenvalues and vectors come from?",
        "eigvalsh, eigh_vectors",
        "https://docs.jax.dev/en/latest/_autosummary/jax.numpy.linalg.eigvalsh.html",
        "https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigvalsh.html",
    ),
)
