"""Functions on which a judge of gradients goes wrong easily."""

from typing import Any

import numpy as np
import pytest

from tests.reference_engine.oracle.questions import judged, leaf, question, step, truth


def at_zero(instead: complex, *steps: Any) -> tuple[Any, ...]:
    """The function by the steps, and another value at 0."""
    return (*steps, step("at zero", "equal", "x", 0), step("y", "where", "at zero", instead, steps[-1].name))


X_SIN_OF_1_OVER_X = (step("r", "reciprocal", "x"), step("s", "sin", "r"), step("p", "multiply", "x", "s"))


def test_x_sin_of_1_over_x_oscillates_at_0() -> None:
    asked = question(0.0, *at_zero(0, *X_SIN_OF_1_OVER_X))
    assert "oscillating to oscillating" == str(truth(0.0, *at_zero(0, *X_SIN_OF_1_OVER_X)))
    assert "no derivative" == judged(asked, 0.0).mathematics


def test_x_squared_sin_of_1_over_x_has_the_derivative_0() -> None:
    steps = at_zero(0, *X_SIN_OF_1_OVER_X, step("q", "multiply", "x", "p"))
    assert "exact" == judged(question(0.0, *steps), 0.0).mathematics
    assert "wrong" == judged(question(0.0, *steps), np.nan).mathematics


def test_x_log_x_is_infinitely_steep_although_slowly_so() -> None:
    steps = at_zero(0, step("l", "log", "x"), step("p", "multiply", "x", "l"))
    assert "-inf" == str(truth(0.0, *steps).partials[0].ahead)


def test_x_over_log_x_settles_too_slowly_to_tell() -> None:
    steps = at_zero(
        0, step("l", "log", "x"), step("a", "abs", "x"), step("m", "log", "a"), step("p", "divide", "x", "m")
    )
    found = judged(question(0.0, *steps), 5.0)
    assert ("undecided", "The quotients settle too slowly.") == (found.mathematics, found.sentence)


@pytest.mark.parametrize(("reported", "expected"), [([1, 0, 0], "subgradient"), ([0.25, 0.25, 0.5], "subgradient"),
                                                    ([1, 1, 1], "wrong"), ([0, 0, 0], "wrong")])  # fmt: skip
def test_nested_max(reported: list[float], expected: str) -> None:
    """max(x0, max(x1, x2)) where all are equal: any shares that add up to 1."""
    steps = (*(step(f"x{place}", "getitem", "x", index=(place,)) for place in range(3)),
             step("inner", "maximum", "x1", "x2"), step("y", "maximum", "x0", "inner"))  # fmt: skip
    assert expected == judged(question([2.0, 2.0, 2.0], *steps), reported).mathematics


def test_max_of_x_and_x_has_the_derivative_1() -> None:
    asked = question(
        0.3, step("e", "exp", "x"), step("f", "exp", "x"), step("y", "maximum", "e", "f"), step("z", "log", "y")
    )
    assert "exact" == judged(asked, 1.0).mathematics
    assert "wrong" == judged(asked, 2.0).mathematics


def test_abs_of_abs() -> None:
    asked = question(0.0, step("a", "abs", "x"), step("y", "abs", "a"))
    assert ["subgradient"] * 3 == [judged(asked, slope).mathematics for slope in (0.0, 1.0, -1.0)]
    assert "wrong" == judged(asked, 1.5).mathematics


def test_kinks_that_cancel_leave_a_derivative() -> None:
    """relu(x) - relu(-x) is x."""
    steps = (
        step("n", "negative", "x"),
        step("a", "relu", "x"),
        step("b", "relu", "n"),
        step("y", "subtract", "a", "b"),
    )
    assert "1" == str(truth(0.0, *steps))
    found = judged(question(0.0, *steps), 0.0)
    assert ("wrong", "A step along x changes f by 1 per unit; the reported gradient says 0.0.") == (
        found.mathematics, found.sentence,
    )  # fmt: skip


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_the_norm_at_0_has_all_vectors_no_longer_than_1(size: int) -> None:
    asked = question(np.zeros(size), step("y", "vector_norm", "x"))
    on_the_sphere = np.arange(1.0, size + 1) / np.linalg.norm(np.arange(1.0, size + 1))
    assert "subgradient" == judged(asked, np.zeros(size)).mathematics
    assert "subgradient" == judged(asked, on_the_sphere, ulps=4).mathematics
    assert "wrong" == judged(asked, on_the_sphere * 1.01).mathematics
    assert "no derivative" == judged(asked, np.full(size, np.nan)).mathematics


