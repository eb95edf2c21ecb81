"""Where tapes open and close, and what they are asked for, in the words of the one framework that has tapes."""

from collections.abc import Callable

import pytest

from harness.adapters.tape_gradients import wanted_gradients
from harness.adapters.tape_plan import Level, Stretch, stretches
from harness.adapters.tensorflow import TensorFlow
from harness.trace import Tracer, trace
from tests.harness.adapters import verbs
from tests.harness.adapters.verbs import said


def lines(case: Callable[[Tracer], None]) -> list[str]:
    """The lines of the script, without those that make inputs and those that observe."""
    skipped = ("tf.Variable(", "tf.constant(", "observe(")
    return [line for line in said(TensorFlow(), case) if not any(part in line for part in skipped)]


def two_losses(g: Tracer) -> None:
    x = g.input("x", 2.0)
    h = x * x
    a = h * 3
    g.backward(a, keep_graph=True)
    b = h * 5
    g.backward(b)
    g.observe("x.grad", x.grad)


def test_a_tape_stays_open_while_the_program_goes_on_with_what_it_recorded() -> None:
    assert [
        "with tf.GradientTape(persistent=True) as tape:",
        "    h = x * x",
        "    a = h * 3",
        "    with tape.stop_recording():",
        "        x_grad = tape.gradient(a, x)",
        "    b = h * 5",
        "x_grad = tape.gradient(b, x)",
    ] == lines(two_losses)


def test_steps_that_start_from_the_inputs_again_have_a_tape_of_their_own() -> None:
    def fresh_graph_each_time(g: Tracer) -> None:
        x = g.input("x", 2.0)
        a = x * 3
        g.backward(a)
        b = x * 5
        g.backward(b)
        g.observe("x.grad", x.grad)

    assert [
        "with tf.GradientTape() as tape:",
        "    a = x * 3",
        "x_grad = tape.gradient(a, x)",
        "with tf.GradientTape() as tape:",
        "    b = x * 5",
        "x_grad = tape.gradient(b, x)",
    ] == lines(fresh_graph_each_time)


def test_what_no_call_can_reach_needs_no_tape() -> None:
    def used_after_the_call(g: Tracer) -> None:
        x = g.input("x", 2.0)
        y = x * 3
        g.backward(y)
        z = y + 1
        g.observe("z", z)

    assert [
        "with tf.GradientTape() as tape:",
        "    y = x * 3",
        "x_grad = tape.gradient(y, x)",
        "z = y + 1",
    ] == lines(used_after_the_call)


def test_steps_that_are_not_recorded_stand_before_the_tape_in_its_pauses_or_after_it() -> None:
    def three_places(g: Tracer) -> None:
        x = g.input("x", 2.0)
        with g.not_recording():
            before = x * 2
        y = x * before
        with g.not_recording():
            pause = y * 3
        z = y * pause
        with g.not_recording():
            after = z * 4
        g.backward(z)
        g.observe("after", after)

    assert [
        "before = x * 2",
        "with tf.GradientTape() as tape:",
        "    y = x * before",
        "    with tape.stop_recording():",
        "        pause = y * 3",
        "    z = y * pause",
        "after = z * 4",
        "x_grad = tape.gradient(z, x)",
    ] == lines(three_places)


def test_a_root_that_no_tape_recorded_is_asked_of_a_tape_that_only_watches_the_input() -> None:
    def nothing_recorded(g: Tracer) -> None:
        x = g.input("x", 2.0)
        with g.not_recording():
            y = x * 2
        g.backward(y)
        g.observe("x.grad", x.grad)

    assert [
        "y = x * 2",
        "with tf.GradientTape() as tape:",
        "    tape.watch(x)",
        "x_grad = tape.gradient(y, x)",
    ] == lines(nothing_recorded)


def test_a_gradient_that_creates_a_graph_is_recorded_by_a_tape_around_the_first() -> None:
    assert [
        "with tf.GradientTape() as outer_tape:",
        "    with tf.GradientTape() as tape:",
        "        v1 = x ** 3",
        "        y = tf.reduce_sum(v1)",
        "    gx = tape.gradient(y, x)",
        "    z = tf.reduce_sum(gx)",
        "x_grad = outer_tape.gradient(z, x)",
    ] == lines(verbs.grad_of_grad)


def test_no_open_tape_records_a_call_that_creates_no_graph() -> None:
    def a_plain_call_between_recorded_steps(g: Tracer) -> None:
        x = g.input("x", 3.0)
        y = x**3
        g.backward(y, keep_graph=True)
        d = g.grad(y, x, create_graph=True)
        c = g.grad(y, x)
        z = d * c
        g.backward(z)
        g.observe("x.grad", x.grad)

    assert [
        "with tf.GradientTape(persistent=True) as outer_tape:",
        "    with tf.GradientTape(persistent=True) as tape:",
        "        y = x ** 3",
        "    with outer_tape.stop_recording():",
        "        x_grad = tape.gradient(y, x)",
        "    d = tape.gradient(y, x)",
        "    with outer_tape.stop_recording():",
        "        c = outer_tape.gradient(y, x)",
        "    z = d * c",
        "x_grad = outer_tape.gradient(z, x)",
    ] == lines(a_plain_call_between_recorded_steps)


