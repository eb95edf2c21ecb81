from pathlib import Path

import pytest

from harness.environments import find, installed, remove, specification
from harness.environments.installations import MARKER, log_of
from harness.errors import UsageError


def only(root: Path) -> Path:
    """The folder of the one environment there."""
    (there,) = installed()
    assert root == there.folder.parent
    return there.folder


def test_nothing_is_there_at_first(empty: Path) -> None:
    assert [] == installed()
    assert find(specification("torch")) is None


def test_what_is_there_is_listed_with_its_versions_and_size(made: Path) -> None:
    (there,) = installed()
    assert there.marker
    assert {"torch": "9.9.8"} == there.marker.probe.frameworks
    assert "torch" == there.store
    assert there.size() > (there.folder / MARKER).stat().st_size


def test_what_is_not_complete_is_listed_and_not_found(copied: Path) -> None:
    (only(copied) / MARKER).unlink()
    assert [None] == [each.marker for each in installed()]
    assert find(specification("torch")) is None


def test_an_unreadable_marker_counts_as_none(copied: Path) -> None:
    (only(copied) / MARKER).write_text("{")
    assert find(specification("torch")) is None


def test_a_changed_pin_asks_for_another_environment(copied: Path) -> None:
    file = specification("torch").requirements
    assert file
    assert find(specification("torch"))
    file.write_text("torch==9.9.9\nnumpy\n")
    assert find(specification("torch")) is None
    assert 1 == len(installed())


def test_an_environment_whose_interpreter_was_uninstalled_is_not_found(copied: Path) -> None:
    python = find(specification("torch"))
    assert python
    python.unlink()
    python.symlink_to(copied / "gone")
    assert find(specification("torch")) is None


def test_an_environment_is_removed_by_its_name_with_its_log(copied: Path) -> None:
    folder = only(copied)
    assert [folder] == remove("torch")
    assert [] == installed()
    assert not folder.exists()
    assert not log_of(folder).exists()


def test_an_environment_is_removed_by_the_name_of_its_folder(copied: Path) -> None:
    folder = only(copied)
    assert [folder] == remove(folder.name)
    assert not folder.exists()


def test_nothing_else_in_the_folder_is_listed_or_removed(copied: Path) -> None:
    mine = copied / "mine"
    mine.mkdir()
    assert "mine" not in [each.name for each in installed()]
    with pytest.raises(UsageError, match=r"no environment 'mine' in .* to remove; there: torch-py"):
        remove("mine")
    assert mine.exists()
