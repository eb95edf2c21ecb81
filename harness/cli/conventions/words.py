"""The sentences that the formats have in common."""

from collections.abc import Iterator

from harness.checker.moving import Change
from harness.profiles.comparison import Side, is_first
from reference_engine.semantics import Dimension

DOES_NOT_ARISE = "This does not arise"


def heading(topic: str) -> str:
    """The name of a topic's file, as people write it."""
    return topic.replace("_", " ").capitalize()


def answers(change: Change, before: Side, after: Side) -> Iterator[tuple[str, str]]:
    """How each of the two answers the dimension's question: its title, and a sentence."""
    for one, option in ((before, change.before), (after, change.after)):
        yield one.title, sentence(change.dimension, one, option)


def sentence(dimension: Dimension, one: Side, option: str | None) -> str:
    """What happens in a framework, or why the question does not arise there."""
    if option is None:
        return f"{DOES_NOT_ARISE}. {one.profile.inapplicable[dimension.name].reason}"
    return dimension.options[option].sentence


def advice(change: Change) -> str:
    """What to do after the move; empty where the question does not arise any more."""
    return "" if change.after is None else change.dimension.options[change.after].advice


def shown(change: Change, before: Side, after: Side) -> str:
    """Where the change is seen; empty for one that cannot be seen in both."""
    if change.before is None or change.after is None:
        return ""
    if change.shown is None:
        return "No case of the catalogue shows it in both."
    seen = change.shown
    return (
        f'Shown by `{show(seen.case, after)}` at "{seen.point}": {seen.before} in {before.title}, '
        f"{seen.after} in {after.title}."
    )


def show(case: str, one: Side) -> str:
    """The command that prints a case in the words of a framework."""
    flavour = "" if is_first(one) else f" --flavour {one.flavour}"
    return f"crossgrad show {case} --framework {one.framework}{flavour}"


def summary(before: Side, after: Side, found: int) -> str:
    """The first line of a comparison of two."""
    if not found:
        return f"{before.title} and {after.title} choose the same in every dimension."
    return f"From {before.title} to {after.title}: {found} difference{'s' if found > 1 else ''}."
