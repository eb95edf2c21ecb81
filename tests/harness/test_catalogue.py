"""Cases are found by what a person types, and a file that cannot be used says why and where."""

import sys
from pathlib import Path

import pytest

from harness import declaration
from harness.catalogue import catalogue, load_file, select
from harness.errors import CaseError, UsageError

CASE = """
from harness import case
@case("mine/{name}", title="A title")
def {name}(g):
    g.observe("x", g.input("x", 1.0))
"""


def write(folder: Path, text: str, name: str = "mine.py") -> Path:
    file = folder / name
    file.write_text(text)
    return file


def test_the_catalogue_has_cases_of_distinct_ids() -> None:
    ids = [found.id for found in catalogue()]
    assert "double_use/add_chain" in ids
    assert len(set(ids)) == len(ids)


def test_without_selectors_everything_is_selected() -> None:
    assert catalogue() == select([])


def test_an_id_selects_one_case() -> None:
    assert ["double_use/add_chain"] == [found.id for found in select(["double_use/add_chain"])]


def test_a_topic_selects_its_cases() -> None:
    expected = [found.id for found in catalogue() if found.topic == "double_use"]
    assert expected == [found.id for found in select(["double_use"])]


def test_a_pattern_selects_what_fits() -> None:
    expected = [found.id for found in catalogue() if found.id.startswith("double_use/a")]
    assert expected == [found.id for found in select(["double_use/a*"])]
    assert expected


def test_what_is_selected_twice_comes_once() -> None:
    assert select(["double_use"]) == select(["double_use", "double_use/add_chain", "double_use/*"])


@pytest.mark.parametrize(
    ("selector", "hint"),
    [
        ("double_use/ad_chain", "did you mean double_use/add_chain"),
        ("doubleuse", "double_use"),
        ("@@@", "`crossgrad list cases` shows all"),
    ],
)
def test_a_selector_that_fits_nothing_is_explained(selector: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        select([selector])
    assert f"there is no case, topic, op or pattern '{selector}'" in str(raised.value)
    assert hint in str(raised.value)


def test_a_users_file_is_selected_by_its_path(tmp_path: Path) -> None:
    file = write(tmp_path, CASE.format(name="first") + CASE.format(name="second"))
    assert ["mine/first", "mine/second"] == [found.id for found in select([str(file)])]


def test_a_users_file_may_import_what_stands_beside_it(tmp_path: Path) -> None:
    write(tmp_path, "VALUE = 2.0", "beside_the_cases.py")
    file = write(tmp_path, "from beside_the_cases import VALUE" + CASE.format(name="first"))
    path = list(sys.path)
    assert ["mine/first"] == [found.id for found in load_file(file)]
    assert path == sys.path


def test_loading_a_file_twice_gives_its_cases_twice(tmp_path: Path) -> None:
    file = write(tmp_path, CASE.format(name="first"))
    before = list(declaration.declared)
    assert [found.id for found in load_file(file)] == [found.id for found in load_file(file)]
    assert before == declaration.declared


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = = 1", "line 1: SyntaxError"),
        ("\n\n1 / 0", "line 3: ZeroDivisionError: division by zero"),
        ("import no_such_module", "line 1: ModuleNotFoundError"),
        ("raise SystemExit(3)", "line 1: SystemExit: 3"),
        ("import sys\nsys.exit()", "line 2: SystemExit"),
        ("\0", "cannot be loaded: SyntaxError"),
        ("", "declares no case"),
        ("from harness import case\n@case('nothing', title='t')\ndef f(g): pass", "topic/name"),
        (CASE.format(name="first") * 2, "case 'mine/first' is declared twice"),
    ],
)
def test_a_file_that_cannot_be_used_is_explained(tmp_path: Path, text: str, message: str) -> None:
    file = write(tmp_path, text)
    before = list(declaration.declared)
    with pytest.raises(CaseError) as raised:
        load_file(file)
    assert message in str(raised.value)
    assert str(file) in str(raised.value)
    assert before == declaration.declared


def test_what_a_file_prints_does_not_mix_with_the_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load_file(write(tmp_path, "print('loading')" + CASE.format(name="loud")))
    assert ("", "loading\n") == capsys.readouterr()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"there is no file of cases .*nowhere\.py"):
        select([str(tmp_path / "nowhere.py")])


def test_a_folder_or_another_kind_of_file_is_no_file_of_cases(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="there is no file of cases"):
        load_file(tmp_path)
    with pytest.raises(CaseError, match=r"ends in \.py"):
        load_file(write(tmp_path, "", "cases.txt"))


def test_two_files_that_declare_one_id_are_told_apart(tmp_path: Path) -> None:
    one, other = (write(tmp_path, CASE.format(name="first"), name) for name in ("one.py", "other.py"))
    with pytest.raises(CaseError, match=r"declared twice: .*one\.py:\d+ and .*other\.py:\d+; rename one"):
        select([str(one), str(other)])


def test_a_folder_is_told_from_a_case_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder; name the files of cases in it"):
        select([str(tmp_path)])
