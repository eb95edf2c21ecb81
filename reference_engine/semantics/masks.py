"""Dimensions of masks: what becomes of an infinite cotangent where an op lets nothing through?

An op that picks elements, or cuts them off, gives the others a gradient of 0. Some engines choose the 0, others
multiply by it; the two are the same number unless the cotangent is infinite or NaN.
"""

from reference_engine.semantics.dimension import Dimension, Option, dimension


def _infinity(name: str, where: str, mask: str, consulted_by: str, *references: str) -> Dimension:
    """`where` says where nothing is let through, `mask` where something is."""
    return dimension(
        name,
        f"What becomes of an infinite cotangent {where}?",
        Option(
            "stops",
            "0: the result does not depend on such an element. So too if the cotangent is NaN.",
            formula=f"gx = where({mask}, g, 0)",
            advice="Nothing to do: this is the derivative. Do not take finite gradients for a sign that all is well.",
        ),
        Option(
            "spreads",
            "NaN, for 0 times infinity is NaN, and so is 0 times NaN.",
            formula=f"gx = g * ({mask})",
            advice="One infinite cotangent now makes all gradients before it NaN; guard what makes it infinite.",
        ),
        reason="0 is the derivative, whatever comes after",
        consulted_by=consulted_by,
        references=references,
    )


DIMENSIONS = (
    _infinity(
        "infinity_at_relu",
        "where relu is flat",
        "x > 0",
        "relu, relu6, hard_sigmoid",
        "https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/core/kernels/relu_op_functor.h",
        "https://github.com/pytorch/pytorch/blob/main/aten/src/ATen/native/Activation.cpp",
    ),
    _infinity(
        "infinity_at_clip",
        "outside the bounds of clip",
        "(x >= min) & (x <= max)",
        "clip",
        "https://github.com/chainer/chainer/blob/v7.8.1/chainer/functions/math/clip.py",
        "https://github.com/pytorch/pytorch/blob/main/torch/csrc/autograd/FunctionsManual.cpp",
    ),
    _infinity(
        "infinity_at_max",
        "at elements that are not the maximum (minimum)",
        "x == y",
        "max, min",
        "https://github.com/chainer/chainer/blob/v7.8.1/chainer/functions/math/minmax.py",
        "https://github.com/pytorch/pytorch/blob/main/torch/csrc/autograd/FunctionsManual.cpp",
    ),
    _infinity(
        "infinity_at_amax",
        "at elements that are not amax (amin)",
        "x == y",
        "amax, amin, ptp",
        "https://github.com/pytorch/pytorch/blob/main/torch/csrc/autograd/FunctionsManual.cpp",
        "https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/ops/math_grad.py",
    ),
    _infinity(
        "infinity_at_maximum",
        "at the operand that is not the maximum of two",
        "x1 == y",
        "maximum",
        "https://github.com/jax-ml/jax/blob/main/jax/_src/lax/lax.py",
        "https://github.com/chainer/chainer/blob/v7.8.1/chainer/functions/math/maximum.py",
    ),
    _infinity(
        "infinity_at_minimum",
        "at the operand that is not the minimum of two",
        "x1 == y",
        "minimum",
        "https://github.com/jax-ml/jax/blob/main/jax/_src/lax/lax.py",
        "https://github.com/chainer/chainer/blob/v7.8.1/chainer/functions/math/minimum.py",
    ),
    _infinity(
        "infinity_at_segment_max",
        "at elements that are not the maximum (minimum) of their segment",
        "x == y[segment]",
        "segment_max, segment_min, index_max, index_min",
        "https://github.com/pytorch/pytorch/blob/main/torch/csrc/autograd/FunctionsManual.cpp",
        "https://github.com/jax-ml/jax/blob/main/jax/_src/lax/slicing.py",
    ),
    _infinity(
        "infinity_at_nansum",
        "at elements that are NaN, which nansum and nanmean leave out",
        "x == x",
        "nansum, nanmean",
        "https://github.com/pytorch/pytorch/blob/main/tools/autograd/derivatives.yaml",
        "https://docs.jax.dev/en/latest/_autosummary/jax.numpy.nansum.html",
    ),
)
