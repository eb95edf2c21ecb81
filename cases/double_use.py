"""A value that is used more than once: its contributions add up, and nobody else's gradient changes.

Seed 000 is the article on a trap in NumPy's `+=`. Its author built an engine along a well-known book; on the second
arrival `x.grad += gx` wrote into an array that was also a neighbour's gradient, and the first case below gave 2.0 2.0.
What the engine shares is observed in `gradient_buffers.py`.
"""

from cases import SEED_000
from harness import case


@case("double_use/add_chain", title="x0 reaches y twice, so its two contributions add up", source=SEED_000)
def add_chain(g):
    x0 = g.input("x0", 1.0)
    x1 = g.input("x1", 1.0)
    t = g.add(x0, x1)
    y = g.add(x0, t)
    g.backward(y)
    g.observe("x0.grad", x0.grad, expected=2.0)
    g.observe("x1.grad", x1.grad, expected=1.0)


@case("double_use/five_uses", title="Five uses of x0 add up to 5, one use of x1 to 1", source=SEED_000)
def five_uses(g):
    x0 = g.input("x0", 1.0)
    x1 = g.input("x1", 1.0)
    y = x0 + x0 + x0 + x0 + x0 + x1
    g.backward(y)
    g.observe("x0.grad", x0.grad, expected=5.0)
    g.observe("x1.grad", x1.grad, expected=1.0)


@case("double_use/add_to_itself", title="x + x uses x as both operands of one addition, so the gradient is 2")
def add_to_itself(g):
    x = g.input("x", 3.0)
    y = g.add(x, x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=2.0)


@case("double_use/subtract_from_itself", title="x - x has gradient 0, not None: its two contributions cancel")
def subtract_from_itself(g):
    x = g.input("x", 3.0)
    y = g.subtract(x, x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=0.0)


@case("double_use/multiply_by_itself", title="x * x has the gradient of x squared, 2x")
def multiply_by_itself(g):
    x = g.input("x", [1.0, -3.0, 0.0])
    y = g.multiply(x, x)
    z = g.sum(y)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=[2.0, -6.0, 0.0])


@case("double_use/matmul_by_itself", title="X @ X uses X on both sides, which do not commute")
def matmul_by_itself(g):
    x = g.input("x", [[1.0, 2.0], [3.0, 4.0]])
    y = g.matmul(x, x)
    z = g.sum(y)
    g.backward(z)
    # At row i, column j: the sum of row j of x plus the sum of column i.
    g.observe("x.grad", x.grad, expected=[[7.0, 11.0], [9.0, 13.0]])


@case("double_use/diamond", title="Two paths from x meet in a product, so the product rule adds them up")
def diamond(g):
    x = g.input("x", 2.0)
    a = x**2
    b = x**3
    y = a * b
    g.backward(y)
    g.observe("x.grad", x.grad, expected=80.0)


@case("double_use/chain_of_diamonds", title="Ten diamonds in a row have 1024 paths, and each path counts once")
def chain_of_diamonds(g):
    x = g.input("x", 1.0)
    t = x
    for _ in range(10):
        t = t + t
    g.backward(t)
    g.observe("x.grad", x.grad, expected=1024.0)


@case("double_use/paths_of_unequal_length", title="x is finished only when the longer of its two paths has arrived")
def paths_of_unequal_length(g):
    x = g.input("x", 2.0)
    a = x * x
    b = a * a
    c = b * b
    y = c + a
    g.backward(y)
    # y = x⁸ + x²
    g.observe("x.grad", x.grad, expected=1028.0)


@case(
    "double_use/shortcut_first",
    title="The short path stands first in the sum, and x still waits for the long one",
)
def shortcut_first(g):
    x = g.input("x", 2.0)
    a = x * x
    b = a * a
    c = b * b
    y = a + c
    g.backward(y)
    # The same x² + x⁸: an engine that takes ops as it meets them may err at one of the two only.
    g.observe("x.grad", x.grad, expected=1028.0)


@case("double_use/ladder", title="Each rung is made from the two before, so three paths of unequal length meet")
def ladder(g):
    x = g.input("x", 3.0)
    a = 5 * x
    b = a * x
    c = b * a
    d = c + b
    y = d * c
    g.backward(y)
    # b = 5x², c = 25x³, so y = 625x⁶ + 125x⁵
    g.observe("x.grad", x.grad, expected=625 * 6 * 3**5 + 125 * 5 * 3**4)


@case(
    "double_use/through_a_cast",
    title="x is used once as it is and once cast to float32, and both uses reach x in float64",
)
def through_a_cast(g):
    x = g.input("x", [0.5, 2.0, -4.0])
    narrow = g.astype(x, dtype="float32")
    wide = g.astype(narrow, dtype="float64")
    y = x * wide
    z = g.sum(y)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=[1.0, 4.0, -8.0])
    g.observe("x.grad.dtype", x.grad.dtype)


@case(
    "double_use/element_taken_twice",
    title="An element that is gathered twice gets both contributions, not the last one",
)
def element_taken_twice(g):
    x = g.input("x", [1.0, 2.0, 3.0])
    indices = g.input("indices", [0, 2, 0], dtype="int64", requires_grad=False)
    y = g.take(x, indices)
    z = g.sum(y)
    g.backward(z)
    g.observe("x.grad", x.grad, expected=[2.0, 0.0, 1.0])
