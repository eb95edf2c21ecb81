"""The ops that a program may use: their names, operands and parameters, a file for each kind.

`OPS` is the single list. The tracer's methods (`g.exp`, `g.sum`, ...), the validation of programs that are
read from files, `crossgrad list ops` and every adapter's table are held against it. Names and meaning are those of
the Python array API standard (https://data-apis.org/array-api/latest/) where it has them, NumPy's otherwise.
Operands are positional, parameters are keywords; a parameter declares the type that a program must hold.
"""

from harness.ops import (  # noqa: F401 -- they enter their ops
    arrays,
    elementary,
    fourier,
    indexing,
    layers,
    linear_algebra,
    losses,
    networks,
    numbers,
    reductions,
    sorting,
    special_functions,
)
from harness.ops.op import DTYPES, OPS, REQUIRED, Axis, Dtype, Op, Parameter, Shape

__all__ = ["DTYPES", "OPS", "REQUIRED", "Axis", "Dtype", "Op", "Parameter", "Shape"]
