"""The reverse pass: right sums, each variable once, no recursion, nothing half done."""

import gc
import sys
import weakref

import numpy as np
import pytest

from reference_engine import SavedValueWritten, Variable, add, exp, grad, multiply, semantics
from reference_engine.op import OPS, Array, op


def test_a_variable_used_twice_gets_both_contributions() -> None:
    """Seed 000, which printed 2.0 2.0."""
    x0, x1 = Variable(np.array(1.0)), Variable(np.array(1.0))
    t = add(x0, x1)
    y = add(x0, t)
    y.backward()
    assert (2.0, 1.0) == (x0.grad, x1.grad)


def test_a_younger_variable_is_finished_before_an_older_one_is_left() -> None:
    """A depth-first walk would hand x's cotangent on before the long way round had added to it."""
    x = Variable(2.0)
    y = x * 3
    long_way = y * y * y
    (long_way + y).backward()
    assert y.grad is not None
    assert x.grad is not None
    assert (3 * 36.0 + 1, 3 * (3 * 36.0 + 1)) == (float(y.grad), float(x.grad))


def test_a_chain_of_100_000_ops_is_built_differentiated_and_forgotten() -> None:
    x = Variable([1.0, 2.0])
    y = x
    for _ in range(100_000):
        y = y * 1.0
    forgotten = weakref.ref(y)
    assert sys.getrecursionlimit() <= 1_100
    y.backward(np.ones(2))
    del y
    gc.collect()
    assert forgotten() is None
    assert x.grad is not None
    assert [1.0, 1.0] == x.grad.tolist()


def test_a_long_chain_of_recorded_derivatives_is_forgotten_too() -> None:
    x = Variable(1.0)
    y = x
    for _ in range(20_000):
        y = y * x
    (first,) = grad(y, x, create_graph=True)
    assert 20_001.0 == first.value
    forgotten = weakref.ref(first)
    del first, y
    gc.collect()
    assert forgotten() is None


def _visits(depth: int) -> int:
    """How often a rule is asked in a diamond of that depth, which has 2^depth paths."""
    asked = 0

    @op
    def halve(x: Array) -> Array:
        """x / 2, counting its rule."""
        return x / 2

    @halve.derivative("x")
    def _(g: Array) -> Array:
        nonlocal asked
        asked += 1
        return g / 2

    del OPS["halve"]
    x = Variable(1.0)
    y = x
    for _ in range(depth):
        y = halve(y) + halve(y)
    y.backward()
    assert 1.0 == x.grad
    return asked


def test_a_diamond_takes_as_many_steps_as_it_has_ops() -> None:
    assert (2 * 200, 2 * 400) == (_visits(200), _visits(400))


def test_a_graph_without_references_is_freed_at_once() -> None:
    """Variables refer to what they were made from and to nothing else, so there is no cycle to collect."""
    gc.disable()
    try:
        x = Variable(2.0)
        y = exp(x) * x
        y.backward()
        forgotten = weakref.ref(y)
        del y
        assert forgotten() is None
    finally:
        gc.enable()


def test_a_pass_that_raises_leaves_every_gradient_as_it_was() -> None:
    x, w = Variable(2.0), Variable(3.0)
    y = x * w
    z = exp(x) + y
    z.backward()
    before = (x.grad, w.grad, y.grad, z.grad)
    w.write(5.0)
    with pytest.raises(SavedValueWritten):
        z.backward()
    assert all(was is now for was, now in zip(before, (x.grad, w.grad, y.grad, z.grad), strict=True))


def test_constants_get_no_cotangent() -> None:
    x, c = Variable(2.0), Variable(3.0, requires_grad=False)
    multiply(x, c).backward()
    assert (3.0, None) == (x.grad, c.grad)


def test_a_pass_is_silent_about_infinities() -> None:
    x = Variable([0.0, 1.0])
    y = x**0.5
    y.backward(np.ones(2))
    assert x.grad is not None
    assert [np.inf, 0.5] == x.grad.tolist()


@pytest.mark.parametrize(("uses", "expected"), [(2, 2.0), (5, 16.0)])
def test_adding_into_a_borrowed_buffer_gives_the_numbers_of_that_mistake(uses: int, expected: float) -> None:
    """Seed 000's fault: with two uses 2.0 2.0, with five (x0 + x0 + x0 + x0 + x0 + x1) 16 and 16."""
    x0, x1 = Variable(np.array(1.0)), Variable(np.array(1.0))
    y = x0 + (x0 + x1) if uses == 2 else x0 + x0 + x0 + x0 + x0 + x1
    with semantics.using(accumulation_write="in_place_borrowed"):
        y.backward()
    assert (expected, expected) == (x0.grad, x1.grad)


def test_the_mistake_reaches_every_holder_of_the_buffer() -> None:
    x0, x1 = Variable(np.array(1.0)), Variable(np.array(1.0))
    t = x0 + x1
    y = x0 + t
    with semantics.using(accumulation_write="in_place_borrowed"):
        y.backward()
        assert x1.grad is x0.grad is t.grad is y.grad


def test_the_mistake_does_no_harm_where_each_rule_makes_a_new_array() -> None:
    x0, x1 = Variable(np.array(3.0)), Variable(np.array(5.0))
    with semantics.using(accumulation_write="in_place_borrowed"):
        (x0 * (x0 * x1)).backward()
    assert (30.0, 9.0) == (x0.grad, x1.grad)
