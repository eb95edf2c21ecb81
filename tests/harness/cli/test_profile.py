"""`crossgrad profile`: what observations decide, what they do not, and what is stored."""

import json

import msgspec
import pytest

from harness.profiles import Choice, Profile, ProfileFile

pytestmark = pytest.mark.slow


@pytest.fixture
def recorded(crossgrad, tmp_path):
    """A results file of two topics in the reference environment."""
    crossgrad("run", "reductions", "seeds", "--env", "reference", "--out", tmp_path)
    return tmp_path / "results.jsonl"


def test_says_which_case_decided_and_what_none_decides(crossgrad, recorded):
    ended = crossgrad("profile", "--recorded", recorded)

    assert 0 == ended.code
    lines = {line.split()[0]: line.split() for line in ended.out.splitlines() if line.strip()}
    assert ["max_ties", "split", "reductions/min_with_ties"] == lines["max_ties"]
    assert "no case that ran depends on it" in " ".join(lines["relu_at_zero"])
    assert "the cases give the same by each" in " ".join(lines["host_array"])
    assert "There is no stored profile of reference" in ended.out


def test_a_stored_profile_that_the_observations_rule_out_is_an_alarm(crossgrad, recorded, monkeypatch):
    stored = Profile({"max_ties": Choice("max_ties", "last", "somewhere")})
    monkeypatch.setattr("harness.checker.derived.profile", lambda *_: stored)

    ended = crossgrad("profile", "--recorded", recorded)

    assert 1 == ended.code
    assert "max_ties is split, not last" in ended.out


def test_toml_is_a_profile_file(crossgrad, recorded):
    ended = crossgrad("profile", "--recorded", recorded, "--format", "toml")

    file = msgspec.toml.decode(ended.out, type=ProfileFile)
    assert "split" in [choice.option for choice in file.choice if choice.dimension == "max_ties"]


def test_json_holds_every_dimension(crossgrad, recorded):
    ended = crossgrad("profile", "--recorded", recorded, "--format", "json")

    (derived,) = json.loads(ended.out)
    ties = next(row for row in derived["rows"] if row["dimension"] == "max_ties")
    assert {"first", "last", "all"} == ties["decided_by"].keys()


def test_runs_the_catalogue_itself(crossgrad):
    ended = crossgrad("profile", "--env", "reference")

    assert 0 == ended.code
    assert "accumulation " in ended.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Name one or more"),
        (("--env", "torhc"), "did you mean torch"),
    ],
)
def test_an_environment_has_to_be_named(arguments, message, crossgrad):
    ended = crossgrad("profile", *arguments)

    assert (2, "") == (ended.code, ended.out)
    assert message in ended.err


def test_an_environment_that_was_not_recorded_is_said(crossgrad, recorded):
    ended = crossgrad("profile", "--recorded", recorded, "--env", "chainer")

    assert (2, "") == (ended.code, ended.out)
    assert "nothing was recorded of 'chainer'; there is reference" in ended.err
