"""Layers with weights or windows, in TensorFlow's words. On the CPU it has the channels last."""

from harness.adapters.base import Template
from harness.errors import Unsupported
from harness.literals import source

Pair = tuple[int, int]

_LAST = {1: "(0, 2, 1)", 2: "(0, 2, 3, 1)"}
"""How to put the channels last, and how to put them behind the images again."""
_BACK = {1: "(0, 2, 1)", 2: "(0, 3, 1, 2)"}
_KERNEL = {1: "(2, 1, 0)", 2: "(2, 3, 1, 0)"}


def _last(x: str, space: int = 2) -> str:
    return f"tf.transpose({x}, {_LAST[space]})"


def _back(x: str, space: int = 2) -> str:
    return f"tf.transpose({x}, {_BACK[space]})"


def _conv1d(x: str, weight: str, *, stride: int, padding: int, dilation: int, groups: int) -> str:
    _check(dilation, groups)
    signals = _padded(_last(x, 1), (padding,))
    return _back(f'tf.nn.conv1d({signals}, tf.transpose({weight}, {_KERNEL[1]}), {stride}, "VALID")', 1)


def _conv2d(x: str, weight: str, *, stride: Pair, padding: Pair, dilation: Pair, groups: int) -> str:
    _check(dilation, groups)
    return _back(f"tf.nn.conv2d({_last(x)}, tf.transpose({weight}, {_KERNEL[2]}), {stride}, {_widths(padding)})")


def _conv_transpose1d(x: str, weight: str, *, stride: int, padding: int, dilation: int, groups: int) -> str:
    _check(dilation, groups)
    length = f"({x}.shape[2] - 1) * {stride} + {weight}.shape[2]"
    shape = f"({x}.shape[0], {length}, {weight}.shape[1])"
    kernel = f"tf.transpose({weight}, {_KERNEL[1]})"
    result = _back(f'tf.nn.conv1d_transpose({_last(x, 1)}, {kernel}, {shape}, {stride}, "VALID")', 1)
    return f"{result}[:, :, {padding}:-{padding}]" if padding else result


def _conv_transpose2d(x: str, weight: str, *, stride: Pair, padding: Pair, dilation: Pair, groups: int) -> str:
    _check(dilation, groups)
    sizes = ", ".join(
        f"({x}.shape[{axis}] - 1) * {step} + {weight}.shape[{axis}] - {2 * width}"
        for axis, step, width in zip((2, 3), stride, padding, strict=True)
    )
    shape = f"({x}.shape[0], {sizes}, {weight}.shape[1])"
    kernel = f"tf.transpose({weight}, {_KERNEL[2]})"
    return _back(f"tf.nn.conv2d_transpose({_last(x)}, {kernel}, {shape}, {stride}, {_widths(padding)})")


def _check(dilation: int | Pair, groups: int) -> None:
    if dilation not in (1, (1, 1)):
        raise Unsupported("TensorFlow has no gradient of convolutions with dilation on the CPU")
    if groups != 1:
        raise Unsupported("TensorFlow has no gradient of convolutions with groups on the CPU")


def _max_pool1d(x: str, *, size: int, stride: int, padding: int, dilation: int) -> str:
    _check_pooling(dilation)
    widths = source(((0, 0), (padding, padding), (0, 0))) if padding else '"VALID"'
    return _back(f"tf.nn.max_pool1d({_last(x, 1)}, {size}, {stride}, {widths})", 1)


def _max_pool2d(x: str, *, size: Pair, stride: Pair, padding: Pair, dilation: Pair) -> str:
    _check_pooling(dilation)
    return _back(f"tf.nn.max_pool2d({_last(x)}, {size}, {stride}, {_widths(padding)})")


def _check_pooling(dilation: int | Pair) -> None:
    if dilation not in (1, (1, 1)):
        raise Unsupported("TensorFlow's pooling has no dilation beside a stride")


