"""How each framework calls somebody's function and differentiates it.

The text of this file is sent to workers, so it is Python 3.6 syntax, the standard library and NumPy, and it imports no
framework: a driver is given the module. A driver makes leaves, calls the function, weighs its outputs by cotangents and
asks for the gradients in the idiom of its framework.
"""

import importlib

import numpy as np


class Refused(Exception):
    """The function cannot be asked; the message is for whoever wrote the call."""


def function_at(module, name):
    """The function that an import path names. Raises `Refused`."""
    try:
        found = importlib.import_module(module)
    except Exception as error:
        raise Refused("{} cannot be imported: {}: {}".format(module, type(error).__name__, error)) from None
    for part in name.split("."):
        if not hasattr(found, part):
            raise Refused("{} has no {}".format(module, name))
        found = getattr(found, part)
    if not callable(found):
        raise Refused("{}:{} is no function, it is {!r}".format(module, name, type(found).__name__))
    return found


def default_cotangents(sizes):
    """For outputs of these sizes, flat arrays of float64, in which no number occurs twice.

    The numbers are those of [1, 2) with so many bits as it takes, in the order of multiplicative hashing (D. E. Knuth,
    The Art of Computer Programming, volume 3, section 6.4): neighbours differ much, and each has few digits, so that
    float16 holds those of 1024 elements exactly, and bfloat16 those of 128. The first is 1.
    """
    total = max(sum(sizes), 1)
    places = 2 ** (total - 1).bit_length()
    multiplier = int(places * 0.6180339887) | 1
    numbers = 1.0 + np.arange(total, dtype=np.int64) * multiplier % places / places
    return np.split(numbers[: sum(sizes)], np.cumsum(sizes)[:-1])


class Driver:
    """What the drivers share. `module` is the framework."""

    def __init__(self, module):
        self.module = module

    def answer(self, function, inputs, cotangents=None):
        """Everything that is observed of one call, by point: values of the framework, and `structure`.

        `inputs` are (keyword or None, NumPy array, name of the dtype); `cotangents` are NumPy arrays, one for each
        output. Raises `Refused` and whatever the function raises.
        """
        names = [name for name, _, _ in inputs]
        moving = [place for place, (_, _, dtype) in enumerate(inputs) if dtype.startswith(("float", "bfloat", "comp"))]
        leaves = [self.leaf(array, dtype, place in moving) for place, (_, array, dtype) in enumerate(inputs)]

        def call(arrays):
            positional = [array for name, array in zip(names, arrays) if name is None]
            return self.unpacked(
                function(*positional, **{n: array for n, array in zip(names, arrays) if n is not None})
            )

        def weigh(outputs):
            return self.weights(outputs, cotangents)

        keys, outputs, weights, gradients = self.differentiated(call, leaves, moving, weigh)
        found = {"structure": repr(keys)}
        for place, (output, weight) in enumerate(zip(outputs, weights)):
            found["output {}".format(place)] = output
            found["cotangent {}".format(place)] = weight
        for place, gradient in zip(moving, gradients):
            found["gradient {}".format(place)] = gradient
        return found

    def unpacked(self, returned):
        """The keys of what a function returned, None for a single array, and the arrays; those of a dict in order."""
        if isinstance(returned, dict):
            keys = sorted(returned, key=str)
            outputs = [returned[key] for key in keys]
        elif isinstance(returned, (tuple, list)):
            keys, outputs = list(range(len(returned))), list(returned)
        else:
            keys, outputs = None, [returned]
        for output in outputs:
            if not self.is_array(output):
                raise Refused(
                    "it returned {}, which is no array of {}: return one, or a tuple or a dict of them".format(
                        type(output).__name__, self.module.__name__
                    )
                )
        if not outputs:
            raise Refused("it returned nothing: return an array, or a tuple or a dict of them")
        return keys, outputs

    def weights(self, outputs, given):
        """The cotangents of the outputs, in their dtypes; None for outputs of integers."""
        if given is None:
            flat = default_cotangents([int(np.prod(output.shape, dtype=np.int64)) for output in outputs])
            given = [weight.reshape(tuple(output.shape)) for weight, output in zip(flat, outputs)]
        if len(given) != len(outputs):
            raise Refused("it returned {} arrays, and there are {} cotangents".format(len(outputs), len(given)))
        for output, weight in zip(outputs, given):
            if tuple(weight.shape) != tuple(output.shape):
                raise Refused(
                    "it returned an array of shape {}, and its cotangent has shape {}".format(
                        tuple(output.shape), tuple(weight.shape)
                    )
                )
        return [
            self.like(weight, output) if self.is_floating(output) else None for weight, output in zip(given, outputs)
        ]


