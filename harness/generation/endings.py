"""How a program asks for gradients, and what it looks at: one backward pass or several, the functional form, twice."""

from collections.abc import Callable
from typing import Literal

import numpy as np

from harness.generation.choices import Choices, pick, rarely
from harness.generation.writer import Writer
from harness.literals import Number
from harness.places import PLACES
from harness.program import Aspect, Backward, ClearGrad, Grad, Observe, Quantity, RetainGrad, SGDStep, Write

UNCONNECTED = 8
"""Once in so many times a program has values that what is differentiated does not depend on."""

SAVING_ALIKE = frozenset({"add", "subtract", "negative", "sum", "multiply", "square", "sin", "exp"})
"""Ops that keep the same for their derivatives in all frameworks: nothing, their operands, or their result.

What the others keep is an inner matter of each framework's, and with it what a write in place does.
"""


def end(choices: Choices, writer: Writer) -> None:
    """Ask for the gradients of a value that has any, and look at them."""
    if not writer.roots:
        leaf = writer.leaves[0] if writer.leaves else writer.leaf(np.array(1.5, writer.dtype))
        writer.apply("multiply", (leaf, leaf))
    pick(choices, _ENDINGS)(choices, writer)


def _backward(choices: Choices, writer: Writer) -> None:
    root = _root(choices, writer)
    seed = _seed(choices, writer, root)
    writer.steps.append(Backward(root, seed))
    _look(writer, root)


def _retained(choices: Choices, writer: Writer) -> None:
    """The gradient of a value in between is asked for too."""
    root = _root(choices, writer)
    between = pick(choices, [name for name in writer.roots if name != root] or [root])
    writer.steps.append(RetainGrad(between))
    writer.steps.append(Backward(root, _seed(choices, writer, root)))
    writer.steps.append(_gradient(between))
    _look(writer, root)


def _again(choices: Choices, writer: Writer) -> None:
    """A second pass through the same graph, with or without a clear in between."""
    root = _root(choices, writer)
    seed = _seed(choices, writer, root)
    writer.steps.append(Backward(root, seed, keep_graph=not rarely(choices, 4)))
    if choices.below(2):
        writer.steps += [ClearGrad(leaf) for leaf in writer.leaves]
    writer.steps.append(Backward(root, seed, attempt="second_pass"))
    _look(writer, root)


def _several(choices: Choices, writer: Writer) -> None:
    """Two losses of one graph, one after the other."""
    first = _root(choices, writer)
    second = pick(choices, writer.roots)
    writer.steps.append(Backward(first, _seed(choices, writer, first), keep_graph=True))
    if choices.below(2):
        writer.steps += [ClearGrad(leaf) for leaf in writer.leaves]
    writer.steps.append(Backward(second, writer.seed(second), attempt="second_loss"))
    _look(writer, first)


def _trained(choices: Choices, writer: Writer) -> None:
    """A step down the gradient, after which the inputs are looked at."""
    root = _root(choices, writer)
    writer.keep(root)
    writer.steps.append(Backward(root, _seed(choices, writer, root)))
    _look(writer, root)
    writer.steps.append(SGDStep(tuple(writer.leaves), Number.of(0.5)))
    writer.steps += [Observe(f"{leaf} after the step", quantities=(Quantity(leaf),)) for leaf in writer.leaves]


def _flags(choices: Choices, writer: Writer) -> None:
    """What the values say of themselves."""
    _backward(choices, writer)
    for name in writer.values:
        aspect: Aspect = pick(choices, ("is_leaf", "requires_grad", "dtype"))
        writer.steps.append(Observe(f"{name} {aspect}", aspect, (Quantity(name),)))


def _functional(choices: Choices, writer: Writer) -> None:
    """New values instead of stored gradients."""
    _differentiated(choices, writer, _root(choices, writer))


def _differentiated(choices: Choices, writer: Writer, root: str) -> None:
    seed = _seed(choices, writer, root) or writer.seed(root)
    leaves = tuple(writer.leaves)
    writer.steps.append(Grad(_slopes(leaves, "g"), (root,), leaves, (seed,), unconnected=_unconnected(writer, root)))
    writer.steps.append(_value(root))
    writer.steps += [_value(name) for name in _slopes(leaves, "g")]


def _second_order(choices: Choices, writer: Writer) -> None:
    """The gradient of a gradient. The root is squared first: of a straight line the second derivative is 0.

    Where an op has no second derivative, or none to look at, the first is asked for alone.
    """
    root = _root(choices, writer)
    writer.keep(root)
    if not all(PLACES[step.op].is_twice for step in writer.program.applications.values()):
        _differentiated(choices, writer, root)
        return
    squared = writer.apply("multiply", (root, root))
    leaves, seed = tuple(writer.leaves), writer.seed(squared)
    first, second = _slopes(leaves, "g"), _slopes(leaves, "h")
    seeds = tuple(writer.seed(leaf) for leaf in leaves)
    once = Grad(first, (squared,), leaves, (seed,), create_graph=True)
    twice = Grad(second, first, leaves, seeds)
    writer.steps += [once, twice, *map(_value, first), *map(_value, second)]


def _written(choices: Choices, writer: Writer) -> None:
    """An input is overwritten in place between the forward and the backward pass."""
    root = _root(choices, writer)
    seed = _seed(choices, writer, root)
    targets = [leaf for leaf in writer.leaves if writer.uses(leaf) <= SAVING_ALIKE]
    if targets:
        how: Literal["set", "add"] = "set" if choices.below(2) else "add"
        number = Number.of(pick(choices, (1.0, 2.0, -1.0)))
        writer.steps.append(Write(pick(choices, targets), number, None, how))
    writer.steps.append(Backward(root, seed, attempt="after_the_write"))
    _look(writer, root)


_ENDINGS: tuple[Callable[[Choices, Writer], None], ...] = (
    *(_backward,) * 6, _functional, _functional, _retained, _again, _several, _second_order, _second_order,
    _written, _written, _trained, _flags,
)  # fmt: skip


def _root(choices: Choices, writer: Writer) -> str:
    """What is differentiated: the last value, or its sum or mean."""
    root = writer.roots[0] if choices.below(4) < 3 else pick(choices, writer.roots)
    if not rarely(choices, UNCONNECTED):
        writer.keep(root)
    op = pick(choices, ("sum", "", "", "mean"))
    return writer.apply(op, (root,)) if op and writer.values[root].dtype.kind == "f" else root


def _seed(choices: Choices, writer: Writer, root: str) -> str | None:
    """A cotangent; none for a number, once in a while none for what needs one."""
    if writer.values[root].shape == () and writer.values[root].dtype.kind == "f":
        return None
    is_left_out = writer.values[root].dtype.kind == "f" and rarely(choices, 16)
    return None if is_left_out else writer.seed(root)


def _unconnected(writer: Writer, root: str) -> Literal["zeros"] | None:
    """Zeros are asked for where there is an input that the root does not depend on: not every framework has them."""
    return None if set(writer.leaves) <= writer.ancestors(root) else "zeros"


def _look(writer: Writer, root: str) -> None:
    writer.steps.append(_value(root))
    writer.steps += [_gradient(leaf) for leaf in writer.leaves]


def _value(name: str) -> Observe:
    return Observe(name, quantities=(Quantity(name),))


def _gradient(name: str) -> Observe:
    return Observe(f"{name}.grad", quantities=(Quantity(name, "gradient"),))


def _slopes(leaves: tuple[str, ...], letter: str) -> tuple[str, ...]:
    return tuple(f"{letter}_{leaf}" for leaf in leaves)
