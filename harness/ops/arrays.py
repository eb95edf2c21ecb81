"""What moves elements, picks them, or changes their dtype."""

from harness.literals import Index
from harness.ops.op import Dtype, Parameter, Shape, family

family(
    "shape",
    ("reshape", "x", "the same elements in another shape", {"shape": Parameter(Shape)}),
    ("permute_dims", "x", "the axes in another order", {"axes": Parameter(Shape)}),
    ("broadcast_to", "x", "repeated to a larger shape", {"shape": Parameter(Shape)}),
    ("expand_dims", "x", "a new axis of size 1", {"axis": Parameter(int, 0)}),
    ("squeeze", "x", "without an axis of size 1", {"axis": Parameter(int | Shape)}),
    ("concat", "*arrays", "joined along an axis", {"axis": Parameter(int, 0)}),
    ("stack", "*arrays", "joined along a new axis", {"axis": Parameter(int, 0)}),
)
family(
    "indexing",
    ("getitem", "x", "x[index], by a basic index", {"index": Parameter(Index)}),
    ("take", "x indices", "the elements at indices along an axis", {"axis": Parameter(int, 0)}),
)
family(
    "casting",
    ("astype", "x", "the same values in another dtype", {"dtype": Parameter(Dtype)}),
    ("stop_gradient", "x", "the same value, a constant to differentiation"),
)
