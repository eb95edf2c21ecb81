"""A small engine in the style of a well-known book: variables remember the function that made them, functions know
their derivatives, and `backward` walks from functions of a late generation to those of an early one.
"""

import contextlib
import weakref

import numpy as np


class Variable:
    def __init__(self, data):
        self.data = data
        self.grad = None
        self.creator = None
        self.generation = 0

    def backward(self):
        if self.grad is None:
            self.grad = np.ones_like(self.data)
        waiting, seen = [], set()
        push(waiting, seen, self.creator)
        while waiting:
            function = waiting.pop()
            outputs = [output() for output in function.outputs]
            gradients = function.backward(*[output.grad for output in outputs])
            for x, gx in zip(function.inputs, gradients if isinstance(gradients, tuple) else (gradients,), strict=True):
                if isinstance(x, Variable):
                    x.receive(gx)
                    push(waiting, seen, x.creator)
            for output in outputs:
                output.grad = None

    def receive(self, gx):
        """Take one more contribution to the gradient, which has the dtype of the value."""
        gx = gx.astype(self.data.dtype, copy=False)
        if self.grad is None:
            self.grad = gx
        else:
            self.grad = self.grad + gx


def push(waiting, seen, function):
    if function is not None and function not in seen:
        seen.add(function)
        waiting.append(function)
        waiting.sort(key=lambda each: each.generation)


class Function:
    recording = True

    def __call__(self, *inputs):
        """Inputs are variables, or numbers beside them."""
        y = Variable(np.asarray(self.forward(*[data(x) for x in inputs])))
        if Function.recording:
            self.inputs, self.outputs = inputs, [weakref.ref(y)]
            self.generation = max(x.generation for x in inputs if isinstance(x, Variable))
            y.creator, y.generation = self, self.generation + 1
        return y


def data(x):
    return x.data if isinstance(x, Variable) else x


@contextlib.contextmanager
def no_grad():
    before, Function.recording = Function.recording, False
    try:
        yield
    finally:
        Function.recording = before


def sum_to(g, shape):
    """The gradient of an operand that was broadcast: summed over the axes that it did not have, or had with size 1."""
    if g.shape == shape:
        return g
    g = g.sum(axis=tuple(range(g.ndim - len(shape))))
    stretched = tuple(axis for axis, size in enumerate(shape) if size == 1 and g.shape[axis] != 1)
    return g.sum(axis=stretched, keepdims=True) if stretched else g


class Add(Function):
    def forward(self, x0, x1):
        self.shapes = np.shape(x0), np.shape(x1)
        return x0 + x1

    def backward(self, gy):
        return sum_to(gy, self.shapes[0]), sum_to(gy, self.shapes[1])


class Multiply(Function):
    def forward(self, x0, x1):
        return x0 * x1

    def backward(self, gy):
        x0, x1 = map(data, self.inputs)
        return sum_to(gy * x1, np.shape(x0)), sum_to(gy * x0, np.shape(x1))


class Negative(Function):
    def forward(self, x):
        return -x

    def backward(self, gy):
        return -gy


class Power(Function):
    def __init__(self, exponent):
        self.exponent = exponent

    def forward(self, x):
        return x**self.exponent

    def backward(self, gy):
        return gy * self.exponent * self.inputs[0].data ** (self.exponent - 1)


class Exp(Function):
    def forward(self, x):
        return np.exp(x)

    def backward(self, gy):
        return gy * self.outputs[0]().data


class Sum(Function):
    def forward(self, x):
        return x.sum()

    def backward(self, gy):
        return gy * np.ones_like(self.inputs[0].data)


class MatMul(Function):
    def forward(self, x, w):
        return x @ w

    def backward(self, gy):
        x, w = map(data, self.inputs)
        return gy @ w.T, x.T @ gy


def add(x0, x1):
    return Add()(x0, x1)


def multiply(x0, x1):
    return Multiply()(x0, x1)


def negative(x):
    return Negative()(x)


def power(x, exponent):
    if isinstance(exponent, Variable):
        raise NotImplementedError("the exponent has to be a number")
    return Power(exponent)(x)


def exp(x):
    return Exp()(x)


def sum(x):  # noqa: A001  as in NumPy
    return Sum()(x)


def matmul(x, w):
    return MatMul()(x, w)


Variable.__add__ = Variable.__radd__ = add
Variable.__mul__ = Variable.__rmul__ = multiply
Variable.__neg__ = negative
Variable.__pow__ = power
Variable.__sub__ = lambda x0, x1: add(x0, -x1)
Variable.__rsub__ = lambda x0, x1: add(-x0, x1)
