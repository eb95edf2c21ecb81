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
    "agree": Mark("agree", "✓", "As the reference engine, within the rounding of the framework's own precision."),
    "convention": Mark("convention", "≈", "Differs, exactly as a named convention of this framework predicts."),
    "known": Mark("known", "◆", "Differs in a documented way that no convention describes; there is a reference."),
    "unsupported": Mark("unsupported", "⊘", "The framework has no way to say this program."),
    "missing": Mark("missing", "○", "Was not run, so nothing is known. Never a pass."),
    "stale": Mark("stale", "↺", "A documented disagreement that is no longer there: the documentation has to follow."),
    "disagree": Mark("disagree", "✗", "Differs, and nothing documented explains it."),
    "error": Mark("error", "!", "The program could not be judged: an exception where none was expected."),
    "timeout": Mark("timeout", "∞", "No answer within the time limit."),
    "crash": Mark("crash", "†", "The process died, or outgrew its memory."),
}  # fmt: skip

MATHEMATICS: dict[Mathematics, Mark] = {
    "exact": Mark("exact", "=", "The derivative."),
    "subgradient": Mark("subgradient", "∂", "There is no derivative here; the answer is one of the subgradients."),
    "no derivative": Mark("no derivative", "∄", "There is no derivative here, and no subgradient: no answer is right."),
    "not applicable": Mark("not applicable", "", "Not a question of mathematics."),
    "undecided": Mark("undecided", "?", "The enclosure of rounding errors is too wide to tell."),
    "wrong": Mark("wrong", "≠", "Mathematics says another number, whatever the frameworks agree on."),
}  # fmt: skip
