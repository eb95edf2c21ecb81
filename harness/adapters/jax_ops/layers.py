"""Layers with weights or windows, in JAX's words: of `jax.lax`, which libraries of layers are made of."""

from harness.adapters.base import Template
from harness.errors import Unsupported
from harness.literals import source

Shape = int | tuple[int, int]

_SIGNALS = ', dimension_numbers=("NCH", "OIH", "NCH")'


def _each(value: Shape) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else (value,)


def _widths(padding: Shape) -> tuple[tuple[int, int], ...]:
    return tuple((width, width) for width in _each(padding))


def _convolution(x: str, weight: str, *, stride: Shape, padding: Shape, dilation: Shape, groups: int) -> str:
    numbers = _SIGNALS if isinstance(stride, int) else ""
    return (
        f"jax.lax.conv_general_dilated({x}, {weight}, {_each(stride)}, {_widths(padding)}, "
        f"rhs_dilation={_each(dilation)}{numbers}, feature_group_count={groups})"
    )


def _conv_transpose(x: str, weight: str, *, stride: Shape, padding: Shape, dilation: Shape, groups: int) -> str:
    """Its padding is that of the convolution it is computed by: with 0 of it, as much as the kernel reaches less 1."""
    if groups != 1:
        raise Unsupported("jax.lax.conv_transpose has no groups")
    reaches = [f"{each} * ({weight}.shape[{2 + axis}] - 1)" for axis, each in enumerate(_each(dilation))]
    widths = ", ".join(f"({reach} - {width},) * 2" for reach, width in zip(reaches, _each(padding), strict=True))
    numbers = _SIGNALS if isinstance(stride, int) else ', dimension_numbers=("NCHW", "OIHW", "NCHW")'
    return (
        f"jax.lax.conv_transpose({x}, {weight}, {_each(stride)}, [{widths}], rhs_dilation={_each(dilation)}{numbers}, "
        f"transpose_kernel=True)"
    )


def _windows(
    x: str, start: str, function: str, *, size: Shape, stride: Shape, padding: Shape, dilation: Shape = 1
) -> str:
    """A window of one image and one channel."""
    places = ", ".join(source((1, 1, *_each(each))) for each in (size, stride))
    widths = source(((0, 0), (0, 0), *_widths(padding)))
    apart = "" if set(_each(dilation)) == {1} else f", window_dilation={(1, 1, *_each(dilation))}"
    return f"jax.lax.reduce_window({x}, {start}, {function}, {places}, {widths}{apart})"


def _max_pool(x: str, *, size: Shape, stride: Shape, padding: Shape, dilation: Shape) -> str:
    return _windows(x, "-jnp.inf", "jax.lax.max", size=size, stride=stride, padding=padding, dilation=dilation)


def _avg_pool(x: str, *, size: Shape, stride: Shape, padding: Shape, count_include_pad: bool) -> str:
    def total(of: str) -> str:
        return _windows(of, "0.0", "jax.lax.add", size=size, stride=stride, padding=padding)

    number = " * ".join(map(str, _each(size)))
    return f"{total(x)} / {f'({number})' if count_include_pad else total(f'jnp.ones_like({x})')}"


def _resized(mode: str) -> Template:
    def template(x: str, *, scale: tuple[int, int], align_corners: bool = False) -> str:
        if align_corners:
            raise Unsupported("jax.image.resize does not align corners")
        down, across = scale
        shape = f"(*{x}.shape[:2], {x}.shape[2] * {down}, {x}.shape[3] * {across})"
        return f'jax.image.resize({x}, {shape}, "{mode}")'

    return template


def _standardized(axes: str) -> str:
    """Not by the default algorithm, which loses digits where the mean is large, as its documentation says."""
    return f'jax.nn.standardize({{0}}, axis={axes}, epsilon={{eps}}, algorithm="stable")'


def _layer(axes: str) -> str:
    return f"{_standardized(axes)} * {_per_channel(1)} + {_per_channel(2)}"


def _per_channel(operand: int) -> str:
    return f"jnp.reshape({{{operand}}}, (-1, *[1] * ({{0}}.ndim - 2)))"


OPS: dict[str, Template] = {
    **{f"conv{n}d": _convolution for n in (1, 2)},
    **{f"conv_transpose{n}d": _conv_transpose for n in (1, 2)},
    **{f"max_pool{n}d": _max_pool for n in (1, 2)},
    **{f"avg_pool{n}d": _avg_pool for n in (1, 2)},
    "batch_norm": _layer("(0, *range(2, {0}.ndim))"),
    "instance_norm": _layer("tuple(range(2, {0}.ndim))"),
    "layer_norm": f"{_standardized('-1')} * {{1}} + {{2}}",
    "unfold": (
        "jax.lax.conv_general_dilated_patches({0}, {size}, {stride}, [(width, width) for width in {padding}], "
        "rhs_dilation={dilation}).reshape({0}.shape[0], {0}.shape[1] * np.prod({size}), -1)"
    ),
    "upsample_nearest": _resized("nearest"),
    "upsample_bilinear": _resized("linear"),
    "scaled_dot_product_attention": (
        "jnp.swapaxes(jax.nn.dot_product_attention(jnp.swapaxes({0}, 1, 2), jnp.swapaxes({1}, 1, 2), "
        "jnp.swapaxes({2}, 1, 2), scale={scale}), 1, 2)"
    ),
}
LACKS: dict[str, str] = {
    op: f"JAX has no {op}; libraries of layers for it have"
    for op in (
        "group_norm", "rms_norm", "normalize", "local_response_norm", "pixel_shuffle", "pixel_unshuffle",
        "depth_to_space", "space_to_depth", "bilinear", "dropout",
    )
}  # fmt: skip
