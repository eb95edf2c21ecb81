"""The dtypes that Chainer computes with."""

from harness.errors import Unsupported


def check_dtype(dtype: str) -> None:
    """Raise `Unsupported` for a dtype that Chainer's functions do not take."""
    if dtype == "bfloat16":
        raise Unsupported("Chainer has no bfloat16")
    if dtype.startswith("complex"):
        raise Unsupported("Chainer's functions take no complex numbers")
