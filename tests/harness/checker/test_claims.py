"""Which derivative an observed gradient claims to be."""

import pytest

from harness.checker.claims import NoClaim, claim
from harness.trace import trace
from reference_engine.oracle import Truth

STATELESS = {"accumulation": "stateless"}
OVERWRITES = {"accumulation": "overwrites"}


def claimed(function, point="x.grad", options=None, raised=()):
    """The claimed derivative's value, as text."""
    return str(Truth(claim(trace(function), point, options or {}, raised)))


def refusal(function, point="x.grad", options=None, raised=()):
    with pytest.raises(NoClaim) as refused:
        claim(trace(function), point, options or {}, raised)
    return str(refused.value)


def two_losses(g):
    x = g.input("x", 3.0)
    t = x * x
    g.backward(2 * t, keep_graph=True)
    g.observe("first", x.grad)
    with g.attempt("second backward"):
        g.backward(5 * t)
    g.observe("x.grad", x.grad)


def test_passes_add_up():
    assert "12" == claimed(two_losses, "first")
    assert "42" == claimed(two_losses)


@pytest.mark.parametrize("options", [STATELESS, OVERWRITES])
def test_or_the_last_one_counts(options):
    assert "30" == claimed(two_losses, options=options)


def test_a_pass_that_raised_left_everything_as_it_was():
    assert "12" == claimed(two_losses, raised={"second backward"})
    assert "12" == claimed(two_losses, options=STATELESS, raised={"second backward"})


def second_loss_without_y(g):
    x = g.input("x", 3.0)
    y = g.input("y", 5.0)
    g.backward(x * y)
    g.backward(x * x)
    g.observe("y.grad", y.grad)


def test_where_the_last_pass_did_not_reach_x():
    assert "3" == claimed(second_loss_without_y, "y.grad")
    assert "3" == claimed(second_loss_without_y, "y.grad", OVERWRITES)
    assert "0" == claimed(second_loss_without_y, "y.grad", STATELESS)


def test_what_was_cleared_is_forgotten():
    def cleared(g):
        x = g.input("x", 3.0)
        g.backward(x * x)
        g.clear_grad(x)
        g.observe("cleared", x.grad)
        g.backward(5 * x)
        g.observe("x.grad", x.grad)

    assert "5" == claimed(cleared)
    assert "No pass went over it." == refusal(cleared, "cleared")


def retained(g):
    x = g.input("x", 3.0)
    t = x * x
    g.retain_grad(t)
    y = 5 * t
    g.backward(y, keep_graph=True)
    g.backward(y)
    g.observe("t.grad", t.grad)
    g.observe("x.grad", x.grad)


def test_gradients_of_computed_values_add_up_or_do_not():
    assert "10" == claimed(retained, "t.grad")
    assert "5" == claimed(retained, "t.grad", {"retained_gradients": "overwrites"})
    assert "60" == claimed(retained, "x.grad", {"retained_gradients": "overwrites"})


def test_roots_are_weighed_by_their_seeds():
    def seeded(g):
        x = g.input("x", [1.0, 2.0])
        g.backward(x * x, [1.0, -10.0])
        g.observe("x.grad", x.grad)

    assert "[2, -40]" == claimed(seeded)


def functional(g):
    x = g.input("x", 3.0)
    y = g.input("y", 5.0)
    t = x * y
    gx, gy = g.grad([t, t * t], [x, y], [1.0, 10.0], set_grad=True, retain_grad=True)
    g.observe("gx", gx)
    g.observe("gy", gy)
    g.observe("x.grad", x.grad)
    g.observe("t.grad", t.grad)
    g.observe("t", t)


@pytest.mark.parametrize(("point", "expected"), [("gx", "1505"), ("gy", "903"), ("x.grad", "1505"), ("t.grad", "301")])
def test_a_result_of_grad_and_what_it_stores(point, expected):
    assert expected == claimed(functional, point)


def test_a_value_is_no_gradient():
    assert "It is a value, not a gradient." == refusal(functional, "t")


