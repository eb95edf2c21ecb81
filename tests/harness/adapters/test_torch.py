"""PyTorch: the text of each verb and of the ops whose parameters change it, and what PyTorch answers."""

import struct
from collections.abc import Callable
from typing import Any

import pytest

from harness.adapters.torch import Torch
from harness.arrays import Array
from harness.environments import Environment
from harness.errors import Unsupported
from harness.ops import OPS
from harness.program import Apply
from harness.trace import Tracer, trace
from tests.harness.adapters import verbs
from tests.harness.adapters.running import run, warnings
from tests.harness.adapters.verbs import said

X = "x = torch.tensor(x_np, requires_grad=True)"


def text(op: str, *operands: Any, **parameters: Any) -> str:
    """The text of one op."""
    template = Torch.ops[op]
    assert callable(template)
    return template(*operands, **OPS[op].bind(parameters))


@pytest.mark.parametrize(
    ("expected", "parameters"),
    [
        ("torch.sum(x)", {}),
        ("torch.sum(x, dim=0)", {"axis": 0}),
        ("torch.sum(x, dim=(0, 1), keepdim=True)", {"axis": (0, 1), "keepdims": True}),
        ("torch.sum(x, dim=None, keepdim=True)", {"keepdims": True}),
    ],
)
def test_a_reduction_says_the_axes_and_whether_they_are_kept(expected: str, parameters: dict[str, Any]) -> None:
    assert expected == text("sum", "x", **parameters)


@pytest.mark.parametrize(
    ("expected", "parameters"),
    [
        ("torch.max(x)", {}),
        ("torch.max(x, dim=0).values", {"axis": 0}),
        ("torch.max(x, dim=0, keepdim=True).values", {"axis": 0, "keepdims": True}),
        ("torch.amax(x, dim=(0, 1))", {"axis": (0, 1)}),
        ("torch.amax(x, keepdim=True)", {"keepdims": True}),
    ],
)
def test_max_takes_the_values_along_one_axis_and_leaves_several_to_amax(expected: str, parameters: Any) -> None:
    assert expected == text("max", "x", **parameters)


@pytest.mark.parametrize(
    ("expected", "parameters"),
    [
        ("torch.prod(x)", {}),
        ("torch.prod(x).reshape([1] * x.ndim)", {"keepdims": True}),
        ("torch.prod(x, dim=1)", {"axis": 1}),
        ("torch.prod(torch.prod(x, dim=0, keepdim=True), dim=-1, keepdim=True)", {"axis": (0, -1), "keepdims": True}),
        ("torch.prod(torch.prod(x, dim=0, keepdim=True), dim=2, keepdim=True).squeeze((0, 2))", {"axis": (0, 2)}),
    ],
)
def test_prod_over_several_axes_takes_one_after_the_other(expected: str, parameters: dict[str, Any]) -> None:
    assert expected == text("prod", "x", **parameters)


def test_the_other_ops_whose_parameters_change_the_text() -> None:
    assert "torch.var(x, dim=0, correction=1, keepdim=True)" == text("var", "x", axis=0, correction=1.0, keepdims=True)
    assert "torch.std(x, correction=0.5)" == text("std", "x", correction=0.5)
    assert "torch.logsumexp(x, dim=tuple(range(x.ndim)))" == text("logsumexp", "x")
    assert "torch.clamp(x, min=-0.5)" == text("clip", "x", min=-0.5)
    assert "x[:, indices]" == text("take", "x", "indices", axis=1)
    assert "x[..., indices, :]" == text("take", "x", "indices", axis=-2)


def test_a_number_beside_a_tensor_becomes_a_tensor_like_it_where_torch_takes_no_numbers() -> None:
    assert "torch.maximum(x, torch.full_like(x, 0))" == text("maximum", "x", "0")
    assert "torch.minimum(torch.full_like(x, -0.5), x)" == text("minimum", "-0.5", "x")


def test_negative_numbers_stand_in_parentheses_beside_operators() -> None:
    assert "(-2) ** x" == Torch().expression(Apply("y", "pow", (-2, "x")))


