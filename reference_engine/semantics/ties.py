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


def _with_nan(name: str, title: str, consulted_by: str, *references: str) -> Dimension:
    return dimension(
        name,
        title,
        Option(
            "to_nan",
            "Those that are NaN are the extremum, and get its gradient; the others get 0.",
            formula="chosen = (x == y) | (isnan(x) & isnan(y))",
            advice="An element that is no NaN now keeps its finite gradient, so a NaN elsewhere may go unseen longer.",
        ),
        Option(
            "nan",
            "All get NaN: NaN equals nothing, so the gradient is shared out among 0 elements.",
            formula="gx = g * (x == y) / count(x == y)  # 0 / 0",
            advice="One NaN now makes the gradient of every element NaN.",
        ),
        Option(
            "zero",
            "All get 0: NaN equals nothing.",
            formula="gx = g * (x == y)",
            advice="A NaN now stops the gradient without a trace: look for NaN in the value.",
        ),
        reason="NaN is the extremum, so it alone is what was picked",
        consulted_by=consulted_by,
        references=references,
    )


def _with_one_nan(op: str, *references: str) -> Dimension:
    above, below = (">", "<") if op == "maximum" else ("<", ">")
    return dimension(
        f"{op}_with_nan",
        f"Which operand gets the gradient of {op} where one of the two is NaN?",
        Option(
            "to_nan",
            "The one that is NaN, as the result is; of two, as of equal ones.",
            formula=f"gx1 = where((x1 {above} x2) | isnan(x1), g, 0)",
            advice="The operand that is a number now stands still where the other one is NaN.",
        ),
        Option(
            "both",
            "Each gets the whole, for no comparison holds that would keep it away.",
            formula=f"gx1 = where(x1 {below} x2, 0, g); gx2 = where(x2 {below} x1, 0, g)",
            advice="The operand that is a number now moves, too, by a gradient that says nothing about it.",
        ),
        Option(
            "second",
            "The second, whichever is NaN, for the comparison that would give it to the first does not hold.",
            formula=f"gx1 = where(x1 {above}= x2, g, 0); gx2 = where(x1 {above}= x2, 0, g)",
            advice="Look for NaN in the value: the operand that it comes from may have the gradient 0.",
        ),
        Option(
            "neither",
            "Neither gets anything, for no comparison holds that would give it something.",
            formula=f"gx1 = where(x1 {above} x2, g, 0); gx2 = where(x2 {above} x1, g, 0)",
            advice="A NaN now stops the gradient without a trace: look for NaN in the value.",
        ),
        reason="it is the operand that was picked, and a step of the other one changes nothing",
        consulted_by=op,
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
        "Which of several equal elements gets the gradient of amax (amin)?",
        "amax, amin, ptp",
        "https://docs.pytorch.org/docs/stable/generated/torch.amax.html",
    ),
    _with_nan(
        "max_with_nan",
        "What gradient do elements get of which the maximum (minimum) is NaN?",
        "max, min",
        "https://docs.pytorch.org/docs/stable/generated/torch.max.html",
    ),
    _with_nan(
        "amax_with_nan",
        "What gradient do elements get of which amax (amin) is NaN?",
        "amax, amin, ptp",
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
        consulted_by="maximum, minimum, hinge_loss",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.maximum.html",),
    ),
    _with_one_nan("maximum", "https://docs.pytorch.org/docs/stable/generated/torch.maximum.html"),
    _with_one_nan("minimum", "https://docs.pytorch.org/docs/stable/generated/torch.minimum.html"),
    dimension(
        "fmax_ties",
        "Which of two equal operands gets the gradient of fmax (fmin)?",
        Option(
            "split",
            "Both, half each.",
            formula="gx1 = where(x1 > x2, g, where(x1 == x2, g / 2, 0))",
            advice="Equal operands now share the gradient, and a sum over both stays what it was.",
        ),
        Option(
            "first",
            "The first.",
            formula="gx1 = where(x1 >= x2, g, 0)",
            advice="The order of the operands matters now; write `maximum` where both are numbers and it must not.",
        ),
        Option(
            "second",
            "The second.",
            formula="gx1 = where(x1 > x2, g, 0)",
            advice="The order of the operands matters now; write `maximum` where both are numbers and it must not.",
        ),
        reason="the two operands are interchangeable, and so are their gradients",
        consulted_by="fmax, fmin",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.fmax.html",),
    ),
    dimension(
        "descending_ties",
        "Which of several equal elements comes first in a descending order?",
        Option(
            "in_order",
            "The first in order of index, as in an ascending order.",
            formula="order = argsort(-x, stable); gx[order] = g",
            advice="Equal elements now have places in their own order, also in a descending order.",
        ),
        Option(
            "reversed",
            "The last in order of index: a descending order is an ascending one, read backward.",
            formula="order = reversed(argsort(x, stable)); gx[order] = g",
            advice="Of equal elements the last now comes first where the order descends.",
        ),
        reason="a stable order keeps equal elements as they are, whichever way it goes",
        consulted_by="sort",
        references=("https://docs.jax.dev/en/latest/_autosummary/jax.numpy.sort.html",),
    ),
    dimension(
        "overwritten_values",
        "What gradient does a value get that is written to a place where another value is written afterwards?",
        Option(
            "stops",
            "0: the result does not depend on it.",
            formula="gvalues = where(stays, g[indices], 0)",
            advice="Only the value that stays gets a gradient now.",
        ),
        Option(
            "passes",
            "That of the place, as if it had stayed, so each of several values there gets it; not the derivative.",
            formula="gvalues = g[indices]",
            advice="Write to each place once where gradients matter: add the values up, or pick one of them, before.",
        ),
        reason="it is the derivative of what was computed",
        consulted_by="index_set, put_along_axis",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.Tensor.scatter_.html",),
    ),
)
