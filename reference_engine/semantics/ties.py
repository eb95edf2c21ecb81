"""Dimensions of ties: which of several equal largest elements does a small step move?"""

from reference_engine.semantics.dimension import Dimension, Option, dimension


def _ties(name: str, title: str, consulted_by: str, *references: str) -> Dimension:
    return dimension(
        name,
        title,
        Option(
            "split",
            "All of them, evenly: each of n gets 1/n of the cotangent.",
            formula="gx = g * (x == y) / count(x == y)",
            advice="Equal elements now move together, each a part of the way.",
        ),
        Option(
            "first",
            "The first in order of index.",
            formula="gx[argmax(x)] = g",
            advice="Of equal elements only the first moves, so their order matters now.",
        ),
        Option(
            "last",
            "The last in order of index.",
            formula="gx[n - 1 - argmax(reversed(x))] = g",
            advice="Of equal elements only the last moves, so their order matters now.",
        ),
        Option(
            "all",
            "Each gets the whole cotangent, so that their sum is n times it; no subgradient if n > 1.",
            formula="gx = g * (x == y)",
            advice="Divide by the number of equal elements where a step must not grow with it.",
        ),
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
        Option(
            "split",
            "Both, half each.",
            formula="gx1 = where(x1 > x2, g, where(x1 == x2, g / 2, 0))",
            advice="`maximum(x, 0)` at 0 now has the slope 1/2, where relu has 0.",
        ),
        Option(
            "first",
            "The first.",
            formula="gx1 = where(x1 >= x2, g, 0)",
            advice="The order of the operands matters now: `maximum(x, 0)` at 0 has the slope 1, `maximum(0, x)` 0.",
        ),
        Option(
            "second",
            "The second.",
            formula="gx1 = where(x1 > x2, g, 0)",
            advice="The order of the operands matters now: `maximum(x, 0)` at 0 has the slope 0, `maximum(0, x)` 1.",
        ),
        Option(
            "both",
            "Each gets the whole, so that their sum is twice the cotangent; no subgradient.",
            formula="gx1 = where(x1 >= x2, g, 0); gx2 = where(x2 >= x1, g, 0)",
            advice="Halve the gradient where one variable stands on both sides: `maximum(x, x)` has the slope 2.",
        ),
        Option(
            "neither",
            "Neither gets anything, so that their sum is 0; no subgradient.",
            formula="gx1 = where(x1 > x2, g, 0); gx2 = where(x2 > x1, g, 0)",
            advice="Keep equal operands apart: `maximum(x, x)` has the slope 0, and equal values stay where they are.",
        ),
        reason="the two operands are interchangeable, and so are their gradients",
        consulted_by="maximum, minimum",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.maximum.html",),
    ),
)
