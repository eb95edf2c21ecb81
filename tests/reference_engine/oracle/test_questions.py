"""Which function it is that is differentiated: constants, casts, Python numbers, seeds, several outputs."""

import numpy as np
import pytest

from reference_engine.oracle import Function, OutOfReach, Question, Truth
from reference_engine.oracle.truth import MOST_COORDINATES
from tests.reference_engine.oracle.questions import judged, leaf, question, step, truth


def test_what_is_not_recorded_is_a_constant() -> None:
    assert "9" == str(truth(3.0, step("c", "square", "x", recorded=False), step("y", "multiply", "c", "x")))
    assert "3" == str(truth(3.0, step("c", "stop_gradient", "x"), step("y", "multiply", "c", "x")))


def test_a_cast_to_integers_is_a_constant() -> None:
    steps = (step("n", "astype", "x", dtype="int64"), step("f", "astype", "n", dtype="float64"))
    assert "-2" == str(truth(-2.7, *steps, step("y", "multiply", "f", "x")))


def test_a_cast_between_floats_moves_one_to_one_from_where_it_rounded_to() -> None:
    rounded = float(np.float32(0.1))
    narrow = step("n", "astype", "x", dtype="float32")
    assert "1" == str(truth(0.1, narrow))
    assert "exact" == judged(question(0.1, narrow, step("y", "square", "n")), 2 * rounded).mathematics
    assert "wrong" == judged(question(0.1, narrow, step("y", "square", "n")), 0.2).mathematics


def test_a_cast_of_what_was_computed_rounds_too() -> None:
    steps = (step("e", "exp", "x"), step("n", "astype", "e", dtype="bfloat16"), step("y", "square", "n"))
    assert "exact" == judged(question(1.0, *steps), 2 * 2.71875 * np.e, ulps=1).mathematics


def test_bfloat16_is_a_dtype() -> None:
    assert "6" == str(truth(3.0, step("y", "square", "x"), dtype="bfloat16"))


def test_a_python_number_takes_the_dtype_it_meets() -> None:
    """0.1 beside float32 is the float32 0.1, so both are equal and the derivative has a kink."""
    steps = (step("y", "maximum", "x", 0.1),)
    assert "0 to 1" == str(truth(0.1, *steps, dtype="float32"))
    assert "0 to 1" == str(truth(0.1, step("y", "clip", "x", min=0.1, max=None), dtype="float32"))


def test_outputs_are_weighed_by_their_seeds() -> None:
    function = Function(
        (leaf("x", [1.0, 2.0]), leaf("s", [10.0, 0.0])), (step("a", "square", "x"), step("b", "exp", "x"))
    )
    assert "[20, 0]" == str(Truth(Question(function, "x", (("a", "s"),))))
    assert "[22, 4]" == str(Truth(Question(function, "x", (("a", "s"), ("a", None)))))


def test_a_seed_of_another_shape_is_out_of_reach() -> None:
    function = Function((leaf("x", [1.0, 2.0]), leaf("s", 3.0)), (step("a", "square", "x"),))
    with pytest.raises(OutOfReach, match=r"the seed has shape \(\) and what it weighs \(2,\)"):
        str(Truth(Question(function, "x", (("a", "s"),))))


def test_an_output_that_is_infinite_elsewhere_does_not_hide_the_slopes() -> None:
    assert "[undefined to undefined, 1]" == str(truth([0.0, 1.0], step("y", "log", "x")))


def test_a_value_on_the_way_is_a_variable_too() -> None:
    asked = question(3.0, step("t", "square", "x"), step("y", "multiply", "t", "x"), of="t")
    assert "3" == str(Truth(asked))


def test_what_does_not_depend_on_the_variable_has_the_derivative_0() -> None:
    two = [leaf("x", [1.0, 2.0]), leaf("z", 3.0)]
    assert "[0, 0]" == str(truth(two, step("y", "square", "z")))


def test_from_infinity_no_step_can_be_taken() -> None:
    assert "[undefined to undefined, 1]" == str(truth([np.inf, 2.0], step("y", "positive", "x")))


def test_questions_have_names() -> None:
    square = step("y", "square", "x")
    assert question(3.0, square).digest == question(3.0, square).digest
    others = [
        question(4.0, square),
        question(3.0, square, dtype="float32"),
        question(3.0, step("y", "exp", "x")),
        question(3.0, step("y", "square", "x", recorded=False)),
        question(3.0, square, plain=True),
        question([3.0], square),
    ]
    assert 7 == len({asked.digest for asked in [question(3.0, square), *others]})


def test_an_input_with_too_many_elements_is_out_of_reach() -> None:
    found = judged(question(np.zeros(MOST_COORDINATES + 1), step("y", "square", "x")), np.zeros(MOST_COORDINATES + 1))
    assert "not applicable" == found.mathematics
    assert (
        f"It has {MOST_COORDINATES + 1} coordinates, and no more than {MOST_COORDINATES} are tried." == found.sentence
    )


def test_a_program_that_is_too_long_is_out_of_reach() -> None:
    steps = [step("v0", "sin", "x"), *(step(f"v{n}", "sin", f"v{n - 1}") for n in range(1, 50))]
    found = judged(question(np.zeros(200), *steps), np.zeros(200))
    assert "not applicable" == found.mathematics
    assert "A step of each coordinate takes 4,000,000 numbers, and no more than 1,000,000 are." == found.sentence


def test_shapes_that_do_not_fit_are_out_of_reach() -> None:
    two = [leaf("x", [1.0, 2.0]), leaf("z", [1.0, 2.0, 3.0])]
    found = judged(question(two, step("y", "add", "x", "z")), [1.0, 1.0])
    assert "not applicable" == found.mathematics
    assert found.sentence.startswith("The program cannot be computed: ")


@pytest.mark.parametrize(("value", "dtype"), [(-1.5, "uint8"), (300.0, "int8"), (np.inf, "int32")])
def test_a_cast_to_integers_that_do_not_hold_it_is_a_convention(value: float, dtype: str) -> None:
    steps = (step("n", "astype", "x", dtype=dtype), step("y", "multiply", "n", "x"))
    found = judged(question(value, *steps), 1.0)
    sentence = f"What a number becomes in {dtype} that does not fit into it is a convention."
    assert ("not applicable", sentence) == (found.mathematics, found.sentence)


def test_a_program_of_few_coordinates_and_many_numbers_is_out_of_reach() -> None:
    two = [leaf("x", np.arange(3600.0).reshape(60, 60)), leaf("z", 0.0)]
    found = judged(question(two, step("m", "matmul", "x", "x"), step("y", "multiply", "m", "z"), of="z"), 0.0)
    assert ("not applicable", "The program computes with more than 200,000 numbers.") == (
        found.mathematics, found.sentence,
    )  # fmt: skip
