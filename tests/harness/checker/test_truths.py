"""What is kept between runs comes back as it was, or not at all."""

import os

import pytest
from flint import arb

from harness.checker import truths
from harness.checker.truths import Truths
from reference_engine.oracle import Slope

DIGEST = "ab" * 32

KNOWN = {
    "finite": Slope("finite", arb(1) / 3),
    "whole": Slope("finite", arb(-2)),
    "up": Slope("infinite", arb("inf")),
    "down": Slope("infinite", arb("-inf")),
    "undefined": Slope("undefined", reason="the function is not defined there"),
    "oscillating": Slope("oscillating"),
    "undecided": Slope("undecided", reason="the quotients settle too slowly"),
}


def words(known):
    return {key: (slope.kind, repr(slope.value), slope.reason) for key, slope in known.items()}


def test_every_kind_comes_back_to_the_bit(tmp_path):
    Truths(tmp_path).save(DIGEST, KNOWN)
    assert words(KNOWN) == words(Truths(tmp_path).load(DIGEST))


def test_what_was_never_saved_is_not_known(tmp_path):
    assert {} == Truths(tmp_path).load(DIGEST)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"x": {"kind": "fin',
        b"\xff\xfe",
        b'{"x": {"kind": "finite"}}',
        b'{"x": {"kind": "finite", "value": ["one", "0x0", "0x0", "0x0"]}}',
        b'{"x": {"kind": "certain"}}',
        b"[]",
    ],
)
def test_what_cannot_be_read_counts_as_not_known(tmp_path, content):
    store = Truths(tmp_path)
    store.save(DIGEST, KNOWN)
    (file,) = tmp_path.rglob("*.json")
    file.write_bytes(content)
    assert {} == store.load(DIGEST)
    store.save(DIGEST, KNOWN)
    assert words(KNOWN) == words(store.load(DIGEST))


def test_another_version_of_the_oracle_knows_nothing(tmp_path, monkeypatch):
    Truths(tmp_path).save(DIGEST, KNOWN)
    monkeypatch.setattr(truths, "_revision", lambda: "another")
    assert {} == Truths(tmp_path).load(DIGEST)


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    Truths(blocked).save(DIGEST, KNOWN)
    assert {} == Truths(blocked).load(DIGEST)


def test_the_folder_is_the_variable_s(tmp_path, monkeypatch):
    monkeypatch.setenv(truths.VARIABLE, str(tmp_path / "chosen"))
    Truths().save(DIGEST, KNOWN)
    assert 1 == len(list((tmp_path / "chosen").rglob("*.json")))


def test_what_another_version_has_not_used_for_a_month_goes(tmp_path):
    unused, used = tmp_path / "0.0.1-old", tmp_path / "0.0.2-new"
    unused.mkdir()
    used.mkdir()
    os.utime(unused, (0, 0))
    Truths(tmp_path).save(DIGEST, KNOWN)
    assert (False, True) == (unused.exists(), used.exists())


def test_of_too_many_files_the_oldest_go(tmp_path, monkeypatch):
    monkeypatch.setattr(truths, "MOST_FILES", 4)
    digests = [f"{number:02}" * 32 for number in range(6)]
    before = Truths(tmp_path)
    for age, digest in enumerate(digests):
        before.save(digest, KNOWN)
        (file,) = tmp_path.rglob(f"{digest}.json")
        os.utime(file, (age, age))
    after = Truths(tmp_path)
    after.save(DIGEST, KNOWN)
    assert [False] * 4 + [True] * 2 == [bool(after.load(digest)) for digest in digests]
    assert words(KNOWN) == words(after.load(DIGEST))


def test_a_write_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(*_):
        raise OSError("no space left on device")

    store = Truths(tmp_path)
    store.save("cd" * 32, KNOWN)
    monkeypatch.setattr(truths.Path, "replace", full)
    store.save(DIGEST, KNOWN)
    assert 1 == len([path for path in tmp_path.rglob("*") if path.is_file()])
    assert {} == store.load(DIGEST)
