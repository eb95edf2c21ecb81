"""What the exceptions of somebody's own engine mean, about whose words nothing is known.

An engine that raises where a framework would raise too has said the same, in other words: its exception is taken for
that one, if this makes sense wherever the same line raises. One that does not do a thing at all has answered nothing.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec

from harness.checker.predict import Options, Predictor
from harness.errors import Unsupported
from harness.program import Program
from harness.results import Error, Observation
from reference_engine import semantics

_SPOILT = frozenset({"other", "shape_mismatch"})
"""Kinds of exceptions that nobody raises on purpose."""
_SLIPS = frozenset({"AttributeError", "NameError", "SyntaxError", "ImportError", "ModuleNotFoundError", "SystemExit"})
"""Types that mean a program that is wrong, whatever it wanted to say."""
_NUMBER_ON_THE_LEFT = re.compile(
    r"unsupported operand type\(s\) for (?P<operator>\S+)( or pow\(\))?: '(int|float)' and "
)
_REFLECTED = {
    "+": "__radd__", "-": "__rsub__", "*": "__rmul__", "/": "__rtruediv__", "**": "__rpow__", "@": "__rmatmul__",
}  # fmt: skip
"""What Python asks the operand on the right for, by operator."""


class Words:
    """The meaning of each exception that an engine raised."""

    def __init__(self, answers: Iterable[tuple[Program, dict[str, Observation]]], predictor: Predictor) -> None:
        """`answers` are programs, each with what was observed at its points."""
        self._meanings: dict[tuple[str, str], list[str]] = {}
        for program, observations in answers:
            for point, seen in observations.items():
                if seen.error is not None and _has_no_meaning(seen.error):
                    kinds = list(dict.fromkeys(_kinds(program, point, predictor)))
                    before = self._meanings.get(_source(seen.error), kinds)
                    self._meanings[_source(seen.error)] = [kind for kind in before if kind in kinds]

    def understood(self, seen: Observation) -> Observation:
        """The observation with the kind of its exception, if that is known now."""
        if seen.error is None or not _has_no_meaning(seen.error) or not self._meanings.get(_source(seen.error)):
            return seen
        kind = self._meanings[_source(seen.error)][0]
        return msgspec.structs.replace(seen, error=msgspec.structs.replace(seen.error, category=kind))


def refusals(observations: dict[str, Observation]) -> dict[str, str]:
    """The points where an engine said that it does not do this, with its words."""
    return {
        point: f"{seen.error.type}: {seen.error.message}{_missing_method(seen.error.message)}"
        for point, seen in observations.items()
        if seen.error is not None and _does_not_do_this(seen.error)
    }


def _missing_method(message: str) -> str:
    """A question after Python's message that there is no operator, where the number stands on the left."""
    match = _NUMBER_ON_THE_LEFT.search(message)
    return f"; is `{_REFLECTED[match['operator']]}` missing?" if match and match["operator"] in _REFLECTED else ""


def _does_not_do_this(error: Error) -> bool:
    """Whether the engine says so, or Python does for it: that there is no such operator."""
    has_no_operator = (
        error.category == "other" and error.type == "TypeError" and "unsupported operand type(s)" in error.message
    )
    is_raised_inside = error.where is not msgspec.UNSET and ", in " in error.where
    return error.category == "unsupported" or (has_no_operator and not is_raised_inside)


def _has_no_meaning(error: Error) -> bool:
    return error.category == "other" and error.type not in _SLIPS and not _does_not_do_this(error)


def _source(error: Error) -> tuple[str, str]:
    """What raises the same means the same: the type, and the line, or the message where there is no line."""
    return error.type, error.message if error.where is msgspec.UNSET else error.where


def _kinds(program: Program, point: str, predictor: Predictor) -> Iterator[str]:
    """What the reference engine raises at a point, by the defaults and by any other choice in one dimension."""
    try:
        consulted = predictor.predict(program).consulted
        choices: list[Options] = [
            frozenset({(name, option)})
            for name in sorted(consulted)
            for option in semantics.DIMENSIONS[name].acceptable[1:]
        ]
        for options in [frozenset(), *choices]:
            error = predictor.observe(program, options)[point].error
            if error is not None and error.category not in _SPOILT:
                yield error.category
    except (Unsupported, KeyError):
        return
