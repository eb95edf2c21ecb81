"""The cases that were written by hand as a showcase, which remembers its predictions as long as the process lives."""

from functools import cache

from harness.catalogue import written
from harness.checker.showing import Showcase


@cache
def showcase() -> Showcase:
    """The one of this process."""
    return Showcase(written())
