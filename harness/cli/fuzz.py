"""`crossgrad fuzz`."""

import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor
from contextlib import contextmanager
from pathlib import Path

import click
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from harness.cli.options import limits, resolved, stderr
from harness.environments import Missing
from harness.errors import CrossgradError, EnvironmentProblem, UsageError
from harness.fuzz.campaign import run
from harness.fuzz.executors import local, on_cluster
from harness.fuzz.findings import Finding, write
from harness.fuzz.journal import Journal
from harness.fuzz.markdown import explanation, markdown, title
from harness.fuzz.minimising import Task, minimise
from harness.fuzz.shards import Shard
from harness.fuzz.tally import Tally
from harness.generation import Grammar
from harness.plain import plain

DEFAULT = ("torch", "tensorflow", "chainer", "jax")
_UNITS = {"s": 1, "m": 60, "h": 3600}


class Duration(click.ParamType[float]):
    """`90s`, `10m`, `1h`: seconds."""

    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if isinstance(value, float):
            return value
        text = str(value)
        try:
            seconds = float(text.rstrip("smh")) * _UNITS.get(text[-1:], 1)
        except ValueError:
            seconds = 0.0
        if not 0 < seconds < float("inf"):
            self.fail(f"{text!r} is no time; write 90s, 10m or 1h", param, ctx)
        return seconds


@click.command()
@click.option("--budget", type=Duration(), default="10m", show_default=True, help="How long to look: 90s, 10m, 1h.")
@click.option("--programs", type=click.IntRange(1), help="Stop after so many programs.")
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="The same seed gives the same programs."
)
@click.option(
    "--env",
    "environments",
    multiple=True,
    default=DEFAULT,
    metavar="NAME[=PYTHON]",
    help="Where to run them, as for `crossgrad run`. Repeatable. [default: the four frameworks]",
)
@click.option("--ops", metavar="OP,OP,...", help="What the programs are about. [default: every op]")
@click.option(
    "--shapes",
    type=click.Choice(["shared", "free"]),
    default="shared",
    show_default=True,
    help="Shapes from a short list, or any.",
)
@click.option(
    "--exclude-known/--include-known",
    default=True,
    show_default=True,
    help="What is documented of an op is counted, and not shown.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("reports/fuzz"),
    show_default=True,
    help="The folder for the journal and the findings; a campaign that it holds is gone on with.",
)
@click.option("-j", "--jobs", type=click.IntRange(1), default=2, show_default=True, help="Processes at a time.")
@click.option("--cluster", metavar="ADDRESS", help="A dask scheduler, whose workers do the work.")
@click.option("--findings", "most", type=click.IntRange(0), default=20, show_default=True, help="Causes to minimise.")
@click.option("--format", "form", type=click.Choice(["text", "markdown"]), default="text", show_default=True)
@click.option("--timeout", type=click.FloatRange(0.1), default=60.0, show_default=True, help="Seconds for one program.")
@click.option("--memory", type=click.FloatRange(0.1), default=4.0, show_default=True, help="GiB for one worker.")
@click.pass_context
def fuzz(
    context: click.Context,
    budget: float,
    programs: int | None,
    seed: int,
    environments: tuple[str, ...],
    ops: str | None,
    shapes: str,
    exclude_known: bool,
    out: Path,
    jobs: int,
    cluster: str | None,
    most: int,
    form: str,
    timeout: float,
    memory: float,
) -> None:
    """Generate programs, run each in all environments, and find what nothing explains.

    What profiles and documented differences explain is counted. Of what is left, alarms with the same cause (op,
    symptom, who dissents) are merged, the simplest program of each is shrunk by Hypothesis, and a finding is written:
    program, scripts that run alone, results, and an issue ready to file. Exit code 0: nothing is unexplained. 1: there
    are findings. 130: interrupted; the same command goes on where it was.

    \b
    Examples:
      crossgrad fuzz --budget 10m
      crossgrad fuzz --ops clip,max --env torch --env jax --seed 7
      crossgrad fuzz --programs 1000 --format markdown > issues.md
    """
    for one in resolved(environments):
        if isinstance(one, Missing):
            raise EnvironmentProblem(f"environment {one.name} is missing: {one.reason}")
    chosen = tuple(filter(None, (ops or "").replace(" ", "").split(",")))
    if ops is not None and not chosen:
        raise UsageError("--ops names no op; give a list such as --ops clip,max")
    grammar = Grammar(ops=chosen, shapes="free" if shapes == "free" else "shared")
    shard = Shard(seed, 0, 0, environments, grammar, limits(timeout, memory), exclude_known)
    journal = Journal(out, shard)
    found: list[Finding] = []
    with _executor(cluster, jobs) as executor, _progress(budget) as progress:
        tally, interrupted = Tally(), False
        try:
            tally = run(executor, shard, journal, jobs=jobs, seconds=budget, programs=programs, progress=progress.show)
            for finding in _minimised(executor, tally, shard, most, progress):
                found.append(finding)
                write([finding], out / "findings", {finding.name: markdown(finding)})
        except KeyboardInterrupt:
            interrupted = True
            tally = journal.tally
        except BrokenExecutor:
            raise CrossgradError(
                "a process of the campaign died, perhaps of too little memory; what was finished is in "
                f"{journal.file}, and the same command goes on from there"
            ) from None
    _tell(tally, found, out, form)
    context.exit(130 if interrupted else 1 if tally.causes else 0)


