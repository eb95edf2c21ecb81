"""HIPS autograd. Idioms as in https://github.com/HIPS/autograd/blob/master/docs/tutorial.md.

Its arrays are NumPy's own: an input is the host array itself, a write writes into it, and a step of SGD is what its
README writes, `x -= 0.1 * x_grad`.
"""

from collections.abc import Iterator
from typing import ClassVar

from harness.adapters.base import Template, host_name
from harness.adapters.functional import Functional, pullback_name, pulled_back
from harness.adapters.numpy_errors import SHAPE_ERRORS
from harness.adapters.numpy_like import numpy_ops, reduction
from harness.errors import Unsupported
from harness.literals import source
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
        *SHAPE_ERRORS,
    )
    lacks: ClassVar[dict[str, str]] = {
        "positive": "autograd has no derivative of np.positive, and its arrays have no unary plus",
        "cumulative_prod": "autograd has no derivative of np.cumprod",
    }
    ops: ClassVar[dict[str, Template]] = {
        **numpy_ops("np", without=lacks),
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
            imports="import autograd\nimport autograd.numpy as np\nimport autograd.scipy.special\nimport numpy",
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
