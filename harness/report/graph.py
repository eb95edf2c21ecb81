"""A program as a graph: what is computed from what, and where differentiation does not follow.

Only plain data; the page lays it out and draws it (static/graph.js).
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Literal

from harness.program import Apply, Backward, Grad, Host, Input, Program, Write, WriteHost
from harness.report.steps import expression
from harness.report.texts import type_text

LARGEST_DRAWN = 250
"""Nodes. A larger graph is no picture any more, and takes the page long to lay out."""

NodeKind = Literal["input", "constant", "op", "cast", "stop", "gradient", "host"]


@dataclass(frozen=True)
class Node:
    """A value. `notes` says what else happens to it: a reverse pass starts here, it is written in place."""

    name: str
    kind: NodeKind
    detail: str
    recorded: bool = True
    notes: tuple[str, ...] = ()
    root: bool = False


@dataclass(frozen=True)
class Edge:
    """`target` is computed from `source`; `recorded` says whether differentiation can come back along it."""

    source: str
    target: str
    recorded: bool = True


@dataclass(frozen=True)
class Graph:
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph(program: Program) -> Graph | None:
    """The picture of a program, or None if it is too large for one."""
    roots = Counter(name for step in program.steps for name in _roots_of(step))
    notes = _notes(program, roots)
    nodes: list[Node] = []
    edges: list[Edge] = []

    def add(name: str, kind: NodeKind, detail: str, sources: tuple[str, ...] = (), recorded: bool = True) -> None:
        nodes.append(Node(name, kind, detail, recorded, tuple(notes[name]), name in roots))
        carries = recorded and kind not in {"stop", "host"}
        edges.extend(Edge(source, name, carries) for source in dict.fromkeys(sources))

    for step in program.steps:
        match step:
            case Input():
                detail = type_text(step.array.dtype, step.array.shape)
                add(step.name, "input" if step.requires_grad else "constant", detail)
            case Apply():
                add(step.name, _KIND_OF_OP.get(step.op, "op"), expression(step), step.uses, step.recorded)
            case Grad():
                for name, of in zip(step.names, step.inputs, strict=True):
                    detail = f"d({', '.join(step.outputs)}) / d({of})"
                    add(name, "gradient", detail, (*step.outputs, *(step.seeds or ())), step.create_graph)
            case Host():
                add(step.name, "host", f"host({step.of})", (step.of,))
    return Graph(tuple(nodes), tuple(edges)) if len(nodes) <= LARGEST_DRAWN else None


_KIND_OF_OP: dict[str, NodeKind] = {"astype": "cast", "stop_gradient": "stop"}


def _roots_of(step: object) -> tuple[str, ...]:
    match step:
        case Backward():
            return (step.root,)
        case Grad():
            return step.outputs
    return ()


def _notes(program: Program, roots: Counter[str]) -> defaultdict[str, list[str]]:
    notes: defaultdict[str, list[str]] = defaultdict(list)
    for name, times in roots.items():
        notes[name].append("differentiated" if times == 1 else f"differentiated {times} times")
    for step in program.steps:
        match step:
            case Backward(seed=str(seed)):
                notes[seed].append(f"seed of {step.root}")
            case Write():
                notes[step.target].append("written in place" if step.kind == "value" else "gradient written in place")
            case WriteHost():
                notes[step.input].append("host array written")
    return notes
