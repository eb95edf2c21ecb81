"""Profiles side by side."""

import pytest

from harness.errors import UsageError
from harness.profiles.comparison import comparable, rows, side, sides, users
from reference_engine import semantics


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("torch", "PyTorch"),
        ("tensorflow-function", "TensorFlow (function)"),
        ("jax", "JAX"),
        ("jax-x32", "JAX (x32)"),
        ("reference", "reference engine"),
    ],
)
def test_a_side_is_a_framework_or_one_of_its_flavours(name, title):
    assert title == side(name).title


def test_an_unknown_name_gets_the_nearest_ones():
    with pytest.raises(UsageError, match="no profile of 'chainr'; did you mean chainer"):
        side("chainr")


def test_a_name_that_is_near_to_nothing_gets_all():
    with pytest.raises(UsageError, match="there are torch, "):
        side("zzz")


def test_the_reference_engine_chooses_every_default():
    assert [] == [row for row in rows() if side("reference").option(row.dimension.name) != row.dimension.default]


def test_a_question_that_does_not_arise_has_no_option():
    assert side("chainer").option("complex_gradient") is None


def test_there_is_a_row_for_every_dimension_with_a_choice_and_a_column_for_every_side():
    assert [one.name for one in semantics.DIMENSIONS.values() if len(one.acceptable) > 1] == [
        row.dimension.name for row in rows()
    ]
    assert {*(one.name for one in sides())} == {*rows()[0].options}


def test_a_dimension_of_mistakes_alone_is_not_compared():
    compared = {dimension.name for dimensions in comparable().values() for dimension in dimensions}
    mistakes = {one.name for one in semantics.DIMENSIONS.values() if len(one.acceptable) == 1}
    assert set() == compared & mistakes


def test_a_flavour_is_named_only_where_it_differs_from_its_framework():
    found = users(semantics.DIMENSIONS["default_float"])
    assert "JAX" in [one.title for one in found["kept"]]
    assert ["JAX (x32)"] == [one.title for one in found["float32"]]
    assert "TensorFlow (function)" not in [one.title for one in found["kept"]]
