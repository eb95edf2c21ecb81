"""What crossgrad has to know of DeZero (https://pypi.org/project/dezero/): `crossgrad check examples/check_dezero.py`.

Its gradients are variables, which is nothing that one would have to say.
"""

import dezero.functions as F
import numpy as np
from dezero import Variable, no_grad

title = "DeZero"
variable = "Variable({array})"
value = "{x}.data"
backward = "{y}.backward(retain_grad={retain_grad})"
seeded_backward = "{y}.grad = {seed}\n{y}.backward(retain_grad={retain_grad})"
gradient = "{x}.grad"
clear = "{x}.cleargrad()"
no_recording = "no_grad()"
is_leaf = "{x}.creator is None"
dtypes = ["float64", "complex128", "int64"]  # in float32 its gradients have the dtype that NumPy happens to promote to
errors = {
    "unsupported operand type(s) for **": "unsupported",  # the exponent has to be a number,
    "between instances of 'float' and 'NoneType'": "unsupported",  # and clip has two bounds
}
ops = {
    "add": "{0} + {1}",
    "subtract": "{0} - {1}",
    "multiply": "{0} * {1}",
    "divide": "{0} / {1}",
    "negative": "-{0}",
    "pow": "{0} ** {1}",
    "square": "{0} ** 2",
    "exp": "F.exp({0})",
    "log": "F.log({0})",
    "sin": "F.sin({0})",
    "cos": "F.cos({0})",
    "tanh": "F.tanh({0})",
    "sum": "F.sum({0}, {axis}, {keepdims})",
    "max": "F.max({0}, {axis}, {keepdims})",
    "min": "F.min({0}, {axis}, {keepdims})",
    "clip": "F.clip({0}, {min}, {max})",
    "matmul": "F.matmul({0}, {1})",
    "linear": "F.linear({0}, {1}, {2})",
    "reshape": "F.reshape({0}, {shape})",
    "permute_dims": "F.transpose({0}, {axes})",
    "broadcast_to": "F.broadcast_to({0}, {shape})",
    "expand_dims": "F.expand_dims({0}, {axis})",
    "getitem": "F.get_item({0}, np.s_[{index}])",
    "relu": "F.relu({0})",
    "sigmoid": "F.sigmoid({0})",
    "softmax": "F.softmax({0}, {axis})",
    "log_softmax": "F.log_softmax({0}, {axis})",
}
