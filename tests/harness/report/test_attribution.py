import pytest

from harness.report.attribution import way
from tests.harness.report.conftest import program


def gradient_of(function, *values, dtype="float64"):
    """The way of the gradient of the first input of a function."""

    def observing(g):
        inputs = [g.input(name, value, dtype) for name, value in zip("xabc", values, strict=False)]
        g.backward(function(g, *inputs))
        g.observe("point", inputs[0].grad)

    return way(program(observing), "point")


@pytest.mark.parametrize(
    ("op", "function", "values"),
    [
        ("exp", lambda g, x: g.exp(x), [1.0]),
        ("exp", lambda g, x: 7 * g.exp(x), [1.0]),
        ("exp", lambda g, x: g.sum(-g.exp(x[0:1]) + 1), [[1.0, 2.0]]),
        ("exp", lambda g, x, a: g.exp(x) + g.sin(a), [1.0, 2.0]),
        ("multiply", lambda g, x: x * x, [1.0]),
        ("divide", lambda g, x: 7 * (x / 3), [1.0]),
        (None, lambda g, x: g.exp(g.sin(x)), [1.0]),
        (None, lambda g, x: g.sum(x), [[1.0, 2.0]]),
    ],
    ids=["alone", "weighted", "carried", "beside another input", "product", "quotient", "chain", "sum"],
)
def test_a_gradient_belongs_to_the_only_op_on_its_way(op, function, values):
    assert op == gradient_of(function, *values).op


def test_what_is_computed_after_the_point_is_not_on_the_way():
    def observing(g):
        x = g.input("x", 1.0)
        g.backward(g.exp(x))
        g.observe("point", x.grad)
        g.observe("later", g.sin(x))

    assert "exp" == way(program(observing), "point").op


def test_the_result_of_grad_belongs_to_what_its_input_reaches():
    def observing(g):
        x = g.input("x", 1.0)
        a = g.input("a", 1.0)
        (gx, ga) = g.grad([g.exp(x) + g.sin(a)], [x, a])
        g.observe("gx", gx)
        g.observe("ga", ga)

    made = program(observing)
    assert ("exp", "sin") == (way(made, "gx").op, way(made, "ga").op)


def test_a_second_derivative_goes_over_the_first():
    def observing(g):
        x = g.input("x", 1.0)
        (gx,) = g.grad([g.exp(x)], [x], create_graph=True)
        (ggx,) = g.grad([g.sin(gx)], [x])
        g.observe("ggx", ggx)

    assert {"exp", "sin"} == way(program(observing), "ggx").ops


def test_a_gradient_that_was_kept_has_the_way_of_its_input():
    def observing(g):
        x = g.input("x", 1.0)
        g.backward(g.exp(x))
        g.observe("point", g.keep(x.grad))

    assert "exp" == way(program(observing), "point").op


def test_the_dtypes_of_casts_on_the_way_are_known():
    def observing(g):
        x = g.input("x", 1.0)
        other = g.input("other", 1.0)
        g.backward(g.astype(g.exp(x), dtype="float32") + g.astype(other, dtype="float16"))
        g.observe("point", x.grad)

    assert {"float32"} == way(program(observing), "point").casts


def test_a_value_an_attempt_and_another_aspect_have_no_way():
    def observing(g):
        x = g.input("x", 1.0)
        y = g.exp(x)
        with g.attempt("attempt"):
            g.backward(y)
        g.observe("value", y)
        g.observe("dtype", x.grad.dtype)

    made = program(observing)
    assert [None, None, None] == [way(made, point) for point in ("attempt", "value", "dtype")]
