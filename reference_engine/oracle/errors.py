"""What keeps the oracle from an answer."""

from reference_engine.errors import EngineError


class Uncertain(EngineError):
    """A choice that the balls are too wide for: with more bits it may be certain."""


class StepTooLarge(EngineError):
    """A step that leads across a point where the function chooses otherwise than at its start."""


class OutOfReach(EngineError):
    """A question that the oracle does not answer; the message is the reason, without a full stop."""
