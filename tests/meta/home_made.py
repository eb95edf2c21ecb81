"""Small engines as people write them, each with one mistake in its backward pass and nothing else.

They know nothing of the reference engine: what they answer is what a real engine with the mistake answers.
"""

from collections import deque
from itertools import count

import numpy as np

_numbers = count()


class Tensor:
    """An array with a gradient, and how it was made."""

    def __init__(self, data, inputs=(), derivative=None):
        self.data = np.array(data)
        self.grad = None
        self.inputs = inputs
        self.derivative = derivative
        self.number = next(_numbers)

    def contributions(self):
        """Each input with what it gets from here."""
        return zip(self.inputs, self.derivative(self.grad), strict=True)


def add(a, b):
    return Tensor(a.data + b.data, (a, b), lambda gy: (gy, gy))


def subtract(a, b):
    return Tensor(a.data - b.data, (a, b), lambda gy: (gy, -gy))


def multiply(a, b):
    return Tensor(a.data * b.data, (a, b), lambda gy: (gy * b.data, gy * a.data))


def ancestors(y):
    """Everything that y was computed from and that an op made, y itself included, the youngest first."""
    found, waiting = {y}, [y]
    while waiting:
        for x in waiting.pop().inputs:
            if x.inputs and x not in found:
                found.add(x)
                waiting.append(x)
    return sorted(found, key=lambda x: x.number, reverse=True)


def accumulate(x, gx):
    x.grad = gx if x.grad is None else x.grad + gx


def right(y, seed):
    nodes = ancestors(y)
    for node in nodes:
        node.grad = None
    y.grad = seed.copy()
    for node in nodes:
        for x, gx in node.contributions():
            accumulate(x, gx)


def oldest_first(y, seed):
    y.grad = seed
    for node in reversed(ancestors(y)):
        if node.grad is not None:
            for x, gx in node.contributions():
                accumulate(x, gx)


def depth_first_once(y, seed):
    y.grad = seed
    nodes, seen = [y], {y}
    while nodes:
        node = nodes.pop()
        for x, gx in node.contributions():
            accumulate(x, gx)
            if x.inputs and x not in seen:
                seen.add(x)
                nodes.append(x)


def breadth_first_once(y, seed):
    y.grad = seed
    nodes, seen = deque([y]), {y}
    while nodes:
        node = nodes.popleft()
        for x, gx in node.contributions():
            accumulate(x, gx)
            if x.inputs and x not in seen:
                seen.add(x)
                nodes.append(x)


def once_per_path(y, seed):
    y.grad = seed
    nodes = [y]
    while nodes:
        node = nodes.pop()
        for x, gx in node.contributions():
            accumulate(x, gx)
            if x.inputs:
                nodes.append(x)


def last_kept(y, seed):
    y.grad = seed
    for node in ancestors(y):
        for x, gx in node.contributions():
            x.grad = gx


def first_kept(y, seed):
    if y.grad is None:
        y.grad = seed
    for node in ancestors(y):
        for x, gx in node.contributions():
            if x.grad is None:
                x.grad = gx


def last_counts(y, seed):
    y.grad = seed
    for node in ancestors(y):
        for x, gx in dict(node.contributions()).items():
            accumulate(x, gx)


def first_counts(y, seed):
    y.grad = seed
    for node in ancestors(y):
        for x, gx in zip(dict.fromkeys(node.inputs), node.derivative(node.grad), strict=False):
            accumulate(x, gx)


def continues(y, seed):
    y.grad = seed
    for node in ancestors(y):
        for x, gx in node.contributions():
            accumulate(x, gx)


def seed_ignored(y, seed):
    right(y, np.ones_like(y.data))


def seed_kept_by_reference(y, seed):
    """The gradient of the output is the seed of the first pass, to which that of a second is added."""
    cotangents = {y: seed}
    for node in ancestors(y):
        for x, gx in zip(node.inputs, node.derivative(cotangents[node]), strict=True):
            cotangents[x] = gx if x not in cotangents else cotangents[x] + gx
    del cotangents[y]
    for x, gx in cotangents.items():
        accumulate(x, gx)
    if y.grad is None:
        y.grad = seed
    else:
        y.grad += seed


def in_place_borrowed(y, seed):
    y.grad = seed
    for node in ancestors(y):
        for x, gx in node.contributions():
            if x.grad is None:
                x.grad = gx
            else:
                x.grad += gx


def rounded(dtype):
    """A pass that has every gradient in `dtype`."""

    def backward(y, seed):
        y.grad = seed.astype(dtype)
        for node in ancestors(y):
            for x, gx in node.contributions():
                if x.grad is None:
                    x.grad = np.zeros(x.data.shape, dtype)
                x.grad = x.grad + gx.astype(dtype)

    return backward
