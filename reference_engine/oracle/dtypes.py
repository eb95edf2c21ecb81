"""Which dtype each value of a function has, as far as it matters: for the constants beside it, casts and seeds."""

from reference_engine.oracle.function import Applied, Differentiated, Function
from reference_engine.oracle.rounding import promoted


def dtypes_of(function: Function) -> dict[str, str]:
    """By name: the dtype that the operands are promoted to; a comparison's too, although its result is bool."""
    found = {leaf.name: leaf.dtype for leaf in function.leaves}
    for step in function.steps:
        if isinstance(step, Differentiated):
            found |= {name: found[of] for name, of in zip(step.names, step.inputs, strict=True)}
        elif step.op == "astype":
            found[step.name] = str(dict(step.parameters)["dtype"])
        else:
            found[step.name] = promoted(*(found[name] for name in _combined(step)))
    return found


def _combined(step: Applied) -> tuple[str, ...]:
    """The operands that are promoted together: not a condition, and not indices."""
    match step.op, step.operands:
        case "where", (str(), *_) if len(step.arrays) > 1:
            return step.arrays[1:]
        case name, _ if name in _NUMBERS:
            return tuple(step.arrays[position] for position in _NUMBERS[name])
    return step.arrays


_NUMBERS = {
    **dict.fromkeys(("take", "take_along_axis", "gather_nd", "boolean_mask", "masked_fill"), (0,)),
    **dict.fromkeys(("segment_sum", "segment_mean", "segment_prod", "segment_max", "segment_min"), (0,)),
    **dict.fromkeys(("index_set", "index_add", "index_max", "index_min", "put_along_axis"), (0, 2)),
    "embedding": (1,),
}
"""The positions of the operands that are numbers; others are indices, ids or masks."""
