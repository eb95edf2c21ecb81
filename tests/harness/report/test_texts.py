import numpy as np

from harness.arrays import Array
from harness.report.texts import LONGEST_MESSAGE, array_text, message_text, type_text


def test_a_small_array_is_complete_and_on_one_line_per_row() -> None:
    text = array_text(Array.of(np.arange(120.0).reshape(2, 60)))
    assert 2 == len(text.splitlines())
    assert "119." in text


def test_a_large_array_is_abbreviated() -> None:
    assert "[ 0., 1., 2., ..., 997., 998., 999.]" == " ".join(array_text(Array.of(np.arange(1000.0))).split())


def test_special_values_are_told_apart() -> None:
    assert "[nan, inf, -0.,  0.]" == array_text(Array.of([np.nan, np.inf, -0.0, 0.0]))


def test_a_type_names_its_shape() -> None:
    assert "float32 scalar" == type_text("float32", ())
    assert "float64 (2, 3)" == type_text("float64", (2, 3))


def test_a_long_message_is_cut_and_says_so() -> None:
    message = "m" * (LONGEST_MESSAGE + 1)
    assert f"{'m' * LONGEST_MESSAGE} … (1,501 characters in all)" == message_text(message)
    assert "short" == message_text("short")
