"""`crossgrad check`."""

import sys
from pathlib import Path

import click
import msgspec
from rich.console import Console

from harness import catalogue, own_engine
from harness.adapters.own import OwnEngine
from harness.checker.diagnosis import Diagnosis
from harness.checker.predict import Predictor
from harness.cli.diagnosis import tell
from harness.cli.options import LARGEST, LONGEST, folder, stderr, uninterrupted, write
from harness.cli.running import execute
from harness.report import render
from harness.results import Results, encode, iterate
from harness.session import GIBIBYTE, Printed


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("selectors", nargs=-1, metavar="[SELECT]...")
@click.option(
    "--python",
    default=sys.executable,
    metavar="PYTHON",
    help="The interpreter that has the engine. [default: the one that runs crossgrad]",
    show_default=False,
)
@click.option(
    "--timeout", type=click.FloatRange(0.1, LONGEST), default=5.0, show_default=True, help="Seconds for one case."
)
@click.option(
    "--memory", type=click.FloatRange(0.1, LARGEST), default=4.0, show_default=True, help="GiB for the worker process."
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("reports/check"),
    show_default=True,
    help="The folder for results.jsonl and index.html.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the diagnosis as JSON on stdout.")
@click.pass_context
def check(
    context: click.Context,
    file: Path,
    selectors: tuple[str, ...],
    python: str,
    timeout: float,
    memory: float,
    out: Path,
    as_json: bool,
) -> None:
    """Run the catalogue on your own engine, and say which mistake gives exactly its numbers.

    FILE describes the engine in about ten lines of Python: how to make a variable, how to call the ops, backward,
    how to read a gradient. docs/your_engine.md walks through it. SELECT restricts the cases, as in `crossgrad run`.
    Exit code 0: no mistake found. 1: a mistake, or an answer that nothing explains. 2: FILE cannot be used.

    \b
    Examples:
      crossgrad check examples/check_book.py
      crossgrad check my_engine_check.py double_use reductions --timeout 1
      crossgrad check my_engine_check.py --python ~/engine/.venv/bin/python --json
    """
    engine = own_engine.own_engine(file)
    for warning in engine.described.warnings:
        stderr.print(warning, markup=False, style="yellow")
    cases = catalogue.select(selectors) if selectors else catalogue.written()
    for case in cases:
        case.program  # noqa: B018  a case that cannot be traced is reported before anything runs
    environment = own_engine.environment(engine, python)
    limits = own_engine.limits(timeout, int(memory * GIBIBYTE))
    own_engine.start(engine, environment, limits)
    predictor, printed = Predictor(), dict[str, Printed]()
    results, interrupted = execute(
        cases,
        [environment],
        folder(out) / "results.jsonl",
        limits,
        1,
        speaks={environment.name: engine},
        printed=printed,
        predictor=predictor,
    )
    with uninterrupted():
        diagnosis = _diagnosis(engine, results, predictor)
        write(out / "results.jsonl", b"".join(encode(record) + b"\n" for record in iterate(results)))
        write(out / "index.html", render(results).encode())
    if interrupted:
        stderr.print("interrupted: the diagnosis holds what was finished")
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(diagnosis)))
    else:
        tell(diagnosis, Console(file=sys.stdout, soft_wrap=True), printed.get(environment.name, Printed()))
        click.echo((out / "index.html").resolve())
    context.exit(130 if interrupted else 0 if diagnosis.is_fine else 1)


def _diagnosis(engine: OwnEngine, results: Results, predictor: Predictor) -> Diagnosis:
    asking = "what explains the answers?"
    with stderr.status(asking) as status:
        return own_engine.diagnosis_of(engine, results, predictor, lambda step: status.update(f"{asking} {step}"))