def test_dtypes_are_objects_of_torch() -> None:
    assert "x.float()" == Torch().expression(Apply("y", "astype", ("x",), {"dtype": "float32"}))
    assert "x.to(torch.bfloat16)" == Torch().expression(Apply("y", "astype", ("x",), {"dtype": "bfloat16"}))


def test_a_seed_is_given_to_backward() -> None:
    assert [
        X,
        "y = x * x",
        "seed = torch.tensor(seed_np)",
        "y.backward(seed, retain_graph=True)",
        'observe("x.grad", x.grad)',
    ] == said(Torch(), verbs.backward_with_seed)


def test_an_attempt_is_a_try_and_clearing_sets_none() -> None:
    assert [
        *["try:", "    y.backward()", "except Exception as error:", '    observe("second", error)'],
        *["else:", '    observe("second", None)'],
        'observe("x.grad", x.grad)',
        "x.grad = None",
        'observe("cleared", x.grad)',
    ] == said(Torch(), verbs.second_backward)[-9:]


def test_the_functional_form_is_autograd_grad() -> None:
    lines = said(Torch(), verbs.grad_of_two_inputs)
    assert "gx, gw = torch.autograd.grad([y], [x, w], [seed], create_graph=True)" in lines


def test_an_unconnected_input_may_get_zeros_or_none() -> None:
    call = "gx, gw = torch.autograd.grad([y], [x, w], materialize_grads=True)"
    assert call in said(Torch(), verbs.unconnected_as_zeros)
    call = "gx, gw = torch.autograd.grad([y], [x, w], allow_unused=True)"
    assert call in said(Torch(), verbs.unconnected_as_none)


def test_a_write_into_a_gradient_is_a_write_into_a_tensor() -> None:
    assert [
        *["with torch.no_grad():", "    x.grad[...] = 5.0"],
        *["with torch.no_grad():", "    x.grad[0] += 0.5"],
        'observe("x.grad", x.grad)',
    ] == said(Torch(), verbs.gradient_written)[-5:]


def test_gradients_that_grad_stores_are_asked_for_between_input_and_output() -> None:
    assert [
        "y.retain_grad()",
        "z.retain_grad()",
        "gx, = torch.autograd.grad([z], [x], [seed])",
        "x.grad = gx",
    ] == said(Torch(), verbs.grad_that_is_stored)[4:8]


def test_the_optimizer_is_made_once_for_steps_on_the_same_variables() -> None:
    lines = said(Torch(), verbs.two_steps_of_sgd)
    assert 1 == lines.count("optimizer = torch.optim.SGD([x], lr=0.1)")
    assert ["optimizer.step()", "    optimizer.step()"] == [line for line in lines if "optimizer.step" in line]


def test_writes_are_not_recorded() -> None:
    assert [
        "x = torch.tensor(x_np)",
        *["with torch.no_grad():", "    x[...] = 5.0"],
        *["with torch.no_grad():", "    x[1:] += 0.5"],
        'observe("x", x)',
    ] == said(Torch(), verbs.writes)


def test_a_shared_input_is_made_from_numpy() -> None:
    assert [
        "copied = torch.tensor(copied_np, requires_grad=True)",
        "shared = torch.from_numpy(shared_np).requires_grad_()",
        "copied_np[...] = 7.0",
        "shared_np[0] = 7.0",
        "h = shared.detach().numpy()",
    ] == said(Torch(), verbs.host_arrays)[:5]


def test_a_shared_bfloat16_input_is_unsupported_because_numpy_has_none() -> None:
    def shared_bfloat16(g: Tracer) -> None:
        x = g.input("x", [1.0], "bfloat16", shared=True)
        g.observe("x", x)

    with pytest.raises(Unsupported, match="bfloat16"):
        Torch().script(trace(shared_bfloat16))


def bfloat16(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.5], "bfloat16")
    y = g.sum(x * x)
    g.backward(y)
    g.observe("dtype", x.dtype)
    g.observe("x.grad", x.grad)


def non_leaf_gradient(g: Tracer) -> None:
    x = g.input("x", 1.0)
    t = 2 * x
    g.backward(t)
    g.observe("t.grad", t.grad)
    g.observe("again", t.grad)


