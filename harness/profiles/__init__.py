"""Profiles: what each framework chooses in the dimensions of the reference engine, as data with references.

One TOML file per framework, with an entry for every dimension, also where the choice is the default. An entry that
differs from what is observed makes its cases `stale`, so the tables cannot rot.
"""

import re
from collections.abc import Set
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import msgspec
from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

from harness.errors import UsageError

FOLDER = Path(__file__).parent

_NEWEST = Version("9999")


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The option that a framework takes in one dimension."""

    dimension: str
    option: str
    reference: str
    """Documentation, source line, or repository#number."""
    versions: str = ""
    flavour: str | None = None
    """Only in this flavour; None for all of them."""


class Inapplicable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A dimension whose question does not arise in a framework, so that nothing there shows an option of it."""

    dimension: str
    reason: str
    versions: str = ""
    flavour: str | None = None


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A documented observation that no dimension models."""

    case: str
    """An id, or a pattern of ids."""
    point: str
    """A point, or a pattern of points."""
    observed: str
    """The observation's text as the report prints it.

    `...` stands for any text: for an address in memory, and for digits that another processor may round otherwise.
    """
    reason: str
    reference: str
    versions: str = ""
    flavour: str | None = None
    of: tuple[str, ...] = ()
    """The ops that it is about, where that is not the OP of a case FAMILY/OP/PLACE alone."""

    @property
    def ops(self) -> frozenset[str]:
        """The ops that it is about."""
        parts = self.case.split("/")
        return frozenset(self.of or (parts[1:2] if len(parts) == 3 else ()))

    @property
    def is_exception(self) -> bool:
        return self.observed.startswith("raised ")

    def describes(self, observed: str) -> bool:
        """Whether this is the text of the observation that is documented, however its columns are aligned."""
        *pieces, end = map(re.escape, _closed_up(self.observed).split("..."))
        # In an array the digits of one number, and at the very end all that follows.
        any_text = r"[^,\[\]]*" if self.observed.startswith("[") else ".*"
        pattern = any_text.join(pieces) + (any_text if end else ".*") + end if pieces else end
        return re.fullmatch(pattern, _closed_up(observed), re.DOTALL) is not None


class ProfileFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One framework's file."""

    choice: tuple[Choice, ...] = ()
    inapplicable: tuple[Inapplicable, ...] = ()
    known: tuple[Known, ...] = ()


class Profile(msgspec.Struct, frozen=True):
    """What applies to one release and flavour of a framework."""

    choices: dict[str, Choice] = {}
    """By dimension."""
    known: tuple[Known, ...] = ()
    inapplicable: dict[str, Inapplicable] = {}
    """By dimension; none that has a choice."""

    @property
    def options(self) -> dict[str, str]:
        return {dimension: choice.option for dimension, choice in self.choices.items()}

    def known_for(self, case: str, point: str) -> Known | None:
        """The documented entry for a point, if there is one."""
        for entry in self.known:
            if fnmatchcase(case, entry.case) and fnmatchcase(point, entry.point):
                return entry
        return None

    def exception_of(self, ops: Set[str], observed: str) -> Known | None:
        """The documented exception of one of these ops, if this is its text: type and message, in whatever program.

        An op has its limits wherever it stands, and an exception says of itself what it is about; a number does not.
        """
        for entry in self.known:
            if not ops.isdisjoint(entry.ops) and entry.is_exception and entry.describes(observed):
                return entry
        return None


def _closed_up(text: str) -> str:
    """Without the blanks and line ends between the numbers of an array."""
    return re.sub(r"(?<=[\[,])\s+|\s+(?=[\],])", "", text)


def written(framework: str) -> ProfileFile:
    """A framework's file, with the entries for all releases and flavours; without entries if there is none.

    Raises `UsageError` if it is damaged.
    """
    file = FOLDER / f"{framework}.toml"
    if not file.is_file():
        return ProfileFile()
    try:
        return msgspec.toml.decode(file.read_bytes(), type=ProfileFile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"the profile {file} cannot be read: {error}") from None


@cache
def profile(framework: str, flavour: str = "", version: str = "") -> Profile:
    """The profile of a release, of the newest one where `version` is none; empty for a framework that has no file.

    Raises `UsageError` if the file is damaged.
    """
    entries = written(framework)

    def applies(entry: Choice | Inapplicable | Known) -> bool:
        return entry.flavour in (None, flavour) and _in_range(version, entry.versions)

    # A flavour's own entry comes after, and so instead of, the one for all flavours.
    said: list[Choice | Inapplicable] = [entry for entry in entries.choice if applies(entry)]
    said += [entry for entry in entries.inapplicable if applies(entry)]
    said.sort(key=lambda entry: entry.flavour is not None)
    by_dimension = {entry.dimension: entry for entry in said}
    return Profile(
        {name: entry for name, entry in by_dimension.items() if isinstance(entry, Choice)},
        tuple(filter(applies, entries.known)),
        {name: entry for name, entry in by_dimension.items() if isinstance(entry, Inapplicable)},
    )


def _in_range(version: str, specifier: str) -> bool:
    try:
        release = Version(version)
    except InvalidVersion:
        release = _NEWEST
    return SpecifierSet(specifier).contains(release, prereleases=True)
