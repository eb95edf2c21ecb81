"""Profiles: what each framework chooses in the dimensions of the reference engine, as data with references.

One TOML file per framework. An entry that differs from what is observed makes its cases `stale`, so the tables
cannot rot.
"""

from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import msgspec
from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

from harness.errors import UsageError

FOLDER = Path(__file__).parent


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The option that a framework takes in one dimension."""

    dimension: str
    option: str
    reference: str
    """Documentation, source line, or repository#number."""
    versions: str = ""
    flavour: str | None = None
    """Only in this flavour; None for all of them."""


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A documented observation that no dimension models."""

    case: str
    """An id, or a pattern of ids."""
    point: str
    """A point, or a pattern of points."""
    observed: str
    """The observation's text, exactly as the report prints it."""
    reason: str
    reference: str
    versions: str = ""
    flavour: str | None = None


class ProfileFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One framework's file."""

    choice: tuple[Choice, ...] = ()
    known: tuple[Known, ...] = ()


class Profile(msgspec.Struct, frozen=True):
    """What applies to one release and flavour of a framework."""

    choices: dict[str, Choice] = {}
    """By dimension."""
    known: tuple[Known, ...] = ()

    @property
    def options(self) -> dict[str, str]:
        return {dimension: choice.option for dimension, choice in self.choices.items()}

    def known_for(self, case: str, point: str) -> Known | None:
        """The documented entry for a point, if there is one."""
        for entry in self.known:
            if fnmatchcase(case, entry.case) and fnmatchcase(point, entry.point):
                return entry
        return None


@cache
def profile(framework: str, flavour: str = "", version: str = "") -> Profile:
    """The profile of a release; an empty one for a framework that has no file.

    Raises `UsageError` if the file is damaged.
    """
    file = FOLDER / f"{framework}.toml"
    if not file.is_file():
        return Profile()
    try:
        entries = msgspec.toml.decode(file.read_bytes(), type=ProfileFile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"the profile {file} cannot be read: {error}") from None

    def applies(entry: Choice | Known) -> bool:
        return entry.flavour in (None, flavour) and _in_range(version, entry.versions)

    # A flavour's own choice comes after, and so instead of, the one for all flavours.
    ordered = sorted(filter(applies, entries.choice), key=lambda choice: choice.flavour is not None)
    return Profile({choice.dimension: choice for choice in ordered}, tuple(filter(applies, entries.known)))


def _in_range(version: str, specifier: str) -> bool:
    try:
        return not specifier or SpecifierSet(specifier).contains(Version(version), prereleases=True)
    except InvalidVersion:
        return True
