"""The vocabulary of verdicts, as a person reads it: a glyph, a word and what it means. Never colour alone."""

from dataclasses import dataclass
from typing import get_args

from harness.results import FAILING, Mathematics, Status

STATUS_ORDER: tuple[Status, ...] = get_args(Status)
"""From the best to the worst."""


@dataclass(frozen=True)
class Mark:
    """How one status, or one answer of mathematics, is shown."""

    word: str
    glyph: str
    meaning: str

    @property
    def style(self) -> str:
        """The CSS class: the word without its spaces."""
        return self.word.replace(" ", "-")

    @property
    def fails(self) -> bool:
        """Whether a run with this status exits with 1."""
        return self.word in FAILING


STATUSES: dict[Status, Mark] = {
    "agree": Mark("agree", "✓", "As the reference engine with its default conventions."),
    "convention": Mark("convention", "≈", "Differs, exactly as the profile predicts by a named option of a dimension."),
    "known": Mark("known", "◆", "Differs as documented, with a reference; no dimension describes it."),
    "unsupported": Mark("unsupported", "⊘", "The framework or the reference engine cannot say this: see the reason."),
    "missing": Mark("missing", "○", "Was not run, because the environment could not be had. Never a pass."),
    "stale": Mark("stale", "↺", "A documented difference is gone or has changed: the profile has to follow."),
    "disagree": Mark("disagree", "✗", "Differs, and nothing documented explains it. Somebody should look."),
    "error": Mark("error", "!", "The framework could not be started in its environment."),
    "timeout": Mark("timeout", "∞", "No answer within the time limit."),
    "crash": Mark("crash", "†", "The process died, or outgrew its memory, while it ran this case."),
}  # fmt: skip

MATHEMATICS: dict[Mathematics, Mark] = {
    "exact": Mark("exact", "=", "The number is the derivative, up to rounding."),
    "subgradient": Mark("subgradient", "∂", "There is no derivative here; the answer is one of the subgradients."),
    "no derivative": Mark("no derivative", "∄", "There is no derivative here, and no subgradient: no answer is right."),
    "not applicable": Mark("not applicable", "", "No number to judge: None, an exception, or no gradient."),
    "undecided": Mark("undecided", "?", "What rounding may do there is too much to tell right from wrong."),
    "wrong": Mark("wrong", "≠", "Mathematics says another number, whatever the frameworks agree on."),
}  # fmt: skip
