"""The pass from node to node under options that are not the default.

`backward._propagate` is the same under the default options, written so that nothing is asked on the way. Here the
options decide, those of right engines and those of mistaken ones; and each is asked for only where it makes a
difference, so that `semantics.noting` tells what a pass depended on.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reference_engine.contribution import Settling, check_combines
from reference_engine.errors import GraphFreed
from reference_engine.rule import Rule
from reference_engine.semantics import Options
from reference_engine.variable import Variable, constant, value_of
from reference_engine.variants.visiting import visits


def propagate_under(
    options: Options,
    nodes: Sequence[Variable],
    cotangents: dict[Variable, Any],
    wanted: set[Variable] | None,
    create_graph: bool,
) -> None:
    """Hand the cotangent of each node on to its operands, and gather what each operand gets.

    `nodes` are ordered from the youngest to the oldest, and `wanted` are the only variables that get anything, if it
    is not None. Raises `GraphFreed`, `MixedDtypes` and `TooManyVisits`, and what NumPy raises in mistaken rules.
    """
    settling = Settling.of(options, functional=wanted is not None, create_graph=create_graph)
    sequence = _sequence(options, list(cotangents), nodes)
    if wanted is None:
        cotangents.update(_left_by_earlier_passes(options, cotangents, nodes))
    for node in sequence:
        cotangent = cotangents.get(node)
        if cotangent is None:
            continue
        op, operands, saved = node.op, node.operands, node.saved
        if op is None or saved is None:
            raise GraphFreed(f"{op!r} gave up what it saved in an earlier pass: use keep_graph=True in that one")
        if create_graph:
            cotangent, saved = _recorded(options, node, cotangent)
        if settling.is_unchecked:
            check_combines(cotangent, node)
        for operand, rule in _counted(options, operands, op.rules_under(options)):
            if rule is None or not operand.requires_grad or (wanted is not None and operand not in wanted):
                continue
            needed = () if rule.select is None else rule.select(saved)
            contribution = settling.settle(rule.function(cotangent, *needed), cotangent, node, operand)
            earlier = cotangents.get(operand)
            cotangents[operand] = contribution if earlier is None else _together(options, earlier, contribution)


def _sequence(options: Options, outputs: Sequence[Variable], nodes: Sequence[Variable]) -> Iterable[Variable]:
    """The nodes in the order of their visits."""
    return nodes if len(nodes) < 2 else visits(options.visiting_order, outputs, nodes)


def _left_by_earlier_passes(
    options: Options, cotangents: dict[Variable, Any], nodes: Iterable[Variable]
) -> dict[Variable, Any]:
    """What mistaken engines add to: the gradients that earlier passes left in values in between."""
    left = {node: node._grad for node in nodes if node._grad is not None and node not in cotangents}
    return left if left and options.second_pass == "continues" else {}


def _recorded(options: Options, node: Variable, cotangent: Any) -> tuple[Any, tuple[Any, ...]]:
    """What rules get where they are recorded: the cotangent, and in place of the saved arrays their variables."""
    operands = node.operands
    saved: tuple[Any, ...] = node.saved or ()
    if options.second_order == "operands_constant":
        return cotangent, saved
    if options.second_order == "cotangent_constant":
        cotangent = constant(value_of(cotangent))
    return cotangent, (node, *operands, *saved[1 + len(operands) :])


def _counted(
    options: Options, operands: tuple[Any, ...], rules: Iterable[Rule | None]
) -> Iterator[tuple[Variable, Rule | None]]:
    """The operands that are variables, each with its rule; one that stands there twice as `repeated_operand` has it."""
    pairs = [(operand, rule) for operand, rule in zip(operands, rules, strict=False) if type(operand) is Variable]
    variables = [operand for operand, _ in pairs]
    if len(set(variables)) == len(variables) or options.repeated_operand == "each_counts":
        return iter(pairs)
    if options.repeated_operand == "first_counts":
        pairs.reverse()
    return iter(dict(pairs).items())


def _together(options: Options, earlier: Any, contribution: Any) -> Any:
    """The cotangent of a variable that has got one before, and gets another."""
    if options.contributions != "added":
        return contribution if options.contributions == "last_kept" else earlier
    if options.accumulation_write == "in_place_borrowed":
        earlier += contribution
        return earlier
    return earlier + contribution
