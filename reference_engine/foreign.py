"""Arrays that are not NumPy's, with which the engine computes all the same.

Such a class has what the engine asks of arrays (`dtype`, `shape`, `astype`, `copy`, indexing, NumPy's protocols for
its functions, ...). The engine takes one as it is, where it makes a NumPy array of anything else. It may bring ops of
its own: NumPy's functions do not suit every forward function, and a rule may have more to say.

Ops of foreign arrays need options in force other than `semantics.default()`; any other object of the same options will
do. So nothing is asked of those who do not use them.
"""

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from reference_engine.op import Op


class ForeignArray:
    """The base of such classes."""

    __slots__ = ()

    @abstractmethod
    def twin(self, op: "Op[Any]") -> "Op[Any]":
        """The op that stands for `op` where operands, or results, are of this class: `op` itself, or one like it."""


def as_array(value: Any) -> Any:
    """`value` if it is an array, foreign ones too, else the NumPy array of it."""
    return value if isinstance(value, ForeignArray) else np.asarray(value)