def parts_of(*steps: Any) -> tuple[Any, ...]:
    return (step("a", "getitem", "x", index=(0,)), step("b", "getitem", "x", index=(1,)), *steps)


SADDLE = parts_of(step("p", "abs", "a"), step("q", "abs", "b"), step("y", "subtract", "p", "q"))


@pytest.mark.parametrize(
    ("reported", "expected"),
    [
        ([0, 0], "subgradient"),
        ([1, -1], "subgradient"),
        ([1, 1], "subgradient"),
        ([2, 0], "undecided"),
        ([0, -1.5], "undecided"),
        ([4, 0], "wrong"),
        ([0, -3.5], "wrong"),
    ],
)
def test_a_saddle_of_kinks(reported: list[float], expected: str) -> None:
    """abs(a) - abs(b): along (1, 1) it is flat at the point, but next to it there are slopes of -2 and 2.

    What is no more than twice as steep might be so in a sector that nobody tried: another function has one.
    """
    assert expected == judged(question([0.0, 0.0], *SADDLE), reported).mathematics


def test_smooth_along_the_axes_alone_is_not_smooth() -> None:
    """relu(min(a, b)) is 0 along both axes and rises between them."""
    steps = parts_of(step("m", "minimum", "a", "b"), step("y", "relu", "m"))
    found = truth([0.0, 0.0], *steps)
    assert ("[0, 0]", None) == (str(found), found.derivative)
    assert "subgradient" == judged(question([0.0, 0.0], *steps), [0.5, 0.5]).mathematics
    sentence = judged(question([0.0, 0.0], *steps), [2.0, 2.0]).sentence
    assert "A step along (1, 1) changes f by between 0 and 1 per unit; the reported gradient says 4." == sentence


def test_slopes_along_all_directions_that_are_not_linear() -> None:
    """a^2 b / (a^2 + b^2), and 0 at 0, has slopes along every line, and no derivative."""
    steps = parts_of(
        step("aa", "square", "a"), step("bb", "square", "b"), step("r", "add", "aa", "bb"),
        step("t", "multiply", "aa", "b"), step("q", "divide", "t", "r"), step("0", "equal", "r", 0),
        step("y", "where", "0", 0, "q"),
    )  # fmt: skip
    found = truth([0.0, 0.0], *steps)
    assert ("[0, 0]", None) == (str(found), found.derivative)
    assert "0.5" == str(found.sides((1.0, 1.0)))
    judgement = judged(question([0.0, 0.0], *steps), [0.0, 0.0])
    assert "subgradient" == judgement.mathematics
    assert judgement.sentence.startswith("There is no derivative: the slopes along lines are not those of one vector; ")


def test_a_consensus_is_no_proof() -> None:
    """where(x < 0, exp(x), 1 + x) at 100 is NaN in every framework."""
    steps = (
        step("c", "less", "x", 0),
        step("e", "exp", "x"),
        step("p", "add", 1, "x"),
        step("y", "where", "c", "e", "p"),
    )
    found = judged(question(100.0, *steps, dtype="float32"), np.nan, "float32")
    assert ("wrong", "1") == (found.mathematics, found.truth)
    assert "A step along x changes f by 1 per unit; the reported gradient says nan." == found.sentence


def test_every_full_share_of_a_tie_is_too_much() -> None:
    found = judged(question([1.0, 1.0, 0.0], step("y", "max", "x")), [1.0, 1.0, 0.0])
    assert ("wrong", "[0 to 1, 0 to 1, 0]") == (found.mathematics, found.truth)
    assert "A step along (1, 1, 0) changes f by 1 per unit; the reported gradient says 2." == found.sentence


