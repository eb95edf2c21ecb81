import threading

import pytest

import reference_engine
from reference_engine import UnknownDimension, UnknownOption, semantics
from reference_engine.op import OPS

VERBS = {
    "Variable", "backward", "grad", ".grad", ".is_leaf", "clear_grad", "retain_grad", "numpy", "write", "sgd_step",
    "every op",
}  # fmt: skip


@pytest.mark.parametrize("dimension", [*semantics.DIMENSIONS.values()], ids=lambda dimension: dimension.name)
def test_a_dimension_is_declared_in_full(dimension: semantics.Dimension) -> None:
    assert dimension.title.endswith("?")
    assert dimension.reason
    assert len(dimension.options) >= 2
    assert dimension.default == next(iter(dimension.options))
    assert dimension.options[dimension.default].acceptable
    assert {*dimension.consulted_by} <= VERBS | {*OPS} | {*reference_engine.ops.__all__}
    assert dimension.references
    assert all(reference.startswith("https://") or "#" in reference for reference in dimension.references)
    for name, option in dimension.options.items():
        assert name == option.name
        assert option.sentence.endswith(".")
        assert option.formula
        if isinstance(option, semantics.Fault):
            assert option.does
            assert option.instead
        else:
            assert option.advice.endswith(".")


def test_every_dimension_stands_under_one_topic() -> None:
    assert [*semantics.DIMENSIONS] == [one.name for dimensions in semantics.TOPICS.values() for one in dimensions]


def test_the_default_is_in_force_unless_told_otherwise() -> None:
    assert semantics.current() is semantics.default()
    assert {name: one.default for name, one in semantics.DIMENSIONS.items()} == vars(semantics.default())


def test_choices_nest_and_end_with_their_block() -> None:
    with semantics.using(accumulation="overwrites"):
        with semantics.using(max_ties="first"):
            assert ("overwrites", "first") == (semantics.current().accumulation, semantics.current().max_ties)
        assert "split" == semantics.current().max_ties
    assert semantics.current() is semantics.default()


def test_choices_end_with_an_exception() -> None:
    with pytest.raises(KeyError), semantics.using(accumulation="overwrites"):
        raise KeyError
    assert semantics.current() is semantics.default()


def test_other_threads_keep_their_choices() -> None:
    seen = []
    with semantics.using(accumulation="overwrites"):
        thread = threading.Thread(target=lambda: seen.append(semantics.current().accumulation))
        thread.start()
        thread.join()
    assert ["adds"] == seen


def test_an_unknown_dimension_is_refused_by_name() -> None:
    with pytest.raises(UnknownDimension, match=r"'accumulate'.*accumulation"), semantics.using(accumulate="adds"):
        pass


def test_an_unknown_option_is_refused_by_name() -> None:
    with pytest.raises(UnknownOption, match=r"'sums'.*overwrites"), semantics.using(accumulation="sums"):
        pass


def test_options_are_not_changed_behind_the_program_s_back() -> None:
    with pytest.raises(AttributeError, match="using"):
        semantics.current().accumulation = "overwrites"
    with pytest.raises(AttributeError, match="no dimension 'accumulate'"):
        _ = semantics.current().accumulate


def test_options_are_shown_by_what_differs() -> None:
    with semantics.using(accumulation="overwrites") as options:
        assert "Options(accumulation='overwrites')" == repr(options)
