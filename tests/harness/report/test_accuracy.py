import pytest

from harness.report.accuracy import accuracy
from harness.results import PointVerdict, Results, Verdict
from tests.harness.report.conftest import case, environment, program, seen


def gradient(*ops, cast=None):
    """A program with the gradient of a chain of ops at `point`."""

    def observing(g):
        y = x = g.input("x", 0.5)
        for op in ops:
            y = getattr(g, op)(y)
        g.backward(y if cast is None else g.astype(y, dtype=cast))
        g.observe("point", x.grad)
        g.observe("value", y)

    return program(observing)


EXP, SIN = gradient("exp"), gradient("sin")


@pytest.fixture
def results():
    return Results.of(
        [
            *(environment(name, name) for name in ("torch", "jax")),
            case("ops/exp", EXP),
            case("ops/exp_again", EXP),
            case("ops/sin", SIN),
        ]
    )


def judge(results, name, case_id, ulps, mathematics="exact", *, dtype="float64", point="point"):
    results.add(seen(case_id, name, point, 1.0, dtype))
    judged = PointVerdict("agree", mathematics, error_ulps=ulps)
    results.add(Verdict(case=case_id, environment=name, status="agree", points={point: judged}))


def test_a_spread_has_share_median_and_worst_with_its_case(results):
    for case_id, ulps in [("ops/exp", 0.5), ("ops/exp_again", 3.0), ("ops/sin", 0.6)]:
        judge(results, "torch", case_id, ulps)
    (row,) = accuracy(results).environments
    assert (3, 1, 0.6) == (row.all.count, row.all.correctly_rounded, row.all.median)
    assert ("ops/exp_again", "point", 3.0) == (*row.all.worst.place, row.all.worst.ulps)


def test_the_95th_percentile_needs_twenty_gradients(results):
    for number in range(20):
        results.add(case(f"many/{number}", EXP))
        judge(results, "torch", f"many/{number}", float(number))
    (row,) = accuracy(results).environments
    assert 18.0 == row.all.high
    results.verdicts.pop(("many/0", "torch"))
    (row,) = accuracy(results).environments
    assert row.all.high is None


def test_what_is_no_matter_of_accuracy_is_left_out_and_counted(results):
    results.add(case("casts/narrower", gradient("exp", cast="float32")))
    judge(results, "torch", "ops/exp", None, "wrong")
    judge(results, "torch", "ops/exp_again", 4e15, "wrong")
    judge(results, "torch", "ops/sin", None, "subgradient")
    judge(results, "torch", "casts/narrower", 1e8)
    judge(results, "jax", "ops/exp", None, "no derivative")
    judge(results, "jax", "ops/sin", 90.0, "undecided")
    judge(results, "jax", "casts/narrower", 0.0)
    found = accuracy(results)
    assert {
        "torch": {"wrong": 2, "without a derivative": 1, "through a narrower dtype": 1},
        "jax": {"without a derivative": 1, "undecided": 1, "through a narrower dtype": 1},
    } == {row.environment: row.left_out for row in found.environments}
    assert [None, None] == [row.all for row in found.environments]
    assert () == found.ops


def test_a_cast_to_a_dtype_as_wide_as_the_gradient_leaves_it_in(results):
    results.add(case("casts/narrower", gradient("exp", cast="float32")))
    judge(results, "jax", "casts/narrower", 0.25, dtype="float32")
    (row,) = accuracy(results).environments
    assert (1, {}) == (row.all.count, row.left_out)


def test_values_and_gradients_without_a_truth_do_not_count(results):
    judge(results, "torch", "ops/exp", 0.25, point="value")
    judge(results, "torch", "ops/sin", None)
    judge(results, "jax", "ops/sin", None, "not applicable")
    assert ((), ()) == (accuracy(results).environments, accuracy(results).ops)


def test_a_verdict_without_its_observation_does_not_count(results):
    judge(results, "torch", "ops/exp", 0.25)
    results.observations.clear()
    assert () == accuracy(results).environments


def test_the_first_is_the_most_accurate_at_the_points_that_all_answer(results):
    """torch has the larger share over all, for it says nothing where jax errs."""
    judge(results, "torch", "ops/exp", 1.0)
    judge(results, "torch", "ops/sin", 0.0)
    judge(results, "torch", "ops/exp_again", 0.0)
    judge(results, "jax", "ops/exp", 0.5)
    judge(results, "jax", "ops/sin", 0.0)
    judge(results, "jax", "ops/exp_again", None, "wrong")
    first, second = accuracy(results).environments
    assert ("jax", 2, 2) == (first.environment, first.common.count, first.common.correctly_rounded)
    assert ("torch", 2, 1) == (second.environment, second.common.count, second.common.correctly_rounded)
    assert (3, 2) == (second.all.count, second.all.correctly_rounded)


def test_equal_shares_are_told_apart_by_the_worst(results):
    judge(results, "torch", "ops/exp", 2.0)
    judge(results, "jax", "ops/exp", 1.0)
    assert ["jax", "torch"] == [row.environment for row in accuracy(results).environments]


def test_environments_without_a_point_in_common_are_not_compared(results):
    judge(results, "torch", "ops/exp", 2.0)
    judge(results, "jax", "ops/sin", 1.0)
    assert [None, None] == [row.common for row in accuracy(results).environments]


def test_dtypes_are_apart_the_one_with_the_most_gradients_first(results):
    judge(results, "torch", "ops/exp", 0.25, dtype="float32")
    judge(results, "torch", "ops/sin", 0.25)
    judge(results, "jax", "ops/sin", 0.25)
    found = accuracy(results)
    assert [("float64", 1), ("float64", 1), ("float32", 1)] == [
        (row.dtype, row.all.count) for row in found.environments
    ]
    assert ["float64", "float32"] == [table.dtype for table in found.ops]


def test_the_op_that_errs_most_comes_first_and_exact_ones_are_named(results):
    results.add(case("ops/cos", gradient("cos")))
    results.add(case("ops/both", gradient("exp", "sin")))
    judge(results, "torch", "ops/exp", 0.25)
    judge(results, "torch", "ops/exp_again", 0.75)
    judge(results, "torch", "ops/sin", 2.0)
    judge(results, "torch", "ops/cos", 0.0)
    judge(results, "torch", "ops/both", 9.0)
    judge(results, "jax", "ops/cos", 0.0)
    (table,) = accuracy(results).ops
    assert ["sin", "exp"] == list(table.inexact)
    spread = table.inexact["exp"]["torch"]
    assert (2, 0.5, "ops/exp_again") == (spread.count, spread.median, spread.worst.case)
    assert (("cos",), 1, ("torch",)) == (table.exact, table.of_no_op, table.environments)


def test_results_without_anything_have_no_accuracy():
    assert ((), ()) == (accuracy(Results()).environments, accuracy(Results()).ops)
