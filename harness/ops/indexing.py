"""Picking elements by arrays of indices and masks, and writing to where they come from."""

from harness.ops.op import Parameter, family

_LAST = {"axis": Parameter(int, -1)}
_FIRST = {"axis": Parameter(int, 0)}
_SEGMENTS = {"num_segments": Parameter(int)}

family(
    "indexing",
    ("take_along_axis", "x indices", "the elements at indices along an axis, of which each row has its own", _LAST),
    ("gather_nd", "x indices", "the elements, or rows, at places that the last axis of the indices holds"),
    ("embedding", "indices weight", "the rows of the weight at indices, as a layer for words has it"),
    ("boolean_mask", "x mask", "the elements, or rows, where a mask holds"),
    ("masked_fill", "x mask", "a number where a mask holds, else x", {"value": Parameter(float)}),
    ("put_along_axis", "x indices values", "x with values at indices along an axis, each row at its own", _LAST),
    ("index_set", "x indices values", "x with values in the place of those at indices along an axis", _FIRST),
    ("index_add", "x indices values", "x with values added at indices along an axis", _FIRST),
    ("index_max", "x indices values", "the larger of x and of values at indices along an axis", _FIRST),
    ("index_min", "x indices values", "the smaller of x and of values at indices along an axis", _FIRST),
    ("segment_sum", "x segment_ids", "the sum of the rows with the same id", _SEGMENTS),
    ("segment_mean", "x segment_ids", "the mean of the rows with the same id", _SEGMENTS),
    ("segment_prod", "x segment_ids", "the product of the rows with the same id", _SEGMENTS),
    ("segment_max", "x segment_ids", "the largest elements of the rows with the same id", _SEGMENTS),
    ("segment_min", "x segment_ids", "the smallest elements of the rows with the same id", _SEGMENTS),
)
