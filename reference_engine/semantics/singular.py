"""Dimensions of singular points: what stands where there is no derivative, or where its formula is 0 / 0."""

from reference_engine.semantics.dimension import Option, dimension

DIMENSIONS = (
    dimension(
        "std_at_zero",
        "What is the derivative of the standard deviation where all elements are equal?",
        Option("nan", "NaN, which is what the formula's 0 / 0 gives (TensorFlow, Chainer, JAX)."),
        Option("zero", "Zero, which is a subgradient of the kink (PyTorch)."),
        reason="there is no derivative, and NaN says so",
        consulted_by="std",
        references=("pytorch/pytorch#4320",),
    ),
)
