"""What the cases that were written by hand show, remembered as long as the process lives."""

from functools import cache

from harness.catalogue import written
from harness.checker.kills import Kill, kills
from harness.checker.showing import Showcase


@cache
def showcase() -> Showcase:
    """Which of them tell options apart."""
    return Showcase(written())


@cache
def killed() -> tuple[Kill, ...]:
    """Which of them catch a mistake, for each mistake."""
    return tuple(kills(written()))
