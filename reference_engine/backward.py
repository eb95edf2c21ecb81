"""The reverse pass: from the cotangents of outputs to those of everything they were computed from."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from operator import attrgetter
from typing import Any

import numpy as np

from reference_engine.contribution import Settling
from reference_engine.errors import GraphFreed
from reference_engine.recording import recording
from reference_engine.saved_values import prepare, saved_positions
from reference_engine.semantics import Options, current, default, using
from reference_engine.variable import Variable
from reference_engine.variants.forgotten_graphs import check_remembered
from reference_engine.variants.locks import unlock
from reference_engine.variants.propagation import propagate_under

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
    prepare(nodes, options)
    if options is not default():
        check_remembered(nodes, options)
    with np.errstate(all="ignore"), recording() if create_graph else nullcontext(), _semantics_of_rules(options):
        if options is default():
            _propagate(nodes, cotangents, wanted, create_graph)
        else:
            propagate_under(options, nodes, cotangents, wanted, create_graph)
    if gives_up(options, keep_graph=keep_graph, create_graph=create_graph):
        for node in nodes:
            _free(node, options)
        if options.array_writes == "locked":
            unlock(nodes)


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
    nodes: Sequence[Variable], cotangents: Cotangents, wanted: set[Variable] | None, create_graph: bool
) -> None:
    """Hand the cotangent of each node on to its operands, and add up what each operand gets.

    This is the pass under the default options, where nothing is asked in the loop; `propagate_under` is that under
    others, and the same under these.
    """
    settling = Settling.of(default(), functional=wanted is not None, create_graph=create_graph)
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
            select = rule.select
            contribution = rule.function(cotangent) if select is None else rule.function(cotangent, *select(saved))
            value = operand.value
            is_settled = (
                type(contribution) is np.ndarray
                and contribution.base is None
                and contribution is not cotangent
                and contribution.dtype is value.dtype
                and contribution.shape == value.shape
            )
            if not is_settled:
                contribution = settling.settle(contribution, cotangent, node, operand)
            earlier = cotangents.get(operand)
            cotangents[operand] = contribution if earlier is None else earlier + contribution


def _semantics_of_rules(options: Options) -> AbstractContextManager[Any]:
    """Rules mix dtypes freely, integers too, for `fit` undoes it, and lock nothing, whatever the program may do."""
    if options is default():
        return nullcontext()
    return using(
        mixed_dtypes="promotes",
        linear_dtypes="promotes",
        zero_dimensional_operands="count",
        integers_beside_floats="promote",
        integer_input="value",
        python_numbers="weak",
        array_writes="in_place",
        gradient_after_use="kept",
    )


def gives_up(options: Options, *, keep_graph: bool, create_graph: bool = False) -> bool:
    """Whether a pass gives the graph up."""
    if keep_graph:
        return options.keep_graph_request == "ignored"
    return options.graph_after_backward != "kept" and not create_graph


def _free(node: Variable, options: Options) -> None:
    """Give up what the node saved: whatever it is, or only if values are among it. What is forgotten is so later."""
    if options.graph_after_backward == "forgotten":
        return
    if options.graph_after_backward != "freed_if_saved" or saved_positions(node):
        node.saved = None
