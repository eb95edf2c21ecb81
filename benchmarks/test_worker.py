"""What the worker adds to the frameworks' own work: many scripts through a session, against a plain loop.

The loop runs in the same worker process, turn by turn with the scripts, so that whatever else the machine does slows
both. It does what a person would write who wants the numbers: the same statements in a function, and each observed
value as a NumPy array of its own.

    pytest benchmarks/test_worker.py
"""

import time
from statistics import median
from textwrap import indent

import msgspec
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from harness.adapters import adapter
from harness.arrays import Array
from harness.environments import Environment, resolve
from harness.errors import EnvironmentProblem
from harness.script import Script, Statement
from harness.session import Failure, Session
from harness.trace import Tracer, trace

BUDGETS = {"torch": 1.5, "chainer": 1.15, "tensorflow": 1.15, "jax": 1.1}
"""The median of (time through a session) / (time in a plain loop)."""
TURNS = 9

LOOP = """\
import time
def program(seen):
    def observe(point, value):
        seen[point] = np.array(read(value))
{body}
def loop(times):
    start = time.perf_counter()
    for _ in range(times):
        program({{}})
    return (time.perf_counter() - start) / times
observe("seconds", loop({times}))
"""


def ten_ops(g: Tracer) -> None:
    x, weight = g.input("x", [1.0, 2.0, 3.0]), g.input("weight", [0.5, 0.25, 0.125])
    h = g.tanh(x * weight + 1.0)
    k = g.exp(-h)
    m = g.sigmoid(k * x)
    y = g.sum(m * h / (k + 1.0))
    g.backward(y)
    g.observe("y", y)
    g.observe("x.grad", x.grad)
    g.observe("weight.grad", weight.grad)


@pytest.fixture(params=BUDGETS)
def environment(request: pytest.FixtureRequest) -> Environment:
    try:
        (found,) = resolve([request.param], create_missing=False, report=print)
    except EnvironmentProblem as problem:
        pytest.skip(str(problem))
    assert isinstance(found, Environment)
    return found


def run(session: Session, script: Script, times: int) -> None:
    """Run a script many times in a session."""
    failures = [answer for answer in session.run([script] * times) if isinstance(answer, Failure)]
    assert [] == failures


def seconds_in_loop(session: Session, script: Script, times: int) -> float:
    """Per run of the program."""
    text = LOOP.format(body=indent(str(script), "    "), times=times)
    (answer,) = session.run([Script((Statement(text),), ("seconds",))])
    assert not isinstance(answer, Failure), answer
    assert "array" in answer[0], answer
    return float(msgspec.convert(answer[0]["array"], Array).numpy())


def test_a_session_beside_a_plain_loop(environment: Environment, benchmark: BenchmarkFixture) -> None:
    speaks = adapter(environment.framework, environment.flavour)
    script = speaks.script(trace(ten_ops))
    with Session(environment, speaks.language) as session:
        # Once everything has been compiled: as many as take about a fifth of a second.
        run(session, script, 50)
        seconds_in_loop(session, script, 50)
        times = max(32, int(0.2 / seconds_in_loop(session, script, 50)))
        in_loop: list[float] = []
        in_session: list[float] = []

        def turn() -> None:
            in_loop.append(seconds_in_loop(session, script, times))
            start = time.perf_counter()
            run(session, script, times)
            in_session.append((time.perf_counter() - start) / times)

        benchmark.pedantic(turn, rounds=TURNS)
    ratio = median(through / loop for through, loop in zip(in_session, in_loop, strict=True))
    benchmark.extra_info.update(
        framework=environment.framework,
        loop_us=round(1e6 * median(in_loop), 1),
        session_us=round(1e6 * median(in_session), 1),
        ratio=round(ratio, 2),
        budget=BUDGETS[environment.framework],
    )
