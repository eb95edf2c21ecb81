"""Where things are kept between runs."""

from pathlib import Path

import pytest

from harness import caches


def test_a_variable_names_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSGRAD_SOMETHING", str(tmp_path))
    assert tmp_path == caches.folder("something", "CROSSGRAD_SOMETHING")


def test_without_it_each_has_its_own_in_the_user_s_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CROSSGRAD_SOMETHING", raising=False)
    folder = caches.folder("something", "CROSSGRAD_SOMETHING")
    assert "something" == folder.name
    assert "crossgrad" in folder.parts
