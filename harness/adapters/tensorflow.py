"""TensorFlow. Idioms as in https://www.tensorflow.org/guide/autodiff and https://www.tensorflow.org/guide/advanced_autodiff.

Flavours: eager, and `function`, where the tapes and the calls on them stand inside a `@tf.function`.
"""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from harness.adapters.base import Template, data, host_name, subscript
from harness.adapters.tape import Tape
from harness.adapters.tensorflow_function import FunctionWriter
from harness.adapters.tensorflow_layers import dense_layer, layer_weights
from harness.adapters.tensorflow_ops import LACKS, OPS
from harness.errors import Unsupported
from harness.literals import source
from harness.program import Host, Input, Program, SGDStep, Write
from harness.script import AnyStatement, Language, Script, Statement

_LOGGING = '''
class LogToWarnings(logging.Handler):
    """What TensorFlow logs as a warning becomes a Python warning."""

    def emit(self, record):
        # TensorFlow tells functions apart by file and line, and believes that all that start at one place were one.
        if record.levelno >= logging.WARNING and "triggered tf.function retracing" not in record.getMessage():
            warnings.warn(record.getMessage())


def log_always(level, message, times, *arguments):
    """In place of TensorFlow's function that logs only the first few `times` in a process."""
    tf.get_logger().log(level, message, *arguments)


tf.get_logger().handlers[:] = [LogToWarnings()]
tf_logging.log_first_n = log_always
'''

READ = '''

def read(value):
    """A tensor as the NumPy array on the same memory (dense if it was sparse), a dtype as its name."""
    if isinstance(value, tf.DType):
        return value.name
    return np.asarray(tf.convert_to_tensor(value)) if tf.is_tensor(value) else value
'''
"""The reader alone, which leaves TensorFlow's settings as they are."""


_INTEGERS = ("int", "uint", "bool")


