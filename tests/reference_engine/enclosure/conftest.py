from collections.abc import Iterator

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Bounds are computed where infinities and NaN are ordinary, as inside `enclosing`."""
    with np.errstate(all="ignore"):
        yield
