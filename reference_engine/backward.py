"""The reverse pass: from the cotangents of outputs to those of everything they were computed from."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from operator import attrgetter
from typing import Any

import numpy as np

from reference_engine.buffers import buffers_of, copies_view
from reference_engine.errors import GraphFreed, MixedDtypes
from reference_engine.fit import fit
from reference_engine.recording import recording
from reference_engine.rule import Rule
from reference_engine.semantics import Options, current, default, using
from reference_engine.variable import Variable
from reference_engine.writes import check_unwritten, saved_positions

Cotangents = dict[Variable, Any]


def reverse_pass(
    cotangents: Cotangents, *, keep_graph: bool, inputs: Sequence[Variable] | None = None, create_graph: bool = False
) -> None:
    """Add to `cotangents`, which holds those of the outputs, that of every variable they were computed from.

    Variables are visited from the youngest to the oldest: each once, after everything that was made from it. With
    `inputs`, only what leads to one of them gets a cotangent. With `create_graph`, cotangents are Variables, computed
    by recorded ops from the operands, so that they can be differentiated again.

    Raises `GraphFreed` and `SavedValueWritten`.
    """
    options = current()
    nodes = _made_by_ops(cotangents)
    wanted = None if inputs is None else _leading_to(inputs, nodes)
    if options.saved_value_written == "raises" and nodes and Variable._last_write > nodes[-1].index:
        check_unwritten(nodes)
    with np.errstate(all="ignore"), recording() if create_graph else nullcontext(), _semantics_of_rules(options):
        _propagate(nodes, cotangents, wanted, options, create_graph)
    if options.graph_after_backward != "kept" and not keep_graph and not create_graph:
        for node in nodes:
            _free(node, options)


def _made_by_ops(outputs: Iterable[Variable]) -> list[Variable]:
    """Everything that the outputs were computed from and that an op made, themselves included, youngest first."""
    nodes = {output for output in outputs if output.op is not None}
    unexplored = list(nodes)
    while unexplored:
        for operand in unexplored.pop().operands:
            if type(operand) is Variable and operand.op is not None and operand not in nodes:
                nodes.add(operand)
                unexplored.append(operand)
    return sorted(nodes, key=attrgetter("index"), reverse=True)


def _leading_to(inputs: Iterable[Variable], nodes: Sequence[Variable]) -> set[Variable]:
    """The inputs, and those of `nodes` that were computed from one."""
    wanted = set(inputs)
    for node in reversed(nodes):
        if any(type(operand) is Variable and operand in wanted for operand in node.operands):
            wanted.add(node)
    return wanted


def _propagate(
    nodes: Sequence[Variable],
    cotangents: Cotangents,
    wanted: set[Variable] | None,
    options: Options,
    create_graph: bool,
) -> None:
    """Hand the cotangent of each node on to its operands, and add up what each operand gets."""
    in_place = options.accumulation_write == "in_place_borrowed"
    unchecked = "unchecked" in (options.seed_shape, options.seed_dtype)
    buffers = buffers_of(options, functional=wanted is not None)
    copies = buffers == "private" and not create_graph
    for node in nodes:
        cotangent = cotangents.get(node)
        if cotangent is None:
            continue
        op, operands, saved = node.op, node.operands, node.saved
        if op is None or saved is None:
            raise GraphFreed(f"{op!r} gave up what it saved in an earlier pass: use keep_graph=True in that one")
        if create_graph:
            saved = (node, *operands, *saved[1 + len(operands) :])
        for operand, rule in zip(operands, op.rules):  # noqa: B905 -- a keyword costs as much as the rest of the line
            if type(operand) is not Variable or not operand.requires_grad or rule is None:
                continue
            if wanted is not None and operand not in wanted:
                continue
            if unchecked:
                _check_combines(cotangent, node, rule)
            select = rule.select
            contribution = rule.function(cotangent) if select is None else rule.function(cotangent, *select(saved))
            if not create_graph and type(contribution) is not np.ndarray:
                contribution = np.asarray(contribution)  # NumPy gives scalars for arrays without axes
            value = operand.value
            is_fit = contribution.shape == value.shape and contribution.dtype is value.dtype
            if not is_fit and (not unchecked or _fits(cotangent, node)):
                contribution = fit(contribution, value.shape, value.dtype)
            # A rule may hand the cotangent on, or a view of it.
            if contribution is cotangent:
                is_borrowed = copies
            else:
                is_borrowed = not create_graph and contribution.base is not None and copies_view(contribution, buffers)
            if is_borrowed:
                contribution = contribution.copy()
            if operand not in cotangents:
                cotangents[operand] = contribution
            elif in_place:
                cotangents[operand] += contribution
            else:
                cotangents[operand] = cotangents[operand] + contribution


def _fits(cotangent: Any, node: Variable) -> bool:
    """Whether a cotangent has its node's shape and dtype, which only seeds that nobody checked have not."""
    return bool(cotangent.shape == node.shape and cotangent.dtype == node.dtype)


def _check_combines(cotangent: Any, node: Variable, rule: Rule) -> None:
    """Raise `MixedDtypes` if a rule combines saved values with a cotangent of another dtype."""
    if rule.saves and cotangent.dtype != node.dtype:
        raise MixedDtypes(
            f"the derivative of {node.op!r} combines values of {node.dtype} with a cotangent of {cotangent.dtype}"
        )


def _semantics_of_rules(options: Options) -> AbstractContextManager[Any]:
    """Rules mix dtypes freely, integers too, for `fit` undoes it, whatever the program may do."""
    if options is default():
        return nullcontext()
    return using(
        mixed_dtypes="promotes", linear_dtypes="promotes", zero_dimensional_operands="count", integer_input="value"
    )


def _free(node: Variable, options: Options) -> None:
    """Give up what the node saved: whatever it is, or only if values are among it."""
    if options.graph_after_backward == "freed" or saved_positions(node):
        node.saved = None
