"""Where losses change character: at equal operands, at probabilities of 0 and 1, and at scores far from 0."""

from typing import Any

from harness.places.place import Place, ordinary, special, structured

FOUND, WANTED = ((0.5, -1.0, 2.0), (1.5, 0.25, -0.75)), ((0.25, 1.0, 2.5), (-1.0, 0.75, 0.5))
SCORES = ((0.5, -1.0, 2.0), (1.5, 0.25, -0.75))
PROBABILITIES = ((0.5, 0.53125, 0.46875), (0.453125, 0.484375, 0.515625))
BINARY, SIGNS = ((0.0, 1.0, 0.0), (1.0, 1.0, 0.0)), ((-1.0, 1.0, 1.0), (1.0, -1.0, -1.0))


def _each_way(*operands: Any, **parameters: Any) -> tuple[Place, Place, Place]:
    """The mean, which comes first for it is what people take; the sum; and the losses one by one."""
    return (
        ordinary(*operands, reduction="mean", **parameters),
        ordinary(*operands, name="sum", reduction="sum", **parameters),
        ordinary(*operands, name="one_by_one", reduction="none", **parameters),
    )


structured(
    "mse_loss",
    *_each_way(FOUND, WANTED),
    special("equal", "At its minimum the slope is 0", (1.0, -2.0), (1.0, -2.0)),
    special("nothing", "The mean of no losses is NaN, and there is nobody to have a gradient", (), ()),
)
structured(
    "l1_loss",
    *_each_way(FOUND, WANTED),
    special("equal", "At its minimum there is a kink, that of abs", (1.0, -2.0), (1.0, -2.0), reduction="sum"),
    special("nothing", "The mean of no losses is NaN, and there is nobody to have a gradient", (), ()),
)
structured(
    "huber_loss",
    *_each_way(FOUND, WANTED, delta=0.75),
    special("equal", "At its minimum there is no kink", (1.0, -2.0), (1.0, -2.0)),
    special("border", "Where the square ends and the line begins the slopes meet", (1.5, -1.5), (0.5, -0.5)),
)
structured(
    "smooth_l1_loss",
    *_each_way(FOUND, WANTED, beta=0.75),
    special("equal", "At its minimum there is no kink", (1.0, -2.0), (1.0, -2.0)),
    special("border", "Where the square ends and the line begins the slopes meet", (1.5, -1.5), (0.5, -0.5)),
    special(
        "without_width", "With beta 0 it is l1_loss, which has a kink", (1.0, -2.0, 3.0), (1.0, 2.0, 1.0), beta=0.0
    ),
)
structured(
    "cross_entropy",
    *_each_way(SCORES, (2, 0)),
    special("right", "Of a score far above the others the loss is 0", ((1000.0, 0.0), (0.0, 1000.0)), (0, 1)),
    special("wrong", "Of a score far below the others it is their distance", ((1000.0, 0.0), (0.0, 1000.0)), (1, 0)),
    special("one_class", "With a single class there is nothing to lose", ((2.0,), (3.0,)), (0, 0)),
)
structured(
    "soft_cross_entropy",
    *_each_way(SCORES, ((0.25, 0.25, 0.5), (0.5, 0.375, 0.125))),
    special("certain", "A target of 1 and zeros is a label", SCORES, ((0.0, 0.0, 1.0), (1.0, 0.0, 0.0))),
    special("far_apart", "Scores far apart have the weights 1 and 0", ((1000.0, 0.0),), ((0.25, 0.75),)),
    special("no_distribution", "A target that does not add up to 1 is no distribution", ((0.5, -1.0),), ((0.5, 1.0),)),
)
structured(
    "nll_loss",
    *_each_way(((-0.5, -1.0, -2.0), (-1.5, -0.25, -0.75)), (2, 0)),
    special("impossible", "A probability of 0 has an infinite loss, whose slope is -1", ((-float("inf"), 0.0),), (0,)),
)
structured(
    "binary_cross_entropy",
    *_each_way(PROBABILITIES, ((0.25, 0.75, 0.375), (0.625, 0.5, 0.125))),
    special("right", "Of a certain and right answer the loss is 0", (0.0, 1.0), (0.0, 1.0)),
    special("wrong", "Of a certain and wrong answer the loss is infinite", (0.0, 1.0), (1.0, 0.0)),
    special("nearly", "Of a nearly certain and wrong answer it is large", (2.0**-40, 2.0**-400), (1.0, 1.0)),
    special("no_probability", "Below 0 and above 1 there are no probabilities", (-0.25, 1.5), (0.25, 0.75)),
    special("no_share", "A target below 0 or above 1 is no share, but a number", (0.25, 0.75), (-0.25, 1.5)),
)
structured(
    "binary_cross_entropy_with_logits",
    *_each_way(SCORES, BINARY),
    ordinary(SCORES, PROBABILITIES, name="between"),
    special("zero", "At 0 there is no kink, although max(x, 0) has one", (0.0, -0.0), (1.0, 0.25)),
    special(
        "right", "Of a score far on the right side the loss is 0", (-800.0, -40.0, 40.0, 800.0), (0.0, 0.0, 1.0, 1.0)
    ),
    special(
        "wrong", "Of a score far on the wrong side it is its size", (-800.0, -40.0, 40.0, 800.0), (1.0, 1.0, 0.0, 0.0)
    ),
)
structured(
    "kl_div",
    *_each_way(((-0.5, -1.0, -2.0), (-1.5, -0.25, -0.75)), PROBABILITIES),
    special("zero", "At a target of 0 it is 0, with an infinite slope in the target", (-1.0, -2.0), (0.0, 0.5)),
)
structured(
    "hinge_loss",
    *_each_way(SCORES, SIGNS),
    special("margin", "At the margin there is a kink, that of a maximum with 0", (1.0, -1.0), (1.0, -1.0)),
)
structured(
    "log_cosh_loss",
    *_each_way(FOUND, WANTED),
    special("equal", "At its minimum the slope is 0", (1.0, -2.0), (1.0, -2.0)),
    special("near", "Near its minimum it is half the square", (1e-6, -1e-6), (0.0, 0.0)),
    special("far", "Far from its minimum it is the distance", (800.0, -800.0), (0.0, 0.0)),
)
structured(
    "cosine_similarity",
    ordinary(FOUND, WANTED),
    ordinary(FOUND, WANTED, name="along_axis", axis=0),
    special("parallel", "Of parallel vectors it is 1, the largest there is", (1.0, 2.0), (2.0, 4.0)),
    special("orthogonal", "Of orthogonal vectors it is 0", (1.0, 2.0), (-2.0, 1.0)),
    special("zero", "A vector of zeros has no direction", (0.0, 0.0), (1.0, 2.0)),
)
structured(
    "poisson_nll_loss",
    *_each_way(SCORES, ((0.0, 1.0, 3.0), (2.0, 0.5, 0.0))),
    special("overflow", "Where exp(x) overflows so does the loss", (800.0, -800.0), (1.0, 1.0), reduction="sum"),
)
structured(
    "gaussian_nll_loss",
    *_each_way(FOUND, WANTED, ((1.5, 2.0, 1.75), (1.25, 4.0, 2.5))),
    special("equal", "At the mean it still has a slope in the variance", (1.0, -2.0), (1.0, -2.0), (0.5, 2.0)),
    special("narrow", "A small variance makes it steep", (1.0, -2.0), (0.5, -1.0), (1e-8, 1e-12)),
    special("certain", "At a variance of 0 it is infinite", (1.0, -2.0), (0.5, -2.0), (0.0, 0.0)),
    special("negative", "A negative variance has no logarithm", (1.0, -2.0), (0.5, -1.0), (-0.5, 2.0)),
)
