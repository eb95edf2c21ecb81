"""Where ops are looked at, a file for each kind of op."""

from harness.places import (  # noqa: F401 -- they declare places
    arrays,
    elementary,
    fourier,
    indexing,
    layers,
    linear_algebra,
    losses,
    matrices,
    networks,
    numbers,
    reductions,
    shapes,
    sorting,
    special_functions,
)
from harness.places.place import PLACES, Kind, Place, Places, is_array
from harness.places.results import operand_dtype, result

__all__ = ["PLACES", "Kind", "Place", "Places", "is_array", "operand_dtype", "result"]