def penalty(g, create_graph=True):
    x = g.input("x", 2.0)
    gx = g.grad(x * x * x, x, create_graph=create_graph)
    g.backward(gx * x)
    g.observe("x.grad", x.grad)


def test_a_gradient_that_is_computed_with():
    assert "36" == claimed(penalty)
    assert "12" == claimed(lambda g: penalty(g, create_graph=False))


def test_what_was_recorded_counts_not_what_was_meant():
    def outside(g):
        x = g.input("x", 3.0)
        with g.not_recording():
            factor = x * x
        g.backward(factor * x)
        g.observe("x.grad", x.grad)

    assert "9" == claimed(outside)


def test_a_cast_to_the_same_dtype_is_another_name_or_another_variable():
    def used_twice(g):
        leaf = g.input("leaf", 3.0)
        x = leaf.astype("float64")
        g.backward(x * leaf)
        g.observe("x.grad", x.grad)

    assert "6" == claimed(used_twice, options={"same_dtype_cast": "same_object"})
    assert "3" == claimed(used_twice, options={"same_dtype_cast": "new_node"})


def test_where_floats_are_narrow_the_point_is_another():
    def square(g):
        x = g.input("x", 0.1)
        g.backward(x * x)
        g.observe("x.grad", x.grad)

    assert "0.20000000298023223876953125" == claimed(square, options={"default_float": "float32"})
    assert "0.2000000000000000111022302463" == claimed(square)


def test_an_index_and_other_parameters():
    def indexed(g):
        x = g.input("x", [[1.0, 2.0], [3.0, 4.0]])
        g.backward(g.sum(g.clip(x[..., ::-1][0], min=1.5)))
        g.observe("x.grad", x.grad)

    assert "[[0, 1], [0, 0]]" == claimed(indexed)


def test_a_host_array_is_a_constant():
    def through_the_host(g):
        x = g.input("x", 3.0)
        h = g.host(x)
        g.backward(x * h)
        g.observe("x.grad", x.grad)

    assert "3" == claimed(through_the_host)


def written(g):
    x = g.input("x", 3.0)
    y = x * x
    g.backward(y)
    g.observe("before", x.grad)
    g.write(x, 5.0)
    g.observe("x.grad", x.grad)


def test_after_a_write_nothing_is_claimed():
    assert "6" == claimed(written, "before")
    sentence = "Something was overwritten in place before; what gradients show then is a convention."
    assert sentence == refusal(written)


def stepped(g):
    x = g.input("x", 3.0)
    loss = x * x
    g.backward(loss, keep_graph=True)
    g.sgd_step(x, 0.1)
    g.observe("of before", x.grad)
    g.clear_grad(x)
    g.backward(loss)
    g.observe("x.grad", x.grad)


def test_after_an_optimizer_step_passes_claim_nothing():
    assert "6" == claimed(stepped, "of before")
    assert "An optimizer step changed the variables before the pass." == refusal(stepped)


def kept(g):
    x = g.input("x", 3.0)
    y = x * x
    g.backward(y, keep_graph=True)
    before = g.keep(x.grad)
    g.observe("at once", before)
    g.backward(y)
    g.observe("later", before)


def test_a_kept_gradient_claims_what_it_was_until_a_pass_goes_over_it():
    assert "6" == claimed(kept, "at once")
    assert "A later pass may or may not have been added to the gradient that was kept." == refusal(kept, "later")


def test_integers_have_no_derivative():
    def integer(g):
        x = g.input("x", 3, "int64")
        g.backward(x * 2.0)
        g.observe("x.grad", x.grad)

    assert "Integers have no derivative." == refusal(integer)


def test_other_aspects_are_no_numbers():
    def dtype(g):
        x = g.input("x", 3.0)
        g.backward(x * x)
        with g.attempt("again"):
            g.backward(x * x)
        g.observe("x.grad.dtype", x.grad.dtype)

    assert "It is no number." == refusal(dtype, "x.grad.dtype")
    assert "What was attempted there has no value." == refusal(dtype, "again")
