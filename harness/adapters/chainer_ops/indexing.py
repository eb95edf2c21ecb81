"""Picking elements by arrays of indices and masks, and writing to where they come from, in Chainer's words."""

from harness.adapters.base import Template
from harness.adapters.define_by_run import along


def _index_add(x: str, indices: str, values: str, *, axis: int) -> str:
    places = f"np.s_{along(axis, f'{indices}.array')}" if axis else f"{indices}.array"
    return f"F.scatter_add({x}, {places}, {values})"


OPS: dict[str, Template] = {
    "gather_nd": "{0}[tuple(np.moveaxis({1}.array, -1, 0))]",
    "embedding": "F.embed_id({0}, {1})",
    "boolean_mask": "{0}[{1}.array]",
    "masked_fill": "F.where({1}, np.full_like({0}.array, {value}), {0})",
    "index_add": _index_add,
    "segment_sum": "F.scatter_add(np.zeros(({num_segments}, *{0}.shape[1:]), {0}.dtype), {1}.array, {0})",
}
LACKS = {
    "take_along_axis": "Chainer has no take_along_axis; F.select_item picks one element of each row",
    **dict.fromkeys(
        (
            "put_along_axis",
            "index_set",
            "index_max",
            "index_min",
            "segment_mean",
            "segment_prod",
            "segment_max",
            "segment_min",
        ),
        "Chainer scatters by F.scatter_add alone",
    ),
}
