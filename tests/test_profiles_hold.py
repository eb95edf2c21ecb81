"""The stored profiles against the real frameworks: each entry is what observations say, and none is idle."""

import pytest

from harness.checker import Judge
from harness.checker.derived import derive
from harness.checker.predict import Predictor
from harness.environments import catalogue as environments
from harness.profiles import Choice, Profile, profile
from harness.results import Results
from reference_engine import semantics

pytestmark = pytest.mark.frameworks

FRAMEWORKS = [name for name, one in environments().items() if one.framework != "reference"]


@pytest.fixture(scope="module")
def predictor():
    return Predictor()


@pytest.fixture(scope="module")
def judge(predictor):
    return Judge(predictor)


def stored(results: Results, name: str) -> Profile:
    described = results.environments[name]
    return profile(described.framework, described.flavour, described.version)


@pytest.fixture
def judged(written_results, judge):
    """The verdicts of one environment under a profile, by case, where they could differ from the recorded ones."""

    def again(name, chosen, cases):
        return {
            case: judge.verdict(
                case,
                written_results.cases[case].program,
                written_results.environments[name],
                written_results.observations[case, name],
                {
                    point: verdict.sentence
                    for point, verdict in written_results.verdicts[case, name].points.items()
                    if point not in written_results.observations[case, name]
                },
                chosen,
            )
            for case in cases
        }

    return again


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_what_is_worked_out_from_observations_is_what_is_stored(name, written_results, predictor):
    derived = derive(written_results, name, predictor)
    entries = stored(written_results, name)

    assert () == derived.unexplained
    assert [] == [(row.dimension, row.option, row.stored) for row in derived.rows if row.contradicts]
    observed = {row.dimension for row in derived.rows if row.decided_by}
    assert set() == entries.choices.keys() - observed
    assert {row.dimension for row in derived.rows} == entries.choices.keys() | entries.inapplicable.keys()


def conventions(results, name, dimension):
    """The cases whose difference the profile explains by its choice in a dimension."""
    return {
        verdict.case
        for verdict in results.verdicts.values()
        if verdict.environment == name and dimension in [why.dimension for why in verdict.explained_by]
    }


@pytest.mark.parametrize("name", ["torch", "tensorflow", "chainer", "jax"])
def test_without_an_entry_its_cases_disagree_and_each_names_the_entry_that_is_missing(name, written_results, judged):
    entries = stored(written_results, name)
    for dimension, choice in entries.choices.items():
        if choice.option == semantics.DIMENSIONS[dimension].default:
            continue
        less = Profile({one: kept for one, kept in entries.choices.items() if one != dimension}, entries.known)
        cases = {case for case, where in written_results.observations if where == name}

        verdicts = judged(name, less, cases)

        was_explained = conventions(written_results, name, dimension)
        disagreeing = {case for case, verdict in verdicts.items() if verdict.status == "disagree"}
        assert disagreeing & was_explained, f"{dimension}: nothing needs this entry"
        for case in was_explained - disagreeing:  # another entry explains it as well
            assert "convention" == verdicts[case].status, (case, dimension)
        for case in disagreeing:
            missing = [(why.dimension, why.option) for why in verdicts[case].explained_by]
            assert (dimension, choice.option) in missing, (case, dimension)


def test_a_wrong_entry_is_stale(written_results, judged):
    entries = stored(written_results, "torch")
    wrong = Choice("max_ties", "first", "nowhere")

    verdicts = judged("torch", Profile({**entries.choices, "max_ties": wrong}, entries.known), {"reductions/max"})

    assert "stale" == verdicts["reductions/max"].status
    assert ["max_ties"] == [why.dimension for why in verdicts["reductions/max"].explained_by]
