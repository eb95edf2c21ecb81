"""Runs programs in a framework's environment, for the tests marked `frameworks`."""

from collections.abc import Iterable
from typing import Any

import msgspec

from harness.adapters import Adapter
from harness.arrays import Array
from harness.environments import Environment
from harness.program import Program
from harness.session import Failure, Raw, Session

Outcome = Array | str | bool | tuple[str, str] | None
"""An array, a value, None, or ("raised", category) of an exception."""


def run(environment: Environment, adapter: Adapter, programs: Iterable[Program]) -> list[dict[str, Outcome]]:
    """What each point of each program yielded, all programs in one worker."""
    return [
        {observation["point"]: _outcome(observation, adapter) for observation in answer}
        for answer in _answers(environment, adapter, programs)
    ]


def warnings(environment: Environment, adapter: Adapter, programs: Iterable[Program]) -> list[dict[str, list[str]]]:
    """The categories of the warnings at each point of each program, all programs in one worker."""
    return [
        {
            observation["point"]: [warning["category"] for warning in observation.get("warnings", [])]
            for observation in answer
        }
        for answer in _answers(environment, adapter, programs)
    ]


def _answers(environment: Environment, adapter: Adapter, programs: Iterable[Program]) -> list[Raw]:
    with Session(environment, adapter.language) as session:
        answers = list(session.run([adapter.script(program) for program in programs]))
    assert [] == [answer for answer in answers if isinstance(answer, Failure)]
    return [answer for answer in answers if not isinstance(answer, Failure)]


def _outcome(observation: dict[str, Any], adapter: Adapter) -> Outcome:
    match observation["outcome"]:
        case "array":
            return msgspec.convert(observation["array"], Array)
        case "raised":
            error = observation["error"]
            category = adapter.category(error["type"], error["message"])
            return "raised", f"{error['type']}: {error['message']}" if category == "other" else category
    return observation.get("value")
