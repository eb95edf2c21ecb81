"""HIPS autograd. Idioms as in https://github.com/HIPS/autograd/blob/master/docs/tutorial.md.

Its arrays are NumPy's own: an input is the host array itself, a write writes into it, and a step of SGD is what its
README writes, `x -= 0.1 * x_grad`.
"""

from collections.abc import Iterator
from typing import ClassVar

from harness.adapters.base import Template, host_name
from harness.adapters.define_by_run import arguments
from harness.adapters.functional import Functional, pullback_name, pulled_back
from harness.adapters.numpy_errors import PICKING_ERRORS, SHAPE_ERRORS
from harness.adapters.numpy_like import Axis, norm, numpy_ops, reduction
from harness.errors import Unsupported
from harness.literals import source
from harness.ops import OPS
from harness.program import Input
from harness.script import Language

_logsumexp = reduction("autograd.scipy.special.logsumexp")


def _log_softmax(x: str, *, axis: int) -> str:
    return f"{x} - {_logsumexp(x, axis=axis, keepdims=True)}"


def _softmax(x: str, *, axis: int) -> str:
    return f"np.exp({_log_softmax(x, axis=axis)})"


def _astype(x: str, *, dtype: str) -> str:
    _check_dtype(dtype)
    return f"{x}.astype({source(dtype)})"


def _check_dtype(dtype: str) -> None:
    if dtype == "bfloat16":
        raise Unsupported("NumPy has no bfloat16")


_SPECIAL_FUNCTIONS: dict[str, Template] = {
    **{op: f"autograd.scipy.special.{op}({{0}})" for op in ("erf", "erfc", "erfinv", "erfcinv", "digamma", "logit")},
    "lgamma": "autograd.scipy.special.gammaln({0})",
    "polygamma": "autograd.scipy.special.polygamma({n}, {0})",
    "i0": "autograd.scipy.special.i0({0})",
    "i1": "autograd.scipy.special.i1({0})",
    "ndtr": "autograd.scipy.stats.norm.cdf({0})",
    "log_ndtr": "autograd.scipy.stats.norm.logcdf({0})",
}


_MISSING_LINEAR_ALGEBRA = {
    **{op: f"autograd has no derivative of np.linalg.{op}" for op in ("matrix_power", "qr_q", "qr_r")},
    **dict.fromkeys(("logdet", "expm"), "autograd has no such function of matrices"),
}


_NOT_DIFFERENTIATED = {
    **dict.fromkeys(
        ("ptp", "average", "nansum", "nanmean", "nanprod"), "autograd has no derivative of such reductions"
    ),
    **dict.fromkeys(("median", "lower_median", "quantile", "topk"), "autograd has no derivative of parts of the order"),
    **dict.fromkeys(
        ("cumulative_max", "cumulative_min", "cumulative_logsumexp"), "autograd has no derivative of ufunc.accumulate"
    ),
    **dict.fromkeys(("take_along_axis", "put_along_axis"), "autograd has no derivative of it"),
    **dict.fromkeys(
        (
            "index_set",
            "index_add",
            "index_max",
            "index_min",
            "segment_sum",
            "segment_mean",
            "segment_prod",
            "segment_max",
            "segment_min",
        ),
        "autograd's arrays are not written to",
    ),
}


def _sort(x: str, *, axis: int, descending: bool) -> str:
    if descending:
        raise Unsupported("NumPy sorts in ascending order")
    return f"np.sort({x}, axis={axis})"


_ACTIVATIONS = (
    "softmin", "glu", "leaky_relu", "prelu", "elu", "selu", "celu", "relu6", "hard_tanh", "hard_sigmoid", "hard_swish",
    "softshrink", "hardshrink", "threshold", "silu", "mish", "gelu", "gelu_tanh", "softsign", "tanhshrink",
    "log_sigmoid", "squareplus",
)  # fmt: skip
_LOSSES = (
    "mse_loss", "l1_loss", "huber_loss", "smooth_l1_loss", "cross_entropy", "soft_cross_entropy", "nll_loss",
    "binary_cross_entropy", "binary_cross_entropy_with_logits", "kl_div", "hinge_loss", "log_cosh_loss",
    "cosine_similarity", "poisson_nll_loss", "gaussian_nll_loss",
)  # fmt: skip


_MISSING_LAYERS = {
    op: "autograd has no layers"
    for op, row in OPS.items()
    if row.family in ("convolutions", "pooling", "normalization", "images", "attention")
}


def _roll(x: str, *, shift: int | tuple[int, ...], axis: Axis) -> str:
    if isinstance(shift, tuple):
        raise Unsupported("the derivative of np.roll negates its shift, which has to be one number")
    return f"np.roll({x}, {shift}{arguments(axis=axis)})"


def _rot90(x: str, *, k: int, axes: tuple[int, int]) -> str:
    if axes != (0, 1):
        raise Unsupported("the derivative of np.rot90 knows the first two axes only")
    return f"np.rot90({x}, {k})"


def _pad(x: str, *, before: tuple[int, ...], after: tuple[int, ...], mode: str, value: float) -> str:
    if mode != "constant":
        raise Unsupported("autograd has the derivative of np.pad in the constant mode only")
    widths = source(tuple(zip(before, after, strict=True)))
    return f'np.pad({x}, {widths}, "constant"{arguments(constant_values=value or None)})'


