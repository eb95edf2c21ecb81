"""Writes into a value between the forward and the backward pass, behind the back of differentiation.

A derivative rule may need the value of an operand or of the result. If that value is overwritten before it is used, a
framework can raise, compute with the new value and be wrong in silence, or have kept the old value. If the rule does
not need it, the write is harmless.
"""

from harness import case

SAVED_TENSORS = "https://docs.pytorch.org/docs/stable/notes/autograd.html#in-place-correctness-checks"


@case(
    "in_place_writes/needed_operand",
    title="x * x needs x, which is overwritten before backward: it raises, or takes the old value, or the new",
    source=SAVED_TENSORS,
)
def needed_operand(g):
    x = g.input("x", [1.0, 2.0])
    y = g.sum(x * x)
    g.write(x, 100.0, 0)
    with g.attempt("backward"):
        g.backward(y)
    g.observe("x.grad", x.grad)


@case(
    "in_place_writes/needed_result",
    title="exp needs its own result, which is overwritten before backward: it raises, or is wrong",
    source=SAVED_TENSORS,
)
def needed_result(g):
    x = g.input("x", [0.0, 1.0])
    t = g.exp(x)
    y = g.sum(t)
    g.write(t, 100.0, 0)
    with g.attempt("backward"):
        g.backward(y)
    g.observe("x.grad", x.grad)


@case("in_place_writes/operand_not_needed", title="x + 1 needs nothing: a write into x before backward is harmless")
def operand_not_needed(g):
    x = g.input("x", [1.0, 2.0])
    y = g.sum(x + 1)
    g.write(x, 100.0, 0)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[1.0, 1.0])


@case(
    "in_place_writes/result_not_needed",
    title="2 * x does not need its result: a write into it before backward is harmless",
)
def result_not_needed(g):
    x = g.input("x", [1.0, 2.0])
    t = 2 * x
    y = g.sum(t)
    g.write(t, 100.0, 0)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[2.0, 2.0])
