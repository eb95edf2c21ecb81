"""Layers of neural networks with weights or windows.

Signals are (n, channels, length), images (n, channels, height, width).
"""

from harness.ops.op import Parameter, family

Pair = tuple[int, int]

_CONVOLUTION_1D = {
    "stride": Parameter(int, 1),
    "padding": Parameter(int, 0),
    "dilation": Parameter(int, 1),
    "groups": Parameter(int, 1),
}
_CONVOLUTION_2D = {
    "stride": Parameter(Pair, (1, 1)),
    "padding": Parameter(Pair, (0, 0)),
    "dilation": Parameter(Pair, (1, 1)),
    "groups": Parameter(int, 1),
}
_WINDOWS_1D = {"size": Parameter(int), "stride": Parameter(int), "padding": Parameter(int, 0)}
_WINDOWS_2D = {"size": Parameter(Pair), "stride": Parameter(Pair), "padding": Parameter(Pair, (0, 0))}
_COUNT = {"count_include_pad": Parameter(bool, True)}
_EPS = {"eps": Parameter(float, 1e-5)}
_BLOCK = {"block": Parameter(int)}

family(
    "convolutions",
    ("conv1d", "x weight", "sums of weight[o, c, k] * x[n, c, stride * p + dilation * k - padding]", _CONVOLUTION_1D),
    ("conv2d", "x weight", "the same over the rows and the columns of images", _CONVOLUTION_2D),
    ("conv_transpose1d", "x weight", "the transpose of conv1d, as small as the stride allows", _CONVOLUTION_1D),
    ("conv_transpose2d", "x weight", "the transpose of conv2d, as small as the stride allows", _CONVOLUTION_2D),
)
family(
    "pooling",
    (
        "max_pool1d",
        "x",
        "the largest elements of windows, outside which is -inf",
        {**_WINDOWS_1D, "dilation": Parameter(int, 1)},
    ),
    (
        "max_pool2d",
        "x",
        "the largest elements of windows, outside which is -inf",
        {**_WINDOWS_2D, "dilation": Parameter(Pair, (1, 1))},
    ),
    ("avg_pool1d", "x", "the means of windows, with or without the zeros of the padding", {**_WINDOWS_1D, **_COUNT}),
    ("avg_pool2d", "x", "the means of windows, with or without the zeros of the padding", {**_WINDOWS_2D, **_COUNT}),
)
family(
    "normalization",
    ("batch_norm", "x weight bias", "(x - mean) / sqrt(var + eps) * weight + bias over all but the channels", _EPS),
    ("instance_norm", "x weight bias", "the same for each channel of each image", _EPS),
    (
        "group_norm",
        "x weight bias",
        "the same for each group of channels of each image",
        {"num_groups": Parameter(int), **_EPS},
    ),
    ("layer_norm", "x weight bias", "the same for each row of features", _EPS),
    ("rms_norm", "x weight", "x / sqrt(mean(x * x) + eps) * weight for each row of features", _EPS),
    (
        "normalize",
        "x",
        "vectors along an axis, x / max(length, eps)",
        {"axis": Parameter(int, 1), "eps": Parameter(float, 1e-12)},
    ),
    (
        "local_response_norm",
        "x",
        "x / (k + alpha * sum(x * x)) ^ beta, the sum over `size` neighbouring channels",
        {"size": Parameter(int), "alpha": Parameter(float), "beta": Parameter(float), "k": Parameter(float)},
    ),
)
family(
    "images",
    ("pixel_shuffle", "x", "channels (c, i, j) become pixels (i, j) of blocks", _BLOCK),
    ("pixel_unshuffle", "x", "pixels (i, j) of blocks become channels (c, i, j)", _BLOCK),
    ("depth_to_space", "x", "channels (i, j, c) become pixels (i, j) of blocks", _BLOCK),
    ("space_to_depth", "x", "pixels (i, j) of blocks become channels (i, j, c)", _BLOCK),
    (
        "unfold",
        "x",
        "what windows show, as columns",
        {
            "size": Parameter(Pair),
            "stride": Parameter(Pair, (1, 1)),
            "padding": Parameter(Pair, (0, 0)),
            "dilation": Parameter(Pair, (1, 1)),
        },
    ),
    ("upsample_nearest", "x", "each pixel as a block of rows and columns", {"scale": Parameter(Pair)}),
    (
        "upsample_bilinear",
        "x",
        "images so many times as large, in between linear in either direction",
        {"scale": Parameter(Pair), "align_corners": Parameter(bool, False)},
    ),
)
family(
    "attention",
    (
        "scaled_dot_product_attention",
        "query key value",
        "softmax(scale * query key^T) value, for each head of (n, heads, length, features)",
        {"scale": Parameter(float)},
    ),
    ("bilinear", "left right weight", "left^T weight[o] right for each output o"),
    (
        "dropout",
        "x",
        "x itself, as it is at rate 0 and outside training",
        {"rate": Parameter(float, 0.0), "training": Parameter(bool, True)},
    ),
)
