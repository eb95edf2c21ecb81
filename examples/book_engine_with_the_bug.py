"""The same engine with the mistake that an article tells of: the second contribution to a gradient is added with `+=`.

On the first arrival `self.grad = gx` keeps a reference. Addition hands one array on to both of its operands, so the
array is a neighbour's gradient too, and `+=` writes into it.
"""

from book_engine import *  # noqa: F403
from book_engine import Variable


def receive(self, gx):
    gx = gx.astype(self.data.dtype, copy=False)
    if self.grad is None:
        self.grad = gx
    else:
        self.grad += gx


Variable.receive = receive
