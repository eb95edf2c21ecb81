"""The functional verb."""

import numpy as np
import pytest

from reference_engine import NothingRecorded, Variable, exp, grad, sin, sum  # noqa: A004


@pytest.fixture
def graph() -> tuple[Variable, Variable, Variable, Variable]:
    """Seed 002's program: x0, x1, y = 2 x0 + 3 x1, z = 2 y."""
    x0 = Variable(np.array([0, 1], "f"))
    x1 = Variable(np.array([2, 3], "f"))
    y = 2 * x0 + 3 * x1
    return x0, x1, y, 2 * y


Graph = tuple[Variable, Variable, Variable, Variable]


def lists(gradients: list[np.ndarray]) -> list[list[float]]:
    return [one.tolist() for one in gradients]


def test_grad_answers_and_leaves_the_gradients_alone(graph: Graph) -> None:
    x0, x1, y, z = graph
    ones = [np.ones(2)]
    assert [[4.0, 4.0]] == lists(grad([z], [x0], ones))
    assert [[4.0, 4.0]] == lists(grad([z], [x0], ones))
    assert [[4.0, 4.0], [6.0, 6.0]] == lists(grad([z], [x0, x1], ones))
    assert [[2.0, 2.0]] == lists(grad([y], [x0], ones))
    assert [None] * 4 == [one.grad for one in graph]


def test_set_grad_leaves_the_answer_with_the_inputs(graph: Graph) -> None:
    x0, x1, y, z = graph
    for _ in range(2):
        (answer,) = grad([z], [x0], [np.ones(2)], set_grad=True)
    assert x0.grad is not None
    assert [4.0, 4.0] == x0.grad.tolist() == answer.tolist()
    assert not np.shares_memory(answer, x0.grad)
    assert [None] * 3 == [one.grad for one in (x1, y, z)]


def test_retain_grad_leaves_gradients_on_the_way(graph: Graph) -> None:
    x0, x1, y, z = graph
    grad([z], [x0], [np.ones(2)], retain_grad=True)
    assert y.grad is not None
    assert z.grad is not None
    assert ([2.0, 2.0], [1.0, 1.0]) == (y.grad.tolist(), z.grad.tolist())
    assert (None, None) == (x0.grad, x1.grad)


def test_an_input_may_be_a_variable_on_the_way_or_the_output(graph: Graph) -> None:
    _, _, y, z = graph
    assert [[2.0, 2.0], [1.0, 1.0]] == lists(grad(z, [y, z], [np.ones(2)]))


def test_outputs_are_summed_weighed_by_their_seeds() -> None:
    x = Variable([1.0, 2.0])
    y, z = x * x, sum(3 * x)
    assert [[23.0, 43.0]] == lists(grad([y, z], x, [[10.0, 10.0], None]))
    assert [[6.0, 6.0]] == lists(grad([z, z], x))


def test_what_does_not_lead_to_an_input_is_not_computed() -> None:
    x, w = Variable(1.0), Variable(1.0)
    y = exp(w) * x
    w_exp = y.operands[0]
    grad(y, x, retain_grad=True)
    assert w_exp.grad is None


def test_a_recorded_derivative_can_be_differentiated_again() -> None:
    x = Variable(0.5)
    y = sin(x * x)
    (first,) = grad(y, x, create_graph=True)
    (second,) = grad(first, x, create_graph=True)
    (third,) = grad(second, x)
    square = 0.25
    expected = -12 * 0.5 * np.sin(square) - 8 * 0.125 * np.cos(square)
    assert pytest.approx(expected, rel=1e-14) == float(third)


def test_a_seed_that_is_a_variable_can_be_differentiated() -> None:
    """The transpose of the transpose: forward mode."""
    x, v = Variable([1.0, 2.0]), Variable([0.0, 0.0])
    (pulled_back,) = grad(x * x, x, [v], create_graph=True)
    (pushed_forward,) = grad(pulled_back, v, [np.array([1.0, 10.0])])
    assert [2.0, 40.0] == pushed_forward.tolist()


def test_a_gradient_penalty_reaches_the_weights() -> None:
    x, w = Variable([1.0, 2.0]), Variable([3.0, 4.0])
    (slope,) = grad(sum(w * x * x), x, create_graph=True)
    sum(slope * slope).backward()
    assert w.grad is not None
    assert [8 * 3.0 * 1, 8 * 4.0 * 4] == w.grad.tolist()


def test_a_constant_output_is_refused() -> None:
    with pytest.raises(NothingRecorded):
        grad(Variable(1.0, requires_grad=False), Variable(1.0))