def test_ties_of_rounded_numbers() -> None:
    """The exponentials are irrational, but equal because their arguments are."""
    asked = question([1.0, 1.0, 0.0], step("e", "exp", "x"), step("t", "divide", "e", 3), step("y", "max", "t"))
    share = np.exp(1.0) / 6
    assert "subgradient" == judged(asked, [share, share, 0.0], ulps=2).mathematics
    assert "wrong" == judged(asked, [2 * share, 2 * share, 0.0], ulps=2).mathematics


def test_a_tie_that_no_precision_settles_is_undecided() -> None:
    """sqrt(2)^2 is 2, but balls never tell."""
    found = judged(question(2.0, step("r", "sqrt", "x"), step("q", "square", "r"), step("y", "maximum", "q", "x")), 1.0)
    assert ("undecided", "Two numbers near 2.000000000 cannot be told apart.") == (found.mathematics, found.sentence)


@pytest.mark.parametrize("reported", [np.inf, np.nan, 0.0])
def test_the_root_at_0_has_no_derivative(reported: float) -> None:
    found = judged(question(0.0, step("y", "sqrt", "x")), reported)
    assert ("no derivative", "undefined to inf") == (found.mathematics, found.truth)


def test_x_to_the_0() -> None:
    assert "exact" == judged(question(0.0, step("y", "pow", "x", 0)), 0.0).mathematics
    assert "wrong" == judged(question(0.0, step("y", "pow", "x", 0)), np.nan).mathematics


def test_the_determinant_of_a_singular_matrix() -> None:
    asked = question([[1.0, 2.0], [2.0, 4.0]], step("y", "det", "x"))
    assert "exact" == judged(asked, [[4.0, -2.0], [-2.0, 1.0]]).mathematics
    found = judged(asked, np.zeros((2, 2)))
    assert ("wrong", "[[4, -2], [-2, 1]]") == (found.mathematics, found.truth)
    assert "A step along x[0, 0] changes f by 4 per unit; the reported gradient says 0.0." == found.sentence


def test_the_running_product_with_a_zero() -> None:
    asked = question([2.0, 0.0, 3.0], step("y", "cumulative_prod", "x"))
    assert "exact" == judged(asked, [1.0, 8.0, 0.0]).mathematics
    sentence = judged(asked, [1.0, 0.0, 0.0]).sentence
    assert "A step along (0, 1, 0) changes f by 8 per unit; the reported gradient says 0.0." == sentence


@pytest.mark.parametrize("tiny", [1e-300, 1e-30])
def test_a_kink_nearer_than_any_usual_step_is_not_stepped_over(tiny: float) -> None:
    """max(x, tiny) at 0 is constant, and max(x, exp(-1000)) too, which no float can hold."""
    assert "0" == str(truth(0.0, step("y", "maximum", "x", tiny)))
    smallest = (
        step("c", "exp", "x"),
        step("k", "pow", "c", 0),
        step("m", "multiply", "k", -1000.0),
        step("e", "exp", "m"),
    )
    assert "0" == str(truth(0.0, *smallest, step("y", "maximum", "x", "e")))


def test_a_bend_narrower_than_any_usual_step_is_a_bend() -> None:
    """sqrt(x^2 + 1e-300) looks like abs(x) from anywhere but the point."""
    assert "0" == str(truth(0.0, step("q", "square", "x"), step("r", "add", "q", 1e-300), step("y", "sqrt", "r")))


def test_a_wave_shorter_than_any_usual_step_has_its_slope() -> None:
    assert "exact" == judged(question(0.0, step("s", "multiply", 1e60, "x"), step("y", "sin", "s")), 1e60).mathematics


@pytest.mark.parametrize(
    "steps",
    [
        (step("n", "subtract", "x", 9), step("r", "sqrt", "n"), step("y", "max", "r")),
        (step("z", "subtract", "x", "x"), step("r", "reciprocal", "z"), step("y", "sum", "r")),
        (step("z", "subtract", "x", "x"), step("l", "log", "z"), step("y", "mean", "l")),
    ],
    ids=["a root of what is negative", "one over zero", "the logarithm of zero"],
)
def test_a_function_without_a_value_is_no_constant(steps: tuple[Any, ...]) -> None:
    """It does not change from NaN to NaN, or from -inf to -inf, by 0."""
    assert "no derivative" == judged(question([2.0, 3.0], *steps), [0.0, 0.0]).mathematics


