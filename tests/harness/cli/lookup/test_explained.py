"""`crossgrad explain OP`: what it says of an op, with an atlas and without one."""

import pytest

from harness import atlas
from harness.catalogue import select
from harness.cli.lookup import conventions, documented, places
from harness.cli.lookup.text import explained
from harness.ops import OPS
from harness.results import (
    CaseRecord,
    EnvironmentRecord,
    Explanation,
    Observation,
    PointVerdict,
    Results,
    Verdict,
)

CASE = "selection/clip/bounds"
HALF = Explanation("clip_at_bounds", "half", "Half of it passes.", "a reference")
NARROW = Explanation("default_float", "float32", "Every float is float32.", "a reference")


def seen(environment, value):
    return Observation(case=CASE, environment=environment, point="x.grad", outcome="value", value=value)


def judged(environment, status, mathematics="subgradient", explained_by=(), truth=""):
    point = PointVerdict(status, mathematics, explained_by, truth=truth)
    return Verdict(case=CASE, environment=environment, status=status, points={"x.grad": point})


@pytest.fixture
def published(monkeypatch):
    """Publish an atlas of one case; without arguments there is none."""

    def publish(*records):
        (case,) = select([CASE])
        environments = [EnvironmentRecord(name=name, framework=name, version="1.0") for name in ("torch", "jax")]
        described = CaseRecord(id=case.id, title=case.title, topic=case.topic, program=case.program)
        results = Results.of([*environments, described, *records]) if records else Results()
        monkeypatch.setattr(places, "atlas", lambda: results)

    return publish


def bounds():
    """What is said of the case in the atlas."""
    return next((said for said in places.paragraphs(OPS["clip"]) if f"{CASE}:" in said), "")


def test_an_op_is_explained_by_its_meaning_conventions_places_and_commands(crossgrad, published):
    published()
    out = crossgrad("explain", "clip").out
    assert out.startswith("clip: x limited to [min, max]\n  g.clip(x, min=None, max=None)\n")
    for part in ("clip_at_bounds: Does", "blocked: It is blocked", "in HIPS autograd", "to do: ", f"{CASE}: "):
        assert part in out
    assert "  crossgrad run clip\n" in out


@pytest.mark.parametrize("op", ["clip", "conv2d", "erfinv", "concat", "equal"])
def test_no_line_is_longer_than_a_terminal_but_for_addresses_and_formulas(op):
    formulas = {line.strip() for one in conventions.dimensions(OPS[op]) for option in one.options.values()
                for line in option.formula.splitlines()}  # fmt: skip
    long = [line.strip() for line in explained(op).splitlines() if len(line) > 80]
    assert [] == [line for line in long if not line.startswith("see ") and line not in formulas]


def test_what_decides_about_every_program_is_no_convention_of_an_op():
    named = {one.name for one in conventions.dimensions(OPS["clip"])}
    assert {"clip_at_bounds"} <= named
    assert "seed_shape" not in named


def test_releases_that_choose_otherwise_are_named():
    said = "\n".join(conventions.paragraphs(OPS["max"]))
    assert "PyTorch >=1.7" in said
    assert "PyTorch <1.7: first" in said


def test_answers_are_grouped_and_judged(published):
    published(
        seen("torch", "[0.5, 0.75]"), judged("torch", "agree"),
        seen("jax", "[0.25, 0.375]"), judged("jax", "convention", explained_by=(HALF, NARROW)),
    )  # fmt: skip
    assert "[0.5, 0.75]  in torch\n        agree, subgradient" in bounds()
    assert "[0.25, 0.375]  in jax\n        convention, subgradient: clip_at_bounds = half" in bounds()
    assert "default_float" not in bounds()


def test_where_only_dtypes_differ_nothing_is_said(published):
    published(
        seen("torch", "[0.5, 0.75]"), judged("torch", "agree"),
        seen("jax", "[0.5 , 0.75]"), judged("jax", "convention", explained_by=(NARROW,)),
    )  # fmt: skip
    assert "" == bounds()
    assert "All agree, and none is wrong, at bounds." in list(places.paragraphs(OPS["clip"]))[-1]


def test_what_all_have_wrong_is_said_with_the_truth(published):
    published(*(
        record
        for name in ("torch", "jax")
        for record in (seen(name, "[0.5, 0.75]"), judged(name, "agree", "wrong", truth="[0, 0]"))
    ))  # fmt: skip
    assert "[0.5, 0.75]  in all\n        agree, wrong; right is [0, 0]" in bounds()


def test_an_environment_without_an_answer_says_why(published):
    published(
        seen("torch", "[0.5]"), judged("torch", "agree"),
        Verdict(case=CASE, environment="jax", status="unsupported", reason="JAX cannot\nsay it"),
    )  # fmt: skip
    assert "jax: unsupported, JAX cannot say it" in bounds()


def test_the_case_to_look_at_is_the_one_where_most_differ(published):
    published(seen("jax", "[0.25]"), judged("jax", "convention", explained_by=(HALF,)))
    assert CASE == places.most_telling(OPS["clip"])


def test_a_case_that_changed_since_the_atlas_is_not_explained_by_it(monkeypatch):
    (other,) = select(["selection/clip/below_alone"])
    described = CaseRecord(id=CASE, title="A title", topic="selection", program=other.program)
    environment = EnvironmentRecord(name="torch", framework="torch")
    results = Results.of([environment, described, seen("torch", "[9.]"), judged("torch", "disagree")])
    monkeypatch.setattr(places, "atlas", lambda: results)
    assert "[9.]" not in bounds()
    assert CASE in bounds()


def test_documented_differences_have_framework_place_reason_and_reference():
    (said,) = [one for one in documented.differences(OPS["clip"]) if "Chainer at equal_bounds: " in one]
    assert "F.clip refuses bounds that are equal." in said
    assert "see https://github.com/chainer/chainer/" in said


def test_the_findings_about_an_op_are_those_that_name_it():
    assert any("docs/findings/tensorflow_gelu.md" in one for one in documented.findings(OPS["gelu"]))
    assert [] == list(documented.findings(OPS["swapaxes"]))


def test_without_the_repository_there_is_no_atlas(tmp_path, monkeypatch):
    monkeypatch.setattr(atlas, "FOLDER", tmp_path)
    assert {} == atlas.atlas.__wrapped__().verdicts
