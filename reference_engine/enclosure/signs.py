"""Signs that go from one number to another."""

import numpy as np

from reference_engine.enclosure.interval import Interval, absolute, chosen, hull, negated


def with_sign(x1: Interval, x2: Interval) -> Interval:
    """The size of x1 with the sign of x2, either one where that is not certain; NaN and 0 have signs, too."""
    size = absolute(x1)
    surely_positive, surely_negative = ~np.signbit(x2.lower), np.signbit(x2.upper)
    either = chosen(surely_negative, negated(size), hull(size, negated(size)))
    return chosen(surely_positive, size, either)
