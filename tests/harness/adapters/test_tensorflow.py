"""TensorFlow: the text of each verb and of the ops whose parameters change it."""

from collections.abc import Callable
from typing import Any

import pytest

from harness.adapters.tensorflow import TensorFlow
from harness.errors import Unsupported
from harness.ops import OPS
from harness.trace import Tracer, trace
from tests.harness.adapters import verbs
from tests.harness.adapters.verbs import said

X = "x = tf.Variable(x_np)"


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
    assert "optimizer.learning_rate = 0.25" in said(TensorFlow(), verbs.two_learning_rates)


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
    ] == said(TensorFlow(), verbs.dense)[:8]


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
    ] == said(TensorFlow("function"), verbs.two_learning_rates)


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
