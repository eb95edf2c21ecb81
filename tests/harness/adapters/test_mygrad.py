"""MyGrad: the text of each verb and of the ops that it says in its own way, and what MyGrad answers."""

from collections.abc import Callable
from typing import Any

import pytest

from harness.adapters.mygrad import MyGrad
from harness.arrays import Array
from harness.environments import Environment
from harness.errors import Unsupported
from harness.literals import Number
from harness.program import Apply, Quantity
from harness.trace import Tracer, trace
from tests.harness.adapters import verbs
from tests.harness.adapters.running import run
from tests.harness.adapters.verbs import said


def expression(op: str, *operands: Any, **parameters: Any) -> str:
    return MyGrad().expression(Apply("y", op, operands, parameters))


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("mg.max(x, axis=(0, 1), keepdims=True)", expression("max", "x", axis=(0, 1), keepdims=True)),
        ("mg.std(x, ddof=1)", expression("std", "x", correction=Number.of(1.0))),
        ("mg.where(mg.asarray(c), x, 0.0)", expression("where", "c", "x", Number.of(0.0))),
        ("mg.linalg.norm(x, axis=1, keepdims=True)", expression("vector_norm", "x", axis=1, keepdims=True)),
        ("mg.nnet.activations.logsoftmax(x, axis=0)", expression("log_softmax", "x", axis=0)),
        ("mg.astensor(x, constant=True)", expression("stop_gradient", "x")),
        ("+x", expression("positive", "x")),
        ("x.astype('float32')", expression("astype", "x", dtype="float32")),
    ],
)
def test_an_op_is_the_call_that_users_type(expected: str, actual: str) -> None:
    assert expected == actual


