"""`crossgrad replay`."""

from pathlib import Path

import click

from harness.cli.options import limits, resolved, run_options
from harness.errors import UsageError
from harness.plain import plain
from harness.program import Program
from harness.results import CaseRecord, Results
from harness.runner import Runner


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("case", required=False)
@run_options
@click.pass_context
def replay(
    context: click.Context,
    file: Path,
    case: str | None,
    environments: tuple[str, ...],
    jobs: int | None,
    timeout: float,
    memory: float,
) -> None:
    """Run programs again from a results file, or from a program saved as JSON, and print what each point yields now.

    Where a results file holds an observation of the same environment, a change is said. Exit code 1 if anything
    fails or changed.

    \b
    Examples:
      crossgrad replay reports/latest/results.jsonl double_use/add_chain --env torch
      crossgrad replay program.json --env torch --env jax
    """
    recorded = _read(file)
    if not recorded.cases:
        raise UsageError(f"there is no case in {file} that could be run again")
    if case is not None and case not in recorded.cases:
        raise UsageError(f"there is no case {case!r} in {file}; it holds {', '.join(recorded.cases)}")
    chosen = list(recorded.cases.values()) if case is None else [recorded.cases[case]]
    now = Results()
    Runner(chosen, resolved(environments), emit=now.add, limits=limits(timeout, memory), jobs=jobs).run()
    changed = False
    for key, verdict in now.verdicts.items():
        click.echo(plain(f"{verdict.case} in {verdict.environment}: {verdict.status} {verdict.reason}").rstrip())
        for point, observation in now.observations.get(key, {}).items():
            click.echo(plain(f"  {point} = {observation}"))
            before = recorded.observations.get(key, {}).get(point)
            if before is not None and str(before) != str(observation):
                changed = True
                click.echo(plain(f"    it was {before}"))
    context.exit(1 if changed or now.failing else 0)


def _read(file: Path) -> Results:
    if file.suffix != ".json":
        return Results.read([file])
    program = Program.from_json(file.read_bytes())
    return Results.of([CaseRecord(id=f"replay/{file.stem}", title=file.name, topic="replay", program=program)])
