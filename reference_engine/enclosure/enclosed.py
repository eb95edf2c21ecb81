"""An array of which each element is known by bounds: what NumPy's functions and the engine's ops compute with."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import NDArray

from reference_engine.dtypes import SCALARS
from reference_engine.enclosure.formats import Bound, Format, format_of
from reference_engine.enclosure.interval import Interval, chosen, hull, point
from reference_engine.foreign import ForeignArray

if TYPE_CHECKING:
    from reference_engine.op import Op


class Uncertain(TypeError):
    """What is asked for depends on numbers of which only bounds are known."""


class Undeclared(TypeError):
    """An op computes with a function of which nobody has declared any bounds."""


class Pair(NamedTuple):
    """The two terms of a sum."""

    one: Interval
    other: Interval


class Terms(NamedTuple):
    """What a longer sum was added up from, one after the other: enough to bound it in any other order."""

    total: Interval
    """The sum without any rounding."""
    magnitude: Bound
    """The sum of the largest absolute values."""
    grain: Bound
    """All terms are multiples of this."""
    number: int
    """How many terms there are."""


class Enclosed(NDArrayOperatorsMixin, ForeignArray):
    """An array whose elements are enclosed, in a dtype that it has for NumPy's and the engine's promotion.

    `parts` are the bounds: of the real part and, for complex numbers, of the imaginary one; of truth, 0 and 1.
    `format` is what elements are rounded to: a rule may promote float32 to float64 for a while, where a framework would
    not. Views share memory, and writes are in place, as NumPy has it.
    """

    __slots__ = ("dtype", "flags", "format", "parts", "scale", "terms")
    __hash__ = None  # type: ignore[assignment]

    def __init__(
        self,
        parts: Sequence[Interval],
        dtype: np.dtype[Any],
        target: Format,
        *,
        scale: Bound | None = None,
        terms: tuple[Pair | Terms, ...] = (),
    ) -> None:
        self.parts = tuple(_apart(np.asarray(lower), np.asarray(upper)) for lower, upper in parts)
        self.dtype = dtype
        self.format = target
        self.scale = scale
        """How large the numbers were that each element was added up from; None for its own size (`scales`)."""
        self.terms = terms
        """For a sum: its terms, part by part."""
        flags = self.parts[0].lower.flags
        self.flags = SimpleNamespace(writeable=flags.writeable, c_contiguous=flags.c_contiguous)

    @property
    def shape(self) -> tuple[int, ...]:
        return np.shape(self.parts[0].lower)

    @property
    def ndim(self) -> int:
        return np.ndim(self.parts[0].lower)

    @property
    def size(self) -> int:
        return np.size(self.parts[0].lower)

    @property
    def base(self) -> Any:
        return self.parts[0].lower.base

    @property
    def is_complex(self) -> bool:
        return len(self.parts) == 2

    @property
    def real(self) -> "Enclosed":
        return Enclosed(self.parts[:1], np.empty(0, self.dtype).real.dtype, self.format, scale=self.scale)

    @property
    def imag(self) -> "Enclosed":
        """0 for real numbers."""
        return Enclosed(self.in_parts(2)[1:], np.empty(0, self.dtype).real.dtype, self.format)

    @property
    def mT(self) -> "Enclosed":  # noqa: N802 -- NumPy's name
        return self.mapped(lambda bound: np.swapaxes(bound, -1, -2))

    def mapped(self, function: Callable[[Bound], Any]) -> "Enclosed":
        """The array with every bound through a function that moves elements."""
        scale = None if self.scale is None else np.asarray(function(self.scale))
        return self.with_parts([part.mapped(function) for part in self.parts], scale)

    def with_parts(self, parts: Sequence[Interval], scale: Bound | None = None) -> "Enclosed":
        return Enclosed(parts, self.dtype, self.format, scale=scale)

    def copy(self) -> "Enclosed":
        return self.mapped(np.copy)

    def view(self) -> "Enclosed":
        return self.mapped(lambda bound: bound.view())

    def astype(self, dtype: Any, *, copy: bool = True, subok: bool = True) -> Any:
        """The array in another dtype, rounded to its format; a plain one if that is of integers, and they are sure."""
        target = np.dtype(dtype)
        if target == self.dtype:
            return self.copy() if copy else self
        return elementwise.converted(self, target)

    def __getitem__(self, index: Any) -> "Enclosed":
        return self.mapped(lambda bound: bound[index])

    def __setitem__(self, index: Any, value: Any) -> None:
        if not self.flags.writeable:
            raise ValueError("assignment destination is read-only")
        given = value if isinstance(value, Enclosed) else constant(value, self.format)
        for part, other in zip(self.parts, given.in_parts(len(self.parts)), strict=False):
            part.lower[index] = other.lower
            part.upper[index] = other.upper
        self.terms = ()

    def in_parts(self, count: int) -> tuple[Interval, ...]:
        """The parts; where one is missing, an imaginary part of 0."""
        return self.parts if len(self.parts) == count else (*self.parts, point(np.zeros(self.shape)))

    def __len__(self) -> int:
        return len(self.parts[0].lower)

    def __iter__(self) -> Iterator["Enclosed"]:
        return (self[position] for position in range(len(self)))

    def any(self) -> bool:
        return bool(self)

    def __bool__(self) -> bool:
        raise Uncertain("a condition depends on more digits than there are")

    def __array__(self, *_: Any, **__: Any) -> NDArray[Any]:
        raise Undeclared("bounds are no numbers that NumPy alone could compute with")

    def __repr__(self) -> str:
        bounds = ", ".join(f"[{part.lower}, {part.upper}]" for part in self.parts)
        return f"Enclosed({bounds}, {self.format.name})"

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *operands: Any, out: Any = None, **keywords: Any) -> Any:
        function = elementwise.UFUNCS.get(ufunc.__name__)
        if method != "__call__" or function is None or keywords:
            raise Undeclared(f"there are no bounds for NumPy's {ufunc.__name__}.{method}")
        result = function(*operands)
        if out is None:
            return result
        (target,) = out
        target[...] = result
        return target

    def __array_function__(self, function: Any, types: Any, operands: Any, keywords: Any) -> Any:
        implementation = array_functions.ARRAY_FUNCTIONS.get(function.__name__)
        if implementation is None:
            raise Undeclared(f"there are no bounds for NumPy's {function.__name__}")
        return implementation(*operands, **keywords)

    def twin(self, op: "Op[Any]") -> "Op[Any]":
        return twins.twin(op)


def _apart(lower: Bound, upper: Bound) -> Interval:
    """The bounds in memory of their own, for writes."""
    return Interval(lower, upper.copy() if upper is lower else upper)


def enclosed(value: Any, dtype: np.dtype[Any]) -> Enclosed:
    """The numbers of an array as they are, in `dtype`, whose format holds them; those below the normal ones, or 0."""
    array = np.asarray(value)
    target = format_of(dtype)
    parts = [point(part) for part in ((array.real, array.imag) if dtype.kind == "c" else (array,))]
    subnormal = [(part.largest < target.smallest_normal) & (part.largest > 0) for part in parts]
    parts = [chosen(mask, hull(part, point(0.0)), part) for part, mask in zip(parts, subnormal, strict=True)]
    return Enclosed(parts, dtype, target)


def constant(value: Any, target: Format) -> Enclosed:
    """A plain operand beside an enclosed one: its numbers, and those nearest to them in the other's format."""
    return _number(value, target) if type(value) in SCALARS else _constant(value, target)


@lru_cache(maxsize=256, typed=True)
def _number(value: complex, target: Format) -> Enclosed:
    return _constant(value, target)


def _constant(value: Any, target: Format) -> Enclosed:
    array = np.asarray(value)
    parts = [point(part) for part in ((array.real, array.imag) if array.dtype.kind == "c" else (array,))]
    if array.dtype.kind != "b":
        parts = [hull(part, point(target.nearest(part.lower))) for part in parts]
    return Enclosed(parts, array.dtype, target)


# What NumPy's functions do with enclosed arrays gives enclosed arrays: the package's cycle of imports is closed here.
from reference_engine.enclosure import array_functions, elementwise, twins  # noqa: E402