@pytest.mark.parametrize(
    ("op", "parameters"),
    [
        ("astype", {"dtype": "bfloat16"}),
        ("astype", {"dtype": "complex128"}),
        ("vector_norm", {"axis": (0, 1)}),
    ],
)
def test_parameters_that_mygrad_has_no_words_for_are_unsupported(op: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(Unsupported, match="MyGrad"):
        expression(op, "x", **parameters)


def test_what_is_no_float_is_a_constant_unless_a_gradient_is_asked_of_it() -> None:
    def inputs(g: Tracer) -> None:
        g.input("x", 1.0)
        g.input("c", 1.0, requires_grad=False)
        g.input("n", 1, "int64", requires_grad=False)
        g.input("asked", 1, "int64")
        shared = g.input("shared", 1.0, shared=True)
        g.observe("shared", shared)

    assert [
        "x = mg.tensor(x_np)",
        "c = mg.tensor(c_np, constant=True)",
        "n = mg.tensor(n_np)",
        "asked = mg.tensor(asked_np, constant=False)",
        "shared = mg.tensor(shared_np, copy=False)",
    ] == said(MyGrad(), inputs)[:5]


def test_what_is_not_recorded_stands_under_no_autodiff() -> None:
    assert ["with mg.no_autodiff:", "    t = x * x", "    y = mg.sum(t)"] == said(MyGrad(), verbs.nothing_recorded)[1:4]


def test_writes_are_into_arrays() -> None:
    assert ["x.data[...] = 5.0", "x.data[1:] += 0.5"] == said(MyGrad(), verbs.writes)[1:3]
    assert ["x.grad[...] = 5.0", "x.grad[0] += 0.5"] == said(MyGrad(), verbs.gradient_written)[3:5]


def test_a_step_of_sgd_is_written_into_the_array() -> None:
    lines = said(MyGrad(), verbs.dense)
    assert ["w.data -= 0.5 * w.grad", "b.data -= 0.5 * b.grad"] == lines[-3:-1]


@pytest.mark.parametrize(
    ("reason", "case"),
    [
        ("cannot be asked to keep it", verbs.gradient_kept),
        ("no functional form", verbs.unconnected_input),
        ("cannot be differentiated again", verbs.grad_of_grad),
    ],
)
def test_what_mygrad_cannot_be_asked_for(reason: str, case: Callable[[Tracer], None]) -> None:
    with pytest.raises(Unsupported, match=reason):
        MyGrad().script(trace(case))


def test_there_are_no_complex_tensors() -> None:
    def complex_input(g: Tracer) -> None:
        z = g.input("z", 1j, "complex128")
        g.observe("z", z)

    with pytest.raises(Unsupported, match="no complex"):
        MyGrad().script(trace(complex_input))


def test_a_gradient_is_no_part_of_a_graph() -> None:
    with pytest.raises(Unsupported, match="NumPy array"):
        MyGrad().is_leaf(Quantity("x", "gradient"))


# The real framework


def float64(*values: float) -> Array:
    return Array.of(list(values), "float64")


def leaf_that_is_used_elsewhere(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    y = 2 * x
    z = 3 * x
    g.backward(g.sum(y))
    with g.attempt("backward"):
        g.backward(g.sum(z))
    g.observe("x.grad", x.grad)


def seed_that_is_spread(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    seed = g.input("seed", 10.0, requires_grad=False)
    g.backward(x * x, seed)
    g.observe("x.grad", x.grad)


def seed_of_too_many_axes(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    seed = g.input("seed", [[1.0, 1.0]], requires_grad=False)
    with g.attempt("backward"):
        g.backward(x * x, seed)


def rounded(g: Tracer) -> None:
    x = g.input("x", [1.5, 2.5])
    g.observe("y", g.floor(x))


def condition_that_is_a_tensor(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    c = g.input("c", [True, False], "bool", requires_grad=False)
    g.observe("y", g.where(c, x, 0.0))


def gradient_of_integers(g: Tracer) -> None:
    x = g.input("x", [1, 2], "int64")
    g.observe("x", x)


@pytest.mark.frameworks
def test_what_mygrad_answers(framework_environment: Callable[[str], Environment]) -> None:
    cases = {
        verbs.second_backward: {"first": None, "second": None, "x.grad": float64(2, 4), "cleared": None},
        # A pass clears the gradients of all that it meets before it begins.
        leaf_that_is_used_elsewhere: {"backward": ("raised", "graph_freed"), "x.grad": None},
        verbs.gradient_in_between: {"t.grad": float64(1, 1)},
        verbs.missing_seed: {"backward": None, "x.grad": float64(2, 2)},
        seed_that_is_spread: {"x.grad": float64(20, 40)},
        seed_of_too_many_axes: {"backward": ("raised", "seed_mismatch")},
        verbs.nothing_recorded: {"backward": None, "x.grad": None},
        verbs.writes: {"x": float64(5, 5.5)},
        verbs.saved_value_written: {"backward": ("raised", "read_only"), "x.grad": ("raised", "read_only")},
        verbs.host_arrays: {"copied": float64(1, 2), "shared": float64(7, 2), "h": float64(7, 2), "memory": True},
        verbs.two_steps_of_sgd: {"step": None, "x": Array.of(0.64)},
        verbs.gradient_written: {"x.grad": float64(5.5, 5)},
        verbs.aspects: {
            "dtype": "float64", "gradient's dtype": "float64", "x leaf": True, "t leaf": True, "x requires": True,
            "c requires": False, "same": False, "memory": False,
        },
        verbs.mixed_dtypes: {"y": Array.of([[5.0]])},
        rounded: {"y": ("raised", "no_derivative")},
        condition_that_is_a_tensor: {"y": float64(1, 0)},
        gradient_of_integers: {"x": ("raised", "integer_input")},
    }  # fmt: skip
    answers = run(framework_environment("mygrad"), MyGrad(), [trace(case) for case in cases])
    assert {case.__name__: expected for case, expected in cases.items()} == {
        case.__name__: answer for case, answer in zip(cases, answers, strict=True)
    }
