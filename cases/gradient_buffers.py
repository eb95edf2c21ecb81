"""Whether gradients share memory with each other or with the seed, and what a write into one does to the others.

Seed 000 explains its wrong 2.0 2.0 by printing `id(x.grad)`: addition passes its cotangent on unchanged, so an engine
that stores a reference has one array behind y.grad, t.grad, x0.grad and x1.grad. Sharing alone is harmless; the numbers
go wrong when somebody writes into the shared array.
"""

from cases import SEED_000
from harness import case


@case(
    "gradient_buffers/add_chain",
    title="x0 and x1 get different gradients, so they cannot share one array",
    source=SEED_000,
)
def add_chain(g):
    x0 = g.input("x0", 1.0)
    x1 = g.input("x1", 1.0)
    t = g.add(x0, x1)
    y = g.add(x0, t)
    g.backward(y)
    g.observe("x0.grad is x1.grad", g.same_object(x0.grad, x1.grad))
    g.observe("x0.grad and x1.grad share memory", g.shares_memory(x0.grad, x1.grad))


@case(
    "gradient_buffers/gradients_of_add_chain",
    title="Adding up at x0 leaves the gradients of x1, t and y at 1, shared or not",
    source=SEED_000,
)
def gradients_of_add_chain(g):
    x0 = g.input("x0", 1.0)
    x1 = g.input("x1", 1.0)
    t = g.add(x0, x1)
    y = g.add(x0, t)
    g.retain_grad(t)
    g.retain_grad(y)
    g.backward(y)
    g.observe("x1.grad is t.grad", g.same_object(x1.grad, t.grad))
    g.observe("t.grad is y.grad", g.same_object(t.grad, y.grad))
    g.observe("x0.grad", x0.grad, expected=2.0)
    g.observe("x1.grad", x1.grad, expected=1.0)
    g.observe("t.grad", t.grad, expected=1.0)
    g.observe("y.grad", y.grad, expected=1.0)
    g.observe("x1.grad and t.grad share memory", g.shares_memory(x1.grad, t.grad))
    g.observe("t.grad and y.grad share memory", g.shares_memory(t.grad, y.grad))


@case(
    "gradient_buffers/two_addends",
    title="Both addends get the same cotangent: do they get the same memory?",
    source=SEED_000,
)
def two_addends(g):
    a = g.input("a", [1.0, 2.0])
    b = g.input("b", [3.0, 4.0])
    seed = g.input("seed", [1.0, 1.0], requires_grad=False)
    z = a + b
    g.backward(z, seed)
    g.observe("a.grad is b.grad", g.same_object(a.grad, b.grad))
    g.observe("a.grad and b.grad share memory", g.shares_memory(a.grad, b.grad))
    g.observe("a.grad and the seed share memory", g.shares_memory(a.grad, seed))


@case(
    "gradient_buffers/written_from_outside",
    title="A write into a.grad from outside: do b.grad and the seed change too?",
    source=SEED_000,
)
def written_from_outside(g):
    a = g.input("a", [1.0, 2.0])
    b = g.input("b", [3.0, 4.0])
    seed = g.input("seed", [1.0, 1.0], requires_grad=False)
    z = a + b
    g.backward(z, seed)
    g.write(a.grad, 7.0)
    g.observe("a.grad", a.grad, expected=[7.0, 7.0])
    g.observe("b.grad", b.grad)
    g.observe("seed", seed)


@case(
    "gradient_buffers/object_of_before",
    title="id(x.grad) after a second backward: += leaves the object of before, rebinding puts a new one in its place",
    source=SEED_000,
)
def object_of_before(g):
    x = g.input("x", [1.0, 2.0])
    y = g.sum(3 * x)
    g.backward(y, keep_graph=True)
    before = g.keep(x.grad)
    g.backward(y)
    g.observe("x.grad is the object of before", g.same_object(x.grad, before))
    g.observe("the object of before", before)
    g.observe("x.grad", x.grad)


@case("gradient_buffers/view_of_the_seed", title="The gradient of a reshaped array may be a view of the seed")
def view_of_the_seed(g):
    x = g.input("x", [1.0, 2.0, 3.0, 4.0])
    seed = g.input("seed", [[1.0, 2.0], [3.0, 4.0]], requires_grad=False)
    y = g.reshape(x, shape=(2, 2))
    g.backward(y, seed)
    g.observe("x.grad", x.grad, expected=[1.0, 2.0, 3.0, 4.0])
    g.observe("x.grad and the seed share memory", g.shares_memory(x.grad, seed))


