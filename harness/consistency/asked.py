"""What is asked of every function: inputs, and the cotangents by which its outputs are weighed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harness.arrays import Array
from harness.errors import UsageError

FLOATING = ("float", "bfloat", "complex")
"""How the names of the dtypes begin that have gradients."""

_WIDE = {"float16": "float64", "bfloat16": "float64", "float32": "float64", "complex64": "complex128"}


@dataclass(frozen=True)
class Asked:
    """One set of inputs."""

    inputs: tuple[Array, ...]
    names: tuple[str | None, ...]
    """The keywords, in the order of `inputs`; None for what is given by position."""
    cotangents: tuple[Array, ...] | None = None
    """One for each output; None where the default ones are meant."""

    @property
    def moving(self) -> tuple[int, ...]:
        """The places of the inputs that have gradients."""
        return tuple(place for place, array in enumerate(self.inputs) if array.dtype.startswith(FLOATING))

    @property
    def labels(self) -> tuple[str, ...]:
        """What the inputs are called in messages."""
        return tuple(name or f"inputs[{place}]" for place, name in enumerate(self.names))

    def in_float64(self) -> "Asked | None":
        """The same in float64; None if it is so already."""
        if not any(array.dtype in _WIDE for array in self.inputs):
            return None
        wide = tuple(Array.of(array.numpy(), _WIDE.get(array.dtype)) for array in self.inputs)
        cotangents = self.cotangents
        if cotangents is not None:
            cotangents = tuple(Array.of(array.numpy(), _WIDE.get(array.dtype)) for array in cotangents)
        return replace(self, inputs=wide, cotangents=cotangents)


def asked(inputs: Any, cotangents: Any = None) -> list[Asked]:
    """The sets of inputs that a call means. Raises `UsageError` for what are no arrays."""
    sets = list(inputs) if _are_several(inputs) else [inputs]
    if isinstance(cotangents, Mapping):
        cotangents = {key: cotangents[key] for key in sorted(cotangents, key=str)}  # as drivers order outputs
    weights = None if cotangents is None else tuple(map(_array, _listed(cotangents), _names("cotangents", cotangents)))
    return [_one(each, weights) for each in sets]


def _are_several(inputs: Any) -> bool:
    return (
        isinstance(inputs, Sequence) and bool(inputs) and all(isinstance(each, list | tuple | dict) for each in inputs)
    )


def _one(inputs: Any, cotangents: tuple[Array, ...] | None) -> Asked:
    if not isinstance(inputs, list | tuple | dict) or not inputs:
        raise UsageError(
            f"inputs is a list of arrays, a dict of arrays by keyword, or a list of such sets; not {_said(inputs)}"
        )
    if isinstance(inputs, dict):
        for name in inputs:
            if not isinstance(name, str) or not name.isidentifier():
                raise UsageError(f"inputs has the key {name!r}, which is no keyword of a function")
    arrays = tuple(map(_array, _listed(inputs), _names("inputs", inputs)))
    names = tuple(inputs) if isinstance(inputs, dict) else (None,) * len(arrays)
    return Asked(arrays, names, cotangents)


def _listed(given: Any) -> list[Any]:
    """The arrays of a list, of a dict, or the one array that is given alone."""
    if isinstance(given, Mapping):
        return list(given.values())
    return list(given) if isinstance(given, list | tuple) else [given]


def _names(what: str, given: Any) -> list[str]:
    if isinstance(given, Mapping):
        return [f"{what}[{key!r}]" for key in given]
    return [f"{what}[{place}]" for place in range(len(given))] if isinstance(given, list | tuple) else [what]


def _array(value: Any, name: str) -> Array:
    if not isinstance(value, np.ndarray | np.generic):
        raise UsageError(f"{name} is of type {type(value).__name__}; give a NumPy array")
    array: NDArray[Any] = np.asarray(value)
    try:
        if array.dtype.name == "bfloat16":
            return Array.of(array.astype(np.float32), "bfloat16")
        return Array.of(array)
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from None


def _said(value: Any) -> str:
    return f"an empty {type(value).__name__}" if isinstance(value, list | tuple | dict) else f"a {type(value).__name__}"
