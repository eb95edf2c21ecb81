"""What a dimension of the semantics is: a question that has several answers, each with a name.

Most answers are legitimate and some framework's own. A `Fault` is a mistake that people make in engines.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One answer."""

    name: str
    sentence: str
    """What happens, and where it is seen, in words that a report can print."""
    formula: str = ""
    """What is computed, in the words of an engine's code or of a text book."""
    advice: str = ""
    """What to do, or to look out for, when one comes here from another option; one or two sentences."""

    @property
    def acceptable(self) -> bool:
        """Whether anybody could choose it on purpose."""
        return not isinstance(self, Fault)


@dataclass(frozen=True, slots=True)
class Fault(Option):
    """A mistake that people make in engines; never a legitimate choice."""

    does: str = ""
    """What an engine with the mistake does: goes after "an engine that"."""
    instead: str = ""
    """What to write instead."""


def fault(name: str, *, does: str, formula: str, instead: str) -> Fault:
    """A `Fault` whose sentence is what it does."""
    return Fault(name, f"{does[0].upper()}{does[1:]}.", formula, does=does, instead=instead)


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

    @property
    def acceptable(self) -> tuple[str, ...]:
        """The options that are no faults, the default first; a dimension of faults alone has one."""
        return tuple(option.name for option in self.options.values() if option.acceptable)

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(option for option in self.options.values() if isinstance(option, Fault))


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
