"""The order in which mistaken engines visit what an output was computed from.

The right order has each node after everything that was made from it, so that its cotangent is complete when it is
handed on. Here are the others that people write: each is only another sequence of nodes for the same pass.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from reference_engine.errors import TooManyVisits
from reference_engine.variable import Variable

MOST_VISITS = 20_000
"""Visits after which a pass is given up: there are as many paths as 2 to the power of the diamonds in a row."""


def visits(order: str, outputs: Iterable[Variable], nodes: Sequence[Variable]) -> Iterable[Variable]:
    """The nodes in an order of the dimension `visiting_order`; `nodes` has them from the youngest to the oldest.

    Raises `TooManyVisits` on the way if there are too many.
    """
    made = [output for output in outputs if output.op is not None]
    return _ORDERS[order](made, nodes)


def _youngest_first(outputs: list[Variable], nodes: Sequence[Variable]) -> Iterable[Variable]:
    return nodes


def _oldest_first(outputs: list[Variable], nodes: Sequence[Variable]) -> Iterable[Variable]:
    return reversed(nodes)


def _depth_first_once(outputs: list[Variable], nodes: Sequence[Variable]) -> Iterator[Variable]:
    seen, waiting = set(outputs), list(outputs)
    while waiting:
        node = waiting.pop()
        yield node
        waiting += _unseen(node, seen)


def _breadth_first_once(outputs: list[Variable], nodes: Sequence[Variable]) -> Iterator[Variable]:
    seen, waiting = set(outputs), deque(outputs)
    while waiting:
        node = waiting.popleft()
        yield node
        waiting += _unseen(node, seen)


def _once_per_path(outputs: list[Variable], nodes: Sequence[Variable]) -> Iterator[Variable]:
    waiting = list(outputs)
    for _ in range(MOST_VISITS):
        if not waiting:
            return
        node = waiting.pop()
        yield node
        waiting += _operands(node)
    raise TooManyVisits(f"more than {MOST_VISITS} visits: each node is visited once for each path that leads to it")


def _unseen(node: Variable, seen: set[Variable]) -> Iterator[Variable]:
    for operand in _operands(node):
        if operand not in seen:
            seen.add(operand)
            yield operand


def _operands(node: Variable) -> Iterator[Variable]:
    """What ops made among the operands."""
    return (operand for operand in node.operands if type(operand) is Variable and operand.op is not None)


_ORDERS: dict[str, Callable[[list[Variable], Sequence[Variable]], Iterable[Variable]]] = {
    "consumers_first": _youngest_first,
    "oldest_first": _oldest_first,
    "depth_first_once": _depth_first_once,
    "breadth_first_once": _breadth_first_once,
    "once_per_path": _once_per_path,
}