class TensorFlow(Tape):
    framework = "tensorflow"
    flavours = ("", "function")
    errors = (
        ("graph_freed", "RuntimeError", "A non-persistent GradientTape can only be used to compute one set"),
        # Eager and in a tf.function, a list of outputs and a single one.
        ("no_gradient", "TypeError", "Cannot convert the argument `type_value`: None"),
        ("no_gradient", "TypeError", "to be differentiated, but received None"),
        ("no_gradients", "ValueError", "No gradients provided for any variable"),
        (
            "new_variable",
            "ValueError",
            "This optimizer can only be called for the variables it was originally built with",
        ),
        # Eager and in a tf.function the same mistake has different exceptions.
        ("mixed_dtypes", "InvalidArgumentError", "tensor but is a"),
        ("mixed_dtypes", "TypeError", "that does not match type"),
        ("mixed_dtypes", "ValueError", "Tensor conversion requested dtype"),
        ("mixed_dtypes", "TypeError", "that don't all match"),
        # A Python number beside a tensor whose dtype cannot hold it.
        ("mixed_dtypes", "TypeError", "to EagerTensor of dtype"),
        ("mixed_dtypes", "TypeError", "of type 'float'"),
        ("mixed_dtypes", "TypeError", "of type 'complex'"),
        *(("integer_input", "InvalidArgumentError", f"Value for attr 'T' of {kind}") for kind in _INTEGERS),
        *(("integer_input", "TypeError", f"has DataType {kind}") for kind in _INTEGERS),
        ("integer_input", "TypeError", "Received integer type"),
        ("singular_matrix", "InvalidArgumentError", "Input is not invertible"),
        ("index_out_of_bounds", "InvalidArgumentError", "is not in [0,"),
        ("index_out_of_bounds", "InvalidArgumentError", "does not index into"),
        ("singular_matrix", "InvalidArgumentError", "Input matrix is not invertible"),
    )
    lacks = LACKS
    ops: ClassVar[dict[str, Template]] = OPS

    @property
    def language(self) -> Language:
        return Language(
            framework="tensorflow",
            title="TensorFlow",
            imports="import logging\nimport warnings\n\nimport numpy as np\nimport tensorflow as tf\n"
            "from tensorflow.python.platform import tf_logging",
            reader=_LOGGING + READ,
            environment={"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0", "CUDA_VISIBLE_DEVICES": "-1"},
        )

    def script(self, program: Program) -> Script:
        return FunctionWriter(self, program).script() if self.flavour == "function" else super().script(program)

    def parameter(self, value: Any) -> str:
        return f"tf.{value}" if isinstance(value, str) else source(value)

    # Tapes

    def tape(self, *, persistent: bool) -> str:
        return f"tf.GradientTape({'persistent=True' if persistent else ''})"

    def stop_recording(self, tape: str) -> str:
        return f"{tape}.stop_recording()"

    def watch(self, tape: str, names: Sequence[str]) -> AnyStatement:
        return Statement(f"{tape}.watch({_one_or_list(names)})")

    def gradient(
        self, tape: str, outputs: Sequence[str], inputs: Sequence[str], seeds: Sequence[str] | None, zeros: bool
    ) -> str:
        seeded = "" if seeds is None else f", output_gradients={_one_or_list(seeds)}"
        unconnected = ", unconnected_gradients=tf.UnconnectedGradients.ZERO" if zeros else ""
        return f"{tape}.gradient({_one_or_list(outputs)}, {_one_or_list(inputs)}{seeded}{unconnected})"

    def watched(self, tape: str, name: str) -> str:
        """By identity: `x in ...` would compare values."""
        return f"id({name}) in map(id, {tape}.watched_variables())"

    # Values

    def watched_by_itself(self, step: Input) -> bool:
        return not step.shared

    def input(self, step: Input, program: Program) -> Iterator[AnyStatement]:
        layers = layer_weights(program)
        if step.name in layers:
            if step.name == min(layers[step.name], key=list(program.inputs.values()).index).name:
                yield from dense_layer(*layers[step.name])
            return
        yield data(step)
        host = host_name(step.name)
        # NumPy has no bfloat16: the host array holds the same values as float32.
        dtype = ", dtype=tf.bfloat16" if step.array.dtype == "bfloat16" else ""
        if step.shared:
            # Not tf.experimental.dlpack: an array that is not aligned as TensorFlow wants it ends the process.
            yield Statement(f"{step.name} = tf.convert_to_tensor({host}{dtype})")
        elif step.requires_grad:
            yield Statement(f"{step.name} = tf.Variable({host}{dtype})")
        elif _is_assigned(step, program):
            yield Statement(f"{step.name} = tf.Variable({host}{dtype}, trainable=False)")
        else:
            yield Statement(f"{step.name} = tf.constant({host}{dtype})")

    def write(self, step: Write, program: Program) -> AnyStatement:
        if step.kind == "gradient":
            raise Unsupported("a gradient is a tensor, and immutable; only a tf.Variable can be assigned to")
        name, value = step.target, source(step.value)
        if any(isinstance(other, Host) and other.name == name for other in program.steps):
            return Statement(f"{name}{subscript(step.index)} {'=' if step.how == 'set' else '+='} {value}")
        target = program.inputs.get(name)
        if target is None or target.shared:
            raise Unsupported("a tensor is immutable; only a tf.Variable can be assigned to")
        if step.index is None and not target.array.shape:
            return Statement(f"{name}.assign({value})" if step.how == "set" else f"{name}.assign_add({value})")
        part = f"{name}{subscript(step.index)}"
        return Statement(f"{part}.assign({value})" if step.how == "set" else f"{part}.assign({part} + {value})")

    def host(self, name: str) -> str:
        return f"{name}.numpy()"

    # The optimizer

    def optimizer(self, step: SGDStep) -> AnyStatement:
        return Statement(f"optimizer = tf.keras.optimizers.SGD(learning_rate={source(step.learning_rate)})")

    def learning_rate(self, step: SGDStep) -> AnyStatement:
        return Statement(f"optimizer.learning_rate = {source(step.learning_rate)}")

    def sgd_step(self, step: SGDStep, gradients: Sequence[str]) -> AnyStatement:
        return Statement(f"optimizer.apply_gradients(zip([{', '.join(gradients)}], [{', '.join(step.variables)}]))")


def _is_assigned(step: Input, program: Program) -> bool:
    """Whether the program changes the input in place, which only a variable allows."""
    return any(isinstance(other, Write | SGDStep) and step.name in other.uses for other in program.steps)


def _one_or_list(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"
