import numpy as np
import pytest

from reference_engine import (
    Variable,
    avg_pool2d,
    batch_norm,
    conv1d,
    conv2d,
    conv_transpose1d,
    conv_transpose2d,
    depth_to_space,
    dropout,
    grad,
    group_norm,
    instance_norm,
    layer_norm,
    max_pool1d,
    normalize,
    pixel_shuffle,
    pixel_unshuffle,
    space_to_depth,
    upsample_bilinear,
)

RANDOM = np.random.default_rng(7)


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"stride": 2, "padding": 1},
        {"dilation": 2, "padding": 2},
        {"stride": 3, "padding": 1, "dilation": 2, "groups": 2},
    ],
)
def test_a_transposed_convolution_is_the_transpose(how):
    x = RANDOM.normal(size=(2, 4, 9))  # of which no window leaves anything over
    weight = RANDOM.normal(size=(6, 4 // how.get("groups", 1), 3))
    y = conv1d(x, weight, **how)
    other = RANDOM.normal(size=y.shape)
    back = conv_transpose1d(other, weight, **how)
    np.testing.assert_allclose(np.sum(y * other), np.sum(x * back), rtol=1e-12)


def test_a_transposed_convolution_of_images_is_the_gradient_of_the_convolution():
    x = Variable(RANDOM.normal(size=(1, 4, 5, 6)))
    weight = RANDOM.normal(size=(2, 2, 3, 2))
    how = {"stride": (2, 1), "padding": (1, 0), "dilation": (1, 2), "groups": 2}
    y = conv2d(x, weight, **how)
    cotangent = RANDOM.normal(size=y.shape)
    y.backward(cotangent)
    np.testing.assert_allclose(conv_transpose2d(cotangent, weight, **how), x.grad, rtol=1e-13)


def test_with_a_group_for_each_channel_channels_do_not_meet():
    x, weight = RANDOM.normal(size=(1, 3, 7)), RANDOM.normal(size=(3, 1, 2))
    alone = [conv1d(x[:, [channel]], weight[[channel]]) for channel in range(3)]
    np.testing.assert_array_equal(np.concatenate(alone, axis=1), conv1d(x, weight, groups=3))


def test_dilation_is_zeros_in_the_kernel():
    x, weight = RANDOM.normal(size=(1, 2, 9)), RANDOM.normal(size=(1, 2, 3))
    wide = np.zeros((1, 2, 5))
    wide[..., ::2] = weight
    np.testing.assert_allclose(conv1d(x, wide), conv1d(x, weight, dilation=2), rtol=1e-14)


def test_a_window_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="a window over 5 elements does not fit in 4"):
        max_pool1d(np.zeros((1, 1, 4)), size=3, stride=1, dilation=2)


def test_the_padding_is_never_the_largest():
    x = Variable(np.full((1, 1, 3), -5.0))
    y = max_pool1d(x, size=3, stride=1, padding=1)
    y.backward(np.ones(y.shape))
    assert [[[-5.0, -5.0, -5.0]]] == y.value.tolist()
    assert [[[2.0, 1.0, 0.0]]] == x.grad.tolist()


def test_a_mean_that_leaves_the_padding_out_is_one_of_ones():
    ones = np.ones((1, 1, 3, 4))
    how = {"size": (2, 3), "stride": (1, 2), "padding": (1, 1)}
    np.testing.assert_array_equal(1.0, avg_pool2d(ones, count_include_pad=False, **how))
    assert avg_pool2d(ones, **how)[0, 0, 0, 0] == 2 / 6


def test_what_all_elements_share_is_lost_in_normalization():
    """Adding a number, or multiplying by one, changes nothing: so the gradient is at right angles to both."""
    x = Variable(RANDOM.normal(size=(2, 3)))
    y = layer_norm(x, np.array([1.5, -0.5, 2.0]), np.zeros(3), eps=0.0)
    y.backward(RANDOM.normal(size=(2, 3)))
    np.testing.assert_allclose(np.sum(x.grad, axis=1), 0, atol=1e-14)
    np.testing.assert_allclose(np.sum(x.grad * x.value, axis=1), 0, atol=1e-14)


def test_what_all_elements_share_is_lost_in_the_second_derivative_too():
    x = Variable(RANDOM.normal(size=(4, 1)))
    y = batch_norm(x, np.array([1.5]), np.zeros(1))
    (first,) = grad([y], [x], [RANDOM.normal(size=(4, 1))], create_graph=True)
    (second,) = grad([first], [x], [np.ones((4, 1))])
    np.testing.assert_allclose(second, 0, atol=1e-13)


def test_far_from_zero_nothing_cancels():
    """2^30 and the two numbers that follow have the mean in the middle, and deviations of 1."""
    x = 2.0**30 + np.array([[0.0, 1.0, 2.0]])
    expected = np.array([[-1.0, 0.0, 1.0]]) / np.sqrt(2 / 3)
    np.testing.assert_allclose(layer_norm(x, np.ones(3), np.zeros(3), eps=0.0), expected, rtol=1e-15)


def test_groups_of_one_channel_are_instances():
    x = RANDOM.normal(size=(2, 3, 4))
    scale = (np.array([1.5, -0.5, 2.0]), np.array([0.25, 1.0, -1.0]))
    np.testing.assert_allclose(instance_norm(x, *scale), group_norm(x, *scale, num_groups=3), rtol=1e-13)


@pytest.mark.parametrize("dtype", ["float16", "float32"])
def test_layers_keep_the_dtype(dtype):
    x, weight = np.ones((2, 2, 3), dtype), np.ones(2, dtype)
    assert dtype == batch_norm(x, weight, weight).dtype.name
    assert dtype == normalize(x).dtype.name
    assert dtype == upsample_bilinear(x[None], scale=(3, 2)).dtype.name


def test_short_vectors_are_divided_by_eps():
    x = Variable(np.zeros((1, 2)))
    y = normalize(x, eps=0.25)
    y.backward(np.ones((1, 2)))
    assert [[4.0, 4.0]] == x.grad.tolist()


@pytest.mark.parametrize(("there", "back"), [(pixel_shuffle, pixel_unshuffle), (depth_to_space, space_to_depth)])
def test_pixels_come_back(there, back):
    x = RANDOM.normal(size=(2, 8, 2, 3))
    np.testing.assert_array_equal(x, back(there(x, block=2), block=2))


def test_the_two_orders_of_channels_are_the_same_for_one_channel_alone():
    one, two = np.arange(4.0).reshape(1, 4, 1, 1), np.arange(8.0).reshape(1, 8, 1, 1)
    np.testing.assert_array_equal(pixel_shuffle(one, block=2), depth_to_space(one, block=2))
    assert [0.0, 1.0, 2.0, 3.0] == pixel_shuffle(two, block=2)[0, 0].ravel().tolist()
    assert [0.0, 2.0, 4.0, 6.0] == depth_to_space(two, block=2)[0, 0].ravel().tolist()


def test_a_plane_stays_a_plane_between_aligned_corners():
    row, column = np.ogrid[:3, :4]
    plane = (2.0 * row - 0.5 * column)[None, None]
    row, column = np.linspace(0, 2, 6)[:, None], np.linspace(0, 3, 12)
    larger = upsample_bilinear(plane, scale=(2, 3), align_corners=True)
    np.testing.assert_allclose(larger[0, 0], 2.0 * row - 0.5 * column, atol=1e-14)


def test_dropout_that_is_random_is_no_function():
    with pytest.raises(ValueError, match="random while training"):
        dropout(np.ones(3), rate=0.5)
