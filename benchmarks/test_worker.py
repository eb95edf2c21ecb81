"""What the worker adds to the frameworks' own work: many scripts through a session, against a plain loop.

The loop runs in the same worker process, turn by turn with the scripts, so that whatever else the machine does slows both.
It does what a person would write who wants the numbers: the same statements in a function, each observed value as a NumPy
array of its own.

    pytest benchmarks/test_worker.py
"""

import time
from statistics import median
from textwrap import indent

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from harness.adapters import adapter
from harness.environments import Environment, resolve
from harness.errors import EnvironmentProblem
from harness.script import Script, Statement
from harness.session import Failure, Session
from harness.trace import Tracer, trace

BUDGETS = {"torch": 1.5, "chainer": 1.15, "tensorflow": 1.15, "jax": 1.1}
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
observe("seconds", np.array(loop({times})))
"""


def add_chain(g: Tracer) -> None:
    x0, x1 = g.input("x0", 1.0), g.input("x1", 1.0)
    t = x0 + x1
    y = x0 + t
    g.backward(y)
    g.observe("x0.grad", x0.grad)
    g.observe("x1.grad", x1.grad)


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


def environment(name: str) -> Environment:
    try:
        (found,) = resolve([name], create_missing=False, report=print)
    except EnvironmentProblem as problem:
        pytest.skip(str(problem))
    assert isinstance(found, Environment)
    return found


def seconds_in_session(session: Session, script: Script, times: int) -> float:
    """Per script."""
    start = time.perf_counter()
    failures = [answer for answer in session.run([script] * times) if isinstance(answer, Failure)]
    assert [] == failures
    return (time.perf_counter() - start) / times


def seconds_in_loop(session: Session, script: Script, times: int) -> float:
    """Per run of the program."""
    text = LOOP.format(body=indent(str(script), "    "), times=times)
    (answer,) = session.run([Script((Statement(text),), ("seconds",))])
    assert not isinstance(answer, Failure), answer
    assert "array" in answer[0], answer
    return float(session_array(answer[0]["array"]))


def session_array(encoded: dict[str, object]) -> float:
    import msgspec

    from harness.arrays import Array

    return float(msgspec.convert(encoded, Array).numpy())


@pytest.mark.parametrize("program", [add_chain, ten_ops])
@pytest.mark.parametrize("framework", BUDGETS)
def test_the_worker_stays_within_its_budget(framework: str, program: object, benchmark: BenchmarkFixture) -> None:
    speaks = adapter(framework)
    script = speaks.script(trace(program))  # type: ignore[arg-type]
    with Session(environment(framework), speaks.language) as session:
        # As many as take about a tenth of a second, once everything has been compiled.
        seconds_in_session(session, script, 50)
        seconds_in_loop(session, script, 50)
        times = max(32, int(0.1 / seconds_in_loop(session, script, 50)))
        turns = [
            (seconds_in_session(session, script, times), seconds_in_loop(session, script, times)) for _ in range(TURNS)
        ]
        benchmark.extra_info["loop_us"] = 1e6 * min(loop for _, loop in turns)
        benchmark.extra_info["session_us"] = 1e6 * min(through for through, _ in turns)
        benchmark.extra_info["ratio"] = median(through / loop for through, loop in turns)
        print(framework, program.__name__, benchmark.extra_info)
        benchmark.pedantic(seconds_in_session, (session, script, times), rounds=3)
    assert BUDGETS[framework] >= benchmark.extra_info["ratio"]