def test_what_is_equal_by_its_making_is_equal() -> None:
    """The balls of exp(1) - exp(1) and of the deviation from the mean of one number have a width; the numbers are 0."""
    root = step("e", "exp", "x")
    assert (
        "exact" == judged(question(1.0, root, step("d", "subtract", "e", "e"), step("y", "abs", "d")), 0.0).mathematics
    )
    assert (
        "exact" == judged(question(1.0, root, step("d", "divide", "e", "e"), step("y", "floor", "d")), 0.0).mathematics
    )
    assert "exact" == judged(question([1.0], root, step("y", "std", "e")), [0.0]).mathematics
    assert (
        "exact" == judged(question([1.0], root, step("s", "softmax", "e"), step("y", "floor", "s")), [0.0]).mathematics
    )
    steps = (step("f", "floor", "x"), step("e", "exp", "f"), step("p", "multiply", "e", "x"), step("y", "max", "e"))
    assert "exact" == judged(question([1.25, 1.5], *steps), [0.0, 0.0]).mathematics


def test_choices_after_a_jump_follow_it() -> None:
    """sign(x) is 0 at 0, below 0.5, and 1 right of it, above: no step is small enough to stay below."""
    assert "infinite" == truth(0.0, step("s", "sign", "x"), step("y", "maximum", "s", 0.5)).partials[0].ahead.kind
    steps = (step("a", "atan2", "x", -1.0), step("y", "maximum", "a", 0.5))
    assert ["finite", "infinite"] == [
        side.kind for one in truth(0.0, *steps).partials for side in (one.ahead, one.behind)
    ]  # fmt: skip


def test_choices_beside_nan_follow_it() -> None:
    """x / x is NaN at 0 alone, and max takes it along there."""
    steps = (step("q", "divide", "x", "x"), step("y", "maximum", "q", 0.5))
    assert "undefined to undefined" == str(truth(0.0, *steps))


def weighed_sum(op: str, weights: list[float]) -> tuple[list[Any], tuple[Any, ...]]:
    """The sum of an op of each x, weighed: with weights of both signs neither convex nor concave at 0.

    Because of flip the oracle does not see that each coordinate acts apart.
    """
    leaves = [leaf("x", np.zeros(len(weights))), leaf("w", weights)]
    steps = (
        step("a", op, "x"),
        step("p", "multiply", "a", "w"),
        step("f", "flip", "p", axis=None),
        step("y", "sum", "f"),
    )
    return leaves, steps


@pytest.mark.parametrize("share", [-1.0, 0.5, 1.0])
def test_kinks_of_both_kinds_in_many_coordinates_have_all_shares(share: float) -> None:
    """Next to 0 all the abs may be on their steeper side at once."""
    weights = [1.0, -2.0, 3.0, -4.0, 5.0, -6.0]
    leaves, steps = weighed_sum("abs", weights)
    assert "subgradient" == judged(question(leaves, *steps), np.multiply(share, weights)).mathematics


def test_a_gradient_that_is_far_steeper_than_anything_near_by_is_wrong() -> None:
    leaves, steps = weighed_sum("abs", [1.0, -1.0, 1.0, -1.0])
    assert "wrong" == judged(question(leaves, *steps), [9.0, 0.0, 0.0, 0.0]).mathematics


def test_a_gradient_that_is_a_little_steeper_than_what_was_tried_is_undecided() -> None:
    leaves, steps = weighed_sum("abs", [1.0, -1.0, 1.0, -1.0])
    found = judged(question(leaves, *steps), [1.25, 0.0, 0.0, 0.0])
    sentence = "A step along (1, 0, 0, 0) changes f by between -1 and 1 per unit; the reported gradient says 1.25."
    assert ("undecided", sentence) == (found.mathematics, found.sentence)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [27, 41, 43])
