"""The stored profiles: complete, with references, and read by release and flavour."""

import re
from collections import Counter

import msgspec
import pytest

from harness import profiles
from harness.errors import UsageError
from harness.ops import OPS
from harness.profiles import FOLDER, Known, ProfileFile, profile
from harness.profiles.comparison import comparable, sides
from reference_engine import semantics

FILES = {file.stem: msgspec.toml.decode(file.read_bytes(), type=ProfileFile) for file in sorted(FOLDER.glob("*.toml"))}
DIMENSIONS = {dimension.name for dimensions in comparable().values() for dimension in dimensions}

every_file = pytest.mark.parametrize("file", FILES.values(), ids=FILES)


@pytest.fixture
def stored(monkeypatch, tmp_path):
    """`stored(text)` makes a file of that text the profile of `mine`."""
    monkeypatch.setattr(profiles, "FOLDER", tmp_path)
    profile.cache_clear()
    yield (tmp_path / "mine.toml").write_text
    profile.cache_clear()


@pytest.mark.parametrize("side", sides(), ids=[side.name for side in sides()])
def test_a_profile_says_something_of_every_dimension(side):
    """In the release that its environment has."""
    assert set() == DIMENSIONS - side.profile.choices.keys() - side.profile.inapplicable.keys()


def test_every_profile_is_some_environments():
    assert {side.framework for side in sides()} == {*FILES}


@every_file
def test_entries_name_what_there_is(file):
    for choice in file.choice:
        assert choice.option in semantics.DIMENSIONS[choice.dimension].acceptable
    assert {entry.dimension for entry in file.inapplicable} <= DIMENSIONS


@every_file
def test_every_choice_has_a_reference_that_leads_somewhere(file):
    wrong = [one for one in file.choice if not re.fullmatch(r"https://\S+|[\w.-]+/[\w.-]+#\d+", one.reference)]
    assert [] == wrong


@every_file
def test_what_does_not_arise_has_its_reason_in_a_sentence(file):
    assert [] == [entry for entry in file.inapplicable if not re.fullmatch(r"\S.*\.", entry.reason)]


@every_file
def test_nothing_is_said_twice(file):
    said = Counter((one.dimension, one.flavour, one.versions) for one in (*file.choice, *file.inapplicable))
    assert [] == [key for key, times in said.items() if times > 1]


@pytest.mark.parametrize(
    ("version", "option"),
    [("1.4.0", "dropped"), ("1.5.0", "dropped_with_warning"), ("2.13.0+cpu", "dropped_with_warning")],
)
def test_an_entry_holds_for_its_releases(version, option):
    assert option == profile("torch", "", version).options["intermediate_gradients"]


@pytest.mark.parametrize("version", ["", "built by hand"])
def test_a_release_that_nobody_knows_is_taken_for_the_newest(version):
    assert "dropped_with_warning" == profile("torch", "", version).options["intermediate_gradients"]


def test_a_flavours_own_entry_stands_instead_of_the_one_for_all(stored):
    stored(
        """
        [[choice]]
        dimension = "accumulation"
        option = "overwrites"
        flavour = "fast"
        reference = "somewhere/somebody#1"

        [[inapplicable]]
        dimension = "accumulation"
        reason = "Nothing is stored."

        [[inapplicable]]
        dimension = "max_ties"
        flavour = "fast"
        reason = "It has no maximum."

        [[choice]]
        dimension = "max_ties"
        option = "all"
        reference = "somewhere/somebody#2"
        """
    )

    slow, fast = profile("mine", "slow"), profile("mine", "fast")

    assert ({"max_ties": "all"}, {"accumulation"}) == (slow.options, {*slow.inapplicable})
    assert ({"accumulation": "overwrites"}, {"max_ties"}) == (fast.options, {*fast.inapplicable})


@every_file
def test_what_is_documented_is_about_ops_that_there_are(file):
    assert [] == sorted({op for known in file.known for op in known.ops if op not in OPS and "*" not in op})


@every_file
def test_a_documented_exception_is_told_from_others_by_its_message(file):
    """For it is looked for in every program that has the op."""
    messages = [known.observed for known in file.known if known.is_exception and "..." in known.observed]
    assert [] == [one for one in messages if len(one.partition(": ")[2].replace("...", "")) < 12]


def test_a_damaged_file_is_named(stored):
    stored('[[choice]]\ndimension = "accumulation"\n')

    with pytest.raises(UsageError, match=r"mine\.toml cannot be read"):
        profile("mine")


def test_who_has_no_file_has_an_empty_profile():
    assert ({}, {}) == (profile("reference").options, profile("reference").inapplicable)


@pytest.mark.parametrize(
    ("documented", "observed", "expected"),
    [
        ("[0.5, nan]", "[0.5,  nan]", True),
        ("[0.5, 1.]", "[ 0.5               ,  1.                ]", True),
        ("[[0.5],\n [1.]]", "[[0.5],[1.]]", True),
        ("[1.00687..., 0.]", "[1.0068763537352383, 0.                ]", True),
        ("[1.00687..., 0.]", "[1.0068763537352383, nan]", False),
        ("[1.00687..., 0.]", "[1.0068763537352383, 5., 0.]", False),
        ("[[0.83442...", "[[0.8344285152852535, -0.24], [1., 2.]]", True),
        ("raised TypeError: <object at ...> is odd", "raised TypeError: <object at 0x7f> is odd", True),
        ("raised ValueError: a bug", "raised ValueError: a bug, and more", False),
    ],
)  # fmt: skip
def test_a_documented_text_stands_for_what_differs_in_alignment_and_where_it_has_dots(documented, observed, expected):
    assert expected == Known("a/b", "x.grad", documented, "reason", "reference").describes(observed)
