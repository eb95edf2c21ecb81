"""Which dimensions a computation depends on."""

import numpy as np

import reference_engine as engine
from reference_engine import semantics


def test_notes_what_a_pass_asked_for_and_nothing_else():
    with semantics.noting() as consulted:
        engine.max(engine.Variable([1.0, 1.0])).backward()

    assert {"max_ties", "graph_after_backward", "host_array"} <= consulted
    assert "max_ties_along_axis" not in consulted


def test_choices_made_before_and_within_hold():
    x = engine.Variable([1.0, 1.0])
    with semantics.using(max_ties="first"), semantics.noting(), semantics.using(gradient_buffers="shared"):
        assert ("first", "shared") == (semantics.current().max_ties, semantics.current().gradient_buffers)
        engine.max(x).backward()

    assert [1.0, 0.0] == x.grad.tolist()


def test_noting_ends_with_the_block():
    with semantics.noting() as consulted:
        pass
    semantics.current().accumulation  # noqa: B018

    assert set() == consulted
    assert semantics.default() is semantics.current()


def test_an_option_that_was_not_consulted_changes_nothing():
    def gradient():
        x = engine.Variable([3.0, 3.0])
        engine.max(x).backward()
        return x.grad

    with semantics.noting() as consulted:
        expected = gradient()
    for dimension in semantics.DIMENSIONS.values():
        for option in dimension.options:
            if dimension.name not in consulted:
                with semantics.using(**{dimension.name: option}):
                    assert np.array_equal(expected, gradient())
