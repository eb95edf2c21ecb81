"""Keras layers in TensorFlow scripts.

A Keras layer makes its own variables. So for `linear` the layer is made where the weights would have been, takes over
their values, and from there on its variables go by the names of the weights:

    weight_layer = tf.keras.layers.Dense(3, dtype="float64")
    weight_layer.build((None, 2))
    weight_layer.set_weights([weight_np, bias_np])
    weight, bias = weight_layer.weights
    ...
    y = weight_layer(x)
"""

from collections.abc import Iterator

from harness.adapters.base import data, host_name
from harness.errors import Unsupported
from harness.program import Input, Program
from harness.script import AnyStatement, Statement


def layer_weights(program: Program) -> dict[str, tuple[Input, Input]]:
    """The kernel and bias that each input of the program belongs to, if it is one of them.

    Raises `Unsupported` for a dense layer that Keras could not hold.
    """
    found: dict[str, tuple[Input, Input]] = {}
    for step in program.applications.values():
        if step.op != "linear":
            continue
        weights = [program.inputs.get(operand) for operand in step.operands[1:] if isinstance(operand, str)]
        kernel, bias = weights if len(weights) == 2 else (None, None)
        if kernel is None or bias is None or len(kernel.array.shape) != 2:
            raise Unsupported("a Keras layer holds its weights itself: they must be inputs, a matrix and a vector")
        for weight in (kernel, bias):
            if found.setdefault(weight.name, (kernel, bias)) != (kernel, bias):
                raise Unsupported("a Keras layer holds its weights itself: two layers cannot share one of them")
    return found


def dense_layer(kernel: Input, bias: Input) -> Iterator[AnyStatement]:
    """A dense layer with the values of two inputs, whose names then stand for its variables."""
    layer = f"{kernel.name}_layer"
    before, units = kernel.array.shape
    yield data(kernel)
    yield data(bias)
    yield Statement(f'{layer} = tf.keras.layers.Dense({units}, dtype="{kernel.array.dtype}")')
    yield Statement(f"{layer}.build((None, {before}))")
    yield Statement(f"{layer}.set_weights([{host_name(kernel.name)}, {host_name(bias.name)}])")
    yield Statement(f"{kernel.name}, {bias.name} = {layer}.weights")
