"""Where the tapes of a Program open and close.

A *stretch* is what one would write as one `with tf.GradientTape() as tape:` and the calls on that tape: recorded steps,
then `backward` and `grad`. Steps that are recorded after a call belong to a new stretch with a new tape, unless the
program goes on with something that the earlier tape recorded: then that tape has to stay open over all of it.

A `grad` that creates a graph needs a second tape around the first, which records the call itself. So a stretch has one
*level* more than it has such calls, and every level's tape starts where the stretch starts.

What no call can reach needs no tape, wherever it stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from harness.program import AnyStep, Apply, Backward, Grad, Program, SGDStep


@dataclass(frozen=True)
class Level:
    """One tape: it records `steps[start:end]` and answers `calls`, given by their positions in the program."""

    start: int
    end: int
    calls: tuple[int, ...]
    persistent: bool


@dataclass(frozen=True)
class Stretch:
    """`steps[start:stop]`, of which `levels` says what is recorded; the innermost tape comes first."""

    start: int
    stop: int
    levels: tuple[Level, ...]

    @property
    def recorded(self) -> int:
        """Behind the last step that a tape records."""
        return self.levels[-1].end

    @property
    def answered(self) -> int:
        """Behind the last step that a tape is needed for."""
        return max([self.recorded, *(call + 1 for level in self.levels for call in level.calls)])


def stretches(program: Program) -> tuple[Stretch, ...]:
    """The stretches of a program, in order."""
    return _Planner(program).stretches()


def roots(call: Backward | Grad) -> tuple[str, ...]:
    """What a call starts from."""
    return (call.root,) if isinstance(call, Backward) else call.outputs


def is_recorded(step: AnyStep) -> bool:
    """Whether the program wants a derivative to flow through this step."""
    return (isinstance(step, Apply) and step.recorded) or (isinstance(step, Grad) and step.create_graph)


@dataclass
class _Run:
    """Recorded steps without a call between them, and the calls that follow."""

    start: int
    calls: list[int] = field(default_factory=list)


class _Planner:
    def __init__(self, program: Program) -> None:
        self._steps = program.steps
        self._definitions = {name: step for step in program.steps for name in step.defines}
        every_root = (name for step in program.steps if isinstance(step, Backward | Grad) for name in roots(step))
        self._reached = self._recorded_ancestors(every_root)

    def stretches(self) -> tuple[Stretch, ...]:
        runs, home = self._runs()
        if not runs:
            return ()
        groups = self._joined(runs, home)
        stops = [group[0].start for group in groups[1:]] + [len(self._steps)]
        return tuple(self._stretch(group, stop) for group, stop in zip(groups, stops, strict=True))

    def _on_tape(self, position: int) -> bool:
        step = self._steps[position]
        # A grad that creates a graph is recorded even if nothing uses it: that is what the program asks for.
        return (isinstance(step, Grad) and step.create_graph) or not self._reached.isdisjoint(step.defines)

    def _runs(self) -> tuple[list[_Run], dict[str, int]]:
        """The runs, and for each name that a tape records the number of its run."""
        runs: list[_Run] = []
        home: dict[str, int] = {}
        closed = True
        for position, step in enumerate(self._steps):
            if isinstance(step, Backward | Grad):
                # What no tape has recorded is asked of a tape that was asked nothing yet.
                if not runs or (runs[-1].calls and home.keys().isdisjoint(roots(step))):
                    runs.append(_Run(position))
                runs[-1].calls.append(position)
            elif self._on_tape(position) and closed:
                runs.append(_Run(position))
            if self._on_tape(position):
                home |= dict.fromkeys(step.defines, len(runs) - 1)
                closed = False
            if isinstance(step, Backward | Grad | SGDStep):
                closed = True
        return runs, home

    def _joined(self, runs: list[_Run], home: dict[str, int]) -> list[list[_Run]]:
        """Runs in groups: each that goes on with what an earlier one recorded is joined with it and all between."""
        stops = [run.start for run in runs[1:]] + [len(self._steps)]
        groups: list[list[int]] = []
        for number, (run, stop) in enumerate(zip(runs, stops, strict=True)):
            used = {
                name
                for position in range(run.start, stop)
                if self._on_tape(position) or isinstance(self._steps[position], Backward | Grad)
                for name in self._steps[position].uses
            }
            reach = min([number, *(home[name] for name in used & home.keys())])
            group = [number]
            while groups and groups[-1][-1] >= reach:
                group = groups.pop() + group
            groups.append(group)
        return [[runs[number] for number in group] for group in groups]

    def _stretch(self, group: list[_Run], stop: int) -> Stretch:
        start = group[0].start
        calls = [call for run in group for call in run.calls]
        makers = [call for call in calls if is_recorded(self._steps[call])]
        levels = []
        after = start - 1
        for maker in [*makers, stop]:
            end = max((position + 1 for position in range(start, maker) if self._on_tape(position)), default=start)
            answered = tuple(call for call in calls if after < call <= maker)
            levels.append(Level(start, end, answered, self._is_persistent(answered, end)))
            after = maker
        return Stretch(start, stop, tuple(levels))

    def _is_persistent(self, calls: tuple[int, ...], end: int) -> bool:
        """Whether the tape has to answer more than once.

        It does where the program keeps the graph; where recording goes on after a call; and where two calls ask about
        graphs that have nothing recorded in common, so that neither of them is a second pass over the same graph.
        """
        graphs: list[frozenset[str]] = []
        for call in calls:
            step = self._steps[call]
            assert isinstance(step, Backward | Grad)
            graph = self._recorded_ancestors(roots(step))
            if call < end or step.keep_graph or any(graph and graph.isdisjoint(other) for other in graphs):
                return True
            graphs.append(graph)
        return False

    def _recorded_ancestors(self, names: Iterable[str]) -> frozenset[str]:
        """All recorded values that `names` are computed from, themselves included."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            step = self._definitions[waiting.pop()]
            if is_recorded(step) and found.isdisjoint(step.defines):
                found.update(step.defines)
                waiting += step.uses
        return frozenset(found)
