"""The profile of an environment as its observations say it, beside the stored one."""

from collections.abc import Callable

import msgspec

from harness.checker.inference import evidence_of, infer
from harness.checker.predict import Predictor
from harness.profiles import Profile, profile
from harness.results import Results
from reference_engine import semantics


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """One dimension."""

    dimension: str
    option: str
    """What explains the observations; of several that do, the default or the one named first."""
    decided_by: dict[str, str] = {}
    """The smallest case that rules out each other option."""
    undecided: tuple[str, ...] = ()
    """The other options that explain the observations as well."""
    asked: bool = True
    """Whether any case that ran depends on this dimension."""
    stored: str | None = None
    """What the stored profile says; None if it says nothing."""

    @property
    def contradicts(self) -> bool:
        """Whether the observations rule out what is stored."""
        return self.stored not in (None, self.option, *self.undecided)


class Unexplained(msgspec.Struct, frozen=True):
    """An observation that no options explain."""

    case: str
    point: str
    observed: str


class Derived(msgspec.Struct, frozen=True):
    """A profile that was worked out."""

    environment: str
    framework: str
    flavour: str
    version: str
    rows: tuple[Row, ...]
    unexplained: tuple[Unexplained, ...]

    @property
    def contradictions(self) -> tuple[Row, ...]:
        """The dimensions in which the stored profile is wrong."""
        return tuple(row for row in self.rows if row.contradicts)


def derive(
    results: Results, environment: str, predictor: Predictor, progress: Callable[[str], None] = lambda step: None
) -> Derived:
    """The profile of one environment of a run, by its observations; what is stored is not looked at before the end."""
    described = results.environments[environment]
    inference = infer(evidence_of(results, environment), predictor, faults=False, progress=progress)
    stored = profile(described.framework, described.flavour, described.version)
    rows = (
        Row(
            name,
            decision.option,
            {other: witness.case for other, witness in decision.ruled_out.items()},
            decision.undecided,
            decision.asked,
            _stored(stored, name),
        )
        for name, decision in inference.decisions.items()
    )
    unexplained = (
        Unexplained(witness.case, point, str(results.observations[witness.case, environment][point]))
        for witness in inference.unexplained
        for point in witness.points
        if stored.known_for(witness.case, point) is None
    )
    return Derived(
        environment, described.framework, described.flavour, described.version, tuple(rows), tuple(unexplained)
    )


def _stored(stored: Profile, dimension: str) -> str | None:
    """The option in a profile that exists; what it does not name is as the default."""
    if not stored.choices:
        return None
    choice = stored.choices.get(dimension)
    return choice.option if choice else semantics.DIMENSIONS[dimension].default