def complex_gradient(g: Tracer) -> None:
    x = g.input("x", 1 + 2j, "complex128")
    y = g.abs(x)
    g.backward(y)
    g.observe("x.grad", x.grad)


def second_derivative_of_abs(g: Tracer) -> None:
    x = g.input("x", 2.0)
    y = g.abs(x)
    gx = g.grad(y, x, create_graph=True)
    h = g.grad(gx, x)
    g.observe("h", h)


def float64(*values: float) -> Array:
    return Array.of(list(values), "float64")


@pytest.mark.frameworks
def test_what_pytorch_answers(framework_environment: Callable[[str], Environment]) -> None:
    cases = {
        verbs.backward_with_seed: {"x.grad": float64(6, 16)},
        verbs.second_backward: {
            "first": None, "second": ("raised", "graph_freed"), "x.grad": float64(2, 4), "cleared": None,
        },
        verbs.grad_of_two_inputs: {"gx": float64(3, 4), "gw": float64(1, 2), "x.grad": None},
        verbs.grad_of_grad: {"x.grad": float64(6, 12)},
        verbs.grad_that_is_stored: {"gx": float64(6, 6), "x.grad": float64(6, 6), "y.grad": float64(3, 3)},
        verbs.gradient_in_between: {"t.grad": float64(1, 1)},
        verbs.missing_seed: {"backward": ("raised", "seed_required"), "x.grad": None},
        verbs.nothing_recorded: {"backward": ("raised", "nothing_recorded"), "x.grad": None},
        verbs.writes: {"x": float64(5, 5.5)},
        verbs.saved_value_written: {"backward": ("raised", "saved_value_written"), "x.grad": None},
        verbs.host_arrays: {
            "copied": float64(1, 2), "shared": float64(7, 2), "h": float64(7, 2), "memory": True,
        },
        verbs.two_steps_of_sgd: {"step": None, "x": Array.of(0.64)},
        verbs.gradient_written: {"x.grad": float64(5.5, 5)},
        verbs.gradient_kept: {"same": True, "kept": float64(2, 2)},
        verbs.unconnected_as_zeros: {"gx": float64(1, 1), "gw": float64(0, 0)},
        verbs.unconnected_as_none: {"gx": float64(1, 1), "gw": None},
        verbs.aspects: {
            "dtype": "float64", "gradient's dtype": "float64", "x leaf": True, "t leaf": False, "x requires": True,
            "c requires": False, "same": True, "memory": False,
        },
        verbs.mixed_dtypes: {"y": ("raised", "mixed_dtypes")},
        verbs.integer_input: {"y": ("raised", "integer_input")},
        complex_gradient: {"x.grad": Array.of((1 + 2j) / abs(1 + 2j), "complex128")},
        second_derivative_of_abs: {"h": Array.of(0.0)},
    }  # fmt: skip
    answers = run(framework_environment("torch"), Torch(), [trace(case) for case in cases])
    assert {case.__name__: expected for case, expected in cases.items()} == {
        case.__name__: answer for case, answer in zip(cases, answers, strict=True)
    }


@pytest.mark.frameworks
def test_an_unconnected_input_raises(framework_environment: Callable[[str], Environment]) -> None:
    (answer,) = run(framework_environment("torch"), Torch(), [trace(verbs.unconnected_input)])
    assert ("raised", "unconnected_input") == answer["grad"]


@pytest.mark.frameworks
def test_bfloat16_arrives_to_the_bit(framework_environment: Callable[[str], Environment]) -> None:
    (answer,) = run(framework_environment("torch"), Torch(), [trace(bfloat16)])
    assert {"dtype": "bfloat16", "x.grad": Array("bfloat16", (2,), struct.pack("<2H", 0x4000, 0x40A0))} == answer


@pytest.mark.frameworks
def test_the_warning_about_a_gradient_in_between_comes_every_time(
    framework_environment: Callable[[str], Environment],
) -> None:
    warned = warnings(framework_environment("torch"), Torch(), [trace(non_leaf_gradient)] * 2)
    assert [{"t.grad": ["UserWarning"], "again": ["UserWarning"]}] * 2 == warned
