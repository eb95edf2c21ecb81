"""`crossgrad explain`: dimensions with all that is known of them, and mistakes."""

import pytest

from reference_engine import semantics

FAULTS = [("accumulation_write", "in_place_borrowed"), ("contributions", "last_kept"), ("unbroadcasting", "missing")]


def test_a_dimension_is_explained_in_full(crossgrad):
    out = crossgrad("explain", "complex_gradient").out
    dimension = semantics.DIMENSIONS["complex_gradient"]
    for option in dimension.options.values():
        assert option.sentence in out
        assert option.formula in out
        assert option.advice in out
    assert "    in JAX" in out
    assert "It does not arise in Chainer: Chainer has no complex numbers." in out
    assert f"The default is conjugate: {dimension.reason}." in out
    assert "consulted by backward, grad" in out
    assert [] == [reference for reference in dimension.references if f"see {reference}" not in out]


def test_the_smallest_cases_that_show_an_option_are_named(crossgrad):
    assert "shown by reductions/min_with_ties, reductions/max" in crossgrad("explain", "max_ties").out


def test_a_mistake_among_a_dimension_s_options_is_named_as_one(crossgrad):
    assert "  in_place_borrowed, a mistake: Adds in place" in crossgrad("explain", "accumulation_write").out


@pytest.mark.parametrize(("dimension", "name"), FAULTS)
def test_a_mistake_is_explained_by_its_name_alone_or_with_its_dimension(crossgrad, dimension, name):
    fault = semantics.DIMENSIONS[dimension].options[name]
    alone, full = crossgrad("explain", name).out, crossgrad("explain", f"{dimension}={name}").out
    assert f"{dimension}={name}, a mistake: an engine with it {fault.does}." in full
    assert fault.instead in full
    assert full.strip() in alone


def test_one_option_is_explained_alone(crossgrad):
    out = crossgrad("explain", "max_ties=all").out
    assert "  all: " in out
    assert "  split" not in out


@pytest.mark.parametrize(
    ("word", "near"),
    [("accumulatoin", "accumulation"), ("max_ties=al", "max_ties=all"), ("in_place_borowed", "in_place_borrowed")],
)
def test_an_unknown_word_gets_the_nearest_ones(crossgrad, word, near):
    ended = crossgrad("explain", word)
    assert (2, "") == (ended.code, ended.out)
    assert near in ended.err


def test_names_that_several_dimensions_share_are_suggested_once_each(crossgrad):
    near = crossgrad("explain", "ignoredd").err.partition("did you mean ")[2].rstrip("?\n").split(" or ")
    assert len(near) == len(set(near))


def test_an_option_without_its_dimension_gets_the_dimensions_that_have_it(crossgrad):
    assert "did you mean max_ties=all or max_ties_along_axis=all" in crossgrad("explain", "all").err


def test_a_word_with_two_meanings_is_explained_twice(crossgrad):
    out = crossgrad("explain", "stale").out
    assert out.startswith("stale: A documented difference is gone")
    assert "unused_input=stale, a mistake" in out
