import pytest

from harness.report import accuracy_view, render
from harness.results import PointVerdict, Results, Verdict
from tests.harness.report.conftest import case, environment, program, seen
from tests.harness.report.page import parse


def square(g):
    x = g.input("x", 3.0)
    g.backward(g.square(x))
    g.observe("x.grad", x.grad)


def exp(g):
    x = g.input("x", 3.0)
    g.backward(g.exp(x))
    g.observe("x.grad", x.grad)


def measured(torch, jax):
    """Results with a distance for each of three cases: None where the gradient is wrong."""
    results = Results.of([environment("torch", "torch"), environment("jax", "jax")])
    for case_id, function in [("ops/exp", exp), ("ops/more", exp), ("ops/square", square)]:
        results.add(case(case_id, program(function)))
    for name, distances in [("torch", torch), ("jax", jax)]:
        for case_id, ulps in zip(results.cases, distances, strict=True):
            results.add(seen(case_id, name, "x.grad", 6.0))
            judged = PointVerdict("agree", "wrong" if ulps is None else "exact", error_ulps=ulps)
            results.add(
                Verdict(case=case_id, environment=name, status="agree", mathematics="exact", points={"x.grad": judged})
            )
    return results


@pytest.fixture
def section():
    page = parse(render(measured([0.25, 1.5, 0.0], [0.125, None, 0.0])))
    (found,) = page.all("section", id="accuracy")
    return found


def cells(table):
    return [[" ".join(cell.text.split()) for cell in row.inside] for row in table.all("tr")]


def test_the_section_has_a_row_for_each_environment(section):
    heading, *rows = cells(section.all("table")[0])
    assert "at 2 common points" == heading[3]
    assert [
        ["jax", "2", "100.0 %", "100.0 %", "0.06", "", "0.12 ops/exp", "1 wrong"],
        ["torch", "3", "66.6 %", "100.0 %", "0.25", "", "1.50 ops/more", ""],
    ] == rows


def test_by_op_a_cell_has_the_median_and_the_worst(section):
    (details,) = section.all("details")
    assert [["op", "torch", "jax"], ["exp", "0.88 worst 1.50 of 2", "0.12"]] == cells(details.all("table")[0])
    assert "Exact to the last bit here: square." in " ".join(details.text.split())


def test_each_largest_error_leads_to_its_case(section):
    assert ["#case/ops/exp", "#case/ops/more", "#case/ops/more", "#case/ops/exp"] == [
        a.attributes["href"] for a in section.all("a")
    ]


def test_where_nothing_rounds_there_is_no_table_by_op():
    (view,) = accuracy_view.views(measured([0.0, 0.0, 0.0], [0.0, 0.0, 0.0]))
    assert view.ops is None


def test_an_environment_without_a_right_gradient_shows_what_was_left_out():
    page = parse(render(measured([0.25, 0.25, 0.0], [None, None, None])))
    (section,) = page.all("section", id="accuracy")
    assert ["jax", "0", "", "", "", "", "", "3 wrong"] == cells(section.all("table")[0])[-1]


def test_without_a_right_gradient_there_is_neither_section_nor_link():
    page = parse(render(measured([None, None, None], [None, None, None])))
    assert [] == page.all(id="accuracy")
    assert "#accuracy" not in {a.attributes["href"] for a in page.all("a")}


@pytest.mark.parametrize(
    ("ulps", "text"), [(0.0, "0.00"), (0.004, "0.004"), (0.0051, "0.01"), (107.3, "107.30"), (1073741.0, "1.1e+06")]
)
def test_an_error_is_never_shown_as_none(ulps, text):
    (view,) = accuracy_view.views(measured([ulps, 0.0, 0.0], [0.0, 0.0, 0.0]))
    assert {text} == {row.worst.ulps for row in view.rows if row.environment == "torch"}
