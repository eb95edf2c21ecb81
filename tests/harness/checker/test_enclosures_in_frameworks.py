"""What real frameworks return for random smooth programs lies in the enclosures."""

import pytest

from benchmarks.enclosures import measured
from harness.environments import Environment, resolve
from harness.errors import EnvironmentProblem


@pytest.mark.frameworks
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("framework", ["torch", "tensorflow", "chainer", "jax"])
def test_no_number_is_outside_and_hardly_any_undecided(framework: str, dtype: str) -> None:
    try:
        (environment,) = resolve([framework], create_missing=False, report=print)
    except EnvironmentProblem as problem:
        pytest.skip(str(problem))
    if not isinstance(environment, Environment):
        pytest.skip(environment.reason)
    found = measured(environment, dtype, range(40))
    assert 0 == found["outside"]
    assert 40 < int(str(found["inside"]))
    assert int(str(found["undecided"])) <= (0.01 if dtype != "float16" else 0.05) * int(str(found["inside"]))
