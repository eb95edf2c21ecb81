"""Graphs that a backward pass forgets, by the option `forgotten` of the dimension `graph_after_backward`."""

from collections.abc import Iterable, Sequence

from reference_engine.errors import GraphFreed
from reference_engine.semantics import Options
from reference_engine.variable import Variable, tick


def forget(outputs: Iterable[Variable], options: Options) -> None:
    """Let everything that `outputs` were computed from, themselves included, forget how it was made, if so chosen."""
    unexplored = [output for output in outputs if output.op is not None]
    if not unexplored or options.graph_after_backward != "forgotten":
        return
    now = tick()
    while unexplored:
        variable = unexplored.pop()
        unexplored += [operand for operand in variable.operands if isinstance(operand, Variable)]
        variable._forgotten = now
        variable.op, variable.operands, variable.saved = None, (), None


def check_remembered(nodes: Sequence[Variable], options: Options) -> None:
    """Raise `GraphFreed` if one of `nodes` was computed from a variable whose part in graphs was forgotten since."""
    if not nodes or options.graph_after_backward != "forgotten":
        return
    reached = [(node, operand) for node in nodes for operand in node.operands if isinstance(operand, Variable)]
    for node, operand in reached:
        if operand.requires_grad and _forgotten(operand) > node.index:
            if options.accumulation == "overwrites":  # what a pass is to overwrite it clears before it begins
                for _, each in reached:
                    each._grad = None
            raise GraphFreed(f"{operand!r} was forgotten by an earlier backward pass: compute anew")


def _forgotten(variable: Variable) -> int:
    """When a pass made the variable forget; 0 if none did."""
    return getattr(variable, "_forgotten", 0)
