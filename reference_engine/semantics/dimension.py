"""What a dimension of the semantics is: a question that has several legitimate answers, each with a name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One answer."""

    name: str
    sentence: str
    """What happens, and where it is seen, in words that a report can print."""
    acceptable: bool = True
    """False for a fault: a mistake that engines make, never a legitimate choice."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One question, with its answers."""

    name: str
    title: str
    """The question, in one sentence."""
    options: dict[str, Option]
    """By name, the default first."""
    default: str
    reason: str
    """Why the default is the default."""
    consulted_by: tuple[str, ...]
    """The verbs and ops whose behaviour it decides."""
    references: tuple[str, ...]
    """Where the choice is documented: an address, or `repository#number` of an issue."""


def dimension(
    name: str, title: str, *options: Option, reason: str, consulted_by: str, references: tuple[str, ...]
) -> Dimension:
    """A `Dimension` whose default is the first of `options`; `consulted_by` holds names with commas between."""
    return Dimension(
        name,
        title,
        {option.name: option for option in options},
        options[0].name,
        reason,
        tuple(consulted_by.split(", ")),
        references,
    )
