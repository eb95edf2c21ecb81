"""Memory shared between a framework's array and the NumPy array it came from, or that came from it.

Seed 001 shows it in passing: after `x1 = torch.ones(5); x2 = x1.data.numpy()`, `x1[1] = -1` changes x2 too. The other
direction depends on how the array is made: `torch.tensor(array)` copies, `torch.from_numpy(array)` does not.
"""

from cases import SEED_001
from harness import case


@case("host_arrays/view_of_a_value", title="x2 = x1.data.numpy(): a later write into x1 shows in x2", source=SEED_001)
def view_of_a_value(g):
    x1 = g.input("x1", [1.0, 1.0, 1.0, 1.0, 1.0], dtype="float32", requires_grad=False)
    x2 = g.host(x1)
    g.observe("x1 and x2 share memory", g.shares_memory(x1, x2))
    g.write(x1, -1.0, 1)
    g.observe("x2", x2)


@case(
    "host_arrays/write_into_the_view",
    title="A write into the NumPy array that x gave: does x see it, or is it refused?",
)
def write_into_the_view(g):
    x = g.input("x", [1.0, 2.0], requires_grad=False)
    host = g.host(x)
    g.write(host, 100.0, 0)
    g.observe("x", x)


@case(
    "host_arrays/copied",
    title="A NumPy array changed after the usual way to make a leaf: does the leaf see it?",
    source=SEED_001,
)
def copied(g):
    x = g.input("x", [1.0, 2.0])
    g.write_host(x, 100.0, 0)
    g.observe("x", x)


@case(
    "host_arrays/shared",
    title="A NumPy array changed after a leaf was made without a copy: does the leaf see it?",
    source=SEED_001,
)
def shared(g):
    x = g.input("x", [1.0, 2.0], shared=True)
    g.write_host(x, 100.0, 0)
    g.observe("x", x)


@case(
    "host_arrays/shared_float32",
    title="A NumPy array of float32 changed after a leaf was made without a copy: does the leaf see it?",
)
def shared_float32(g):
    x = g.input("x", [1.0, 2.0], dtype="float32", shared=True)
    g.write_host(x, 100.0, 0)
    g.observe("x", x)


@case(
    "host_arrays/shared_between_passes",
    title="A shared array changed between forward and backward: does the gradient notice?",
)
def shared_between_passes(g):
    x = g.input("x", [1.0, 2.0], shared=True)
    y = g.sum(x * x)
    g.write_host(x, 100.0, 0)
    with g.attempt("backward"):
        g.backward(y)
    g.observe("y", y)
    g.observe("x.grad", x.grad)


@case(
    "host_arrays/shared_constant",
    title="A shared constant factor changed between forward and backward: old factor or new?",
)
def shared_constant(g):
    x = g.input("x", [1.0, 2.0])
    factor = g.input("factor", [3.0, 4.0], requires_grad=False, shared=True)
    y = g.sum(x * factor)
    g.write_host(factor, 100.0, 0)
    g.backward(y)
    g.observe("x.grad", x.grad)
