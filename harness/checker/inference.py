"""Which options explain what an engine answered: its profile and its mistakes, worked out from observations alone.

The reference engine can be any engine that some set of options describes. So the question is which options predict
every observation exactly. One starts from the defaults and changes one option at a time, always the one that explains
most of what is left; where no single change helps, two at once. Options that turn out not to be needed are taken
back. A case says nothing about a dimension that its prediction does not consult, and is not asked about it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

import msgspec

from harness.checker.predict import Options, Prediction, Predictor
from harness.errors import Unsupported
from harness.program import Program
from harness.results import Observation, Results
from reference_engine import semantics

Choice = tuple[str, str]
"""A dimension and an option of it."""

PROPOSING = 24
"""How many of the smallest cases that are not explained propose what to change next."""
TRIED = 8
"""How many of the best proposals are tried on all cases before one is taken."""
PAIRED = 3
"""How many of the smallest cases propose two changes at once, when no single one helps."""


class Evidence(msgspec.Struct, frozen=True):
    """What an engine answered in one case."""

    case: str
    program: Program
    observations: dict[str, Observation]
    """By point; without the points that the engine has no way to observe."""


class Witness(msgspec.Struct, frozen=True):
    """A case, with those of its points that matter for what it witnesses."""

    case: str
    points: tuple[str, ...]


class Decision(msgspec.Struct, frozen=True):
    """What the evidence says about one dimension."""

    dimension: str
    option: str
    ruled_out: dict[str, Witness] = {}
    """The other options that do not fit, each with the smallest case that shows it."""
    undecided: tuple[str, ...] = ()
    """The other options that fit the evidence as well."""
    asked: bool = True
    """Whether any case of the evidence depends on this dimension."""
    shown_by: tuple[Witness, ...] = ()
    """For an option that is not the default: all cases that the default does not explain, the smallest first."""
    instead: tuple[Choice, ...] = ()
    """For an option that is not the default: choices in other dimensions that would explain the same."""


class Inference(msgspec.Struct, frozen=True):
    """The options that explain the evidence."""

    decisions: dict[str, Decision]
    """By dimension, in the order of `semantics.DIMENSIONS`."""
    unexplained: tuple[Witness, ...]
    """What no options explain, the smallest case first."""

    @property
    def options(self) -> dict[str, str]:
        """The choices that differ from the default."""
        return {
            name: decision.option
            for name, decision in self.decisions.items()
            if decision.option != semantics.DIMENSIONS[name].default
        }


def evidence_of(results: Results, environment: str) -> list[Evidence]:
    """What one environment answered in all cases of a results file."""
    return [
        Evidence(case, results.cases[case].program, observations)
        for (case, where), observations in results.observations.items()
        if where == environment
    ]


def infer(
    evidence: Iterable[Evidence],
    predictor: Predictor,
    *,
    faults: bool,
    progress: Callable[[str], None] = lambda step: None,
) -> Inference:
    """The options that explain most of `evidence`; with `faults`, mistakes are among them.

    `progress` is told each step in words.
    """
    offered = {
        dimension.name: tuple(dimension.options) if faults else dimension.acceptable
        for dimension in semantics.DIMENSIONS.values()
    }
    search = _Search(evidence, predictor, {name: options for name, options in offered.items() if len(options) > 1})
    search.climb(progress)
    progress("deciding what the cases rule out")
    return Inference({name: search.decide(name) for name in search.offered}, search.unexplained())


class _Item:
    """One piece of evidence, and how the options in force explain it."""

    def __init__(self, evidence: Evidence, points: frozenset[str]) -> None:
        self.case = evidence.case
        self.program = evidence.program
        self.observations = evidence.observations
        self.points = points
        self.size = (len(evidence.program.steps), evidence.case)


class _Match(msgspec.Struct, frozen=True):
    """Which points of a case some options explain, and on which dimensions that depends."""

    points: frozenset[str]
    consulted: frozenset[str]
    share: float
    """Of all points of the case."""


class _Search:
    """The options in force, and the moves from there."""

    def __init__(
        self, evidence: Iterable[Evidence], predictor: Predictor, offered: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.offered = offered
        self.chosen: dict[str, str] = {}
        """Only what differs from the default."""
        self._predictor = predictor
        self._matches: dict[tuple[str, int], tuple[Prediction, _Match]] = {}
        items = (_Item(one, self._comparable(one)) for one in evidence)
        self._items = sorted((item for item in items if item.points), key=lambda item: item.size)

    def climb(self, progress: Callable[[str], None]) -> None:
        """Change options as long as that explains more, then take back what is not needed."""
        while (changes := self._best_single() or self._best_pair()) is not None:
            self.chosen = self._with(changes)
            progress(" and ".join(f"{name} = {option}" for name, option in changes.items()))
        for name, _ in sorted(self.chosen.items(), key=_is_fault, reverse=True):
            default = {name: semantics.DIMENSIONS[name].default}
            if self._gain(default) >= 0:
                self.chosen = self._with(default)

    def decide(self, name: str) -> Decision:
        """What the evidence says about one dimension, the other choices being as they are."""
        option, default = self._option(name), semantics.DIMENSIONS[name].default
        others = [other for other in self.offered[name] if other != option]
        ruled_out = {other: witness for other in others for witness in islice(self._lost({name: other}), 1)}
        shown_by = tuple(self._lost({name: default})) if option != default else ()
        return Decision(
            name,
            option,
            ruled_out,
            tuple(other for other in others if other not in ruled_out and self._gain({name: other}) >= 0),
            any(name in self._match(item, self.chosen).consulted for item in self._items),
            shown_by,
            tuple(self._instead(name, {witness.case for witness in shown_by})),
        )

    def unexplained(self) -> tuple[Witness, ...]:
        """The points that the options in force do not predict."""
        return tuple(
            Witness(item.case, tuple(point for point in item.program.points if point in missed))
            for item in self._items
            if (missed := item.points - self._match(item, self.chosen).points)
        )

    # Explaining

    def _comparable(self, evidence: Evidence) -> frozenset[str]:
        """The points of which the reference engine can say anything."""
        try:
            lacking = self._predictor.unsupported(evidence.program)
            self._predictor.predict(evidence.program)
        except Unsupported:
            return frozenset()
        return frozenset(evidence.observations) - frozenset(lacking)

    def _with(self, changes: Mapping[str, str]) -> dict[str, str]:
        """The options in force with some changed."""
        changed = {**self.chosen, **changes}
        return {name: option for name, option in changed.items() if option != semantics.DIMENSIONS[name].default}

    def _option(self, name: str) -> str:
        return self.chosen.get(name, semantics.DIMENSIONS[name].default)

    def _match(self, item: _Item, chosen: Mapping[str, str]) -> _Match:
        options = frozenset(chosen.items())
        prediction = self._predictor.predict(item.program, options)
        key = (item.case, id(prediction))
        if key not in self._matches:
            points = frozenset(point for point in item.points if self._explains(item, options, point))
            match = _Match(points, prediction.consulted, len(points) / len(item.points))
            self._matches[key] = (prediction, match)  # it lives as long as its id is a key
        return self._matches[key][1]

    def _explains(self, item: _Item, options: Options, point: str) -> bool:
        """Whether the point is as predicted, up to rounding."""
        return self._predictor.compare(item.program, options, point, item.observations[point]).same

    def _gain(self, changes: Mapping[str, str], items: Sequence[_Item] | None = None) -> float:
        """How many cases more the changes explain; parts of cases count as parts."""
        changed = self._with(changes)
        gain = 0.0
        for item in self._items if items is None else items:
            now = self._match(item, self.chosen)
            if not now.consulted.isdisjoint(changes):
                gain += self._match(item, changed).share - now.share
        return round(gain, 9)

    def _lost(self, changes: Mapping[str, str]) -> Iterator[Witness]:
        """What would not be explained any more after the changes, the smallest case first."""
        changed = self._with(changes)
        for item in self._items:
            now = self._match(item, self.chosen)
            if not now.consulted.isdisjoint(changes):
                lost = now.points - self._match(item, changed).points
                if lost:
                    yield Witness(item.case, tuple(point for point in item.program.points if point in lost))

    # Moves

    def _left(self) -> list[_Item]:
        """The cases that are not wholly explained, the smallest first."""
        return [item for item in self._items if self._match(item, self.chosen).share < 1]

    def _best_single(self) -> dict[str, str] | None:
        """The change of one option that explains most of what is left, without losing as much elsewhere."""
        left = self._left()
        for proposing in (left[:PROPOSING], left):
            ranked = sorted(self._proposals(proposing), key=self._rank)
            for several in (ranked[:TRIED], ranked[TRIED:]):
                tried = [(self._gain({name: option}), name, option) for _, name, option in several]
                best = min(tried, key=self._rank, default=None)
                if best is not None and best[0] > 0:
                    return {best[1]: best[2]}
            if len(left) <= PROPOSING:
                break
        return None

    def _best_pair(self) -> dict[str, str] | None:
        """Two changes at once: the second is looked for where the first leads."""
        for item in self._left()[:PAIRED]:
            now = self._match(item, self.chosen)
            pairs: dict[tuple[Choice, ...], float] = {}
            for first in self._choices(now.consulted):
                after = self._match(item, self._with(dict([first])))
                for second in self._choices(after.consulted):
                    if first[0] < second[0] or second[0] not in now.consulted:
                        changes = dict([first, second])
                        share = self._match(item, self._with(changes)).share
                        if share > now.share:
                            pairs[first, second] = share
            for pair in sorted(pairs, key=lambda pair: (-pairs[pair], sum(map(_is_fault, pair)), pair)):
                if self._gain(dict(pair)) > 0:
                    return dict(pair)
        return None

    def _proposals(self, items: Sequence[_Item]) -> Iterator[tuple[float, str, str]]:
        """The choices that explain more of `items`, with how much more."""
        consulted = frozenset().union(*(self._match(item, self.chosen).consulted for item in items))
        for name, option in self._choices(consulted):
            gain = self._gain({name: option}, items)
            if gain > 0:
                yield gain, name, option

    def _choices(self, names: Iterable[str]) -> list[Choice]:
        """What could be chosen instead in these dimensions."""
        return [
            (name, option)
            for name in sorted(names)
            if name in self.offered
            for option in self.offered[name]
            if option != self._option(name)
        ]

    def _instead(self, name: str, cases: set[str]) -> Iterator[Choice]:
        """Choices in other dimensions that explain `cases` as well as the choice in this one."""
        if not cases:
            return
        items = [item for item in self._items if item.case in cases]
        default = {name: semantics.DIMENSIONS[name].default}
        without = [self._match(item, self._with(default)) for item in items]
        consulted = frozenset.intersection(*(match.consulted for match in without))
        for other, option in self._choices(consulted - {name}):
            changes = {**default, other: option}
            if self._gain(changes, items) >= 0 and self._gain(changes) >= 0:
                yield other, option

    def _rank(self, proposal: tuple[float, str, str]) -> tuple[float, bool, str, str]:
        """The larger gain first, and of equal ones what somebody could have chosen on purpose."""
        gain, name, option = proposal
        return -gain, _is_fault((name, option)), name, option


def _is_fault(choice: Choice) -> bool:
    name, option = choice
    return not semantics.DIMENSIONS[name].options[option].acceptable
