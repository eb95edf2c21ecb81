"""What is said of functions that disagree: one message."""

from collections.abc import Iterator, Mapping

from harness.consistency.differences import Difference
from harness.consistency.functions import Answer
from harness.consistency.inquiry import Inquiry
from harness.consistency.rounding import RUNS
from harness.results import Explanation

_BASES = {
    "derived": "Rounding explains {:.3g} ULP, by bounds that are derived from the reference function, op by op.",
    "measured": f"Rounding explains {{:.3g}} ULP, measured by {RUNS} runs of both functions with inputs near by.",
    "here alone": "Rounding explains {:.3g} ULP, "
    f"measured by {RUNS} runs of both functions with inputs near by; there they agree. "
    "So this is a tie, a kink or a singular point, where frameworks follow conventions.",
}


_IN_FLOAT64 = {
    "unknown": (),
    "agree": ("With the same inputs in float64 they agree, so the formulas are the same and one loses digits.",),
    "disagree": ("With the same inputs in float64 they disagree as well.",),
    "there alone": ("That is for the same inputs in float64, for in their own dtype rounding explains all.",),
}


def message(inquiry: Inquiry, number: int | None) -> str:
    """Why a call fails; empty if it does not. `number` says which of several sets of inputs it is."""
    lines = list(_lines(inquiry))
    if lines and number is not None:
        lines.append(f"Inputs: set {number + 1} of those that were given.")
    return "\n".join(lines)


def _lines(inquiry: Inquiry) -> Iterator[str]:
    if any(answer.raised for answer in inquiry.answers.values()):
        yield from _of_exceptions(inquiry.answers)
    elif not inquiry.are_comparable:
        yield from _of_structures(inquiry.answers)
    elif inquiry.differences:
        yield from _of_differences(inquiry, inquiry.differences)


def _of_exceptions(answers: Mapping[str, Answer]) -> Iterator[str]:
    raised = {name: answer.raised for name, answer in answers.items() if answer.raised}
    others = [name for name in answers if name not in raised]
    yield (
        f"{_list(list(raised))} raised, and {_list(others)} did not."
        if others
        else "All functions raised, so there is nothing to compare."
    )
    for name, error in raised.items():
        yield f"  {name}: {error.type}: {error.message}"


def _of_structures(answers: Mapping[str, Answer]) -> Iterator[str]:
    yield "The functions return different structures."
    for name, answer in answers.items():
        yield f"  {name}: {_structure(answer.keys)}"


def _structure(keys: tuple[object, ...] | None) -> str:
    if keys is None:
        return "an array"
    if keys == tuple(range(len(keys))):
        return f"a tuple of {len(keys)}"
    return f"a dict with the keys {', '.join(map(repr, keys))}"


def _of_differences(inquiry: Inquiry, differences: Mapping[str, list[Difference]]) -> Iterator[str]:
    point, found = next(iter(differences.items()))
    sides = _sides(inquiry, found)
    told = [_between(found, sides[0], side) for side in sides[1:]]
    who = " and ".join(_list(side) for side in sides[1:])
    verb = "disagrees" if len(sides) == 2 and len(sides[1]) == 1 else "disagree"
    yield f"{who} {verb} with {_list(sides[0])} on {_where(inquiry, point)}."
    for difference in told:
        yield from map("  {}".format, _of_difference(difference))
    if any(difference.basis == "here alone" for difference in told) and inquiry.reference is None:
        yield "Give 'reference' a function too, and it is said which convention it is."
    others = [_where(inquiry, other) for other in differences if other != point]
    if others:
        yield f"There is also disagreement on {_list(others)}."


def _between(found: list[Difference], one: list[str], other: list[str]) -> Difference:
    """A difference between two sides."""
    return next(each for each in found if set(each.pair) & set(one) and set(each.pair) & set(other))


def _sides(inquiry: Inquiry, found: list[Difference]) -> list[list[str]]:
    """Who agrees with whom, the side of the reference first, or else the largest; each function on one side."""
    apart = {frozenset(difference.pair) for difference in found}
    names = sorted(inquiry.answers, key=lambda name: name != "reference")
    sides: list[list[str]] = []
    for name in names:
        agreeing = (side for side in sides if all(frozenset((name, other)) not in apart for other in side))
        if "reference" in names and sides and frozenset((name, "reference")) in apart:
            sides.append([name])  # nobody has compared it with the others
        elif (side := next(agreeing, None)) is not None:
            side.append(name)
        else:
            sides.append([name])
    return sides if "reference" in names else sorted(sides, key=len, reverse=True)


def _of_difference(found: Difference) -> Iterator[str]:
    (one, other), (first, second) = found.pair, found.shown
    at = "" if found.index is None or not found.index else f" at {list(found.index)}"
    yield f"{one} has {first}{at}, {_list([other])} has {second}."
    if found.basis:
        yield f"They are {found.ulps:.3g} ULP apart. {_BASES[found.basis].format(found.allowed)}"
        yield from _IN_FLOAT64[found.in_float64]
    yield from _of_conventions(found)
    if found.mathematics:
        yield found.mathematics


def _of_conventions(found: Difference) -> Iterator[str]:
    for reason in found.explained_by:
        named = f"{reason.dimension} = {reason.option}"
        whose = (
            "a convention of the framework" if found.is_profile else "what the reference gives with another convention"
        )
        yield f"It is {whose}, {named}: {_sentence(reason)}"
    if found.explained_by:
        yield f"To accept it: accept={sorted({reason.dimension for reason in found.explained_by})!r}."


def _sentence(reason: Explanation) -> str:
    return f"{reason.sentence} ({reason.reference})" if reason.reference else reason.sentence


def _where(inquiry: Inquiry, point: str) -> str:
    """`the gradient of x`, `the output`, `output['loss']`."""
    kind, _, place = point.partition(" ")
    if kind == "gradient":
        return f"the gradient of {inquiry.ask.labels[int(place)]}"
    keys = next(iter(inquiry.answers.values())).keys
    return "the output" if keys is None else f"output[{keys[int(place)]!r}]"


def _list(names: list[str]) -> str:
    said = ["the reference" if name == "reference" else name for name in names]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
