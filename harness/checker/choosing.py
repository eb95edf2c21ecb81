"""Sets of options, made smaller and changed in one dimension."""

from collections.abc import Callable, Iterable, Iterator

from harness.checker.predict import Options, differing
from harness.profiles import Profile
from harness.results import Explanation
from reference_engine import semantics


def smallest(options: Options, holds: Callable[[Options], bool]) -> Options:
    """The options without those that are not needed for `holds`."""
    kept = options
    for option in sorted(options):
        if holds(kept - {option}):
            kept -= {option}
    return kept


def changes(options: Options, consulted: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every choice of one other option in the dimensions that a prediction consulted."""
    chosen = dict(options)
    for dimension in map(semantics.DIMENSIONS.__getitem__, sorted(consulted)):
        for option in dimension.options:
            if option != chosen.get(dimension.name, dimension.default):
                yield dimension.name, option


def changed(options: Options, change: tuple[str, str]) -> Options:
    """The options with another one in the dimension of `change`."""
    return differing({**dict(options), **dict([change])})


def explanations(options: Iterable[tuple[str, str]], chosen: Profile) -> tuple[Explanation, ...]:
    """The options in words, with the profile's reference where it is the profile that says so."""
    return tuple(
        Explanation(
            dimension,
            option,
            semantics.DIMENSIONS[dimension].options[option].sentence,
            choice.reference if (choice := chosen.choices.get(dimension)) and choice.option == option else "",
        )
        for dimension, option in sorted(options)
    )
