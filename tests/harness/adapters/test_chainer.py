"""Chainer: the text of each verb and of the ops whose parameters change it, and what Chainer answers."""

from collections.abc import Callable
from typing import Any

import pytest

from harness.adapters.chainer import Chainer
from harness.arrays import Array
from harness.environments import Environment
from harness.errors import Unsupported
from harness.ops import OPS
from harness.program import Apply
from harness.trace import Tracer, trace
from tests.harness.adapters import verbs
from tests.harness.adapters.running import run, warnings
from tests.harness.adapters.verbs import said


def text(op: str, *operands: Any, **parameters: Any) -> str:
    """The text of one op."""
    template = Chainer.ops[op]
    assert callable(template)
    return template(*operands, **OPS[op].bind(parameters))


@pytest.mark.parametrize(
    ("expected", "op", "parameters"),
    [
        ("F.sum(x)", "sum", {}),
        ("F.max(x, axis=(0, 1), keepdims=True)", "max", {"axis": (0, 1), "keepdims": True}),
        ("F.logsumexp(x, axis=0)", "logsumexp", {"axis": 0}),
        ("F.expand_dims(F.logsumexp(x, axis=0), 0)", "logsumexp", {"axis": 0, "keepdims": True}),
        ("F.reshape(F.logsumexp(x), (1,) * x.ndim)", "logsumexp", {"keepdims": True}),
        ("F.mean((x - F.mean(x)) ** 2)", "var", {}),
        ("F.mean((x - F.mean(x, axis=0, keepdims=True)) ** 2, axis=0)", "var", {"axis": 0}),
        ("F.sqrt(F.mean((x - F.mean(x)) ** 2, keepdims=True))", "std", {"keepdims": True}),
        ("F.clip(x, None, 1.0)", "clip", {"max": 1.0}),
    ],
)
def test_reductions_say_the_axes(expected: str, op: str, parameters: dict[str, Any]) -> None:
    assert expected == text(op, "x", **parameters)