def test_a_gradient_of_a_region_near_by_is_never_wrong(seed: int) -> None:
    """sum(w relu(x W)) at 0, where all its regions meet: the gradient in each is a subgradient."""
    drawn = np.random.default_rng(seed)
    inputs, hidden = int(drawn.integers(2, 7)), int(drawn.integers(2, 9))
    weights = drawn.integers(-3, 4, (inputs, hidden)).astype(float)
    outer = drawn.integers(-3, 4, hidden).astype(float)
    leaves = [leaf("x", np.zeros((1, inputs))), leaf("W", weights), leaf("w", outer)]
    asked = question(
        leaves, step("h", "matmul", "x", "W"), step("r", "relu", "h"), step("p", "multiply", "r", "w"),
        step("y", "sum", "p"),
    )  # fmt: skip
    for _ in range(3):
        inside = (weights * (drawn.normal(size=inputs) @ weights > 0)) @ outer
        assert judged(asked, inside[np.newaxis]).mathematics in ("subgradient", "undecided")


def test_a_slope_that_is_reached_only_where_all_elements_move() -> None:
    """relu(min(x)) is flat along each axis at 0; its subgradients are all shares of no more than 1."""
    steps = (step("m", "min", "x"), step("y", "relu", "m"))
    alone = np.zeros(9)
    alone[3] = 1.0
    assert "subgradient" == judged(question(np.zeros(9), *steps), alone).mathematics
    assert "wrong" == judged(question(np.zeros(9), *steps), np.ones(9)).mathematics


def test_a_bend_between_two_of_many_elements_is_found() -> None:
    steps = (
        step("a", "getitem", "x", index=(0,)), step("b", "getitem", "x", index=(2,)), step("n", "negative", "b"),
        step("m", "minimum", "a", "n"), step("y", "relu", "m"),
    )  # fmt: skip
    assert truth(np.zeros(10), *steps).derivative is None


@pytest.mark.parametrize("period", [1.0, 20.0])
def test_a_function_that_repeats_itself_at_each_halving_has_no_derivative(period: float) -> None:
    """x frac(log2(abs(x)) / period + 1/2) has the same slope at each step of a power of two."""
    steps = at_zero(
        0, step("a", "abs", "x"), step("l", "log2", "a"), step("d", "divide", "l", period), step("s", "add", "d", 0.5),
        step("f", "floor", "s"), step("r", "subtract", "s", "f"), step("p", "multiply", "r", "x"),
    )  # fmt: skip
    assert "oscillating to oscillating" == str(truth(0.0, *steps))


@pytest.mark.parametrize(
    ("op", "at", "expected"),
    [("sigmoid", 1e300, "0"), ("softplus", 1e300, "1"), ("tanh", -1e300, "0"), ("exp", 1e300, "huge"),
     ("exp", -1e300, "tiny"), ("cosh", -1e300, "-huge"), ("square", 5e-324, "9.881312916824930883531375857e-324"),
     ("reciprocal", 5e-324, "-4.096667214387673214517622885e+646")],
)  # fmt: skip
def test_numbers_of_any_size(op: str, at: float, expected: str) -> None:
    assert expected == str(truth(at, step("y", op, "x")))


def test_a_power_that_few_bits_do_not_bound() -> None:
    """1.5^1e300 takes a thousand bits, and steps far smaller than usual."""
    assert "exact" == judged(question(1.5, step("y", "pow", "x", 1e300)), np.inf).mathematics


def test_what_no_bits_bound_is_undecided() -> None:
    found = judged(question(1e300, step("e", "exp", "x"), step("y", "exp", "e")), np.inf)
    assert ("undecided", "A number is too large to be known, with 65536 bits.") == (found.mathematics, found.sentence)


@pytest.mark.parametrize("op", ["positive", "reciprocal", "tanh"])
def test_at_infinity_there_is_no_derivative(op: str) -> None:
    """No step leads away from there, though the function may approach a number."""
    assert "no derivative" == judged(question(np.inf, step("y", op, "x")), 0.0).mathematics