def test_steps_between_recorded_ones_pause_every_open_tape() -> None:
    def an_unrecorded_step_in_two_tapes(g: Tracer) -> None:
        x = g.input("x", 3.0)
        y = x * x
        with g.not_recording():
            c = y * 2
        z = y * c
        d = g.grad(z, x, create_graph=True)
        g.backward(d)
        g.observe("x.grad", x.grad)

    assert [
        "with tf.GradientTape() as outer_tape:",
        "    with tf.GradientTape() as tape:",
        "        y = x * x",
        "        with outer_tape.stop_recording():",
        "            with tape.stop_recording():",
        "                c = y * 2",
        "        z = y * c",
        "    d = tape.gradient(z, x)",
        "x_grad = outer_tape.gradient(d, x)",
    ] == lines(an_unrecorded_step_in_two_tapes)


@pytest.mark.parametrize(("keeps", "expected"), [(True, True), (False, False)])
def test_a_tape_is_persistent_where_the_program_keeps_the_graph(keeps: bool, expected: bool) -> None:
    def twice(g: Tracer) -> None:
        x = g.input("x", 2.0)
        y = x * x
        g.backward(y, keep_graph=keeps)
        g.backward(y)
        g.observe("x.grad", x.grad)

    assert (Stretch(1, 5, (Level(1, 2, (2, 3), expected),)),) == stretches(trace(twice))


@pytest.mark.parametrize(("shares", "expected"), [(True, False), (False, True)])
def test_two_calls_on_graphs_that_share_nothing_recorded_are_no_second_pass(shares: bool, expected: bool) -> None:
    def two_roots(g: Tracer) -> None:
        x = g.input("x", 2.0)
        h = x * 2
        a = h * 3
        b = (h if shares else x) * 4
        g.backward(a)
        g.backward(b)
        g.observe("x.grad", x.grad)

    (stretch,) = stretches(trace(two_roots))
    assert [expected] == [level.persistent for level in stretch.levels]


def test_a_program_without_calls_has_no_stretches() -> None:
    assert () == stretches(trace(verbs.mixed_dtypes))


def test_a_call_asks_for_an_input_that_leads_to_the_root_around_the_tape() -> None:
    def a_way_that_no_tape_has_seen(g: Tracer) -> None:
        x = g.input("x", 1.0)
        y = g.input("y", 1.0)
        with g.not_recording():
            square = x**2
        loss = square + y
        g.backward(loss)
        g.observe("x.grad", x.grad)

    assert {4: ("x", "y")} == wanted_gradients(trace(a_way_that_no_tape_has_seen))


def test_every_call_asks_for_every_input_also_where_it_has_nothing_to_do_with_it() -> None:
    def one_loss_each(g: Tracer) -> None:
        x = g.input("x", 1.0)
        w = g.input("w", 1.0)
        a = x * 2
        g.backward(a)
        b = w * 3
        g.backward(b)
        g.observe("x.grad", x.grad)

    assert {3: ("x", "w"), 5: ("x", "w")} == wanted_gradients(trace(one_loss_each))


def test_a_value_in_between_is_asked_for_by_the_last_call_that_gives_it_a_gradient() -> None:
    def looked_at_once(g: Tracer) -> None:
        x = g.input("x", 1.0)
        t = x * 2
        a = t * 3
        b = x * 4
        g.backward(a)
        g.backward(b)
        g.observe("t.grad", t.grad)

    assert {4: ("x", "t"), 5: ("x",)} == wanted_gradients(trace(looked_at_once))


def test_a_constant_that_somebody_looks_at_is_asked_for_too() -> None:
    def constant(g: Tracer) -> None:
        x = g.input("x", 1.0)
        c = g.input("c", 1.0, requires_grad=False)
        y = x * c
        g.backward(y)
        g.observe("c.grad", c.grad)

    assert {3: ("x", "c")} == wanted_gradients(trace(constant))


def test_a_grad_that_retains_gradients_is_asked_for_values_in_between_but_not_for_inputs() -> None:
    def retained(g: Tracer) -> None:
        x = g.input("x", 1.0)
        y = x * 2
        z = y * 3
        g.grad(z, x, retain_grad=True)
        g.observe("x.grad", x.grad)
        g.observe("y.grad", y.grad)

    assert {3: ("y",)} == wanted_gradients(trace(retained))


def test_a_gradient_is_none_before_any_call_and_after_it_was_cleared() -> None:
    def looked_at_three_times(g: Tracer) -> None:
        x = g.input("x", 1.0)
        y = x * 2
        g.observe("before", x.grad)
        g.backward(y)
        g.observe("after", x.grad)
        g.clear_grad(x)
        g.observe("cleared", x.grad)

    observations = [line for line in said(TensorFlow(), looked_at_three_times) if "observe(" in line]
    assert ['observe("before", None)', 'observe("after", x_grad)', 'observe("cleared", None)'] == observations


def test_names_of_the_program_win_over_names_of_tapes() -> None:
    def called_tape(g: Tracer) -> None:
        x = g.input("x", 1.0)
        tape = x * 2
        g.backward(tape)
        g.observe("x.grad", x.grad)

    assert [
        "with tf.GradientTape() as tape_:",
        "    tape = x * 2",
        "x_grad = tape_.gradient(tape, x)",
    ] == lines(called_tape)
