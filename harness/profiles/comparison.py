"""Profiles side by side: which option each framework, in each of its flavours, has in which dimension."""

import difflib
from collections.abc import Mapping
from functools import cache

import msgspec

from harness.adapters import ADAPTERS, adapter
from harness.environments import Specification, catalogue
from harness.errors import UsageError
from harness.profiles import FOLDER, Profile, profile
from reference_engine import semantics
from reference_engine.semantics import Dimension


class Side(msgspec.Struct, frozen=True):
    """A framework in one flavour, with its profile."""

    name: str
    """Of the environment: `jax-x32`."""
    framework: str
    flavour: str
    title: str
    """The framework's own spelling of its name, with the flavour if it is not the first: `JAX (x32)`."""
    profile: Profile

    def option(self, dimension: str) -> str | None:
        """The option in a dimension; None where the profile says that the question does not arise."""
        if dimension in self.profile.inapplicable:
            return None
        choice = self.profile.choices.get(dimension)
        return choice.option if choice else semantics.DIMENSIONS[dimension].default


class Row(msgspec.Struct, frozen=True):
    """One dimension across all sides."""

    topic: str
    dimension: Dimension
    options: Mapping[str, str | None]
    """By the side's name."""


def comparable() -> dict[str, list[Dimension]]:
    """The dimensions in which two sides can differ, by topic: those with more than one acceptable option."""
    return {
        topic: chosen
        for topic, dimensions in semantics.TOPICS.items()
        if (chosen := [dimension for dimension in dimensions if len(dimension.acceptable) > 1])
    }


@cache
def sides() -> tuple[Side, ...]:
    """Every environment of the catalogue whose framework has a profile, in the catalogue's order."""
    return tuple(_side(one) for one in catalogue().values() if (FOLDER / f"{one.framework}.toml").is_file())


def side(name: str) -> Side:
    """The side of a framework, in its first flavour, or of an environment; `reference` chooses every default.

    Raises `UsageError`, with the nearest names, for anything else.
    """
    known = {one.name: one for one in sides()}
    for one in reversed(sides()):
        known.setdefault(one.framework, one)
    if name == "reference":
        return _side(catalogue()[name])
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
        raise UsageError(f"there is no profile of {name!r}; {hint}")
    return known[name]


def rows() -> list[Row]:
    """All dimensions of `comparable()` with the options of all sides."""
    return [
        Row(topic, dimension, {one.name: one.option(dimension.name) for one in sides()})
        for topic, dimensions in comparable().items()
        for dimension in dimensions
    ]


def users(dimension: Dimension) -> dict[str, list[Side]]:
    """Who takes each option of a dimension; a flavour only where it differs from its framework's first one."""
    found: dict[str, list[Side]] = {option: [] for option in dimension.acceptable}
    for one in _distinct(dimension):
        option = one.option(dimension.name)
        if option is not None:
            found[option].append(one)
    return found


def reasons(dimension: Dimension) -> dict[str, str]:
    """Why a dimension's question does not arise, by the title of each framework where it does not."""
    return {
        one.title: one.profile.inapplicable[dimension.name].reason
        for one in _distinct(dimension)
        if one.option(dimension.name) is None
    }


def is_first(one: Side) -> bool:
    """Whether it is its framework in the flavour that the framework's name stands for."""
    return one.flavour == ADAPTERS[one.framework].flavours[0]


def _distinct(dimension: Dimension) -> list[Side]:
    """The frameworks in their first flavours, and in others where these differ from it."""
    first = {one.framework: one.option(dimension.name) for one in sides() if is_first(one)}
    return [one for one in sides() if is_first(one) or one.option(dimension.name) != first[one.framework]]


def _side(specification: Specification) -> Side:
    framework, flavour = specification.framework, specification.flavour
    speaks = adapter(framework, flavour)
    title = speaks.language.title
    if flavour != speaks.flavours[0]:
        title += f" ({flavour})"
    version = next((pin.version for pin in specification.pin() if pin.operator == "=="), "")
    return Side(specification.name, framework, flavour, title, profile(framework, flavour, version))