@case(
    "gradient_buffers/transposed", title="The gradient of a transposed array may be the seed's memory, transposed back"
)
def transposed(g):
    x = g.input("x", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    seed = g.input("seed", [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], requires_grad=False)
    y = g.permute_dims(x, axes=(1, 0))
    g.backward(y, seed)
    g.observe("x.grad", x.grad, expected=[[1.0, 3.0, 5.0], [2.0, 4.0, 6.0]])
    g.observe("x.grad and the seed share memory", g.shares_memory(x.grad, seed))


@case(
    "gradient_buffers/result_for_a_transposed_array",
    title="What grad returns for a transposed array may be the seed's memory, even if backward copies it",
)
def result_for_a_transposed_array(g):
    x = g.input("x", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    seed = g.input("seed", [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], requires_grad=False)
    y = g.permute_dims(x, axes=(1, 0))
    (gx,) = g.grad([y], [x], [seed])
    g.observe("gradient of x", gx, expected=[[1.0, 3.0, 5.0], [2.0, 4.0, 6.0]])
    g.observe("gradient of x and the seed share memory", g.shares_memory(gx, seed))


@case(
    "gradient_buffers/result_for_a_reshaped_array",
    title="What grad returns for a reshaped array may be a view of the seed",
)
def result_for_a_reshaped_array(g):
    x = g.input("x", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    seed = g.input("seed", [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], requires_grad=False)
    y = g.reshape(x, shape=(6,))
    (gx,) = g.grad([y], [x], [seed])
    g.observe("gradient of x", gx, expected=[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    g.observe("gradient of x and the seed share memory", g.shares_memory(gx, seed))


@case(
    "gradient_buffers/seed_overwritten", title="A write into the seed after the backward pass: do the gradients see it?"
)
def seed_overwritten(g):
    a = g.input("a", [1.0, 2.0])
    b = g.input("b", [3.0, 4.0])
    seed = g.input("seed", [1.0, 1.0], requires_grad=False)
    z = a + b
    g.backward(z, seed)
    g.write(seed, 7.0)
    g.observe("a.grad", a.grad)
    g.observe("b.grad", b.grad)


@case(
    "gradient_buffers/result_overwritten",
    title="A write into one returned gradient: does the other see it?",
)
def result_overwritten(g):
    a = g.input("a", [1.0, 2.0])
    b = g.input("b", [3.0, 4.0])
    seed = g.input("seed", [1.0, 1.0], requires_grad=False)
    z = a + b
    ga, gb = g.grad([z], [a, b], [seed])
    g.write(ga, 7.0)
    g.observe("gradient of b", gb)
    g.observe("seed", seed)


@case(
    "gradient_buffers/neighbour_of_relu",
    title="Relu masks what it passes on, not the cotangent that a neighbour shares with it",
)
def neighbour_of_relu(g):
    x = g.input("x", [3.0, -5.0])
    b = g.input("b", [4.0, 6.0])
    seed = g.input("seed", [7.0, 11.0], requires_grad=False)
    z = g.relu(x) + b
    g.backward(z, seed)
    g.observe("x.grad", x.grad, expected=[7.0, 0.0])
    g.observe("b.grad", b.grad, expected=[7.0, 11.0])
    g.observe("seed", seed, expected=[7.0, 11.0])


@case(
    "gradient_buffers/neighbour_of_a_product",
    title="A product scales what it passes on, not the cotangent that a neighbour shares with it",
)
def neighbour_of_a_product(g):
    x = g.input("x", [3.0, -5.0])
    w = g.input("w", [0.5, 0.25])
    b = g.input("b", [4.0, 6.0])
    seed = g.input("seed", [7.0, 11.0], requires_grad=False)
    z = x * w + b
    g.backward(z, seed)
    g.observe("x.grad", x.grad, expected=[3.5, 2.75])
    g.observe("w.grad", w.grad, expected=[21.0, -55.0])
    g.observe("b.grad", b.grad, expected=[7.0, 11.0])
    g.observe("seed", seed, expected=[7.0, 11.0])


@case(
    "gradient_buffers/seed_used_again",
    title="A seed that serves for two graphs, one after the other, is the same for both",
)
def seed_used_again(g):
    x = g.input("x", [1.0, 2.0])
    seed = g.input("seed", [3.0, 5.0], requires_grad=False)
    y = x + 1
    g.backward(y, seed, keep_graph=True)
    g.backward(y, seed)
    g.clear_grad(x)
    z = 7 * x
    g.backward(z, seed)
    g.observe("x.grad", x.grad, expected=[21.0, 35.0])
    g.observe("seed", seed, expected=[3.0, 5.0])


@case(
    "gradient_buffers/accumulated_twice",
    title="Adding a second backward pass to x.grad leaves the seed as it was",
    source=SEED_000,
)
def accumulated_twice(g):
    x = g.input("x", [1.0, 2.0])
    b = g.input("b", [3.0, 4.0])
    seed = g.input("seed", [1.0, 1.0], requires_grad=False)
    z = x + b
    g.backward(z, seed, keep_graph=True)
    g.backward(z, seed)
    g.observe("x.grad", x.grad)
    g.observe("seed", seed, expected=[1.0, 1.0])


@case(
    "gradient_buffers/gradient_of_a_view",
    title="The gradient of x[:2]: what came through the view, or the first two elements of the gradient of x",
    source="https://mygrad.readthedocs.io/en/latest/generated/mygrad.Tensor.grad.html",
)
def gradient_of_a_view(g):
    x = g.input("x", [1.0, 2.0, 3.0])
    t = x[:2]
    g.retain_grad(t)
    y = g.sum(3 * t) + g.sum(x)
    g.backward(y)
    g.observe("x.grad", x.grad, expected=[4.0, 4.0, 1.0])
    g.observe("t.grad", t.grad, expected=[3.0, 3.0])
