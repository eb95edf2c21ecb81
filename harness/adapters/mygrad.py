"""MyGrad. Idioms as in https://mygrad.readthedocs.io/en/latest/intro.html."""

import math
from collections.abc import Iterator
from typing import ClassVar

from harness.adapters import mygrad_layers
from harness.adapters.base import Template, host_name, subscript
from harness.adapters.define_by_run import Context, DefineByRun
from harness.adapters.numpy_errors import PICKING_ERRORS, SHAPE_ERRORS
from harness.adapters.numpy_like import Axis, norm, numpy_ops
from harness.adapters.reductions_of_losses import mean_only
from harness.errors import Unsupported
from harness.literals import source
from harness.program import Backward, ClearGrad, Grad, Host, Input, Quantity, RetainGrad, SGDStep, Write
from harness.script import AnyStatement, Language, Statement

_TRANSFORMS = (
    "fft", "ifft", "rfft", "irfft", "hfft", "ihfft", "fftn", "ifftn", "rfftn", "irfftn", "fftshift", "ifftshift", "dct",
    "idct",
)  # fmt: skip


def _vector_norm(x: str, *, axis: Axis, keepdims: bool, ord: float) -> str:  # noqa: A002
    if math.isinf(ord):
        raise Unsupported("MyGrad's norm has no derivative for the order infinity")
    if isinstance(axis, tuple) and len(axis) > 1:
        raise Unsupported("MyGrad's norm does not take several axes")
    return norm("mg.linalg.norm")(x, axis=axis, keepdims=keepdims, ord=ord)


def _astype(x: str, *, dtype: str) -> str:
    _check_dtype(dtype)
    return f"{x}.astype({source(dtype)})"


def _check_dtype(dtype: str) -> None:
    if dtype == "bfloat16":
        raise Unsupported("MyGrad computes with NumPy, which has no bfloat16")
    if dtype.startswith("complex"):
        raise Unsupported("MyGrad has no complex tensors")


_SPECIAL_FUNCTIONS = (
    "erf", "erfc", "erfcx", "erfinv", "erfcinv", "ndtr", "log_ndtr", "ndtri", "lgamma", "digamma", "polygamma", "i0",
    "i0e", "i1", "i1e", "xlogy", "xlog1py", "entr", "logit",
)  # fmt: skip


_LINEAR_ALGEBRA = (
    "outer", "dot", "inner", "tensordot", "kron", "cross", "diagonal", "trace", "diag", "tril", "triu", "det", "logdet",
    "logabsdet", "inv", "pinv", "solve", "solve_triangular", "matrix_power", "expm", "cholesky", "eigvalsh", "svdvals",
    "qr_q", "qr_r", "eigh_vectors", "svd_u", "svd_vh", "matrix_norm",
)  # fmt: skip


_NOT_DIFFERENTIATED = {
    **dict.fromkeys(("ptp", "average", "nansum", "nanmean", "nanprod"), "MyGrad has no such reduction"),
    **dict.fromkeys(("sort", "topk", "median", "lower_median", "quantile"), "MyGrad does not sort"),
    **dict.fromkeys(("cumulative_max", "cumulative_min", "cumulative_logsumexp"), "MyGrad has no ufunc.accumulate"),
    **dict.fromkeys(("take_along_axis", "put_along_axis"), "MyGrad has no take_along_axis and put_along_axis"),
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
        "MyGrad writes to tensors in place alone",
    ),
}


_MISSING_ACTIVATIONS = (
    "softmin", "prelu", "celu", "relu6", "hard_sigmoid", "hard_swish", "softshrink", "hardshrink", "threshold", "silu",
    "mish", "gelu", "gelu_tanh", "tanhshrink", "log_sigmoid", "squareplus",
)  # fmt: skip
_MISSING_LOSSES = (
    "mse_loss", "l1_loss", "huber_loss", "smooth_l1_loss", "soft_cross_entropy", "binary_cross_entropy",
    "binary_cross_entropy_with_logits", "kl_div", "hinge_loss", "log_cosh_loss", "cosine_similarity",
    "poisson_nll_loss", "gaussian_nll_loss",
)  # fmt: skip
_ONLY_MEANS = "the losses of mygrad.nnet are means"