@pytest.mark.parametrize(
    ("op", "parameters"),
    [
        ("var", {"correction": 1.0}),
        ("logsumexp", {"axis": (0, 1), "keepdims": True}),
        ("astype", {"dtype": "bfloat16"}),
        ("astype", {"dtype": "complex128"}),
    ],
)
def test_parameters_that_chainer_has_no_words_for_are_unsupported(op: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(Unsupported, match="Chainer"):
        text(op, "x", **parameters)


@pytest.mark.parametrize(
    ("expected", "op", "operands"),
    [
        ("F.maximum(x, np.array(0, dtype=x.dtype))", "maximum", ("x", "0")),
        ("F.where(c, np.array(-1.0, dtype=x.dtype), x)", "where", ("c", "-1.0", "x")),
        ("F.where(c, np.array(1.0), np.array(2.0))", "where", ("c", "1.0", "2.0")),
    ],
)
def test_a_number_becomes_an_array_where_chainer_takes_no_numbers(
    expected: str, op: str, operands: tuple[str, ...]
) -> None:
    assert expected == text(op, *operands)


def test_comparisons_are_of_arrays() -> None:
    assert "x.array < w.array" == text("less", "x", "w")
    assert "x.array >= 0.5" == text("greater_equal", "x", "0.5")


def test_indices_of_take_are_an_array() -> None:
    assert "x[:, indices.array]" == text("take", "x", "indices", axis=1)


def test_negative_numbers_stand_in_parentheses_beside_operators() -> None:
    assert "x ** (-2)" == Chainer().expression(Apply("y", "pow", ("x", -2)))


def test_a_seed_is_set_as_the_gradient_of_the_root() -> None:
    assert [
        "x = chainer.Variable(x_np)",
        "y = x * x",
        "seed = chainer.Variable(seed_np, requires_grad=False)",
        "y.grad = seed.array",
        "y.backward()",
        'observe("x.grad", x.grad)',
    ] == said(Chainer(), verbs.backward_with_seed)


def test_the_functional_form_is_chainer_grad() -> None:
    call = "gx, gw = chainer.grad([y], [x, w], grad_outputs=[seed], enable_double_backprop=True)"
    assert call in said(Chainer(), verbs.grad_of_two_inputs)
    call = "gx, = chainer.grad([z], [x], grad_outputs=[seed], set_grad=True, retain_grad=True)"
    assert call in said(Chainer(), verbs.grad_that_is_stored)


def test_gradients_in_between_are_asked_for_at_backward() -> None:
    assert [
        "x = chainer.Variable(x_np)",
        "t = x * x",
        "y = F.sum(t)",
        "y.backward(retain_grad=True)",
        'observe("t.grad", t.grad)',
    ] == said(Chainer(), verbs.gradient_in_between)


def test_sgd_updates_a_parameter_in_a_link_that_is_made_once() -> None:
    assert [
        "x = chainer.Parameter(x_np)",
        "x.cleargrad()",
        "y = x ** 2",
        "y.backward()",
        "model = chainer.Link()",
        *["with model.init_scope():", "    model.x = x"],
        "optimizer = chainer.optimizers.SGD(lr=0.1)",
        "optimizer.setup(model)",
        "optimizer.update()",
        "x.cleargrad()",
        "z = x ** 2",
        "z.backward()",
        *["try:", "    optimizer.update()", "except Exception as error:", '    observe("step", error)'],
        *["else:", '    observe("step", None)'],
        'observe("x", x)',
    ] == said(Chainer(), verbs.two_steps_of_sgd)


def test_a_write_into_a_host_array_is_one_into_an_array() -> None:
    def written_view(g: Tracer) -> None:
        x = g.input("x", [1.0, 2.0], requires_grad=False)
        h = g.host(x)
        g.write(h, 5.0, 0)
        g.observe("x", x)

    assert ["h = x.array", "h[0] = 5.0"] == said(Chainer(), written_view)[1:3]


def test_writes_go_to_the_array() -> None:
    assert [
        "x = chainer.Variable(x_np, requires_grad=False)",
        "x.array[...] = 5.0",
        "x.array[1:] += 0.5",
        'observe("x", x)',
    ] == said(Chainer(), verbs.writes)


def test_a_gradient_is_an_array_that_is_written_into() -> None:
    assert ["x.grad[...] = 5.0", "x.grad[0] += 0.5"] == said(Chainer(), verbs.gradient_written)[-3:-1]


def test_an_unconnected_input_gets_none_and_nothing_else() -> None:
    assert "gx, gw = chainer.grad([y], [x, w])" in said(Chainer(), verbs.unconnected_as_none)
    with pytest.raises(Unsupported, match="gives None"):
        Chainer().script(trace(verbs.unconnected_as_zeros))


def test_a_region_that_is_not_recorded_is_no_backprop_mode() -> None:
    assert ["with chainer.no_backprop_mode():", "    t = x * x", "    y = F.sum(t)"] == said(
        Chainer(), verbs.nothing_recorded
    )[1:4]


def test_a_leaf_is_a_variable_without_a_creator() -> None:
    assert 'observe("x leaf", x.creator is None)' in said(Chainer(), verbs.aspects)


def complex_input(g: Tracer) -> None:
    x = g.input("x", 1 + 2j, "complex128")
    g.observe("x", x)


def bfloat16(g: Tracer) -> None:
    x = g.input("x", 1.0, "bfloat16")
    g.observe("x", x)


def sgd_on_a_constant(g: Tracer) -> None:
    x = g.input("x", 1.0, requires_grad=False)
    g.sgd_step(x, 0.1)
    g.observe("x", x)


@pytest.mark.parametrize("case", [bfloat16, complex_input, sgd_on_a_constant])
def test_inputs_that_chainer_cannot_hold_are_unsupported(case: Callable[[Tracer], None]) -> None:
    with pytest.raises(Unsupported, match="Chainer"):
        Chainer().script(trace(case))


def passed_on_without_a_seed(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    y = 2 * x**2 + 2
    with g.attempt("backward"):
        g.backward(y)
    g.observe("x.grad", x.grad)


@pytest.mark.parametrize("op", ["exp", "sin", "sigmoid", "negative", "square"])
@pytest.mark.frameworks
def test_every_op_that_computes_with_a_missing_seed_is_told_apart(
    op: str, framework_environment: Callable[[str], Environment]
) -> None:
    def without_seed(g: Tracer) -> None:
        x = g.input("x", [1.0, 2.0])
        y = getattr(g, op)(x)
        with g.attempt("backward"):
            g.backward(y)
        g.observe("x.grad", x.grad)

    (answer,) = run(framework_environment("chainer"), Chainer(), [trace(without_seed)])
    assert {"backward": ("raised", "seed_required"), "x.grad": None} == answer


def mixed_dtypes(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0], "float64")
    w = g.input("w", [1.0, 2.0], "float32")
    y = x + w
    g.observe("y", y)


def size_one_root(g: Tracer) -> None:
    x = g.input("x", [3.0])
    y = x**2
    g.backward(y)
    g.observe("x.grad", x.grad)


def float64(*values: float) -> Array:
    return Array.of(list(values), "float64")


@pytest.mark.frameworks
def test_what_chainer_answers(framework_environment: Callable[[str], Environment]) -> None:
    cases = {
        verbs.backward_with_seed: {"x.grad": float64(6, 16)},
        verbs.second_backward: {"first": None, "second": None, "x.grad": float64(4, 8), "cleared": None},
        verbs.grad_of_two_inputs: {"gx": float64(3, 4), "gw": float64(1, 2), "x.grad": None},
        verbs.grad_of_grad: {"x.grad": float64(6, 12)},
        verbs.grad_that_is_stored: {"gx": float64(6, 6), "x.grad": float64(6, 6), "y.grad": float64(3, 3)},
        verbs.gradient_in_between: {"t.grad": float64(1, 1)},
        verbs.unconnected_input: {"grad": None, "gw": None},
        verbs.missing_seed: {"backward": ("raised", "seed_required"), "x.grad": None},
        passed_on_without_a_seed: {"backward": None, "x.grad": None},
        verbs.nothing_recorded: {"backward": None, "x.grad": None},
        verbs.writes: {"x": float64(5, 5.5)},
        verbs.saved_value_written: {"backward": None, "x.grad": float64(20, 20)},
        verbs.host_arrays: {"copied": float64(7, 7), "shared": float64(7, 2), "h": float64(7, 2), "memory": True},
        verbs.two_steps_of_sgd: {"step": None, "x": Array.of(0.64)},
        verbs.gradient_written: {"x.grad": ("raised", "read_only")},
        verbs.gradient_kept: {"same": False, "kept": float64(1, 1)},
        verbs.unconnected_as_none: {"gx": float64(1, 1), "gw": None},
        verbs.aspects: {
            "dtype": "float64", "gradient's dtype": "float64", "x leaf": True, "t leaf": False, "x requires": True,
            "c requires": False, "same": False, "memory": False,
        },
        verbs.mixed_dtypes: {"y": Array.of([[5.0]])},
        mixed_dtypes: {"y": ("raised", "mixed_dtypes")},
        verbs.integer_input: {"y": ("raised", "integer_input")},
    }  # fmt: skip
    answers = run(framework_environment("chainer"), Chainer(), [trace(case) for case in cases])
    assert {case.__name__: expected for case, expected in cases.items()} == {
        case.__name__: answer for case, answer in zip(cases, answers, strict=True)
    }


@pytest.mark.frameworks
def test_the_warning_about_a_root_of_one_element_comes_every_time(
    framework_environment: Callable[[str], Environment],
) -> None:
    warned = warnings(framework_environment("chainer"), Chainer(), [trace(size_one_root)] * 2)
    assert [{"x.grad": ["DeprecationWarning"]}] * 2 == warned
