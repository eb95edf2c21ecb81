"""The catalogue of environments, read from `catalogue.toml` and the requirement files beside it."""

import difflib
import hashlib
from pathlib import Path

import msgspec
from packaging.requirements import Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name

from harness.environments.frameworks import DISTRIBUTIONS
from harness.errors import EnvironmentProblem, UsageError

FOLDER = Path(__file__).parent


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One table of `catalogue.toml`; the fields are explained there."""

    framework: str
    flavour: str = ""
    description: str
    python: str
    requirements: str | None = None
    build_requirements: str | None = None
    default: bool = False


class Specification(msgspec.Struct, frozen=True, kw_only=True):
    """What an environment is to hold."""

    name: str
    framework: str
    flavour: str
    description: str
    python: str
    """A version specifier, as in `>=3.10,<3.14`."""
    requirements: Path | None
    """The pip requirement file; None is the running interpreter itself."""
    build_requirements: Path | None
    default: bool

    def accepts(self, python_version: str) -> bool:
        """Whether the pinned framework runs on this version of Python."""
        return SpecifierSet(self.python).contains(python_version, prereleases=False)

    @property
    def store(self) -> str:
        """The name under which the virtual environment is kept: specifications with one requirement file share it."""
        return self.name if self.requirements is None else self.requirements.stem

    @property
    def digest(self) -> str:
        """Changes with every changed requirement, and not with a comment."""
        files = (file for file in (self.build_requirements, self.requirements) if file is not None)
        text = "\n--\n".join("\n".join(requirement_lines(file)) for file in files)
        return hashlib.sha256(text.encode()).hexdigest()

    def pin(self) -> SpecifierSet:
        """The versions of the framework that the requirement file allows; everything if it names none."""
        if self.requirements is not None:
            for line in requirement_lines(self.requirements):
                if line.startswith("-"):
                    continue
                requirement = Requirement(line)
                if canonicalize_name(requirement.name) in DISTRIBUTIONS[self.framework]:
                    return requirement.specifier
        return SpecifierSet()


def catalogue() -> dict[str, Specification]:
    """Every environment that has a name, in the catalogue's order.

    Raises `EnvironmentProblem` if `catalogue.toml` or a file that it names cannot be used.
    """
    file = FOLDER / "catalogue.toml"
    try:
        entries = msgspec.toml.decode(file.read_bytes(), type=dict[str, Entry])
        return {name: _specification(name, entry) for name, entry in entries.items()}
    except (OSError, ValueError, InvalidSpecifier) as error:
        raise EnvironmentProblem(f"the catalogue of environments {file} cannot be used: {error}") from error


def specification(name: str) -> Specification:
    """The catalogue's entry of this name. Raises `UsageError`, with the nearest names, if it has none."""
    known = catalogue()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
        meant = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}."
        raise UsageError(
            f"there is no environment named {name!r}: {meant} "
            f"Any interpreter can be used under a name of your own: --env {name}=PYTHON"
        )
    return known[name]


def requirement_lines(file: Path) -> list[str]:
    """The lines of a pip requirement file, without comments and blank lines."""
    lines = (line.split(" #")[0].strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _specification(name: str, entry: Entry) -> Specification:
    SpecifierSet(entry.python)
    if entry.framework != "reference" and entry.framework not in DISTRIBUTIONS:
        raise ValueError(f"{name}: unknown framework {entry.framework!r}")
    return Specification(
        name=name,
        framework=entry.framework,
        flavour=entry.flavour,
        description=entry.description,
        python=entry.python,
        requirements=_file(entry.requirements),
        build_requirements=_file(entry.build_requirements),
        default=entry.default,
    )


def _file(name: str | None) -> Path | None:
    if name is None:
        return None
    file = FOLDER / name
    if not file.is_file():
        raise ValueError(f"there is no requirement file {file}")
    return file
