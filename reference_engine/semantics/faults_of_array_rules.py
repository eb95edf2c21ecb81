"""Dimensions of derivative rules that are written wrongly, one for each op: products, reductions, shapes and indices.

In the formulas gy is the cotangent of the result y, and gx that of the operand x. What is computed instead of the right
rule stands in `reference_engine/ops/mistaken_arrays.py`.
"""

from reference_engine.semantics.dimension import fault
from reference_engine.semantics.mistakes import mistaken_rule

_ARRAY_API = "https://data-apis.org/array-api/latest/API_specification/generated/array_api."

DIMENSIONS = (
    mistaken_rule(
        "matmul_rule",
        "transposed",
        "d/dx1 = gy x2^T and d/dx2 = x1^T gy.",
        "gx1 = gy @ x2.T; gx2 = x1.T @ gy",
        fault(
            "not_transposed",
            does="forgets to transpose in the gradient of a matrix product (`gx1 = gy @ x2`), which fails unless the "
            "matrices are square",
            formula="gx1 = gy @ x2; gx2 = x1 @ gy",
            instead="`gx1 = gy @ x2.T; gx2 = x1.T @ gy`",
        ),
        fault(
            "factors_swapped",
            does="multiplies in the wrong order in the gradient of a matrix product (`gx1 = x2.T @ gy`), which fails "
            "unless the matrices are square",
            formula="gx1 = x2.T @ gy; gx2 = gy @ x1.T",
            instead="`gx1 = gy @ x2.T; gx2 = x1.T @ gy`",
        ),
        of="matmul, linear",
        reason="matrix products do not commute",
        source="https://www.math.uwaterloo.ca/~hwolkowi/matrixcookbook.pdf",
    ),
    mistaken_rule(
        "sum_rule",
        "spread",
        "Each element gets the cotangent of the sum that it is in.",
        "gx = broadcast_to(expand_dims(gy, axis), x.shape)",
        fault(
            "axis_forgotten",
            does="broadcasts the gradient of a sum without putting back the axis that was summed "
            "(`np.broadcast_to(gy, x.shape)`), which fails, or gives wrong numbers where the shape happens to fit",
            formula="gx = broadcast_to(gy, x.shape)",
            instead="`np.broadcast_to(np.expand_dims(gy, axis), x.shape)`, unless keepdims was asked for",
        ),
        fault(
            "axis_off_by_one",
            does="puts the axis that was summed back one place too early (`np.expand_dims(gy, axis - 1)`)",
            formula="gx = broadcast_to(expand_dims(gy, axis - 1), x.shape)",
            instead="`np.expand_dims(gy, axis)`",
        ),
        of="sum",
        reason="the transpose of summing over an axis is repeating along it",
        source=_ARRAY_API + "sum.html",
    ),
    mistaken_rule(
        "mean_rule",
        "divided",
        "Each element gets the cotangent of the mean that it is in, divided by the number of elements in that.",
        "gx = broadcast_to(expand_dims(gy, axis), x.shape) / n",
        fault(
            "not_divided",
            does="forgets the 1/n in the gradient of a mean (`np.broadcast_to(gy, x.shape)`)",
            formula="gx = broadcast_to(gy, x.shape)",
            instead="Divide by the number of elements: `np.broadcast_to(gy / n, x.shape)`.",
        ),
        fault(
            "divided_by_all",
            does="divides the gradient of a mean along an axis by the number of all elements (`gy / x.size`)",
            formula="gx = broadcast_to(gy / x.size, x.shape)",
            instead="`gy / x.shape[axis]`: what each mean was taken over",
        ),
        fault(
            "axis_forgotten",
            does="broadcasts the gradient of a mean without putting back the axis that it was taken over "
            "(`np.broadcast_to(gy / n, x.shape)`), which fails, or gives wrong numbers where the shape happens to fit",
            formula="gx = broadcast_to(gy / n, x.shape)",
            instead="`np.broadcast_to(np.expand_dims(gy, axis) / n, x.shape)`, unless keepdims was asked for",
        ),
        of="mean",
        reason="the mean is the sum divided by n",
        source=_ARRAY_API + "mean.html",
    ),
    mistaken_rule(
        "var_rule",
        "twice_the_deviation",
        "Each element gets the cotangent times twice its deviation from the mean, divided by n.",
        "gx = gy * 2 * (x - mean(x)) / n",
        fault(
            "factor_forgotten",
            does="forgets the 2 in the gradient of a variance (`gy * (x - x.mean()) / n`)",
            formula="gx = gy * (x - mean(x)) / n",
            instead="`gy * 2 * (x - x.mean()) / n`",
        ),
        of="var",
        reason="the variance is a mean of squares",
        source=_ARRAY_API + "var.html",
    ),
    mistaken_rule(
        "extremum_rule",
        "of_each_result",
        "Where several elements share an extremum, they share the cotangent of their own result.",
        "mask = x == expand_dims(y, axis); gx = gy * mask / mask.sum(axis, keepdims=True)",
        fault(
            "ties_counted_everywhere",
            does="counts the largest elements of the whole array where a maximum along an axis shares its gradient out "
            "(`gy * mask / mask.sum()`)",
            formula="mask = x == expand_dims(y, axis); gx = gy * mask / mask.sum()",
            instead="`mask.sum(axis=axis, keepdims=True)`: the ties within each result",
        ),
        of="max, min, amax",
        reason="the extremum of one row has nothing to do with that of another",
        source=_ARRAY_API + "max.html",
    ),
    mistaken_rule(
        "softmax_rule",
        "corrected",
        "The operand gets y (gy - sum(gy y)): what one gains the others lose.",
        "gx = y * (gy - sum(gy * y, axis, keepdims=True))",
        fault(
            "uncorrected",
            does="leaves out the correction in the gradient of softmax (`gx = gy * y`)",
            formula="gx = gy * y",
            instead="`gx = y * (gy - (gy * y).sum(axis, keepdims=True))`",
        ),
        fault(
            "diagonal",
            does="takes the diagonal of the Jacobian for the whole in the gradient of softmax "
            "(`gx = gy * y * (1 - y)`)",
            formula="gx = gy * y * (1 - y)",
            instead="`gx = y * (gy - (gy * y).sum(axis, keepdims=True))`",
        ),
        of="softmax",
        reason="each result depends on every operand along the axis",
        source="https://en.wikipedia.org/wiki/Softmax_function",
    ),
    mistaken_rule(
        "gather_rule",
        "added",
        "An element that is picked several times gets the sum of the cotangents.",
        "gx = np.zeros_like(x); np.add.at(gx, index, gy)",
        fault(
            "overwritten",
            does="loses contributions to an element that is picked twice (`gx[index] += gy`, which NumPy does once for "
            "an index that stands there twice)",
            formula="gx = np.zeros_like(x); gx[index] += gy",
            instead="`np.add.at(gx, index, gy)`",
        ),
        of="getitem, take",
        reason="each of the uses depends on the element",
        source="https://numpy.org/doc/stable/reference/generated/numpy.ufunc.at.html",
    ),
    mistaken_rule(
        "permute_dims_rule",
        "inverse",
        "The cotangent's axes are put back where they came from.",
        "gx = transpose(gy, argsort(axes))",
        fault(
            "forward_axes",
            does="permutes the axes of a gradient as those of the value were (`gy.transpose(axes)`), not back; for two "
            "axes it is the same",
            formula="gx = transpose(gy, axes)",
            instead="`gy.transpose(np.argsort(axes))`",
        ),
        of="permute_dims",
        reason="the transpose of a permutation is its inverse",
        source=_ARRAY_API + "permute_dims.html",
    ),
    mistaken_rule(
        "reshape_rule",
        "undone",
        "The cotangent gets the operand's shape.",
        "gx = reshape(gy, x.shape)",
        fault(
            "not_undone",
            does="hands the cotangent of a reshaped array on in its new shape (`gx = gy`)",
            formula="gx = gy",
            instead="`gx = gy.reshape(x.shape)`",
        ),
        of="reshape",
        reason="a gradient has the shape of its value",
        source=_ARRAY_API + "reshape.html",
    ),
    mistaken_rule(
        "concat_rule",
        "own_slice",
        "Each operand gets its own slice of the cotangent.",
        "gx_i = gy[start_i:start_i + n_i]",
        fault(
            "first_slice",
            does="gives every operand of a concatenation a slice from the beginning of the gradient (`gy[:n]`)",
            formula="gx_i = gy[:n_i]",
            instead="`np.split(gy, np.cumsum(lengths)[:-1], axis)`",
        ),
        of="concat",
        reason="the operands stand one after the other",
        source=_ARRAY_API + "concat.html",
    ),
)
