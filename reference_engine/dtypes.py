"""Which dtypes the engine computes with, and what the semantics say about them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from reference_engine.errors import IntegerInput, MixedDtypes, UnsupportedDtype
from reference_engine.semantics import current

SCALARS = frozenset({bool, int, float, complex})
"""Python's numbers: weak, they take the dtype of the array they meet (NEP 50)."""

_NARROW: dict[str, str] = {"float64": "float32", "complex128": "complex64", "int64": "int32"}


def dtype_of(name: DTypeLike) -> np.dtype[Any]:
    """The dtype of that name, as wide as `default_float` allows; `UnsupportedDtype` if the engine has none."""
    try:
        dtype = np.dtype(name)
    except TypeError:
        dtype = np.dtype(object)
    if dtype.kind not in "biufc":
        raise UnsupportedDtype(f"the reference engine does not compute with {name!r}: it has bool, the integers, "
                               "float16, float32, float64, complex64 and complex128")  # fmt: skip
    return _narrow(dtype) if current().default_float == "float32" else dtype


def _narrow(dtype: np.dtype[Any]) -> np.dtype[Any]:
    return np.dtype(_NARROW.get(dtype.name, dtype))


def is_inexact(dtype: np.dtype[Any]) -> bool:
    """Whether values of that dtype have neighbours as near as one likes, and so a derivative."""
    return dtype.kind in "fc"


def narrowed(value: Any) -> Any:
    """`value`, an array or a Python number, in the dtype that `default_float` allows."""
    if current().default_float == "kept" or type(value) in SCALARS:
        return value
    return value.astype(_narrow(value.dtype), copy=False)


def with_numbers(name: str, values: Sequence[Any]) -> list[Any]:
    """`values`, the Python numbers among them as arrays, if `python_numbers` says so.

    The exponents 1 and 2 have ops of their own.
    """
    is_number = [type(value) in SCALARS for value in values]
    if not any(is_number) or current().python_numbers == "weak" or (name == "pow" and _is_one_or_two(values[1])):
        return list(values)
    return [np.asarray(value) if number else value for number, value in zip(is_number, values, strict=True)]


def _is_one_or_two(exponent: Any) -> bool:
    return type(exponent) in SCALARS and exponent in (1, 2)


def with_bounds(name: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters of an op, the bounds of clip as `python_numbers` has them."""
    if name != "clip" or current().python_numbers == "weak":
        return parameters
    return {bound: None if number is None else np.asarray(number) for bound, number in parameters.items()}


def with_axes(values: Sequence[Any]) -> list[Any]:
    """`values`, those without axes in the dtype of those with axes, if `zero_dimensional_operands` says so.

    Those of a higher kind keep theirs: a float beside integers is no integer.
    """
    arrays = [value.dtype for value in values if type(value) not in SCALARS and value.ndim]
    if current().zero_dimensional_operands == "count" or not arrays:
        return list(values)
    dtype = np.result_type(*arrays)
    return [value if type(value) in SCALARS or _kind(value.dtype) > _kind(dtype) or value.ndim
            else value.astype(dtype) for value in values]  # fmt: skip


def with_floats(values: Sequence[Any]) -> list[Any]:
    """`values`, integers among them in the dtype of the floats among them, if `integers_beside_floats` says so."""
    floats = [value.dtype for value in values if type(value) not in SCALARS and is_inexact(value.dtype)]
    if current().integers_beside_floats == "promote" or not floats:
        return list(values)
    dtype = np.result_type(*floats)
    return [value if type(value) in SCALARS or is_inexact(value.dtype) else value.astype(dtype) for value in values]


def _kind(dtype: np.dtype[Any]) -> int:
    """The rank of bool, integers, floats and complex numbers in promotion."""
    return ("b", "iu", "f", "c").index(next(kinds for kinds in ("b", "iu", "f", "c") if dtype.kind in kinds))


def check_integers(name: str, values: Sequence[Any]) -> None:
    """Raise `IntegerInput` if `integer_input` says that ops refuse integers and the first of arrays holds some."""
    if current().integer_input == "refused_by_ops" and not any(type(value) in SCALARS for value in values):
        dtype = values[0].dtype
        if not is_inexact(dtype):
            raise IntegerInput(f"{name} does not take {dtype}: cast it to a float dtype")


def check_mixed(name: str, values: Sequence[Any]) -> None:
    """Raise `MixedDtypes` if `mixed_dtypes` says so and the arrays among `values` differ in dtype."""
    if current().mixed_dtypes == "raises":
        check_equal(name, *values)


def check_equal(name: str, *values: Any) -> None:
    """Raise `MixedDtypes` if the arrays among `values` differ in dtype."""
    dtypes = {value.dtype.name for value in values if type(value) not in SCALARS}
    if len(dtypes) > 1:
        raise MixedDtypes(f"{name} got operands of {' and '.join(sorted(dtypes))}; cast one of them")
