"""A diagnosis as a person reads it: the mistakes first, each with its smallest case, then everything else."""

from collections.abc import Sequence
from textwrap import indent

from rich.console import Console
from rich.syntax import Syntax

from harness.checker.diagnosis import Broken, Diagnosis, Found, Group, Row, Shown
from harness.plain import plain
from harness.session import Printed

MOST_GROUPS = 12
"""Problems of one kind that are shown in full."""
MOST_ROWS = 12
"""Observation points of one case that are shown."""


def tell(diagnosis: Diagnosis, console: Console, printed: Printed = Printed()) -> None:  # noqa: B008  not changed
    """Print a diagnosis; `printed` is what the engine itself has printed meanwhile."""
    _Teller(console).tell(diagnosis, printed)


class _Teller:
    def __init__(self, console: Console) -> None:
        self._console = console

    def tell(self, diagnosis: Diagnosis, printed: Printed) -> None:
        for number, mistake in enumerate(diagnosis.mistakes):
            self._mistake(diagnosis.engine, mistake, further=number > 0)
        for broken in diagnosis.broken:
            self._broken(diagnosis.engine, broken)
        self._groups("Raised, where there is an answer", diagnosis.raised)
        if diagnosis.raised:
            self._say("What the engine does not do on purpose is no mistake. Say so in the file that describes it:")
            self._say('    errors = {"words of the message": "unsupported"}\n')
        self._groups("Crashed, or took too long", diagnosis.failed)
        after = " (correct what is above first, and check again)" if diagnosis.mistakes else ""
        self._groups(f"Not explained by any set of mistakes{after}", diagnosis.unexplained)
        if diagnosis.is_fine:
            if diagnosis.agreeing:
                self._say(f"No mistake found in {diagnosis.engine}: {_cases(diagnosis.agreeing)} right.", style="bold")
            else:
                self._say(f"Nothing could be asked of {diagnosis.engine}.", style="bold")
            self._say()
        self._conventions(diagnosis)
        self._not_run(diagnosis.engine, diagnosis.not_run)
        if printed.lines:
            lines = "1 line" if printed.lines == 1 else f"{printed.lines:,} lines, the first"
            self._say(f"{diagnosis.engine} printed {lines}: {printed.first}\n")

    def _mistake(self, engine: str, found: Found, further: bool) -> None:
        also = "also " if further else ""
        self._say(f"The gradients of {engine} are {also}those of an engine that {found.does}.", style="bold red")
        count = len(found.cases)
        shows = "1 case shows it:" if count == 1 else f"{count} cases show it; the smallest is"
        self._say(f"{shows} {found.smallest.case}: {found.smallest.title}")
        self._shown(found.smallest)
        for other in found.alternatives[:3]:
            self._say(f"Or one that {other.sentence} ({other.dimension} = {other.option}): these cases cannot tell.")
        self._say(f"What to write instead: {found.instead.rstrip('.')}.", style="green")
        self._say(f"More: crossgrad explain {found.dimension}={found.option}\n", style="dim")

    def _broken(self, engine: str, broken: Broken) -> None:
        self._say(f"{engine} claims {broken.dimension} = {broken.claimed}, and does otherwise.", style="bold red")
        self._say(f"It does as {broken.dimension} = {broken.found}: {broken.sentence}")
        if broken.smallest:
            self._say(f"The smallest case that shows it is {broken.smallest.case}: {broken.smallest.title}")
            self._shown(broken.smallest)
        self._say()

    def _groups(self, title: str, groups: Sequence[Group]) -> None:
        if not groups:
            return
        self._say(f"{title}:", style="bold red")
        for group in groups[:MOST_GROUPS]:
            self._say(f"  {group.problem}")
            self._say(f"  {_named(group.cases)}")
            if group.smallest:
                self._shown(group.smallest)
        if len(groups) > MOST_GROUPS:
            self._say(f"  and {len(groups) - MOST_GROUPS} more, which the report shows")
        self._say()

    def _conventions(self, diagnosis: Diagnosis) -> None:
        chosen = [one for one in diagnosis.conventions if not one.is_default]
        if chosen:
            self._say("Conventions, where several are legitimate:", style="bold")
        for one in chosen:
            as_in = f" (as {', '.join(one.as_in)})" if one.as_in else ""
            self._say(f"  {one.dimension} = {one.option}{as_in}: {one.sentence}")
        usual = [one for one in diagnosis.conventions if one.is_default]
        if usual:
            known = ", ".join(f"{one.dimension} = {one.option}" for one in usual)
            self._say(f"{'Otherwise as' if chosen else 'Conventions: as'} the reference engine: {known}.")
        if diagnosis.conventions:
            self._say()

    def _not_run(self, engine: str, groups: Sequence[Group]) -> None:
        if not groups:
            return
        self._say(f"{sum(len(group.cases) for group in groups)} cases could not be asked:", style="bold")
        for problem, count in _without_ops_apart(engine, groups).items():
            self._say(f"  {count:3}  {problem}")
        self._say()

    def _shown(self, shown: Shown) -> None:
        script = "\n".join(line for line in shown.script.splitlines() if not line.startswith("observe("))
        self._say()
        code = Syntax(plain(script), "python", theme="ansi_dark", background_color="default")
        if self._console.is_terminal:
            self._console.print(code)
        else:
            self._say(indent(script, "    "))
        self._say()
        self._rows(shown.rows)

    def _rows(self, rows: Sequence[Row]) -> None:
        told = [row for row in rows if row.differs] or list(rows)
        told = [row for row in rows if row in told[:MOST_ROWS] or len(rows) <= MOST_ROWS]
        names = max((len(row.point) for row in told), default=0)
        yours = max((len(row.yours) for row in told), default=0)
        for row in told:
            line = f"    {row.point:{names}}   yours {row.yours:{yours}}   right {row.right}"
            self._say(line.rstrip(), style="" if row.differs else "dim")
        self._say()

    def _say(self, text: str = "", style: str = "") -> None:
        self._console.print("\n".join(map(plain, text.split("\n"))), style=style, markup=False, highlight=False)


def _cases(count: int) -> str:
    return "the 1 case that could be compared is" if count == 1 else f"all {count} cases that could be compared are"


def _named(cases: Sequence[str]) -> str:
    others = len(cases) - 1
    return f"in {cases[0]}" + (f" and {others} other {'case' if others == 1 else 'cases'}" if others else "")


def _without_ops_apart(engine: str, groups: Sequence[Group]) -> dict[str, int]:
    """How many cases each reason costs; all ops that are missing are one reason."""
    lacking = f"{engine} has no op "
    ops = [group for group in groups if group.problem.startswith(lacking)]
    counts = {group.problem: len(group.cases) for group in groups if group not in ops}
    if ops:
        names = ", ".join(group.problem.removeprefix(lacking) for group in ops)
        counts[f"{engine} has no {names}"] = sum(len(group.cases) for group in ops)
    return dict(sorted(counts.items(), key=lambda item: -item[1]))
