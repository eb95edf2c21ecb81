"""The directions that are tried, the simplest first, so that a person can check an answer by hand."""

import random
from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product

from reference_engine.oracle.slopes import Direction

FEW, FEW_KINKED = 3, 4
"""Of so many coordinates, and of so many without a derivative, every combination of -1, 0 and 1 is tried."""
MOST_PAIRS = 40
"""Of more without a derivative, so many pairs."""
RANDOM = 12
"""So many are drawn at last."""


def axes(coordinates: int) -> list[Direction]:
    """A step of each coordinate alone."""
    return [_with(coordinates, {one: 1}) for one in range(coordinates)]


def mixed(coordinates: int, kinked: Sequence[int] = ()) -> list[Direction]:
    """Directions along several coordinates, up to their sign: those among the `kinked` ones first."""
    if coordinates < 2:
        return []
    found = dict.fromkeys(_combinations(coordinates, kinked, few=FEW_KINKED, pairs=MOST_PAIRS))
    found |= dict.fromkeys(_combinations(coordinates, range(coordinates), few=FEW, pairs=0))
    return list(found | dict.fromkeys(drawn(coordinates, RANDOM)))


def drawn(coordinates: int, many: int) -> list[Direction]:
    """Directions along all coordinates, always the same ones."""
    dice = random.Random(coordinates)
    return [
        _with(coordinates, {one: dice.choice((-1, 1)) * dice.randint(1, 9) for one in range(coordinates)})
        for _ in range(many)
    ]


def _combinations(coordinates: int, among: Sequence[int], *, few: int, pairs: int) -> Iterator[Direction]:
    """Combinations of steps of -1, 0 and 1 along two or more of the coordinates `among`."""
    if len(among) < 2:
        return
    if len(among) <= few:
        signs = [one for one in product((0, 1, -1), repeat=len(among)) if sum(map(abs, one)) > 1 and _leads(one)]
        for combination in sorted(signs, key=lambda one: (sum(map(abs, one)), one.count(-1))):
            yield _with(coordinates, dict(zip(among, combination, strict=True)))
        return
    for sign in (1, -1):
        for first, second in islice(combinations(among, 2), pairs):
            yield _with(coordinates, {first: 1, second: sign})
    yield _with(coordinates, dict.fromkeys(among, 1))
    yield _with(coordinates, {one: -1 if place % 2 else 1 for place, one in enumerate(among)})


def _leads(signs: Sequence[int]) -> bool:
    """Whether the first step is forward, so that of a direction and its opposite there is one."""
    return next(sign for sign in signs if sign) > 0


def _with(coordinates: int, steps: dict[int, int]) -> Direction:
    return tuple(float(steps.get(one, 0)) for one in range(coordinates))


def opposite(direction: Direction) -> Direction:
    """The other way."""
    return tuple(-component if component else 0.0 for component in direction)
