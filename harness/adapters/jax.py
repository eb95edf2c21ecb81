"""JAX. Idioms as in https://docs.jax.dev/en/latest/automatic-differentiation.html.

JAX has no optimizer of its own, so a step of SGD is what its tutorials write: `x = x - 0.1 * x_grad`.
"""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from harness.adapters.base import Template, host_name, subscript, tuple_text
from harness.adapters.functional import Functional, pullback_name
from harness.literals import Index, index_source, source
from harness.program import Input, Write
from harness.script import Language


def reduction(function: str) -> Callable[..., str]:
    """A template with `axis` and `keepdims`, each only where the program says it."""

    def template(x: str, *, axis: object, keepdims: bool) -> str:
        return f"{function}({x}{_over(axis, keepdims)})"

    return template


def spread(function: str) -> Callable[..., str]:
    """A template for variance and standard deviation, which divide by n - ddof."""

    def template(x: str, *, axis: object, keepdims: bool, correction: float) -> str:
        ddof = int(correction) if correction.is_integer() else correction
        return f"{function}({x}{_over(axis, keepdims)}{f', ddof={source(ddof)}' if ddof else ''})"

    return template


def _over(axis: object, keepdims: bool) -> str:
    return f"{'' if axis is None else f', axis={source(axis)}'}{', keepdims=True' if keepdims else ''}"


def getitem(x: str, *, index: Index) -> str:
    return f"{x}[{index_source(index)}]"