def _matrix_norm(x: str, *, ord: float | str, keepdims: bool) -> str:  # noqa: A002
    """Without `axis`: the derivative does not know negative ones."""
    if keepdims or ord not in ("fro", "nuc"):
        raise Unsupported("autograd has the derivative of two norms of matrices, 'fro' and 'nuc', without keepdims")
    return f"np.linalg.norm({x}, ord={source(ord)})"


def _vector_norm(x: str, *, axis: Axis, keepdims: bool, ord: float) -> str:  # noqa: A002
    if ord == 1:
        raise Unsupported("autograd has no derivative of np.linalg.norm for the order 1")
    return norm("np.linalg.norm")(x, axis=axis, keepdims=keepdims, ord=ord)


class Autograd(Functional):
    framework = "autograd"
    immutable = False
    errors = (
        ("seed_required", "TypeError", "Grad only applies to real scalar-output functions"),
        ("integer_input", "TypeError", "Can't differentiate w.r.t. type <class 'numpy.int"),
        ("nothing_recorded", "IndexError", "tuple index out of range"),
        ("no_gradients", "TypeError", "'NoneType'"),
        ("read_only", "ValueError", "assignment destination is read-only"),
        ("singular_matrix", "LinAlgError", "Singular matrix"),
        ("singular_matrix", "LinAlgError", "singular matrix"),
        ("not_positive_definite", "LinAlgError", "Matrix is not positive definite"),
        *PICKING_ERRORS,
        *SHAPE_ERRORS,
    )
    lacks: ClassVar[dict[str, str]] = {
        "positive": "autograd has no derivative of np.positive, and its arrays have no unary plus",
        "cumulative_prod": "autograd has no derivative of np.cumprod",
        **dict.fromkeys(_ACTIVATIONS, "autograd has no activation functions"),
        **dict.fromkeys(_LOSSES, "autograd has no losses"),
        **{op: f"autograd has no derivative of np.{op}" for op in ("flip", "trapezoid", "correlate", "convolve")},
        **{op: f"autograd has no derivative of np.fft.{op}" for op in ("hfft", "ihfft")},
        **dict.fromkeys(("dct", "idct"), "autograd has no cosine transform"),
        "sliding_windows": "autograd has no function for windows along an axis",
        **_NOT_DIFFERENTIATED,
        **_MISSING_LINEAR_ALGEBRA,
        **_MISSING_LAYERS,
        **{
            op: f"autograd has no derivative of scipy.special.{op}"
            for op in ("erfcx", "ndtri", "i0e", "i1e", "xlogy", "xlog1py", "entr")
        },
        **{op: f"autograd has no derivative of np.{op}" for op in ("cbrt", "copysign")},
        "unstack": "autograd has no derivative of np.unstack",
        "rsqrt": "NumPy has no rsqrt",
        "squared_difference": "NumPy has no squared difference",
    }
    ops: ClassVar[dict[str, Template]] = {
        **numpy_ops("np", without=lacks),
        **_SPECIAL_FUNCTIONS,
        "roll": _roll,
        "rot90": _rot90,
        "pad": _pad,
        "sort": _sort,
        "vector_norm": _vector_norm,
        "matrix_norm": _matrix_norm,
        "solve_triangular": "autograd.scipy.linalg.solve_triangular({0}, {1}, lower={lower})",
        "logsumexp": _logsumexp,
        "astype": _astype,
        "stop_gradient": "autograd.tracer.getval({0})",
        "relu": "np.maximum({0}, 0)",
        "sigmoid": "autograd.scipy.special.expit({0})",
        "softplus": "np.logaddexp({0}, 0)",
        "softmax": _softmax,
        "log_softmax": _log_softmax,
    }

    @property
    def language(self) -> Language:
        return Language(
            framework="autograd",
            title="HIPS autograd",
            imports="import autograd\nimport autograd.numpy as np\nimport autograd.scipy.linalg\n"
            "import autograd.scipy.special\nimport numpy",
            reader='''
def read(value):
    """A NumPy scalar as an array without axes, a dtype as its name, anything else as it is.

    The dtype type is NumPy's own: autograd wraps it like a function.
    """
    if isinstance(value, numpy.dtype):
        return value.name
    return np.asarray(value) if isinstance(value, np.generic) else value
''',
        )

    def array(self, step: Input) -> str:
        """The host array itself, copy or not."""
        _check_dtype(step.array.dtype)
        return host_name(step.name)

    def host(self, name: str) -> str:
        return name

    def returned(self, roots: tuple[str, ...]) -> str:
        """A plain tuple would hide its elements from autograd, whose answer would be zeros."""
        return f"autograd.builtins.tuple(({', '.join(roots)}))"

    def differentiate(
        self, function: str, arguments: tuple[str, ...], results: tuple[str, ...], seeds: tuple[str, ...]
    ) -> Iterator[str]:
        argnum = f", argnum={tuple(range(len(arguments)))}" if len(arguments) > 1 else ""
        called = f"({', '.join(arguments)})"
        if seeds:
            yield f"{pullback_name(function)}, _ = autograd.make_vjp({function}{argnum}){called}"
            answer = pulled_back(function, seeds)
        else:
            answer = f"autograd.grad({function}{argnum}){called}"
        yield f"{', '.join(results)} = {answer}" if results else answer
