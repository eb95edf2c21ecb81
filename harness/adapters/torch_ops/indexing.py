"""Picking elements by arrays of indices and masks, and writing to where they come from, in PyTorch's words."""

from collections.abc import Callable

from harness.adapters.base import Template


def _segments(function: str, start: str, *extremum: str) -> Callable[..., str]:
    """PyTorch has no reduction by ids; one starts from an array of results, and adds to it."""

    def template(x: str, segment_ids: str, *, num_segments: int) -> str:
        results = f"torch.full(({num_segments}, *{x}.shape[1:]), {start}, dtype={x}.dtype)"
        return f"{results}.{function}({', '.join(('0', segment_ids, x, *extremum))})"

    return template


OPS: dict[str, Template] = {
    "take_along_axis": "torch.take_along_dim({0}, {1}, dim={axis})",
    "gather_nd": "{0}[tuple({1}.movedim(-1, 0))]",
    "embedding": "torch.nn.functional.embedding({0}, {1})",
    "boolean_mask": "{0}[{1}]",
    "masked_fill": "torch.masked_fill({0}, {1}, {value})",
    "put_along_axis": "torch.scatter({0}, {axis}, {1}, {2})",
    "index_set": "torch.index_copy({0}, {axis}, {1}, {2})",
    "index_add": "torch.index_add({0}, {axis}, {1}, {2})",
    "index_max": "torch.index_reduce({0}, {axis}, {1}, {2}, 'amax')",
    "index_min": "torch.index_reduce({0}, {axis}, {1}, {2}, 'amin')",
    "segment_sum": _segments("index_add", "0.0"),
    "segment_mean": _segments("index_reduce", "0.0", "'mean'", "include_self=False"),
    "segment_prod": _segments("index_reduce", "1.0", "'prod'"),
    "segment_max": _segments("index_reduce", "-torch.inf", "'amax'", "include_self=False"),
    "segment_min": _segments("index_reduce", "torch.inf", "'amin'", "include_self=False"),
}
