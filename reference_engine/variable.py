"""A value and how it was made."""

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, final

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from reference_engine.dtypes import dtype_of, is_inexact
from reference_engine.errors import IntegerInput
from reference_engine.foreign import as_array
from reference_engine.semantics import current

if TYPE_CHECKING:
    from reference_engine.op import Op

Value: TypeAlias = NDArray[Any]
Operand: TypeAlias = "Variable | ArrayLike"
Computed: TypeAlias = Any  # a Variable: what an op returns when an operand is one

tick = count(1).__next__
"""The engine's clock: variables are numbered in the order they are made, and writes in the same count."""


def value_of(x: Any) -> Any:
    """The array of a variable; anything else as it is."""
    return x.value if isinstance(x, Variable) else x


@final
class Variable:
    """An array that gradients are asked of, or that was computed from such.

    `value` is the array (never a NumPy scalar). A variable that an op made knows the op, its operands and the values
    that the op's derivatives need: it refers to what it was made from and to nothing else, so graphs have no cycles.

    Operators and comparisons are the ops of the same meaning; comparisons give constants.
    """

    __slots__ = (
        "__weakref__",
        "_before_writes",  # (when, the value before it) for each write, in order; set by write if values are kept
        "_forgotten",  # when a backward pass made it forget how it was made; set by that
        "_grad",
        "_grad_pass",  # the pass that wrote _grad; set only where semantics forget earlier passes
        "_retains_grad",  # set by retain_grad
        "_written",  # when the value was last written in place; set by write
        "index",  # a number that grows with every variable made, so operands come before results
        "op",  # the op that made it; None for a leaf
        "operands",
        "requires_grad",
        "saved",  # (value, *operand values, *parameters); None for a leaf and for a graph that was freed
        "value",
    )
    __array_ufunc__ = None  # so `array * variable` is left to Variable.__rmul__
    __hash__ = object.__hash__  # `==` is elementwise, identity is what sets and dicts go by

    _last_pass: ClassVar[int] = 0
    _last_write: ClassVar[int] = 0

    value: Value
    requires_grad: bool
    op: "Op[Any] | None"
    operands: tuple[Any, ...]
    saved: tuple[Any, ...] | None
    index: int
    _grad: Value | None
    _grad_pass: int
    _retains_grad: bool
    _forgotten: int
    _written: int
    _before_writes: list[tuple[int, Value]]

    def __init__(self, value: ArrayLike, *, requires_grad: bool | None = None, copy: bool | None = None) -> None:
        """A leaf.

        `value` is an array of bool, integers, float16, float32, float64, complex64 or complex128, or what NumPy makes
        one of. `requires_grad` says whether gradients are asked of it: by default of floats and complex numbers;
        asking it of integers raises `IntegerInput` or not, by the dimension `integer_input`. `copy=True` makes a copy
        the value, `copy=False` the array itself, if NumPy can and `no_copy_input` allows; by default `host_array`
        decides.
        """
        array = as_array(value)
        dtype = dtype_of(array.dtype)
        if copy is None:
            copy = current().host_array == "copied"
        elif not copy:
            copy = current().no_copy_input == "copied"
        self.value = array.astype(dtype, copy=copy, subok=False)
        if requires_grad is None:
            requires_grad = is_inexact(dtype)
        elif requires_grad and not is_inexact(dtype) and current().integer_input == "raises":
            raise IntegerInput(f"values of {dtype} have no derivative: give floats, or requires_grad=False")
        elif not requires_grad and is_inexact(dtype) and current().constant_inputs == "ignored":
            requires_grad = True
        self.requires_grad = requires_grad
        self.index = tick()
        self.op = None
        self.operands = ()
        self.saved = None
        self._grad = None

    @property
    def shape(self) -> tuple[int, ...]:
        return self.value.shape

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.value.dtype

    @property
    def ndim(self) -> int:
        return self.value.ndim

    @property
    def size(self) -> int:
        return self.value.size

    @property
    def is_leaf(self) -> bool:
        """Whether no recorded op made it: inputs, and constants."""
        return self.op is None or current().leaf_flag == "always_true"

    @property
    def mT(self) -> Computed:  # noqa: N802 -- the name in the array API
        """The matrices on the last two axes, transposed."""
        return ops.permute_dims(self, axes=(*range(self.ndim - 2), self.ndim - 1, self.ndim - 2))

    @property
    def grad(self) -> Value | None:
        """The gradient that the last `backward` left here, of the value's shape and dtype; None if there is none."""
        return gradients.read(self)

    def clear_grad(self) -> None:
        """Forget the gradient."""
        if current().clearing == "forgets":
            self._grad = None
            self._grad_pass = Variable._last_pass  # nothing stands for zeros until a later pass

    def retain_grad(self) -> None:
        """Keep this variable's gradient although it is no leaf, where `intermediate_gradients` drops it."""
        self._retains_grad = True

    def backward(self, seed: ArrayLike | None = None, *, keep_graph: bool = False) -> None:
        """Leave in `.grad` of every variable that this one was computed from the derivative of this one.

        `seed` weighs this variable's elements and has its shape; one element needs none. `keep_graph` keeps the graph
        where `graph_after_backward` frees it. Raises `SeedRequired`, `SeedMismatch`, `NothingRecorded`, `GraphFreed`,
        `SavedValueWritten`; a pass that raises leaves every gradient as it was.
        """
        gradients.backward(self, seed, keep_graph=keep_graph)

    def astype(self, dtype: DTypeLike) -> Computed:
        """`astype(self, dtype=dtype)`."""
        return ops.astype(self, dtype=dtype)

    def numpy(self) -> Value:
        """The value as an array: itself, read-only, or a copy, by the dimension `host_view`."""
        option = current().host_view
        if option == "copied":
            return self.value.copy()
        view = self.value.view()
        view.flags.writeable = option == "aliased" and view.flags.writeable
        return view

    def write(self, value: ArrayLike, index: Any = ...) -> None:
        """`write(self, value, index)`."""
        writes.write(self, value, index)

    def write_grad(self, value: ArrayLike, index: Any = ...) -> None:
        """`write_grad(self, value, index)`."""
        writes.write_grad(self, value, index)

    def __repr__(self) -> str:
        made = "constant" if not self.requires_grad else "leaf" if self.op is None else f"made by {self.op.__name__}"
        text = np.array2string(self.value, separator=", ", prefix="Variable(")
        return f"Variable({text}, dtype={self.dtype}, {made})"

    def __len__(self) -> int:
        return len(self.value)

    def __iter__(self) -> Iterator["Variable"]:
        return (self[position] for position in range(len(self)))

    def __bool__(self) -> bool:
        return bool(self.value)

    def __getitem__(self, index: Any) -> Computed:
        return ops.getitem(self, index=index)

    def __add__(self, other: Operand) -> Computed:
        return ops.add(self, other)

    def __radd__(self, other: Operand) -> Computed:
        return ops.add(other, self)

    def __sub__(self, other: Operand) -> Computed:
        return ops.subtract(self, other)

    def __rsub__(self, other: Operand) -> Computed:
        return ops.subtract(other, self)

    def __mul__(self, other: Operand) -> Computed:
        return ops.multiply(self, other)

    def __rmul__(self, other: Operand) -> Computed:
        return ops.multiply(other, self)

    def __truediv__(self, other: Operand) -> Computed:
        return ops.divide(self, other)

    def __rtruediv__(self, other: Operand) -> Computed:
        return ops.divide(other, self)

    def __pow__(self, other: Operand) -> Computed:
        return ops.pow(self, other)

    def __rpow__(self, other: Operand) -> Computed:
        return ops.pow(other, self)

    def __matmul__(self, other: Operand) -> Computed:
        return ops.matmul(self, other)

    def __rmatmul__(self, other: Operand) -> Computed:
        return ops.matmul(other, self)

    def __neg__(self) -> Computed:
        return ops.negative(self)

    def __pos__(self) -> Computed:
        return ops.positive(self)

    def __abs__(self) -> Computed:
        return ops.abs(self)

    def __eq__(self, other: object) -> Computed:
        return ops.equal(self, other)

    def __ne__(self, other: object) -> Computed:
        return ops.not_equal(self, other)

    def __lt__(self, other: Operand) -> Computed:
        return ops.less(self, other)

    def __le__(self, other: Operand) -> Computed:
        return ops.less_equal(self, other)

    def __gt__(self, other: Operand) -> Computed:
        return ops.greater(self, other)

    def __ge__(self, other: Operand) -> Computed:
        return ops.greater_equal(self, other)


def constant(value: Value) -> Variable:
    """A variable of which no gradient is asked, whatever the semantics say of constants that a program makes."""
    made = Variable(value)
    made.requires_grad = False
    return made


# Ops make variables, and the operators of variables are ops: the package's one cycle of imports is closed here.
from reference_engine import gradients, ops, writes  # noqa: E402