def _avg_pool1d(x: str, *, size: int, stride: int, padding: int, count_include_pad: bool) -> str:
    _check_count(padding, count_include_pad)
    return _back(f'tf.nn.avg_pool1d({_padded(_last(x, 1), (padding,))}, {size}, {stride}, "VALID")', 1)


def _avg_pool2d(x: str, *, size: Pair, stride: Pair, padding: Pair, count_include_pad: bool) -> str:
    _check_count(*padding, count_include_pad)
    return _back(f'tf.nn.avg_pool2d({_padded(_last(x), padding)}, {size}, {stride}, "VALID")')


def _check_count(*padding_and_count: int) -> None:
    *padding, count_include_pad = padding_and_count
    if any(padding) and not count_include_pad:
        raise Unsupported("TensorFlow leaves the padding out only where it chooses that itself")


def _widths(padding: Pair) -> str:
    down, across = padding
    return source(((0, 0), (down, down), (across, across), (0, 0))) if any(padding) else '"VALID"'


def _padded(x: str, padding: tuple[int, ...]) -> str:
    widths = ((0, 0), *((width, width) for width in padding), (0, 0))
    return f"tf.pad({x}, {source(widths)})" if any(padding) else x


def _resized(x: str, *, scale: Pair) -> str:
    shape = f"({x}.shape[2] * {scale[0]}, {x}.shape[3] * {scale[1]})"
    return _back(f'tf.image.resize({_last(x)}, {shape}, method="nearest")')


def _dropout(x: str, *, rate: float, training: bool) -> str:
    if training:
        return f"tf.nn.dropout({x}, {source(rate)})"
    return f"tf.keras.layers.Dropout({source(rate)}, dtype={x}.dtype)({x})"


OPS: dict[str, Template] = {
    "conv1d": _conv1d,
    "conv2d": _conv2d,
    "conv_transpose1d": _conv_transpose1d,
    "conv_transpose2d": _conv_transpose2d,
    "max_pool1d": _max_pool1d,
    "max_pool2d": _max_pool2d,
    "avg_pool1d": _avg_pool1d,
    "avg_pool2d": _avg_pool2d,
    "batch_norm": (
        "tf.keras.ops.batch_normalization({0}, *tf.nn.moments({0}, [0, *range(2, len({0}.shape))]), axis=1, "
        "offset={2}, scale={1}, epsilon={eps})"
    ),
    "layer_norm": "tf.keras.ops.layer_normalization({0}, {1}, {2}, axis=-1, epsilon={eps})",
    "rms_norm": "tf.keras.ops.rms_normalization({0}, {1}, axis=-1, epsilon={eps})",
    "normalize": "tf.math.l2_normalize({0}, axis={axis}, epsilon={eps} ** 2)",
    "depth_to_space": _back(f"tf.nn.depth_to_space({_last('{0}')}, {{block}})"),
    "space_to_depth": _back(f"tf.nn.space_to_depth({_last('{0}')}, {{block}})"),
    "upsample_nearest": _resized,
    "scaled_dot_product_attention": (
        "tf.transpose(tf.keras.ops.dot_product_attention(tf.transpose({0}, (0, 2, 1, 3)), "
        "tf.transpose({1}, (0, 2, 1, 3)), tf.transpose({2}, (0, 2, 1, 3)), scale={scale}), (0, 2, 1, 3))"
    ),
    "dropout": _dropout,
}
LACKS: dict[str, str] = {
    **{op: f"TensorFlow has {op} as a layer of Keras only, which has its own weights" for op in (
        "instance_norm", "group_norm",
    )},
    **{op: f"TensorFlow has no {op}; its depth_to_space has another order of channels" for op in (
        "pixel_shuffle", "pixel_unshuffle",
    )},
    "local_response_norm": "TensorFlow's local_response_normalization takes neither float64 nor the channels first",
    "unfold": "TensorFlow's tf.image.extract_patches has another order, with the channels last",
    "upsample_bilinear": "TensorFlow's tf.image.resize gives float32 for any dtype",
    "bilinear": "TensorFlow has no bilinear layer",
}  # fmt: skip
