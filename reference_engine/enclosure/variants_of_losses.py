"""The other usual formulas of losses: see `variants`."""

from reference_engine.enclosure.variants import forward_variant, variant
from reference_engine.op import Array
from reference_engine.ops.activations import sigmoid, softplus
from reference_engine.ops.exponential import LN2
from reference_engine.ops.selection import abs, where  # noqa: A004 -- array API names


@forward_variant("huber")
def _(x: Array, *, delta: float) -> Array:
    size = abs(x)
    return where(size <= delta, 0.5 * (x * x), delta * size - 0.5 * (delta * delta))


@forward_variant("logistic_loss")
def _(x: Array, target: Array) -> Array:
    """Chainer's, which cancels where the target is 1."""
    return softplus(x) - target * x


@forward_variant("logistic_loss")
def _(x: Array, target: Array) -> Array:
    """PyTorch's, which cancels where the target is 0."""
    return (1 - target) * x + softplus(-x)


@variant("logistic_loss", "x")
def _(g: Array, x: Array, target: Array) -> Array:
    return g * (sigmoid(x) - target)


@forward_variant("log_cosh")
def _(x: Array) -> Array:
    """Keras's, which cancels near 0 and far left of it."""
    return x + softplus(-2 * x) - LN2


@variant("log_cosh", "x")
def _(g: Array, x: Array) -> Array:
    return g - g * (2 * sigmoid(-2 * x))
