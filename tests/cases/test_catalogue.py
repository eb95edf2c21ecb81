"""The catalogue as a whole: what every case must be, whatever it shows."""

import importlib
import inspect
import pkgutil
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import cases
from cases import ARTICLES, SEED_000, SEED_001, SEED_002, SEED_003, SEED_004
from harness import Case
from harness.catalogue import catalogue, written
from harness.checker.predict import Predictor
from harness.program import Observe
from tests.named import named

CATALOGUE = catalogue()
WRITTEN = written()
TOPICS = [module.name for module in pkgutil.iter_modules(cases.__path__)]

every_topic = pytest.mark.parametrize("topic", TOPICS)

RELATIVE_ROUNDING = {"float16": 1e-2, "float32": 1e-4, "float64": 1e-12, "complex128": 1e-12, "int64": 0.0}
"""Generous: twenty training steps in the dtype stay inside. Whether an engine rounds well is another test's subject."""


MISSED = [f"singular_points/where_{op}" for op in ("division", "exp", "log", "norm", "power", "reciprocal", "sqrt")]
"""Where the engine, as reverse mode by the book, multiplies 0 by infinity, and mathematics knows better."""


@pytest.fixture(scope="module")
def predictor() -> Predictor:
    return Predictor()


def test_every_case_traces_to_a_program_that_survives_its_json() -> None:
    programs = {case.id: case.program for case in CATALOGUE}

    assert [] == [name for name, one in programs.items() if one != type(one).from_json(one.to_json())]


def test_every_case_traces_to_the_same_program_every_time() -> None:
    again = [Case(case.id, case.title, case.source, case.function) for case in CATALOGUE]

    assert [case.program.digest for case in CATALOGUE] == [case.program.digest for case in again]


def test_an_id_is_the_file_and_the_function() -> None:
    for case in WRITTEN:
        topic, name = case.id.split("/")
        with named(case.id):
            assert topic == case.file.stem
            # A name of Python's own, such as `sum`, gets an addition as a function: `sum_of_parabola`.
            assert case.function.__name__.startswith(name)


def test_every_title_is_one_sentence() -> None:
    titles = [case.title for case in CATALOGUE]

    assert [] == [title for title in titles if len(title.split()) < 4]
    assert [] == [title for title in titles if title != title.strip() or "\n" in title or title[-1] in ".!"]


def test_ids_and_titles_are_unique() -> None:
    assert not [name for name, count in Counter(case.id for case in CATALOGUE).items() if count > 1]
    assert not [title for title, count in Counter(case.title for case in CATALOGUE).items() if count > 1]


def test_no_two_cases_that_were_written_are_the_same_program() -> None:
    digests = Counter(case.program.digest for case in WRITTEN)

    assert not [case.id for case in WRITTEN if digests[case.program.digest] > 1]


@every_topic
def test_a_file_of_the_catalogue_says_what_it_is_about(topic: str) -> None:
    module = importlib.import_module(f"cases.{topic}")

    assert re.match(r"[A-Z].*[.:]\n", module.__doc__ or "")


@every_topic
def test_no_case_hides_behind_another_of_the_same_name(topic: str) -> None:
    """Python keeps only the last of two functions of one name in a file."""
    text = inspect.getsource(importlib.import_module(f"cases.{topic}"))
    declared = len(re.findall(r"^@case\(", text, re.MULTILINE))

    assert declared == sum(case.topic == topic for case in WRITTEN)


@every_topic
def test_the_reference_engine_gives_what_mathematics_expects(topic: str, predictor: Predictor) -> None:
    for case in WRITTEN:
        if case.topic == topic and case.id not in MISSED:
            with named(case.id):
                assert_it_gives_what_mathematics_expects(case, predictor)


def assert_it_gives_what_mathematics_expects(case: Case, predictor: Predictor) -> None:
    seen = predictor.observe(case.program)
    for step in case.program.steps:
        if isinstance(step, Observe) and step.expected is not None:
            observation = seen[step.point]
            assert observation.outcome == "array", f"{step.point}: {observation.outcome} {observation.error}"
            expected, actual = step.expected.numpy(), observation.array.numpy()
            assert expected.shape == actual.shape
            np.testing.assert_allclose(actual, expected, rtol=RELATIVE_ROUNDING[observation.array.dtype], atol=0)


@pytest.mark.parametrize("case", [case for case in CATALOGUE if case.id in MISSED], ids=lambda case: case.id)
def test_it_gives_nan_where_it_multiplies_zero_by_infinity_and_not_under_masked(
    case: Case, predictor: Predictor
) -> None:
    (step,) = (step for step in case.program.steps if isinstance(step, Observe) and step.expected is not None)
    assert step.expected is not None
    expected = step.expected.numpy()

    missed = predictor.observe(case.program)[step.point].array.numpy()
    masked = predictor.observe(case.program, frozenset({("masked_infinity", "masked")}))[step.point].array.numpy()

    assert np.isnan(missed).any()
    np.testing.assert_allclose(masked, expected, rtol=RELATIVE_ROUNDING["float64"], atol=0)


@pytest.mark.parametrize(
    ("article", "topics"),
    [
        (SEED_000, {"double_use", "gradient_buffers"}),
        (SEED_001, {"dtype_casts", "host_arrays", "tape_scope"}),
        (SEED_002, {"repeated_backward", "functional_gradient"}),
        (SEED_003, {"tape_scope", "optimizer"}),
        (SEED_004, {"reductions", "seeds"}),
    ],
)
def test_every_article_has_its_cases_where_its_topics_are(article: str, topics: set[str]) -> None:
    assert topics == {case.topic for case in CATALOGUE if case.source == article}


def test_the_articles_are_retold_under_their_titles() -> None:
    retold = (Path(__file__).parents[2] / "docs" / "articles.md").read_text(encoding="utf-8")
    titles = re.findall(r"^## (.+)$", retold, re.MULTILINE)

    assert [f"S{article[1:]}" for article in ARTICLES] == [title.replace("`", "") for title in titles]


def test_a_source_is_an_article_or_a_link() -> None:
    sources = {case.source for case in CATALOGUE if case.source}

    assert not [source for source in sources.difference(ARTICLES) if not re.fullmatch(r"https://\S+", source)]
