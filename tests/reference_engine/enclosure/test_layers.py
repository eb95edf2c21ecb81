"""Other usual formulas for parts of layers are within the bounds; a mistake is not."""

import numpy as np

from reference_engine import scaled_dot_product_attention, upsample_bilinear
from reference_engine.enclosure import Enclosed, enclosed, enclosing

IMAGE = np.array([[[[0.5, -1.0, 2.0, 0.25]]]], np.float32)
"""One row of pixels."""


def bounds(value: Enclosed) -> tuple[np.ndarray, np.ndarray]:
    return value.parts[0].lower, value.parts[0].upper


def between_by_reciprocal(times: int) -> np.ndarray:
    """Resized in float32, by places that are products with a rounded reciprocal, as PyTorch has them."""
    new = np.arange(4 * times, dtype=np.float32)
    place = (new + np.float32(0.5)) * np.float32(1 / times) - np.float32(0.5)
    place = np.clip(place, 0, 3)
    before = np.floor(place).astype(int)
    part = place - before.astype(np.float32)
    row = IMAGE[0, 0, 0]
    return row[before] * (np.float32(1) - part) + row[np.minimum(before + 1, 3)] * part


def test_pixels_between_pixels_may_be_off_by_the_rounding_of_their_places():
    with enclosing():
        lower, upper = bounds(upsample_bilinear(enclosed(IMAGE, IMAGE.dtype), scale=(1, 3)))
    seen = between_by_reciprocal(3)
    assert np.all((lower[0, 0, 0] <= seen) & (seen <= upper[0, 0, 0]))
    assert np.any(seen != upsample_bilinear(IMAGE, scale=(1, 3))[0, 0, 0])
    assert np.max(upper - lower) < 1e-5


def test_twice_as_many_pixels_lie_at_exact_places():
    with enclosing():
        lower, upper = bounds(upsample_bilinear(enclosed(IMAGE, IMAGE.dtype), scale=(1, 2)))
    np.testing.assert_array_equal(lower, upper)


def test_attention_may_go_through_the_logarithm_of_the_sum():
    query, key, value = np.ones((1, 1, 1, 2)), np.ones((1, 1, 2, 2)), np.array([[[[0.75, -0.5], [1.25, 1.0]]]])
    with enclosing():
        operands = [enclosed(operand, operand.dtype) for operand in (query, key, value)]
        lower, upper = bounds(scaled_dot_product_attention(*operands, scale=0.75))
    scores = np.full(2, 1.5)
    weights = np.exp(scores - (1.5 + np.log(np.sum(np.exp(scores - 1.5)))))
    seen = weights @ value[0, 0]
    assert weights[0] != 0.5
    assert np.all((lower[0, 0, 0] <= seen) & (seen <= upper[0, 0, 0]))
    assert np.max(upper - lower) < 1e-14
