"""Dimensions of ties: which of several equal largest elements does a small step move?"""

from reference_engine.semantics.dimension import Dimension, Option, dimension


def _ties(name: str, title: str, consulted_by: str, *references: str) -> Dimension:
    return dimension(
        name,
        title,
        Option("split", "All of them, evenly: each of n gets 1/n of the cotangent."),
        Option("first", "The first in order of index."),
        Option("last", "The last in order of index."),
        Option("all", "Each gets the whole cotangent, so that their sum is n times it; no subgradient if n > 1."),
        reason="the even split is the subgradient of least norm, and treats equals equally",
        consulted_by=consulted_by,
        references=references,
    )


DIMENSIONS = (
    _ties(
        "max_ties",
        "Which of several equal elements gets the gradient of the maximum (minimum) of a whole array?",
        "max, min",
        "https://docs.pytorch.org/docs/stable/generated/torch.max.html",
    ),
    _ties(
        "max_ties_along_axis",
        "Which of several equal elements gets the gradient of the maximum (minimum) along an axis?",
        "max, min",
        "https://docs.pytorch.org/docs/stable/generated/torch.max.html",
    ),
    _ties(
        "amax_ties",
        "Which of several equal elements gets the gradient of amax?",
        "amax",
        "https://docs.pytorch.org/docs/stable/generated/torch.amax.html",
    ),
    dimension(
        "maximum_ties",
        "Which of two equal operands gets the gradient of maximum (minimum)?",
        Option("split", "Both, half each."),
        Option("first", "The first."),
        Option("second", "The second."),
        reason="the two operands are interchangeable, and so are their gradients",
        consulted_by="maximum, minimum",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.maximum.html",),
    ),
)
