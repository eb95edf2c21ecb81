"""Layers with weights or windows, in PyTorch's words."""

from harness.adapters.base import Template

_WINDOWS = "stride={stride}, padding={padding}"
_CONVOLUTION = f"{_WINDOWS}, dilation={{dilation}}, groups={{groups}}"
_POOLING = f"{{0}}, {{size}}, {_WINDOWS}"
_COUNT = "count_include_pad={count_include_pad}"

OPS: dict[str, Template] = {
    **{f"conv{n}d": f"torch.nn.functional.conv{n}d({{0}}, {{1}}, {_CONVOLUTION})" for n in (1, 2)},
    **{f"conv_transpose{n}d": f"torch.nn.functional.conv_transpose{n}d({{0}}, {{1}}, {_CONVOLUTION})" for n in (1, 2)},
    **{f"max_pool{n}d": f"torch.nn.functional.max_pool{n}d({_POOLING}, dilation={{dilation}})" for n in (1, 2)},
    **{f"avg_pool{n}d": f"torch.nn.functional.avg_pool{n}d({_POOLING}, {_COUNT})" for n in (1, 2)},
    "batch_norm": "torch.nn.functional.batch_norm({0}, None, None, {1}, {2}, training=True, eps={eps})",
    "instance_norm": "torch.nn.functional.instance_norm({0}, weight={1}, bias={2}, eps={eps})",
    "group_norm": "torch.nn.functional.group_norm({0}, {num_groups}, {1}, {2}, eps={eps})",
    "layer_norm": "torch.nn.functional.layer_norm({0}, {1}.shape, {1}, {2}, eps={eps})",
    "rms_norm": "torch.nn.functional.rms_norm({0}, {1}.shape, {1}, eps={eps})",
    "normalize": "torch.nn.functional.normalize({0}, dim={axis}, eps={eps})",
    # PyTorch divides alpha by the size.
    "local_response_norm": (
        "torch.nn.functional.local_response_norm({0}, {size}, alpha={alpha} * {size}, beta={beta}, k={k})"
    ),
    "pixel_shuffle": "torch.nn.functional.pixel_shuffle({0}, {block})",
    "pixel_unshuffle": "torch.nn.functional.pixel_unshuffle({0}, {block})",
    "unfold": f"torch.nn.functional.unfold({{0}}, {{size}}, {_WINDOWS}, dilation={{dilation}})",
    "upsample_nearest": 'torch.nn.functional.interpolate({0}, scale_factor={scale}, mode="nearest")',
    "upsample_bilinear": (
        'torch.nn.functional.interpolate({0}, scale_factor={scale}, mode="bilinear", align_corners={align_corners})'
    ),
    "scaled_dot_product_attention": "torch.nn.functional.scaled_dot_product_attention({0}, {1}, {2}, scale={scale})",
    "bilinear": "torch.nn.functional.bilinear({0}, {1}, {2})",
    "dropout": "torch.nn.functional.dropout({0}, p={rate}, training={training})",
}
LACKS: dict[str, str] = {
    op: f"PyTorch has no {op}; its pixel_shuffle has another order of channels"
    for op in ("depth_to_space", "space_to_depth")
}
