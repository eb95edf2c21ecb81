"""Layers with weights or windows, in Chainer's words."""

from harness.adapters.base import Template
from harness.adapters.define_by_run import arguments
from harness.errors import Unsupported
from harness.literals import source

Shape = int | tuple[int, int]

_CONVOLUTION = "{0}, {1}, stride={stride}, pad={padding}, dilate={dilation}, groups={groups}"


def _max_pool(function: str) -> Template:
    def template(x: str, *, size: Shape, stride: Shape, padding: Shape, dilation: Shape) -> str:
        if dilation not in (1, (1, 1)):
            raise Unsupported("Chainer's pooling has no dilation")
        return f"{function}({x}, {size}, stride={stride}, pad={padding}, cover_all=False)"

    return template


def _avg_pool1d(x: str, *, size: int, stride: int, padding: int, count_include_pad: bool) -> str:
    without = "" if count_include_pad else ", pad_value=None"
    return f"F.average_pooling_1d({x}, {size}, stride={stride}, pad={padding}{without})"


def _avg_pool2d(x: str, *, size: Shape, stride: Shape, padding: Shape, count_include_pad: bool) -> str:
    if not count_include_pad:
        raise Unsupported("F.average_pooling_2d divides by the size of the window")
    return f"F.average_pooling_2d({x}, {size}, stride={stride}, pad={padding})"


def _normalize(x: str, *, axis: int, eps: float) -> str:
    if eps:
        raise Unsupported("F.normalize divides by the length plus eps")
    return f"F.normalize({x}, eps=0.0{arguments(axis=None if axis == 1 else axis)})"


def _dropout(x: str, *, rate: float, training: bool) -> str:
    if not training:
        raise Unsupported("Chainer is told that it does not train by a block, chainer.using_config('train', False)")
    return f"F.dropout({x}, ratio={source(rate)})"


OPS: dict[str, Template] = {
    **{f"conv{n}d": f"F.convolution_{n}d({_CONVOLUTION})" for n in (1, 2)},
    **{f"conv_transpose{n}d": f"F.deconvolution_{n}d({_CONVOLUTION})" for n in (1, 2)},
    **{f"max_pool{n}d": _max_pool(f"F.max_pooling_{n}d") for n in (1, 2)},
    "avg_pool1d": _avg_pool1d,
    "avg_pool2d": _avg_pool2d,
    "batch_norm": "F.batch_normalization({0}, {1}, {2}, eps={eps})",
    "instance_norm": "F.group_normalization({0}, {0}.shape[1], {1}, {2}, eps={eps})",
    "group_norm": "F.group_normalization({0}, {num_groups}, {1}, {2}, eps={eps})",
    "layer_norm": "F.layer_normalization({0}, {1}, {2}, eps={eps})",
    "normalize": _normalize,
    "local_response_norm": "F.local_response_normalization({0}, n={size}, k={k}, alpha={alpha}, beta={beta})",
    "depth_to_space": "F.depth2space({0}, {block})",
    "space_to_depth": "F.space2depth({0}, {block})",
    "unfold": (
        "F.im2col({0}, {size}, stride={stride}, pad={padding}, dilate={dilation})"
        ".reshape({0}.shape[0], {0}.shape[1] * np.prod({size}), -1)"
    ),
    "upsample_nearest": "F.unpooling_2d({0}, {scale}, cover_all=False)",
    "dropout": _dropout,
}
LACKS: dict[str, str] = {
    "rms_norm": "Chainer has no rms_norm",
    "scaled_dot_product_attention": "Chainer has no attention",
    "upsample_bilinear": "Chainer's F.resize_images takes float32 alone, and ends in np.float, which NumPy has no more",
    "bilinear": "Chainer's F.bilinear takes float32 alone",
    **{
        op: f"Chainer has no {op}; its depth2space has another order of channels"
        for op in ("pixel_shuffle", "pixel_unshuffle")
    },
}
