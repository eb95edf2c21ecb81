"""How large the numbers were that an element was added up from.

Where they cancel, bounds are wide beside the little that is left, and still narrow beside them: a contribution that
gets lost would be far outside. So it takes their scale to say whether bounds can tell right from wrong.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from reference_engine.enclosure.formats import Bound

if TYPE_CHECKING:
    from reference_engine.enclosure.enclosed import Enclosed


def scale(x: "Enclosed") -> Bound:
    """The scale of each element: its own size, where it was not added up."""
    if x.scale is not None:
        return x.scale
    largest = x.parts[0].largest
    return np.maximum(largest, x.parts[1].largest) if x.is_complex else largest


def of_sum(x1: "Enclosed", x2: "Enclosed") -> Bound:
    return scale(x1) + scale(x2)


def of_product(x1: "Enclosed", x2: "Enclosed") -> Bound | None:
    return None if x1.scale is None and x2.scale is None else scale(x1) * scale(x2)


def of_quotient(x1: "Enclosed", x2: "Enclosed") -> Bound | None:
    if x1.scale is None:
        return None
    smallest = x2.parts[0].smallest
    return x1.scale / (np.maximum(smallest, x2.parts[1].smallest) if x2.is_complex else smallest)


SCALES: dict[str, Callable[..., Bound | None]] = {
    "subtract": of_sum,
    "multiply": of_product,
    "divide": of_quotient,
}
"""By the name of NumPy's ufunc; of what others give, nothing remains of the scale but the size."""
