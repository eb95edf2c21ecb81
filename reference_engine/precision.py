"""How many bits python-flint computes with: a number that belongs to the process, so one thread at a time sets it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flint import ctx

_lock = threading.RLock()


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Compute with so many bits in the block; other threads wait."""
    with _lock:
        outer = ctx.prec
        ctx.prec = bits
        try:
            yield
        finally:
            ctx.prec = outer
