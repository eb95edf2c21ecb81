"""Whether what was observed is as expected, without the words for it: the question to ask of very many programs."""

from harness.checker.predict import Options, Predictor, differing
from harness.profiles import Profile
from harness.program import Program
from harness.results import Observation


def surprises(
    predictor: Predictor,
    program: Program,
    profile: Profile,
    observations: dict[str, Observation],
    unsupported: dict[str, str],
) -> tuple[str, ...]:
    """The points that are not as the profile predicts, in order. Raises `Unsupported` where nothing can be predicted.

    What lies within bounds that are too wide to tell is no surprise.
    """
    options = differing(profile.options)
    left_out = {**unsupported, **predictor.unsupported(program)}
    return tuple(
        point
        for point in program.points
        if point not in left_out and not _is_expected(predictor, program, options, point, observations[point])
    )


def is_convention(predictor: Predictor, program: Program, profile: Profile) -> bool:
    """Whether the profile predicts anything else than the reference's own conventions do."""
    return predictor.observe(program, differing(profile.options)) != predictor.observe(program)


def _is_expected(predictor: Predictor, program: Program, options: Options, point: str, seen: Observation) -> bool:
    comparison = predictor.compare(program, options, point, seen)
    return comparison.same or comparison.undecided is not None
