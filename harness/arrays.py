"""Arrays as plain data: dtype, shape and raw little-endian bytes. Numbers never travel as decimal text."""

import math
from typing import Any, Self

import msgspec
import numpy as np
import numpy.typing as npt

from harness.ops import Dtype

LARGEST_ARRAY_BYTES = 64 * 2**20
"""What a file may ask us to allocate for one array."""

ITEM_SIZES: dict[str, int] = {"bfloat16": 2} | {
    name: np.dtype(name).itemsize
    for name in (
        "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
        "float16", "float32", "float64", "complex64", "complex128",
    )
}  # fmt: skip


class Array(msgspec.Struct, frozen=True):
    """An array to the bit; hashable, and equal when every bit is (so NaN equals itself and 0.0 differs from -0.0)."""

    dtype: Dtype
    shape: tuple[int, ...]
    data: bytes
    """The elements in C order, little-endian; base64 in JSON."""

    def __post_init__(self) -> None:
        # NumPy refuses a huge size beside a 0 too.
        if any(not 0 <= size <= LARGEST_ARRAY_BYTES for size in self.shape) or len(self.shape) > 32:
            raise ValueError(f"{self.shape} is no shape of an array that a program may hold")
        size = math.prod(self.shape) * ITEM_SIZES[self.dtype]
        if size > LARGEST_ARRAY_BYTES:
            raise ValueError(f"shape {self.shape} of {self.dtype} needs {size:,} bytes, more than a program may hold")
        if len(self.data) != size:
            raise ValueError(
                f"shape {self.shape} of {self.dtype} needs {size:,} bytes, the data has {len(self.data):,}"
            )
        if self.dtype == "bool" and max(self.data, default=0) > 1:
            raise ValueError("a bool is a byte that is 0 or 1")

    @classmethod
    def of(cls, value: npt.ArrayLike, dtype: str | None = None) -> Self:
        """The array of any NumPy-like value; bfloat16 rounds from float32 to nearest even."""
        if dtype == "bfloat16":
            bits = np.asarray(value, np.float32).view(np.uint32)
            rounded = (bits + (0x7FFF + ((bits >> 16) & 1))) >> 16
            quiet = (bits >> 16) | 0x40
            data = np.where(np.isnan(bits.view(np.float32)), quiet, rounded).astype("<u2")
            return cls("bfloat16", data.shape, data.tobytes())
        array = np.asarray(value, dtype)
        if array.dtype.name not in ITEM_SIZES:
            raise ValueError(f"dtype {array.dtype} is none of {', '.join(ITEM_SIZES)}")
        little = array.astype(array.dtype.newbyteorder("<"), copy=False)
        return cls(array.dtype.name, array.shape, little.tobytes())  # type: ignore[arg-type]

    def numpy(self) -> npt.NDArray[Any]:
        """A fresh NumPy array; bfloat16, which NumPy lacks, comes as the float32 of the same value."""
        if self.dtype == "bfloat16":
            wide = np.frombuffer(self.data, "<u2").astype(np.uint32) << 16
            return wide.view(np.float32).reshape(self.shape)
        dtype = np.dtype(self.dtype)
        return np.frombuffer(self.data, dtype.newbyteorder("<")).astype(dtype).reshape(self.shape)

    def __str__(self) -> str:
        return text(self.numpy())


def text(array: npt.NDArray[Any]) -> str:
    """The shortest digits that tell the elements apart from their neighbours, on as few lines as fit."""
    return np.array2string(array, separator=", ", threshold=2**31, max_line_width=112, floatmode="unique")


def source(array: Array) -> str:
    """Python source text that evaluates to the same bits, such as `np.array([1.0, 2.0], dtype=np.float32)`."""
    value = array.numpy()
    dtype = {"bfloat16": "float32", "bool": "bool_"}.get(array.dtype, array.dtype)
    if not _is_plain(value):
        # A NaN's payload or sign does not survive decimal text.
        return (
            f'np.frombuffer(bytes.fromhex("{value.tobytes().hex()}"), dtype=np.{dtype}).reshape({array.shape}).copy()'
        )
    if value.size == 0:
        return f"np.zeros({array.shape}, dtype=np.{dtype})"
    listed = repr(value.tolist()).replace("inf", "np.inf").replace("nan", "np.nan")
    implied = np.asarray(value.tolist()).dtype
    return f"np.array({listed})" if implied == value.dtype else f"np.array({listed}, dtype=np.{dtype})"


def _is_plain(value: npt.NDArray[Any]) -> bool:
    """Whether decimal text gives back the same bits.

    It does not for a NaN with a sign or a payload, nor for complex numbers with a part that is -0.0 or not finite, nor
    for `-1j`, which is minus `1j` and so has the real part -0.0.
    """
    if np.iscomplexobj(value):
        parts = np.stack([value.real, value.imag])
        negative_zero = (parts == 0) & np.signbit(parts)
        purely_negative = (value.real == 0) & (value.imag < 0)
        return bool(np.all(np.isfinite(parts)) and not np.any(negative_zero) and not np.any(purely_negative))
    if value.dtype.kind != "f":
        return True
    usual = np.where(np.isnan(value), value.dtype.type(np.nan), value)
    return bool(usual.tobytes() == value.tobytes())
