"""The options in force, the way to choose others for a while, and the way to find out which ones mattered."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NoReturn

from reference_engine.errors import UnknownDimension, UnknownOption
from reference_engine.semantics.topics import DIMENSIONS


class Options:
    """The name of one option in every dimension, each an attribute: `options.accumulation == "adds"`."""

    def __init__(self, chosen: Mapping[str, str]) -> None:
        self.__dict__.update(chosen)

    def __getattr__(self, dimension: str) -> str:
        raise AttributeError(f"there is no dimension {dimension!r}")

    def __setattr__(self, dimension: str, option: str) -> NoReturn:
        raise AttributeError("options are chosen by semantics.using(...)")

    def __repr__(self) -> str:
        chosen = (f"{name}={option!r}" for name, option in self.chosen.items() if option != DIMENSIONS[name].default)
        return f"Options({', '.join(chosen)})"

    @property
    def chosen(self) -> Mapping[str, str]:
        """The options by dimension."""
        return self.__dict__

    def replaced(self, options: Mapping[str, str]) -> "Options":
        """The same with other options in some dimensions."""
        return Options({**self.chosen, **options})


class _Noting(Options):
    """Options that note which dimensions somebody asks for."""

    def __init__(self, chosen: Mapping[str, str], consulted: set[str]) -> None:
        # No attribute has a dimension's name, so each reading goes through __getattr__.
        super().__init__({})
        self.__dict__["_chosen"] = chosen
        self.__dict__["_consulted"] = consulted

    def __getattr__(self, dimension: str) -> str:
        chosen: Mapping[str, str] = self.__dict__["_chosen"]
        if dimension not in chosen:
            return super().__getattr__(dimension)
        self.__dict__["_consulted"].add(dimension)
        return chosen[dimension]

    @property
    def chosen(self) -> Mapping[str, str]:
        chosen: Mapping[str, str] = self.__dict__["_chosen"]
        return chosen

    def replaced(self, options: Mapping[str, str]) -> Options:
        return _Noting({**self.chosen, **options}, self.__dict__["_consulted"])


_DEFAULT = Options({dimension.name: dimension.default for dimension in DIMENSIONS.values()})
_ACTIVE: ContextVar[Options] = ContextVar("options", default=_DEFAULT)

current = _ACTIVE.get  # read for every op: the built-in method, without a function around it


def default() -> Options:
    """The options that are in force where nobody chose others."""
    return _DEFAULT


@contextmanager
def using(**options: str) -> Iterator[Options]:
    """Choose options for the time of the block, on top of those in force; other threads keep theirs.

    Raises `UnknownDimension` or `UnknownOption`, naming those that exist.
    """
    for name, option in options.items():
        if name not in DIMENSIONS:
            raise UnknownDimension(f"there is no dimension {name!r}; there are {', '.join(DIMENSIONS)}")
        if option not in DIMENSIONS[name].options:
            known = ", ".join(DIMENSIONS[name].options)
            raise UnknownOption(f"dimension {name!r} has no option {option!r}; it has {known}")
    with _in_force(current().replaced(options)) as chosen:
        yield chosen


@contextmanager
def noting() -> Iterator[set[str]]:
    """Gather the dimensions that are consulted in the block.

    What the block does depends on the options of these dimensions only: in any other one, another option gives the
    same.
    """
    consulted: set[str] = set()
    with _in_force(_Noting(current().chosen, consulted)):
        yield consulted


@contextmanager
def _in_force(options: Options) -> Iterator[Options]:
    token = _ACTIVE.set(options)
    try:
        yield options
    finally:
        _ACTIVE.reset(token)
