"""A declared case knows who it is, and says so when its function fails."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness import case, declaration
from harness.declaration import Case
from harness.errors import CaseError


@pytest.fixture(autouse=True)
def _nothing_stays_declared() -> Iterator[None]:
    before = len(declaration.declared)
    yield
    del declaration.declared[before:]


def observing(g: Any) -> None:
    g.observe("x", g.input("x", 1.0))


def test_a_case_keeps_what_was_said_about_it() -> None:
    made = case("topic/name", title="It is so", source="an article")(observing)
    assert ("topic/name", "topic", "It is so", "an article") == (made.id, made.topic, made.title, made.source)
    assert Path(__file__) == made.file
    assert f"{__file__}:{observing.__code__.co_firstlineno}" == made.place
    assert made is declaration.declared[-1]


def test_the_function_runs_once_and_only_when_it_is_asked_for() -> None:
    calls = []

    @case("topic/name", title="Once")
    def counted(g: Any) -> None:
        calls.append(g)
        observing(g)

    assert [] == calls
    assert counted.program is counted.program
    assert 1 == len(calls)


@pytest.mark.parametrize(
    "id", ["name", "Topic/name", "topic/", "/name", "topic/na me", "topic/name\n", "tópic/name", ""]
)
def test_an_id_is_topic_and_name(id: str) -> None:  # noqa: A002
    with pytest.raises(CaseError, match="topic/name in small letters"):
        case(id, title="A title")


@pytest.mark.parametrize("id", ["a/b", "reductions/max_of_ties", "a/b/c", "topic_1/name_2"])
def test_ordinary_ids_pass(id: str) -> None:  # noqa: A002
    assert isinstance(case(id, title="A title")(observing), Case)


@pytest.mark.parametrize("title", ["", "  ", "\n"])
def test_a_case_needs_a_title(title: str) -> None:
    with pytest.raises(CaseError, match="case 'a/b' needs a title"):
        case("a/b", title=title)


@pytest.mark.parametrize("text", ["two\nlines", "\x1b[31m", "\ud800", 3])
def test_title_and_source_are_lines_that_every_file_can_hold(text: Any) -> None:
    with pytest.raises(CaseError, match="case 'a/b' needs a title"):
        case("a/b", title=text)
    with pytest.raises(CaseError, match="case 'a/b': its source is one line"):
        case("a/b", title="A title", source=text)


async def waiting(g: Any) -> None:
    observing(g)


@pytest.mark.parametrize("declared", [Case, waiting, 3])
def test_only_a_plain_function_is_a_case(declared: Any) -> None:
    with pytest.raises(CaseError, match=r"case 'a/b' is declared on .*; a case is a function"):
        case("a/b", title="A title")(declared)


def test_what_a_case_prints_does_not_mix_with_the_data(capsys: pytest.CaptureFixture[str]) -> None:
    @case("a/b", title="A title")
    def loud(g: Any) -> None:
        print("tracing")
        observing(g)

    _ = loud.program
    assert ("", "tracing\n") == capsys.readouterr()


def leaving(g: Any) -> None:
    raise SystemExit(0)


def raising(g: Any) -> None:
    raise ZeroDivisionError("by zero")


def misspelling(g: Any) -> None:
    g.observe("y", g.epx(g.input("x", 1.0)))


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (raising, "raised ZeroDivisionError: by zero"),
        (leaving, "raised SystemExit: 0"),
        (misspelling, "there is no op 'epx'; did you mean exp"),
        (lambda g: None, "the case observes nothing"),
    ],
)
def test_a_function_that_fails_is_named_with_its_place(function: Any, message: str) -> None:
    made = case("a/b", title="Fails")(function)
    with pytest.raises(CaseError) as raised:
        _ = made.program
    assert message in str(raised.value)
    assert str(raised.value).startswith(f"case 'a/b' ({made.place})")
