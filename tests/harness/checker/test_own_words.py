"""An own engine's exceptions mean what a framework would raise there, if that makes sense wherever the line raises."""

from typing import Any

import pytest

from harness.checker.own_words import Words, refusals
from harness.checker.predict import Predictor
from harness.program import Program
from harness.results import Error, Observation
from harness.trace import trace

BACKWARD = "engine.py, line 9, in backward"


def twice(g: Any) -> None:
    x = g.input("x", 3.0)
    y = x * x
    g.backward(y)
    with g.attempt("second"):
        g.backward(y)


def once(g: Any) -> None:
    x = g.input("x", 3.0)
    y = x * x
    with g.attempt("only"):
        g.backward(y)


@pytest.fixture(scope="module")
def predictor() -> Predictor:
    return Predictor()


def raised(point: str, type_: str = "RuntimeError", message: str = "no", where: str = BACKWARD) -> Observation:
    error = Error(type_, message, "other", where)
    return Observation(case="c", environment="e", point=point, outcome="raised", error=error)


def kinds(predictor: Predictor, *answers: tuple[Program, Observation]) -> list[str]:
    words = Words(((program, {seen.point: seen}) for program, seen in answers), predictor)
    understood = [words.understood(seen).error for _, seen in answers]
    return [error.category for error in understood if error is not None]


def test_an_exception_where_a_framework_raises_too_means_the_same(predictor: Predictor) -> None:
    assert ["graph_freed"] == kinds(predictor, (trace(twice), raised("second")))


def test_an_exception_where_nobody_raises_means_nothing(predictor: Predictor) -> None:
    assert ["other"] == kinds(predictor, (trace(once), raised("only")))


def test_one_line_has_one_meaning(predictor: Predictor) -> None:
    assert ["other", "other"] == kinds(predictor, (trace(twice), raised("second")), (trace(once), raised("only")))
    elsewhere = raised("only", where="engine.py, line 30, in forward")
    assert ["graph_freed", "other"] == kinds(predictor, (trace(twice), raised("second")), (trace(once), elsewhere))


def test_a_slip_of_the_pen_means_nothing(predictor: Predictor) -> None:
    assert ["other"] == kinds(predictor, (trace(twice), raised("second", "AttributeError")))


def test_what_an_engine_does_not_do_is_no_answer() -> None:
    no_operator = "unsupported operand type(s) for *: 'int' and 'Tensor'"
    assert {"p": f"TypeError: {no_operator}; is `__rmul__` missing?"} == refusals(
        {"p": raised("p", "TypeError", no_operator, "check.py, line 3")}
    )
    assert {} == refusals({"p": raised("p", "TypeError", no_operator, BACKWARD)}), "raised inside, it is a mistake"
