"""Whether the coordinates of a variable act apart: each on elements of the outputs on which no other one acts.

Then the function is a sum of functions of one coordinate each. Its slope along any direction is the sum of those along
the axes, and so a gradient is right where each of its elements is.
"""

from reference_engine.oracle.forward.table import ELEMENTWISE
from reference_engine.oracle.function import Applied, Differentiated, Question, Step

SUMS = frozenset(("sum", "mean"))
"""Ops that add up elements: what they give is a sum of functions of one coordinate each, too."""


def acts_apart(question: Question) -> bool:
    """Whether nothing but elementwise ops leads from the variable to the outputs, or to sums that are outputs.

    These keep each element above the one that it is computed from, for broadcasting aligns the last axes. So does a
    gradient inside the function in leaves of the variable's shape. `False` says nothing.
    """
    function = question.function
    shapes = {leaf.name: leaf.values.shape for leaf in function.leaves}
    inside = [step for step in function.steps if isinstance(step, Differentiated)]
    inputs = {name for step in inside for name in step.inputs}
    if any(name not in shapes or shapes[name] != shapes.get(question.variable) for name in inputs):
        return False
    moving, sums = {question.variable, *inputs}, set[str]()
    for step in (function.steps[position] for position in function.following(moving)):
        if not _keeps_apart(step, moving, sums):
            return False
        moving |= set(step.names)
        if isinstance(step, Applied) and step.op in SUMS:
            sums |= set(step.names)
    return True


def _keeps_apart(step: Step, moving: set[str], sums: set[str]) -> bool:
    if isinstance(step, Applied):
        return (step.op in ELEMENTWISE or step.op in SUMS) and sums.isdisjoint(step.arrays)
    seeds = zip(step.outputs, step.seeds, strict=True)
    # The seed of a sum weighs all its elements alike, so it has to be a constant.
    return all(seed not in moving if output in sums else seed not in sums for output, seed in seeds)
