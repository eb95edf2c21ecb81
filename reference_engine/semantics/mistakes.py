"""A dimension of which one option is right and the others are faults."""

from reference_engine.semantics.dimension import Dimension, Fault, Option, dimension

ADVICE = "Nothing is to be chosen here: this is right, and whatever else is seen is a mistake."


def mistakes(
    name: str,
    title: str,
    right: str,
    sentence: str,
    formula: str,
    *faults: Fault,
    reason: str,
    consulted_by: str,
    references: tuple[str, ...],
) -> Dimension:
    """A dimension whose default `right` is the only acceptable option; `sentence` and `formula` are that one's."""
    return dimension(
        name,
        title,
        Option(right, sentence, formula, ADVICE),
        *faults,
        reason=reason,
        consulted_by=consulted_by,
        references=references,
    )


_RULES = "https://github.com/HIPS/autograd/blob/master/autograd/numpy/numpy_vjps.py"


def mistaken_rule(
    name: str, right: str, sentence: str, formula: str, *faults: Fault, of: str, reason: str, source: str = _RULES
) -> Dimension:
    """The dimension of the derivative of the ops `of`, names with commas between."""
    title = f"Which rule is the derivative of {of.partition(', ')[0]}?"
    return mistakes(
        name, title, right, sentence, formula, *faults, reason=reason, consulted_by=of, references=(source,)
    )