class Define(Driver):
    """Frameworks that record as they run: outputs know whether a gradient leads back from them."""

    def differentiated(self, call, leaves, moving, weigh):
        keys, outputs = call(leaves)
        weights = weigh(outputs)
        reached = [
            (output, weight)
            for output, weight in zip(outputs, weights)
            if weight is not None and getattr(output, "requires_grad", False)
        ]
        gradients = [None] * len(moving)
        if reached and moving:
            gradients = self.grad(*zip(*reached), [leaves[place] for place in moving])
        return keys, outputs, weights, gradients


class Torch(Define):
    def leaf(self, array, dtype, moves):
        return self.module.tensor(array, dtype=getattr(self.module, dtype), requires_grad=moves)

    def is_array(self, value):
        return self.module.is_tensor(value)

    def is_floating(self, value):
        return value.is_floating_point() or value.is_complex()

    def like(self, weight, output):
        return self.module.tensor(weight).to(output)

    def grad(self, outputs, weights, leaves):
        return self.module.autograd.grad(list(outputs), leaves, list(weights), allow_unused=True)


class Chainer(Define):
    def leaf(self, array, dtype, moves):
        return self.module.Variable(array, requires_grad=moves)

    def is_array(self, value):
        return isinstance(value, (self.module.Variable, np.ndarray))

    def is_floating(self, value):
        return value.dtype.kind in "fc"

    def like(self, weight, output):
        return self.module.Variable(weight.astype(output.dtype))

    def grad(self, outputs, weights, leaves):
        return self.module.grad(list(outputs), leaves, grad_outputs=list(weights))


class Reference(Define):
    def leaf(self, array, dtype, moves):
        return self.module.Variable(array, requires_grad=moves)

    def is_array(self, value):
        return isinstance(value, (self.module.Variable, np.ndarray))

    def is_floating(self, value):
        return value.dtype.kind in "fc"

    def like(self, weight, output):
        return weight.astype(output.dtype)

    def grad(self, outputs, weights, leaves):
        return self.module.grad(list(outputs), leaves, list(weights))


class TensorFlow(Driver):
    def leaf(self, array, dtype, moves):
        return self.module.constant(array, dtype=dtype)

    def is_array(self, value):
        return self.module.is_tensor(value)

    def is_floating(self, value):
        return value.dtype.is_floating or value.dtype.is_complex

    def like(self, weight, output):
        return self.module.constant(weight, dtype=output.dtype)

    def differentiated(self, call, leaves, moving, weigh):
        watched = [leaves[place] for place in moving]
        with self.module.GradientTape() as tape:
            tape.watch(watched)
            keys, outputs = call(leaves)
        weights = weigh(outputs)
        floating = [(output, weight) for output, weight in zip(outputs, weights) if weight is not None]
        gradients = [None] * len(moving)
        if floating and moving:
            targets, seeds = zip(*floating)
            gradients = tape.gradient(list(targets), watched, output_gradients=list(seeds))
        return keys, outputs, weights, gradients


class Jax(Driver):
    def leaf(self, array, dtype, moves):
        return self.module.numpy.array(array, dtype=self.module.dtypes.canonicalize_dtype(dtype))

    def is_array(self, value):
        return isinstance(value, (self.module.numpy.ndarray, np.ndarray))

    def is_floating(self, value):
        return self.module.numpy.issubdtype(value.dtype, self.module.numpy.inexact)

    def like(self, weight, output):
        return self.module.numpy.array(weight, dtype=output.dtype)

    def differentiated(self, call, leaves, moving, weigh):
        structure = []

        def of_moving(*moved):
            arrays = list(leaves)
            for place, array in zip(moving, moved):
                arrays[place] = array
            keys, outputs = call(arrays)
            structure.append(keys)
            return [output for output in outputs if self.is_floating(output)], outputs

        if not moving:
            _, outputs = of_moving()
            return structure[-1], outputs, weigh(outputs), []
        _, pull_back, outputs = self.module.vjp(of_moving, *[leaves[place] for place in moving], has_aux=True)
        weights = weigh(outputs)
        return structure[-1], outputs, weights, pull_back([weight for weight in weights if weight is not None])


DRIVERS = {
    "reference": ("reference_engine", Reference),
    "torch": ("torch", Torch),
    "tensorflow": ("tensorflow", TensorFlow),
    "chainer": ("chainer", Chainer),
    "jax": ("jax", Jax),
}
"""By framework: the module that users import, and its driver."""


def driver_of(framework):
    """The driver of a framework, which it imports."""
    module, kind = DRIVERS[framework]
    return kind(importlib.import_module(module))