class Jax(Functional):
    """Flavours: `x64`, and `x32`, which is JAX as it comes: it makes float32 of every float64."""

    framework = "jax"
    flavours = ("x64", "x32")
    errors = (
        ("seed_required", "TypeError", "Gradient only defined for scalar-output functions"),
        ("seed_mismatch", "ValueError", "unexpected JAX type (e.g. shape/dtype) for argument to"),
        ("integer_input", "TypeError", "grad requires real- or complex-valued inputs"),
        ("complex_root", "TypeError", "For holomorphic differentiation, pass holomorphic=True"),
        ("integer_root", "TypeError", "grad requires real-valued outputs"),
        ("nothing_recorded", "TypeError", "requires at least 1 positional arguments to be passed by the caller"),
        ("no_gradients", "TypeError", "'NoneType'"),
        ("read_only", "ValueError", "assignment destination is read-only"),
    )
    ops: ClassVar[dict[str, Template]] = {
        "add": "{0} + {1}",
        "subtract": "{0} - {1}",
        "multiply": "{0} * {1}",
        "divide": "{0} / {1}",
        "negative": "-{0}",
        "positive": "+{0}",
        "reciprocal": "jnp.reciprocal({0})",
        "pow": "{0} ** {1}",
        "square": "jnp.square({0})",
        "sqrt": "jnp.sqrt({0})",
        "exp": "jnp.exp({0})",
        "expm1": "jnp.expm1({0})",
        "exp2": "jnp.exp2({0})",
        "log": "jnp.log({0})",
        "log1p": "jnp.log1p({0})",
        "log2": "jnp.log2({0})",
        "log10": "jnp.log10({0})",
        "logaddexp": "jnp.logaddexp({0}, {1})",
        "sin": "jnp.sin({0})",
        "cos": "jnp.cos({0})",
        "tan": "jnp.tan({0})",
        "asin": "jnp.arcsin({0})",
        "acos": "jnp.arccos({0})",
        "atan": "jnp.arctan({0})",
        "atan2": "jnp.arctan2({0}, {1})",
        "sinh": "jnp.sinh({0})",
        "cosh": "jnp.cosh({0})",
        "tanh": "jnp.tanh({0})",
        "asinh": "jnp.arcsinh({0})",
        "acosh": "jnp.arccosh({0})",
        "atanh": "jnp.arctanh({0})",
        "equal": "{0} == {1}",
        "not_equal": "{0} != {1}",
        "less": "{0} < {1}",
        "less_equal": "{0} <= {1}",
        "greater": "{0} > {1}",
        "greater_equal": "{0} >= {1}",
        "where": "jnp.where({0}, {1}, {2})",
        "maximum": "jnp.maximum({0}, {1})",
        "minimum": "jnp.minimum({0}, {1})",
        "clip": "jnp.clip({0}, {min}, {max})",
        "abs": "jnp.abs({0})",
        "sign": "jnp.sign({0})",
        "floor": "jnp.floor({0})",
        "sum": reduction("jnp.sum"),
        "mean": reduction("jnp.mean"),
        "prod": reduction("jnp.prod"),
        "max": reduction("jnp.max"),
        "min": reduction("jnp.min"),
        "amax": reduction("jnp.amax"),
        "var": spread("jnp.var"),
        "std": spread("jnp.std"),
        "logsumexp": reduction("jax.nn.logsumexp"),
        "matmul": "{0} @ {1}",
        "linear": "{0} @ {1} + {2}",
        "reshape": "jnp.reshape({0}, {shape})",
        "permute_dims": "jnp.transpose({0}, {axes})",
        "broadcast_to": "jnp.broadcast_to({0}, {shape})",
        "expand_dims": "jnp.expand_dims({0}, axis={axis})",
        "squeeze": "jnp.squeeze({0}, axis={axis})",
        "concat": "jnp.concatenate([{*}], axis={axis})",
        "stack": "jnp.stack([{*}], axis={axis})",
        "getitem": getitem,
        "take": "jnp.take({0}, {1}, axis={axis})",
        "astype": "{0}.astype({dtype})",
        "stop_gradient": "jax.lax.stop_gradient({0})",
        "relu": "jax.nn.relu({0})",
        "sigmoid": "jax.nn.sigmoid({0})",
        "softplus": "jax.nn.softplus({0})",
        "softmax": "jax.nn.softmax({0}, axis={axis})",
        "log_softmax": "jax.nn.log_softmax({0}, axis={axis})",
    }

    @property
    def language(self) -> Language:
        settings = '\n\njax.config.update("jax_enable_x64", True)' if self.flavour == "x64" else ""
        return Language(
            framework="jax",
            title="JAX",
            imports=f"import jax\nimport jax.numpy as jnp\nimport numpy as np{settings}",
            reader='''
def read(value):
    """An array as a NumPy array on the same memory, a dtype as its name, anything else as it is.

    None for an array of float0: that is how JAX says that integers have no gradient.
    """
    if isinstance(value, np.dtype):
        return value.name
    if not hasattr(value, "dtype"):
        return value
    return None if value.dtype == jax.dtypes.float0 else np.asarray(value)
''',
            environment={"JAX_PLATFORMS": "cpu"},
        )

    def parameter(self, value: Any) -> str:
        """Dtypes are attributes of `jax.numpy`."""
        if value == "bool":
            return "jnp.bool_"
        return f"jnp.{value}" if isinstance(value, str) else source(value)

    def array(self, step: Input) -> str:
        """NumPy has no bfloat16, so such an input comes as float32."""
        function = "jnp.asarray" if step.shared else "jnp.array"
        dtype = ", dtype=jnp.bfloat16" if step.array.dtype == "bfloat16" else ""
        return f"{function}({host_name(step.name)}{dtype})"

    def written(self, name: str, step: Write) -> str:
        return f"{name}.at{subscript(step.index)}.{step.how}({source(step.value)})"

    def host(self, name: str) -> str:
        return f"np.asarray({name})"

    def differentiate(
        self, function: str, arguments: tuple[str, ...], results: tuple[str, ...], seeds: tuple[str, ...]
    ) -> Iterator[str]:
        if seeds:
            pullback = pullback_name(function)
            yield f"_, {pullback} = jax.vjp({', '.join((function, *arguments))})"
            target = f"{tuple_text(results)} = " if results else ""
            cotangents = ", ".join(seeds)
            yield f"{target}{pullback}({cotangents if len(seeds) == 1 else f'({cotangents})'})"
        else:
            argnums = f", argnums={tuple(range(len(arguments)))}" if len(arguments) > 1 else ""
            target = f"{', '.join(results)} = " if results else ""
            yield f"{target}jax.grad({function}{argnums})({', '.join(arguments)})"
