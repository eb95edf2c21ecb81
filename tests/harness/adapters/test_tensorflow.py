"""TensorFlow: the text of each verb and of the ops whose parameters change it, and what TensorFlow answers."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.adapters.tensorflow import TensorFlow
from harness.arrays import Array
from harness.environments import Environment
from harness.errors import Unsupported
from harness.ops import OPS
from harness.program import Program
from harness.script import standalone
from harness.trace import Tracer, trace
from tests.harness.adapters import verbs
from tests.harness.adapters.running import Outcome, run, warnings
from tests.harness.adapters.verbs import said

X = "x = tf.Variable(x_np)"
Find = Callable[[str], Environment]


def text(op: str, *operands: Any, **parameters: Any) -> str:
    """The text of one op."""
    template = TensorFlow.ops[op]
    assert callable(template)
    return template(*operands, **OPS[op].bind(parameters))


# The text of ops


@pytest.mark.parametrize(
    ("expected", "parameters"),
    [
        ("tf.reduce_sum(x)", {}),
        ("tf.reduce_sum(x, axis=0)", {"axis": 0}),
        ("tf.reduce_sum(x, axis=(0, 1), keepdims=True)", {"axis": (0, 1), "keepdims": True}),
        ("tf.reduce_sum(x, keepdims=True)", {"keepdims": True}),
    ],
)
def test_a_reduction_says_the_axes_and_whether_they_are_kept(expected: str, parameters: dict[str, Any]) -> None:
    assert expected == text("sum", "x", **parameters)


@pytest.mark.parametrize(
    ("expected", "limits"),
    [
        ("tf.clip_by_value(x, -1.0, 1.0)", {"min": -1.0, "max": 1.0}),
        ("tf.maximum(x, 0.0)", {"min": 0.0}),
        ("tf.minimum(x, 0.0)", {"max": 0.0}),
        ("tf.identity(x)", {}),
    ],
)
def test_clip_with_one_limit_is_a_maximum_or_a_minimum(expected: str, limits: dict[str, float]) -> None:
    assert expected == text("clip", "x", **limits)


def test_a_variance_with_a_correction_is_unsupported() -> None:
    with pytest.raises(Unsupported, match="TensorFlow has no variance with a correction"):
        text("var", "x", correction=1.0)


def one_op(build: Callable[[Tracer, Any], Any]) -> str:
    """The text of an op that `build` applies to an input."""

    def case(g: Tracer) -> None:
        x = g.input("x", [1.0, 2.0])
        y = build(g, x)
        g.observe("y", y)

    return said(TensorFlow(), case)[1].split(" = ", 1)[1]


@pytest.mark.parametrize(
    ("expected", "build"),
    [
        ("tf.cast(x, tf.float32)", lambda _, x: x.astype("float32")),
        ("x[1:, None]", lambda _, x: x[1:, None]),
        ("(-0.5) * x", lambda _, x: -0.5 * x),
        ("tf.maximum(x, -0.5)", lambda g, x: g.maximum(x, -0.5)),
        ('tf.where(x, x, float("nan"))', lambda g, x: g.where(x, x, float("nan"))),
        ("tf.concat([x, x], axis=0)", lambda g, x: g.concat([x, x])),
        ("tf.reshape(x, (2, 1))", lambda g, x: g.reshape(x, shape=(2, 1))),
    ],
)
def test_operands_and_parameters_are_what_a_user_would_type(expected: str, build: Callable[[Tracer, Any], Any]) -> None:
    assert expected == one_op(build)


# The text of verbs


@pytest.mark.parametrize(
    ("expected", "options"),
    [
        ("x = tf.Variable(x_np)", {}),
        ("x = tf.constant(x_np)", {"requires_grad": False}),
        ("x = tf.convert_to_tensor(x_np)", {"shared": True}),
        ("x = tf.Variable(x_np, dtype=tf.bfloat16)", {"dtype": "bfloat16"}),
    ],
)
def test_an_input_is_a_variable_if_it_requires_a_gradient(expected: str, options: dict[str, Any]) -> None:
    def case(g: Tracer) -> None:
        g.observe("x", g.input("x", 1.0, **options))

    assert [expected, 'observe("x", x)'] == said(TensorFlow(), case)


def test_a_shared_input_has_to_be_watched() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0, shared=True)
        y = x * 2
        g.backward(y)
        g.observe("x.grad", x.grad)

    assert "    tape.watch(x)" in said(TensorFlow(), case)


def test_seeds_are_output_gradients() -> None:
    assert "x_grad = tape.gradient(y, x, output_gradients=seed)" in said(TensorFlow(), verbs.backward_with_seed)


def test_gradients_that_an_attempt_did_not_get_are_what_they_were_before() -> None:
    assert [
        "x_grad = None",
        "try:",
        "    x_grad = tape.gradient(y, x)",
        "except Exception as error:",
        '    observe("first", error)',
        "else:",
        '    observe("first", None)',
        "try:",
        "    x_grad = tape.gradient(y, x)",
    ] == said(TensorFlow(), verbs.second_backward)[4:13]


def test_a_grad_that_stores_gradients_sets_and_asks_for_more() -> None:
    assert [
        "gx, y_grad = tape.gradient(z, [x, y], output_gradients=seed)",
        "x_grad = gx",
    ] == said(TensorFlow(), verbs.grad_that_is_stored)[5:7]


def test_the_optimizer_is_made_once() -> None:
    assert [
        X,
        "optimizer = tf.keras.optimizers.SGD(learning_rate=0.1)",
        "with tf.GradientTape() as tape:",
        "    y = x ** 2",
        "x_grad = tape.gradient(y, x)",
        "optimizer.apply_gradients(zip([x_grad], [x]))",
        "with tf.GradientTape() as tape:",
        "    z = x ** 2",
        "x_grad = tape.gradient(z, x)",
        "try:",
        "    optimizer.apply_gradients(zip([x_grad], [x]))",
    ] == said(TensorFlow(), verbs.two_steps_of_sgd)[:11]


def test_another_learning_rate_is_set_on_the_optimizer() -> None:
    assert "optimizer.learning_rate = 0.25" in said(TensorFlow(), two_learning_rates)


def two_learning_rates(g: Tracer) -> None:
    x = g.input("x", 1.0)
    y = x**2
    g.backward(y)
    g.sgd_step(x, 0.125)
    g.sgd_step(x, 0.25)
    g.observe("x", x)


def test_what_is_written_to_is_a_variable_that_no_tape_watches() -> None:
    assert [
        "x = tf.Variable(x_np, trainable=False)",
        "x[...].assign(5.0)",
        "x[1:].assign(x[1:] + 0.5)",
    ] == said(TensorFlow(), verbs.writes)[:3]


def test_a_scalar_variable_is_assigned_as_a_whole() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        g.write(x, 5.0)
        g.write_add(x, 0.5)
        g.observe("x", x)

    assert ["x.assign(5.0)", "x.assign_add(0.5)"] == said(TensorFlow(), case)[1:3]


def test_a_host_array_is_written_as_numpy_does() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", [1.0, 2.0])
        h = g.host(x)
        g.write(h, 5.0, index=1)
        g.write_add(h, 0.5)
        g.observe("h", h)

    assert ["h = x.numpy()", "h[1] = 5.0", "h[...] += 0.5"] == said(TensorFlow(), case)[1:4]


def test_a_write_to_a_computed_value_is_unsupported() -> None:
    with pytest.raises(Unsupported, match="a tensor is immutable"):
        TensorFlow().script(trace(verbs.saved_value_written))


def test_a_write_into_a_gradient_is_unsupported() -> None:
    with pytest.raises(Unsupported, match="immutable"):
        TensorFlow().script(trace(verbs.gradient_written))


def test_an_unconnected_input_gets_none_unless_zeros_are_asked_for() -> None:
    zeros = "gx, gw = tape.gradient(y, [x, w], unconnected_gradients=tf.UnconnectedGradients.ZERO)"
    assert zeros in said(TensorFlow(), verbs.unconnected_as_zeros)
    assert "gx, gw = tape.gradient(y, [x, w])" in said(TensorFlow(), verbs.unconnected_as_none)


def test_a_gradient_that_is_kept_is_one_more_name_for_it() -> None:
    assert [
        "x_grad = tape.gradient(y, x)",
        "kept = x_grad",
        "x_grad = tape.gradient(y, x)",
        'observe("same", x_grad is kept)',
        'observe("kept", kept)',
    ] == said(TensorFlow(), verbs.gradient_kept)[-5:]


def test_the_gradient_of_a_value_in_between_is_asked_for_if_it_is_kept() -> None:
    def in_between(g: Tracer) -> None:
        x = g.input("x", 1.0)
        t = 2 * x
        y = t * t
        g.backward(y)
        kept = g.keep(t.grad)
        g.observe("kept", kept)

    assert ["x_grad, t_grad = tape.gradient(y, [x, t])", "kept = t_grad"] == said(TensorFlow(), in_between)[-3:-1]


def test_a_tape_is_asked_for_the_variables_it_watches_by_identity() -> None:
    script = TensorFlow().script(trace(verbs.watched))
    assert 'observe("x is watched", id(x) in map(id, tape.watched_variables()))' in str(script)
    assert {"t is watched": "a tape tells which variables it watches, not which tensors"} == script.unsupported


def test_before_the_first_tape_nobody_knows_what_is_watched() -> None:
    def no_tape(g: Tracer) -> None:
        x = g.input("x", 1.0)
        g.observe("x is watched", g.watched(x))

    assert {"x is watched": "no tape was opened before"} == TensorFlow().script(trace(no_tape)).unsupported


def test_what_is_watched_is_asked_inside_the_function() -> None:
    def twice(g: Tracer) -> None:
        x = g.input("x", 1.0)
        y = x * x
        g.backward(y)
        g.observe("inside", g.watched(x))
        g.write(x, 2.0)
        g.observe("after", g.watched(x))

    script = TensorFlow("function").script(trace(twice))
    assert '    observe("inside", id(x) in map(id, tape.watched_variables()))' in str(script).splitlines()
    assert {"after": "the tape is inside the tf.function"} == script.unsupported


def test_leaves_and_requiring_a_gradient_are_no_notions_of_tensorflow() -> None:
    script = TensorFlow().script(trace(verbs.aspects))
    assert ["x leaf", "t leaf", "x requires", "c requires"] == list(script.unsupported)
    assert ("dtype", "gradient's dtype", "same", "memory") == script.points


def dense(g: Tracer) -> None:
    x = g.input("x", [[1.0, 2.0]])
    w = g.input("w", [[1.0, 2.0], [3.0, 4.0]], "float32")
    b = g.input("b", [0.0, 1.0], "float32")
    y = g.linear(x, w, b)
    total = g.sum(y)
    g.backward(total)
    g.observe("y", y)
    g.observe("x.grad", x.grad)
    g.observe("w.grad", w.grad)
    g.observe("b.grad", b.grad)
    g.sgd_step([w, b], 0.5)
    g.observe("w", w)


def test_a_dense_layer_takes_over_its_weights() -> None:
    assert [
        X,
        'w_layer = tf.keras.layers.Dense(2, dtype="float32")',
        "w_layer.build((None, 2))",
        "w_layer.set_weights([w_np, b_np])",
        "w, b = w_layer.weights",
        "optimizer = tf.keras.optimizers.SGD(learning_rate=0.5)",
        "with tf.GradientTape() as tape:",
        "    y = w_layer(x)",
    ] == said(TensorFlow(), dense)[:8]


def test_a_dense_layer_with_computed_weights_is_unsupported() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", [[1.0]])
        w = g.input("w", [[1.0]])
        b = g.input("b", [1.0])
        g.observe("y", g.linear(x, w * 2, b))

    with pytest.raises(Unsupported, match="they must be inputs"):
        TensorFlow().script(trace(case))


def test_two_dense_layers_that_share_a_weight_are_unsupported() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", [[1.0]])
        w = g.input("w", [[1.0]])
        b = g.input("b", [1.0])
        c = g.input("c", [1.0])
        g.observe("y", g.linear(g.linear(x, w, b), w, c))

    with pytest.raises(Unsupported, match="cannot share"):
        TensorFlow().script(trace(case))


# Inside tf.function


def test_the_function_holds_all_from_the_tape_to_the_optimizer() -> None:
    assert [
        X,
        "optimizer = tf.keras.optimizers.SGD(learning_rate=0.125)",
        "",
        "@tf.function(autograph=False)",
        "def train_step():",
        "    with tf.GradientTape() as tape:",
        "        y = x ** 2",
        "    x_grad = tape.gradient(y, x)",
        "    optimizer.apply_gradients(zip([x_grad], [x]))",
        "    optimizer.learning_rate = 0.25",
        "    optimizer.apply_gradients(zip([x_grad], [x]))",
        "    return x_grad",
        "",
        "x_grad = train_step()",
        'observe("x", x)',
    ] == said(TensorFlow("function"), two_learning_rates)


def test_observations_follow_the_call_and_every_gradient_has_its_own_variable() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        y = x * 2
        g.backward(y, keep_graph=True)
        g.observe("first", x.grad)
        g.observe("y", y)
        g.backward(y)
        g.observe("second", x.grad)

    assert [
        "    x_grad = tape.gradient(y, x)",
        "    x_2_grad = tape.gradient(y, x)",
        "    return y, x_grad, x_2_grad",
        "",
        "y, x_grad, x_2_grad = train_step()",
        'observe("first", x_grad)',
        'observe("y", y)',
        'observe("second", x_2_grad)',
    ] == said(TensorFlow("function"), case)[6:]


def test_the_optimizer_stays_outside_where_the_program_looks_at_the_variable_before_it() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        y = x * 2
        g.backward(y)
        g.observe("before", x)
        g.sgd_step(x, 0.5)
        g.observe("after", x)

    assert [
        "x_grad = train_step()",
        'observe("before", x)',
        "optimizer.apply_gradients(zip([x_grad], [x]))",
        'observe("after", x)',
    ] == said(TensorFlow("function"), case)[-4:]


def test_warnings_and_the_identity_of_objects_are_looked_at_inside_the_function() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        y = x * 2
        g.backward(y)
        g.observe("x.grad", x.grad)
        g.observe("same", g.same_object(x, y))
        g.sgd_step(x, 0.5)
        g.observe("warnings", g.warnings)

    assert [
        '    observe("same", x is y)',
        "    optimizer.apply_gradients(zip([x_grad], [x]))",
        '    observe("warnings", warned())',
        "    return x_grad",
        "",
        "x_grad = train_step()",
        'observe("x.grad", x_grad)',
    ] == said(TensorFlow("function"), case)[-7:]


def test_a_variable_that_changes_inside_the_function_cannot_be_looked_at_before() -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        y = x * 2
        g.observe("before", x)
        g.write(x, 5.0)
        z = y * x
        g.backward(z)
        g.observe("after", x)

    script = TensorFlow("function").script(trace(case))
    assert {"before": "inside a tf.function one cannot look at a variable before it changes"} == script.unsupported
    assert ("after",) == script.points


# What TensorFlow answers


def f64(value: Any) -> Array:
    return Array.of(value, "float64")


def f32(value: Any) -> Array:
    return Array.of(value, "float32")


FLAVOURS = pytest.mark.parametrize("flavour", TensorFlow.flavours)


def answers(find: Find, flavour: str, *cases: Callable[[Tracer], None]) -> list[dict[str, Outcome]]:
    return run(find("tensorflow"), TensorFlow(flavour), map(trace, cases))


@pytest.mark.frameworks
@FLAVOURS
def test_verbs_run(flavour: str, framework_environment: Find) -> None:
    expected: dict[Callable[[Tracer], None], dict[str, Outcome]] = {
        verbs.backward_with_seed: {"x.grad": f64([6.0, 16.0])},
        verbs.second_backward: {
            "first": None,
            "second": ("raised", "graph_freed"),
            "x.grad": f64([2.0, 4.0]),
            "cleared": None,
        },
        verbs.grad_of_two_inputs: {"gx": f64([3.0, 4.0]), "gw": f64([1.0, 2.0]), "x.grad": None},
        verbs.grad_of_grad: {"x.grad": f64([6.0, 12.0])},
        verbs.grad_that_is_stored: {"gx": f64([6.0, 6.0]), "x.grad": f64([6.0, 6.0]), "y.grad": f64([3.0, 3.0])},
        verbs.gradient_in_between: {"t.grad": f64([1.0, 1.0])},
        verbs.unconnected_input: {"grad": None, "gw": None},
        verbs.missing_seed: {"backward": None, "x.grad": f64([2.0, 2.0])},
        verbs.nothing_recorded: {"backward": None, "x.grad": None},
        verbs.writes: {"x": f64([5.0, 5.5])},
        verbs.mixed_dtypes: {"y": ("raised", "mixed_dtypes")},
        verbs.integer_input: {"y": ("raised", "integer_input")},
        verbs.aspects: {"dtype": "float64", "gradient's dtype": "float64", "same": True, "memory": False},
        verbs.host_arrays: {
            "copied": f64([1.0, 2.0]),
            "shared": f64([1.0, 2.0]),
            "h": f64([1.0, 2.0]),
            "memory": False,
        },
        verbs.gradient_kept: {"same": False, "kept": f64([1.0, 1.0])},
        verbs.unconnected_as_zeros: {"gx": f64([1.0, 1.0]), "gw": f64([0.0, 0.0])},
        verbs.unconnected_as_none: {"gx": f64([1.0, 1.0]), "gw": None},
        verbs.watched: {"before": True, "x is watched": True, "x.grad": f64(2.0)},
        two_losses_with_a_penalty: {"d": f64(27.0), "x.grad": f64(999.0)},
        two_learning_rates: {"x": f64(0.25)},
    }
    assert list(expected.values()) == answers(framework_environment, flavour, *expected)


def two_losses_with_a_penalty(g: Tracer) -> None:
    x = g.input("x", 3.0)
    y = x**3
    g.backward(y, keep_graph=True)
    d = g.grad(y, x, create_graph=True)
    loss = y + d**2
    g.backward(loss)
    g.observe("d", d)
    g.observe("x.grad", x.grad)


@pytest.mark.frameworks
@FLAVOURS
def test_a_dense_layer_casts_its_input_and_gives_gradients_to_its_weights(
    flavour: str, framework_environment: Find
) -> None:
    assert [
        {
            "y": f32([[7.0, 11.0]]),
            "x.grad": f64([[3.0, 7.0]]),
            "w.grad": f32([[1.0, 1.0], [2.0, 2.0]]),
            "b.grad": f32([1.0, 1.0]),
            "w": f32([[0.5, 1.5], [2.0, 3.0]]),
        }
    ] == answers(framework_environment, flavour, dense)


def squared_before_the_tape(*, dummy: bool, with_y: bool) -> Program:
    """The programs of seed 003 that go wrong: x is squared where no tape sees it."""

    def case(g: Tracer) -> None:
        x = g.input("x", 1.0, "float32")
        y = g.input("y", 1.0, "float32")
        with g.not_recording():
            square_x = x**2
        if dummy:
            square_x = square_x + 0 * x
        loss = square_x + y**2 if with_y else square_x
        g.backward(loss)
        g.observe("x.grad", x.grad)
        g.observe("y.grad", y.grad)
        with g.attempt("step"):
            g.sgd_step([x, y] if with_y else [x], 0.1)
        g.observe("x", x)
        g.observe("y", y)

    return trace(case)


@pytest.mark.frameworks
@FLAVOURS
def test_what_was_computed_before_the_tape_gets_no_gradient(flavour: str, framework_environment: Find) -> None:
    noticed = squared_before_the_tape(dummy=False, with_y=False)
    warned = squared_before_the_tape(dummy=False, with_y=True)
    silent = squared_before_the_tape(dummy=True, with_y=True)
    programs = [noticed, warned, silent]
    one, less = f32(1.0), f32(0.8)
    assert [
        {"x.grad": None, "y.grad": None, "step": ("raised", "no_gradients"), "x": one, "y": one},
        {"x.grad": None, "y.grad": f32(2.0), "step": None, "x": one, "y": less},
        {"x.grad": f32(0.0), "y.grad": f32(2.0), "step": None, "x": one, "y": less},
    ] == run(framework_environment("tensorflow"), TensorFlow(flavour), programs)
    seen = warnings(framework_environment("tensorflow"), TensorFlow(flavour), programs)
    assert [[], ["UserWarning"], []] == [points["step"] for points in seen]


@pytest.mark.frameworks
@FLAVOURS
def test_twenty_steps_of_descent_keep_the_variable(flavour: str, framework_environment: Find) -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", 1.0)
        for _ in range(20):
            y = x**2
            g.backward(y)
            g.sgd_step(x, 0.25)
        g.observe("x", x)

    assert [{"x": f64(2.0**-20)}] == answers(framework_environment, flavour, case)
    assert [{"x": []}] == warnings(framework_environment("tensorflow"), TensorFlow(flavour), [trace(case)])


@pytest.mark.frameworks
@FLAVOURS
def test_sparse_gradients_are_read_dense_and_bfloat16_to_the_bit(flavour: str, framework_environment: Find) -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", [1.0, 2.0, 3.0], "bfloat16")
        i = g.input("i", [0, 0, 2], "int64", requires_grad=False)
        y = g.take(x, i)
        g.backward(y)
        g.observe("y", y)
        g.observe("x.grad", x.grad)
        g.observe("dtype", x.grad.dtype)

    assert [
        {
            "y": Array.of([1.0, 1.0, 3.0], "bfloat16"),
            "x.grad": Array.of([2.0, 0.0, 1.0], "bfloat16"),
            "dtype": "bfloat16",
        }
    ] == answers(framework_environment, flavour, case)


@pytest.mark.frameworks
def test_a_warning_that_tensorflow_logs_a_few_times_arrives_every_time(framework_environment: Find) -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", [1, 2], "int64", shared=True)
        y = x * x
        g.backward(y)
        g.observe("x.grad", x.grad)

    (seen,) = {
        tuple(point["x.grad"])
        for point in warnings(framework_environment("tensorflow"), TensorFlow(), [trace(case)] * 8)
    }
    assert ("UserWarning",) == seen


@pytest.mark.frameworks
@FLAVOURS
def test_memory_is_compared_without_a_copy(flavour: str, framework_environment: Find) -> None:
    def case(g: Tracer) -> None:
        x = g.input("x", [1.0, 2.0])
        y = x * 2
        g.observe("variable", g.shares_memory(x, x))
        g.observe("tensor", g.shares_memory(y, y))
        g.observe("two", g.shares_memory(x, y))

    assert [{"variable": True, "tensor": True, "two": False}] == answers(framework_environment, flavour, case)


@pytest.mark.frameworks
@FLAVOURS
@pytest.mark.parametrize("case", [verbs.second_backward, dense], ids=lambda case: case.__name__)
def test_the_script_runs_with_tensorflow_alone(
    flavour: str, case: Callable[[Tracer], None], framework_environment: Find, tmp_path: Path
) -> None:
    adapter = TensorFlow(flavour)
    program = trace(case)
    file = tmp_path / "script.py"
    file.write_text(standalone(adapter.script(program), adapter.language, title=case.__name__))
    python = framework_environment("tensorflow").python
    done = subprocess.run([python, file], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (0, "") == (done.returncode, done.stderr)
    assert sorted(program.points) == sorted(line.split(" = ")[0].split(" raised")[0] for line in _printed(done.stdout))


def _printed(stdout: str) -> list[str]:
    """The lines that begin an observation: arrays of several rows go on in the next line."""
    return [line for line in stdout.splitlines() if not line.startswith(" ")]
