"""Engines with given options, as the checker sees them: by their answers alone."""

from collections.abc import Iterable, Mapping

from harness.catalogue import written
from harness.checker.inference import Evidence
from harness.checker.predict import Predictor, differing
from harness.declaration import Case
from harness.errors import Unsupported


def answers(predictor: Predictor, options: Mapping[str, str], cases: Iterable[Case] | None = None) -> list[Evidence]:
    """What the reference engine with these options answers in the cases that it can run; by default in all."""
    chosen = differing(options)
    evidence = []
    for case in written() if cases is None else cases:
        try:
            seen = predictor.observe(case.program, chosen)
        except Unsupported:
            continue
        evidence.append(Evidence(case.id, case.program, dict(seen)))
    return evidence
