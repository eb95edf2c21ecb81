"""Mistakes of the reference engine, planted as if they were a framework's."""

from harness.checker.predict import Options, Predictor
from harness.program import Program


def surprises_of(predictor: Predictor, program: Program, options: Options) -> tuple[str, ...]:
    """The points at which an engine with these options answers otherwise than the reference does."""
    seen = predictor.observe(program, options)
    return tuple(point for point, one in seen.items() if not predictor.compare(program, frozenset(), point, one).same)