class MyGrad(DefineByRun):
    framework = "mygrad"
    no_recording = "mg.no_autodiff"
    errors = (
        ("graph_freed", "InvalidBackprop", "'cleared' prior to backprop"),
        ("seed_mismatch", "ValueError", "passed a gradient with an incompatible shape"),
        ("integer_input", "ValueError", "Integer-valued tensors must be treated as constants"),
        ("no_gradients", "TypeError", "'NoneType'"),
        ("no_derivative", "ValueError", "cannot involve non-constant mygrad tensors"),
        # Memory guarding: what a graph holds is locked.
        ("read_only", "ValueError", "destination is read-only"),
        ("read_only", "ValueError", "output array is read-only"),
        *PICKING_ERRORS,
        *SHAPE_ERRORS,
    )
    lacks: ClassVar[dict[str, str]] = {
        "logsumexp": "MyGrad has no logsumexp that is differentiated",
        "hypot": "MyGrad has no hypot",
        "round": "MyGrad has no round",
        "remainder": "MyGrad has no derivative of np.remainder",
        **{op: f"MyGrad has no {op}" for op in ("unstack", "copysign", "conj", "real", "imag")},
        **dict.fromkeys(_TRANSFORMS, "MyGrad has no Fourier transforms"),
        **{op: f"mygrad.nnet has no {op}" for op in (*_MISSING_ACTIVATIONS, *_MISSING_LOSSES)},
        **{
            op: f"MyGrad has no {op}"
            for op in ("flip", "rot90", "tile", "pad", "sliding_windows", "diff", "trapezoid", "correlate", "convolve")
        },
        **_NOT_DIFFERENTIATED,
        **mygrad_layers.LACKS,
        **dict.fromkeys(_LINEAR_ALGEBRA, "MyGrad has no linear algebra but matmul, einsum and the norm of vectors"),
        **{op: f"MyGrad has no {op}" for op in ("rsqrt", "deg2rad", "rad2deg", "squared_difference", "fmax", "fmin")},
        **dict.fromkeys(_SPECIAL_FUNCTIONS, "MyGrad has no special functions but sinc"),
    }
    ops: ClassVar[dict[str, Template]] = {
        **numpy_ops("mg", without=lacks),
        **mygrad_layers.OPS,
        "vector_norm": _vector_norm,
        # A condition that is a tensor ends in a RecursionError.
        "where": "mg.where(mg.asarray({0}), {1}, {2})",
        "masked_fill": "mg.where(mg.asarray({1}), {value}, {0})",
        "gather_nd": "{0}[tuple(np.moveaxis(mg.asarray({1}), -1, 0))]",
        "vecdot": "mg.sum({0} * {1}, axis={axis})",
        "astype": _astype,
        "stop_gradient": "mg.astensor({0}, constant=True)",
        "relu": "mg.nnet.activations.relu({0})",
        "sigmoid": "mg.nnet.activations.sigmoid({0})",
        "softplus": "mg.logaddexp({0}, 0)",
        "softmax": "mg.nnet.activations.softmax({0}, axis={axis})",
        "log_softmax": "mg.nnet.activations.logsoftmax({0}, axis={axis})",
        "glu": "mg.nnet.activations.glu({0}, axis={axis})",
        "leaky_relu": "mg.nnet.activations.leaky_relu({0}, {negative_slope})",
        "elu": "mg.nnet.activations.elu({0}, {alpha})",
        "selu": "mg.nnet.activations.selu({0})",
        "hard_tanh": "mg.nnet.activations.hard_tanh({0})",
        "softsign": "mg.nnet.activations.soft_sign({0})",
        "cross_entropy": mean_only("mg.nnet.losses.softmax_crossentropy({0}, {1})", _ONLY_MEANS),
        "nll_loss": mean_only("mg.nnet.losses.negative_log_likelihood({0}, {1})", _ONLY_MEANS),
    }

    @property
    def language(self) -> Language:
        return Language(
            framework="mygrad",
            title="MyGrad",
            imports="import mygrad as mg\nimport mygrad.nnet.activations\nimport numpy as np",
            reader='''
def read(value):
    """A tensor as its NumPy array, a dtype as its name, anything else as it is."""
    if isinstance(value, np.dtype):
        return value.name
    return value.data if isinstance(value, mg.Tensor) else value
''',
        )

    def input(self, step: Input, context: Context) -> Iterator[AnyStatement]:
        _check_dtype(step.array.dtype)
        # Unless told otherwise, floats require a gradient and other tensors are constants.
        by_default = step.array.dtype.startswith("float")
        constant = "" if step.requires_grad is by_default else f", constant={not step.requires_grad}"
        shared = ", copy=False" if step.shared else ""
        yield Statement(f"{step.name} = mg.tensor({host_name(step.name)}{constant}{shared})")

    def backward(self, step: Backward, context: Context) -> Iterator[AnyStatement]:
        if step.keep_graph:
            raise Unsupported("MyGrad clears the graph in each backward pass and cannot be asked to keep it")
        yield Statement(f"{step.root}.backward({'' if step.seed is None else step.seed})")

    def grad(self, step: Grad, context: Context) -> Iterator[AnyStatement]:
        if step.create_graph:
            raise Unsupported("MyGrad's gradients are NumPy arrays, which cannot be differentiated again")
        raise Unsupported("MyGrad has no functional form: gradients are stored by backward")

    def optimizer_step(self, step: SGDStep) -> str:
        rate = source(step.learning_rate)
        return "\n".join(f"{name}.data -= {rate} * {name}.grad" for name in step.variables)

    def write(self, step: Write, context: Context) -> Iterator[AnyStatement]:
        """In the array, which is what `.grad` is, and what a host array is itself."""
        sign = "+=" if step.how == "add" else "="
        is_host_array = any(isinstance(made, Host) and made.name == step.target for made in context.program.steps)
        array = step.target if is_host_array else f"{step.target}.{'grad' if step.kind == 'gradient' else 'data'}"
        yield Statement(f"{array}{subscript(step.index)} {sign} {source(step.value)}")

    def host(self, name: str) -> str:
        return f"{name}.data"

    def clear_grad(self, step: ClearGrad) -> AnyStatement:
        return Statement(f"{step.of}.null_grad()")

    def retain_grad(self, step: RetainGrad) -> tuple[AnyStatement, ...]:
        """Nothing: every tensor that a backward pass reaches keeps its gradient."""
        return ()

    def is_leaf(self, quantity: Quantity) -> str:
        return f"{self._tensor(quantity)}.creator is None"

    def requires_grad(self, quantity: Quantity) -> str:
        return f"not {self._tensor(quantity)}.constant"

    def _tensor(self, quantity: Quantity) -> str:
        if quantity.kind == "gradient":
            raise Unsupported("a gradient is a NumPy array, and no part of a graph")
        return quantity.of
