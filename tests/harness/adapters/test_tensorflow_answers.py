"""What TensorFlow answers to the scripts, eagerly and inside tf.function."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.adapters.tensorflow import TensorFlow
from harness.arrays import Array
from harness.environments import Environment
from harness.program import Program
from harness.script import standalone
from harness.trace import Tracer, trace
from tests.harness.adapters import verbs
from tests.harness.adapters.running import Outcome, run, warnings

Find = Callable[[str], Environment]


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
        verbs.two_learning_rates: {"x": f64(0.25)},
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
    ] == answers(framework_environment, flavour, verbs.dense)


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
@pytest.mark.parametrize("case", [verbs.second_backward, verbs.dense], ids=lambda case: case.__name__)
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
