"""Locks on the arrays that a graph holds, by the option `locked` of the dimension `array_writes`."""

from collections.abc import Iterable, Iterator
from typing import Any
from weakref import WeakValueDictionary

import numpy as np

from reference_engine.variable import Value, Variable, value_of

_LOCKED: WeakValueDictionary[int, Value] = WeakValueDictionary()
"""The arrays that were made read-only here, by identity: one that was so before stays so."""


def lock(arrays: Iterable[Any]) -> None:
    """Make the arrays among `arrays` read-only, and what they are views of."""
    for array in _with_bases(arrays):
        if array.flags.writeable:
            array.flags.writeable = False
            _LOCKED[id(array)] = array


def unlock(nodes: Iterable[Variable]) -> None:
    """Give back to writers what the graph of `nodes` held: results, operands, and what they are views of."""
    held = [value_of(one) for node in nodes for one in (node, *node.operands)]
    # The owner of memory comes first: no view of a read-only array can be made writeable.
    for array in reversed(list(_with_bases(held))):
        if _LOCKED.pop(id(array), None) is not None:
            array.flags.writeable = True


def _with_bases(arrays: Iterable[Any]) -> Iterator[Value]:
    for array in arrays:
        while isinstance(array, np.ndarray):
            yield array
            array = array.base
