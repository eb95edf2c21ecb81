"""The options in force, and the way to choose others for a while."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NoReturn

from reference_engine.errors import UnknownDimension, UnknownOption
from reference_engine.semantics import gradients, graph, singular, ties, values
from reference_engine.semantics.dimension import Dimension

DIMENSIONS: dict[str, Dimension] = {
    dimension.name: dimension
    for topic in (gradients, graph, values, ties, singular)
    for dimension in topic.DIMENSIONS
}  # fmt: skip


class Options:
    """The name of one option in every dimension, each an attribute: `options.accumulation == "adds"`."""

    def __init__(self, chosen: Mapping[str, str]) -> None:
        self.__dict__.update(chosen)

    def __getattr__(self, dimension: str) -> str:
        raise AttributeError(f"there is no dimension {dimension!r}")

    def __setattr__(self, dimension: str, option: str) -> NoReturn:
        raise AttributeError("options are chosen by semantics.using(...)")

    def __repr__(self) -> str:
        chosen = (f"{name}={option!r}" for name, option in vars(self).items() if option != DIMENSIONS[name].default)
        return f"Options({', '.join(chosen)})"


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
    chosen = Options({**vars(current()), **options})
    token = _ACTIVE.set(chosen)
    try:
        yield chosen
    finally:
        _ACTIVE.reset(token)
