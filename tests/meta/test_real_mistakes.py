"""A fault of the reference engine gives exactly the numbers of a real engine with the mistake."""

import numpy as np
import pytest

import reference_engine
from reference_engine import semantics
from tests.meta import home_made

pytestmark = pytest.mark.slow

SEED = np.array([3.0, -0.5])


def chain(engine, x, w):
    return engine.add(x, engine.add(x, w))


def long_path_first(engine, x, w):
    a = engine.multiply(x, w)
    b = engine.multiply(a, a)
    c = engine.multiply(b, b)
    return engine.add(c, a)


def short_path_first(engine, x, w):
    a = engine.multiply(x, w)
    b = engine.multiply(a, a)
    c = engine.multiply(b, b)
    return engine.add(a, c)


def ladder(engine, x, w):
    a = engine.multiply(w, x)
    b = engine.multiply(a, x)
    c = engine.multiply(b, a)
    d = engine.add(c, b)
    return engine.multiply(d, c)


def diamonds(engine, x, w):
    t = engine.multiply(x, w)
    for _ in range(5):
        t = engine.add(t, t)
    return t


def from_itself(engine, x, w):
    return engine.subtract(engine.multiply(x, x), engine.subtract(w, w))


PROGRAMS = [chain, long_path_first, short_path_first, ladder, diamonds, from_itself]

MISTAKES = [
    ("visiting_order", "oldest_first", home_made.oldest_first),
    ("visiting_order", "depth_first_once", home_made.depth_first_once),
    ("visiting_order", "breadth_first_once", home_made.breadth_first_once),
    ("visiting_order", "once_per_path", home_made.once_per_path),
    ("contributions", "last_kept", home_made.last_kept),
    ("contributions", "first_kept", home_made.first_kept),
    ("repeated_operand", "last_counts", home_made.last_counts),
    ("repeated_operand", "first_counts", home_made.first_counts),
    ("second_pass", "continues", home_made.continues),
    ("seed_use", "ignored", home_made.seed_ignored),
    ("seed_use", "kept_by_reference", home_made.seed_kept_by_reference),
    ("accumulation_write", "in_place_borrowed", home_made.in_place_borrowed),
    ("gradient_dtype", "float32", home_made.rounded("float32")),
    ("gradient_dtype", "integers", home_made.rounded("int64")),
]
# Of these a second pass through the same graph is what shows the mistake, or is as it should be.
PASSES = {
    "last_kept": 2, "first_kept": 2, "continues": 2, "seed_kept_by_reference": 2, "seed_ignored": 2, "right": 2,
}  # fmt: skip

every_program = pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)


def by_hand(backward, program):
    """The gradients of x and w in a home-made engine, and the seed after it."""
    x, w, seed = home_made.Tensor([1.5, 2.25]), home_made.Tensor([0.5, -3.0]), SEED.copy()
    y = program(home_made, x, w)
    for _ in range(PASSES.get(backward.__name__, 1)):
        backward(y, seed)
    return _values(x.grad, w.grad, seed)


def in_the_reference_engine(program, passes, **options):
    with semantics.using(**options):
        x, w = reference_engine.Variable([1.5, 2.25]), reference_engine.Variable([0.5, -3.0])
        seed = SEED.copy()
        y = program(reference_engine, x, w)
        for _ in range(passes):
            y.backward(seed)
        return _values(x.grad, w.grad, seed)


def _values(*arrays):
    return [None if array is None else (array.dtype.name, array.tolist()) for array in arrays]


@every_program
@pytest.mark.parametrize(("dimension", "option", "backward"), MISTAKES, ids=lambda value: str(value).split()[0])
def test_a_mistake_gives_the_numbers_of_a_real_engine_with_it(dimension, option, backward, program):
    expected = by_hand(backward, program)
    actual = in_the_reference_engine(program, PASSES.get(backward.__name__, 1), **{dimension: option})

    assert expected == actual


@pytest.mark.parametrize(("dimension", "option", "backward"), MISTAKES, ids=lambda value: str(value).split()[0])
def test_each_of_the_real_engines_is_wrong_somewhere(dimension, option, backward):
    rightly = [in_the_reference_engine(program, PASSES.get(backward.__name__, 1)) for program in PROGRAMS]

    assert rightly != [by_hand(backward, program) for program in PROGRAMS]


@every_program
def test_the_real_engine_without_a_mistake_is_as_the_reference_engine(program):
    assert by_hand(home_made.right, program) == in_the_reference_engine(program, 2)
