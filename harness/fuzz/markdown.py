"""A finding as an issue that is ready to file."""

from collections.abc import Iterator

from harness.adapters import adapter
from harness.fuzz.findings import REPEATED, Finding
from harness.fuzz.localisation import SUM
from harness.results import EnvironmentRecord, Observation, PointVerdict, Results


def markdown(finding: Finding) -> str:
    """The text: what happens, what is right, the scripts, the versions, and how to see it again."""
    return "\n\n".join(_parts(finding, finding.results)) + "\n"


def _parts(finding: Finding, results: Results) -> Iterator[str]:
    yield f"# {title(finding)}"
    yield explanation(finding)
    yield "| point | " + " | ".join(results.environments) + " |\n" + _table(finding, results)
    mathematics = list(dict.fromkeys(_mathematics(results)))
    if mathematics:
        yield "## What is right\n\n" + "\n".join(f"- {sentence}" for sentence in mathematics)
    for name, script in finding.scripts.items():
        yield f"## Script for {_spoken(results.environments[name])}\n\n```python\n{script.strip()}\n```"
    yield "## Environments\n\n" + "\n".join(f"- {_described(one)}" for one in results.environments.values())
    yield (
        f"Found by program {finding.number} of seed {finding.seed}, shrunk, and reproduced {finding.reproduced} "
        f"times of {REPEATED}. See it again with\n\n    crossgrad replay program.json "
        + " ".join(f"--env {name}" for name in results.environments)
    )


def title(finding: Finding) -> str:
    """One line."""
    signature, results = finding.signature, finding.results
    names = " and ".join(
        _title(results.environments[name]) for name in signature.environments if name in results.environments
    )
    about = f"the {signature.what} of {signature.op}" if signature.what != SUM else f"{signature.what} ({signature.op})"
    return f"{names or 'Reference engine'}: {about}: {signature.symptom}"


def explanation(finding: Finding) -> str:
    """A paragraph for a reader who knows nothing of it yet."""
    signature = finding.signature
    ops = len(finding.program.applications)
    said = f"A program of {ops} op{'s' * (ops != 1)} goes wrong at {signature.op} first ({signature.what})."
    programs = f"{finding.count} generated program{'s' * (finding.count != 1)} went wrong in this way."
    return f"{said} {programs} " + " ".join(dict.fromkeys(_sentences(finding.results)))


def _sentences(results: Results) -> Iterator[str]:
    """What is said of each point that is not as expected, the first of each environment."""
    for (_, environment), verdict in results.verdicts.items():
        for point, judged in verdict.points.items():
            if judged.status in ("disagree", "stale"):
                yield f"In {_title(results.environments[environment])}, {point}: {judged.sentence}"
                break


def _mathematics(results: Results) -> Iterator[str]:
    for (_, environment), verdict in results.verdicts.items():
        for point, judged in verdict.points.items():
            if judged.mathematics not in ("not applicable",):
                yield f"{point} in {_title(results.environments[environment])} is {_judged(judged)}"


def _judged(judged: PointVerdict) -> str:
    said = {"exact": "right", "wrong": "wrong", "subgradient": "a subgradient"}.get(
        judged.mathematics, judged.mathematics
    )
    truth = f" The truth: {judged.truth}." if judged.truth else ""
    return f"{said}. {judged.reasoning}{truth}".strip()


def _table(finding: Finding, results: Results) -> str:
    lines = ["|---" * (len(results.environments) + 1) + "|"]
    for point in finding.program.points:
        cells = [_cell(seen.get(point)) for seen in _by_environment(results)]
        lines.append(f"| {point} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _by_environment(results: Results) -> Iterator[dict[str, Observation]]:
    (case,) = results.cases
    for environment in results.environments:
        yield results.observations.get((case, environment), {})


def _cell(seen: Observation | None) -> str:
    text = "" if seen is None else " ".join(str(seen).split())
    text = text if len(text) <= 120 else f"{text[:120]} ..."
    return f"`{text.replace('|', '/').replace('`', chr(39))}`" if text else ""


def _title(environment: EnvironmentRecord) -> str:
    return adapter(environment.framework, environment.flavour).language.title


def _spoken(environment: EnvironmentRecord) -> str:
    return f"{_title(environment)} {environment.version}".strip()


def _described(environment: EnvironmentRecord) -> str:
    return (
        f"{environment.name}: {_spoken(environment)}, Python {environment.python}, NumPy {environment.numpy}, "
        f"{environment.platform}"
    )
