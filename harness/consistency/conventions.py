"""Which convention explains a difference, and whether the caller accepts it."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from harness.checker.choosing import changed, changes, explanations, smallest
from harness.checker.compare import Comparison
from harness.checker.predict import Options, differing
from harness.consistency.differences import Difference
from harness.consistency.expectations import Expected
from harness.consistency.functions import Function
from harness.errors import UsageError
from harness.profiles import Profile, profile
from harness.results import Observation
from reference_engine import semantics

WITHOUT_REFERENCE = frozenset({"unconnected_input"})
"""The dimensions that two answers alone can show."""

_IN_WORDS = {
    "exact": "is right",
    "subgradient": "has a subgradient, which is right where there is no derivative",
    "no derivative": "has a number where there is no derivative",
    "wrong": "is wrong",
}


def check_accepted(accept: Collection[str], has_reference: bool) -> None:
    """Raise `UsageError` for what is no dimension, or cannot be shown."""
    for name in accept:
        if name not in semantics.DIMENSIONS:
            raise UsageError(f"accept names {name!r}, which is no dimension; `crossgrad list dimensions` shows all")
        if not has_reference and name not in WITHOUT_REFERENCE:
            raise UsageError(
                f"accept names {name!r}: only a function of the reference can tell whether that explains a difference; "
                "give one as 'reference'"
            )


def of_function(function: Function) -> Profile:
    """What is known of its framework."""
    return profile(function.adapter.framework, function.adapter.flavour, function.version)


def by_reference(
    found: Difference, expected: Expected, function: Function, seen: dict[str, Observation], accept: Collection[str]
) -> Difference | None:
    """A difference from the reference, with the options that give it and what mathematics says; None if accepted."""
    chosen = of_function(function)
    options = differing(chosen.options)

    def against(options: Options) -> Comparison:
        return expected.compare(options, found.point, seen[found.point])

    if against(options).same:
        needed = smallest(options, lambda kept: against(kept).same)
        if {dimension for dimension, _ in needed} <= set(accept):
            return None
        found = replace(found, explained_by=explanations(needed, chosen), is_profile=True)
    else:
        candidates = filter(_is_convention, changes(options, expected.consulted(options)))
        single = [change for change in candidates if against(changed(options, change)).same]
        if any(dimension in accept for dimension, _ in single):
            return None
        found = replace(found, explained_by=explanations(single, chosen))
    truth = expected.truth(found.point, seen, options)
    if truth is None or truth.mathematics not in _IN_WORDS:
        return found
    said = f"By mathematics {function.name} {_IN_WORDS[truth.mathematics]}. {truth.sentence}"
    return replace(found, mathematics=said.rstrip())


def _is_convention(change: tuple[str, str]) -> bool:
    """Not a mistake that engines are known for: frameworks do not make these."""
    dimension, option = change
    return semantics.DIMENSIONS[dimension].options[option].acceptable


def between(
    found: Difference,
    functions: tuple[Function, Function],
    seen: tuple[Observation, Observation],
    accept: Collection[str],
) -> Difference | None:
    """A difference of two functions without a reference, with the convention that explains it; None if accepted.

    That is zeros where the other one has None, if the profile of the framework says so.
    """
    for function, own, other in zip(functions, seen, reversed(seen), strict=True):
        chosen = of_function(function)
        gives_zeros = own.outcome == "array" and not np.any(own.array.numpy()) and other.outcome == "none"
        if gives_zeros and chosen.options.get("unconnected_input") == "zeros":
            if "unconnected_input" in accept:
                return None
            reason = explanations([("unconnected_input", "zeros")], chosen)
            return replace(found, explained_by=reason, is_profile=True)
    return found
