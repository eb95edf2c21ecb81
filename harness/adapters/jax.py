"""JAX. Idioms as in https://docs.jax.dev/en/latest/automatic-differentiation.html.

JAX has no optimizer of its own, so a step of SGD is what its tutorials write: `x = x - 0.1 * x_grad`.
"""

from collections.abc import Iterator
from typing import Any

from harness.adapters.base import host_name, subscript, tuple_text
from harness.adapters.functional import Functional, pullback_name, pulled_back
from harness.adapters.jax_ops import LACKS, OPS
from harness.literals import source
from harness.program import Input, Write
from harness.script import Language


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
        ("no_elements", "ValueError", "zero-size array to reduction operation"),
    )
    lacks = LACKS
    ops = OPS

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
            yield f"_, {pullback_name(function)} = jax.vjp({', '.join((function, *arguments))})"
            target, answer = tuple_text(results), pulled_back(function, seeds)
        else:
            argnums = f", argnums={tuple(range(len(arguments)))}" if len(arguments) > 1 else ""
            target, answer = ", ".join(results), f"jax.grad({function}{argnums})({', '.join(arguments)})"
        yield f"{target} = {answer}" if results else answer
