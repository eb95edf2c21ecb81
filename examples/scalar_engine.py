"""An engine of single numbers in the style of micrograd: every value keeps a closure that passes its gradient on."""

import math


class Value:
    def __init__(self, data, parents=()):
        self.data = data
        self.grad = 0.0
        self._parents = parents
        self._pass_on = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out._pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._pass_on = pass_on
        return out

    def __pow__(self, power):
        if not isinstance(power, (int, float)):
            raise NotImplementedError("a power has to be a number")
        out = Value(self.data**power, (self,))

        def pass_on():
            self.grad += power * self.data ** (power - 1) * out.grad

        out._pass_on = pass_on
        return out

    def exp(self):
        out = Value(math.exp(self.data), (self,))

        def pass_on():
            self.grad += out.data * out.grad

        out._pass_on = pass_on
        return out

    def relu(self):
        out = Value(max(self.data, 0.0), (self,))

        def pass_on():
            self.grad += (out.data > 0) * out.grad

        out._pass_on = pass_on
        return out

    def backward(self):
        ordered, visited = [], set()

        def visit(value):
            if value not in visited:
                visited.add(value)
                for parent in value._parents:
                    visit(parent)
                ordered.append(value)

        visit(self)
        self.grad = 1.0
        for value in reversed(ordered):
            value._pass_on()

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -other

    def __truediv__(self, other):
        return self * other**-1

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return -self + other

    def __rtruediv__(self, other):
        return self**-1 * other