def _minimised(executor: Executor, tally: Tally, shard: Shard, most: int, progress: "_Progress") -> Iterator[Finding]:
    """The findings of the most frequent causes."""
    causes = sorted(tally.causes.values(), key=lambda cause: (-cause.count, cause.simplest.signature))[:most]
    futures = [executor.submit(minimise, Task(cause.simplest, cause.count, shard)) for cause in causes]
    for number, future in enumerate(futures, 1):
        progress.say(f"making programs simple: {number} of {len(futures)}")
        yield future.result()


@contextmanager
def _executor(cluster: str | None, jobs: int) -> Iterator[Executor]:
    with on_cluster(cluster) if cluster else local(jobs) as executor:
        yield executor


class _Progress:
    """One line that lives."""

    def __init__(self, live: Progress, budget: float) -> None:
        self._live = live
        self._task = live.add_task("starting the environments")
        self._until = time.monotonic() + budget

    def show(self, tally: Tally) -> None:
        left = max(0, round(self._until - time.monotonic()))
        known, causes = sum(tally.known.values()), len(tally.causes)
        self.say(f"{tally.programs:,} programs, {known:,} known, {causes} causes unexplained, {left} s left")

    def say(self, words: str) -> None:
        self._live.update(self._task, description=words)
        if not stderr.is_terminal:
            stderr.print(words, markup=False)


@contextmanager
def _progress(budget: float) -> Iterator[_Progress]:
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=stderr) as live:
        yield _Progress(live, budget)


def _tell(tally: Tally, found: list[Finding], out: Path, form: str) -> None:
    """The counts on stderr, the findings on stdout."""
    stderr.print(f"{tally.programs:,} programs, {tally.seconds:.0f} s of all processes together")
    for environment, kinds in sorted(tally.counts.items()):
        stderr.print(f"  {environment}: " + ", ".join(f"{count:,} {kind}" for kind, count in kinds.most_common()))
    for cause, count in tally.known.most_common(12):
        stderr.print(f"  documented, {cause}: {count:,}", markup=False)
    for finding in found:
        click.echo(plain(markdown(finding) if form == "markdown" else f"{title(finding)}\n  {explanation(finding)}"))
        if form == "text":
            click.echo(plain(f"  {out / 'findings' / finding.name}\n"))
    left = len(tally.causes) - len(found)
    if left > 0:
        stderr.print(f"{left} more causes are not minimised; --findings {len(tally.causes)} minimises all")
