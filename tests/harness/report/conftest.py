"""Small results, made by code: two frameworks and the reference engine, with every kind of outcome."""

from collections.abc import Callable

import numpy as np
import pytest

from harness.arrays import Array
from harness.program import Program
from harness.results import (
    CaseRecord,
    EnvironmentRecord,
    Error,
    Explanation,
    Observation,
    PointVerdict,
    Results,
    Run,
    ScriptRecord,
    Verdict,
    Warned,
)
from harness.trace import Tracer, trace


def program(function: Callable[[Tracer], object]) -> Program:
    return trace(function)


def environment(name: str, framework: str, **more: str) -> EnvironmentRecord:
    return EnvironmentRecord(name=name, framework=framework, version="1.2", python="3.11.4", numpy="2.1.0", **more)


def case(case_id: str, made: Program, title: str = "A title", source: str = "") -> CaseRecord:
    return CaseRecord(id=case_id, title=title, topic=case_id.split("/")[0], source=source, program=made)


def seen(case_id: str, name: str, point: str, value: object, dtype: str = "float64", **more: object) -> Observation:
    array = Array.of(value, dtype)
    return Observation(
        case=case_id, environment=name, point=point, outcome="array",
        dtype=array.dtype, shape=array.shape, data=array.data, **more,
    )  # fmt: skip


def verdict(case_id: str, name: str, status: str = "agree", **points: PointVerdict) -> Verdict:
    worst_mathematics = "wrong" if any(point.mathematics == "wrong" for point in points.values()) else "exact"
    return Verdict(case=case_id, environment=name, status=status, mathematics=worst_mathematics, points=points)


def square(g: Tracer) -> None:
    x = g.input("x", np.arange(-2, 2.1, 0.5))
    y = x * x
    z = g.sum(y)
    with g.attempt("backward"):
        g.backward(z)
    g.observe("y", y)
    g.observe("xgrad", x.grad, expected=2 * np.arange(-2, 2.1, 0.5))


@pytest.fixture
def results() -> Results:
    x = np.arange(-2, 2.1, 0.5)
    agree = PointVerdict("agree", "exact")
    adds = Explanation("repeated backward", "adds", "Each pass adds.", "pytorch/pytorch#123")
    records = [
        Run(crossgrad="0.1.0", started="2026-01-31T12:00:00+00:00", command="crossgrad run topic"),
        environment("torch", "torch"),
        environment("reference", "reference"),
        environment("jax", "jax", missing="there is no interpreter with jax"),
        case("topic/square", program(square), "The gradient of a square", "https://example.org/article"),
        ScriptRecord(case="topic/square", environment="torch", text="x = 1\ny = f(x)"),
        ScriptRecord(case="topic/square", environment="reference", text="x = 1\ny = f(x)"),
    ]
    for name in ("torch", "reference"):
        records += [
            Observation(case="topic/square", environment=name, point="backward", outcome="none"),
            seen("topic/square", name, "y", x * x),
        ]
    records += [
        seen("topic/square", "reference", "xgrad", 2 * x),
        seen("topic/square", "torch", "xgrad", 4 * x, "float32", warnings=(Warned("UserWarning", "careful"),)),
        verdict("topic/square", "reference", backward=agree, y=agree, xgrad=agree),
        verdict(
            "topic/square", "torch", "disagree", backward=agree, y=agree,
            xgrad=PointVerdict("disagree", "wrong", (adds,), "2 x was expected, 4 x came", ulps=3.0),
        ),
        Verdict(case="topic/square", environment="jax", status="missing", reason="there is no interpreter with jax"),
    ]  # fmt: skip
    return Results.of(records)


HOSTILE = "</script></style><img src=x onerror=alert(1)>'\"`{{7*7}}\u2028--><!--"


@pytest.fixture
def hostile_results() -> Results:
    """The same text, which tries to become markup, wherever results hold a text."""
    id_ = f"topic {HOSTILE}/{HOSTILE}"
    name = f"torch {HOSTILE}"
    point = "point </script><img src=x onerror=alert(1)>"

    def observing(g: Tracer) -> None:
        x = g.input("x", [1.0, 2.0, 3.0, 4.0, 5.0])
        g.backward(g.sum(x))
        g.observe(point, x.grad)
        g.observe("raised", x)

    explained = (Explanation(HOSTILE, HOSTILE, HOSTILE, "javascript:alert(1)"),)
    records = [
        Run(crossgrad=HOSTILE, started=HOSTILE, command=HOSTILE),
        EnvironmentRecord(
            name=name, framework=HOSTILE, flavour=HOSTILE, version=HOSTILE, python=HOSTILE, numpy=HOSTILE,
            platform=HOSTILE, missing=HOSTILE,
        ),
        case(id_, program(observing), HOSTILE, f"javascript:{HOSTILE}"),
        ScriptRecord(case=id_, environment=name, text=f"x = 1  # {HOSTILE}\n{HOSTILE}"),
        seen(id_, name, point, [1.0] * 5, warnings=(Warned(HOSTILE, HOSTILE),)),
        Observation(
            case=id_, environment=name, point="raised", outcome="raised", error=Error(HOSTILE, HOSTILE, HOSTILE)
        ),
        Verdict(
            case=id_, environment=name, status="disagree", mathematics="wrong", explained_by=explained, reason=HOSTILE,
            points={point: PointVerdict("disagree", "wrong", explained, HOSTILE)},
        ),
    ]  # fmt: skip
    return Results.of(records)
