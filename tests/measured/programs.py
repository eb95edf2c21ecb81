"""Small programs on which frameworks give different gradients, each run by hand when the project began.

All are in float32, as frameworks are used. `answers.toml` has what each framework answered.
"""

import math

from harness import case

PYTORCH = "https://github.com/pytorch/pytorch"
TENSORFLOW = "https://github.com/tensorflow/tensorflow"
JAX = "https://github.com/jax-ml/jax"
CHAINER = "https://github.com/chainer/chainer"
CHAINER_VARIABLES = "https://docs.chainer.org/en/stable/guides/variables.html"
GRADIENT_TAPE = "https://www.tensorflow.org/api_docs/python/tf/GradientTape"
JAX_WHERE = "https://docs.jax.dev/en/latest/faq.html#gradients-contain-nan-where-using-where"


# Ties and selection


@case(
    "measured/max_of_all",
    title="The maximum of a whole array that two elements share",
    source=f"{TENSORFLOW}/issues/51681",
)
def max_of_all(g):
    x = g.input("x", [1.0, 1.0, 0.0], dtype="float32")
    g.backward(g.max(x))
    g.observe("x.grad", x.grad)


@case(
    "measured/max_along_an_axis",
    title="The maximum along an axis that two elements share",
    source=f"{CHAINER}/pull/558",
)
def max_along_an_axis(g):
    x = g.input("x", [1.0, 1.0, 0.0], dtype="float32")
    g.backward(g.max(x, axis=0))
    g.observe("x.grad", x.grad)


@case("measured/maximum_of_equals", title="The maximum of two equal numbers", source=f"{PYTORCH}/issues/56734")
def maximum_of_equals(g):
    x = g.input("x", 1.0, dtype="float32")
    y = g.input("y", 1.0, dtype="float32")
    g.backward(g.maximum(x, y))
    g.observe("x.grad", x.grad)
    g.observe("y.grad", y.grad)


@case("measured/maximum_with_zero", title="maximum(x, 0) at 0, a relu made by hand", source=f"{JAX}/issues/37821")
def maximum_with_zero(g):
    x = g.input("x", 0.0, dtype="float32")
    g.backward(g.maximum(x, 0.0))
    g.observe("x.grad", x.grad)


@case(
    "measured/median",
    title="The median as the mean of the two elements in the middle",
    source=f"{PYTORCH}/issues/39520",
)
def median(g):
    x = g.input("x", [1.0, 2.0, 3.0, 4.0], dtype="float32")
    g.backward(g.median(x))
    g.observe("x.grad", x.grad)


@case(
    "measured/lower_median",
    title="The median as the lower of the two elements in the middle",
    source=f"{PYTORCH}/issues/39520",
)
def lower_median(g):
    x = g.input("x", [1.0, 2.0, 3.0, 4.0], dtype="float32")
    g.backward(g.lower_median(x))
    g.observe("x.grad", x.grad)


@case(
    "measured/max_pool",
    title="Windows of two equal elements",
    source="https://github.com/facebookresearch/CrypTen/pull/90",
)
def max_pool(g):
    x = g.input("x", [[[1.0, 1.0, 2.0, 2.0]]], dtype="float32")
    g.backward(g.sum(g.max_pool1d(x, size=2, stride=2)))
    g.observe("x.grad", x.grad)


@case("measured/largest_absolute_value", title="The norm of order infinity, where two elements are equally far from 0")
def largest_absolute_value(g):
    x = g.input("x", [2.0, -2.0, 1.0], dtype="float32")
    g.backward(g.vector_norm(x, ord=math.inf))
    g.observe("x.grad", x.grad)


# Kinks and boundaries


@case("measured/relu", title="relu at 0", source=f"{JAX}/pull/2342")
def relu(g):
    x = g.input("x", 0.0, dtype="float32")
    g.backward(g.relu(x))
    g.observe("x.grad", x.grad)


@case("measured/abs", title="The absolute value at 0", source=f"{JAX}/issues/37820")
def abs_(g):
    x = g.input("x", 0.0, dtype="float32")
    g.backward(g.abs(x))
    g.observe("x.grad", x.grad)


@case("measured/clip", title="clip to [0, 1] at both bounds and between them", source=f"{PYTORCH}/issues/7002")
def clip(g):
    x = g.input("x", [0.0, 1.0, 0.5], dtype="float32")
    g.backward(g.sum(g.clip(x, min=0.0, max=1.0)))
    g.observe("x.grad", x.grad)


@case("measured/hard_tanh", title="hard_tanh at both bounds", source=f"{PYTORCH}/issues/184574")
def hard_tanh(g):
    x = g.input("x", [-1.0, 1.0], dtype="float32")
    g.backward(g.sum(g.hard_tanh(x)))
    g.observe("x.grad", x.grad)


@case("measured/selu", title="selu at 0", source=f"{TENSORFLOW}/issues/124831")
def selu(g):
    x = g.input("x", 0.0, dtype="float32")
    g.backward(g.selu(x))
    g.observe("x.grad", x.grad)


# Singular points: a number that is none, or a convention


@case("measured/norm_at_zero", title="The length of a vector of zeros", source=f"{TENSORFLOW}/issues/12071")
def norm_at_zero(g):
    x = g.input("x", [0.0, 0.0], dtype="float32")
    g.backward(g.vector_norm(x))
    g.observe("x.grad", x.grad)


@case(
    "measured/norm_by_hand_at_zero",
    title="The same length as the root of a sum of squares",
    source=f"{PYTORCH}/pull/2775",
)
def norm_by_hand_at_zero(g):
    x = g.input("x", [0.0, 0.0], dtype="float32")
    g.backward(g.sqrt(g.sum(x * x)))
    g.observe("x.grad", x.grad)


@case("measured/atan2_at_zero", title="The angle of the point (0, 0)", source=f"{PYTORCH}/issues/165427")
def atan2_at_zero(g):
    y = g.input("y", 0.0, dtype="float32")
    x = g.input("x", 0.0, dtype="float32")
    g.backward(g.atan2(y, x))
    g.observe("y.grad", y.grad)
    g.observe("x.grad", x.grad)


@case(
    "measured/zero_to_the_zero", title="0 to the power 0, by the base and by the exponent", source=f"{JAX}/issues/14397"
)
def zero_to_the_zero(g):
    x = g.input("x", 0.0, dtype="float32")
    n = g.input("n", 0.0, dtype="float32")
    g.backward(x**n)
    g.observe("x.grad", x.grad)
    g.observe("n.grad", n.grad)


@case(
    "measured/power_of_a_negative",
    title="-1 to the power 2, by the base and by the exponent",
    source="https://github.com/tensorflow/tfjs/issues/346",
)
def power_of_a_negative(g):
    x = g.input("x", -1.0, dtype="float32")
    n = g.input("n", 2.0, dtype="float32")
    g.backward(x**n)
    g.observe("x.grad", x.grad)
    g.observe("n.grad", n.grad)


@case("measured/std_of_one", title="The standard deviation of one element", source=f"{TENSORFLOW}/issues/56830")
def std_of_one(g):
    x = g.input("x", [1.0], dtype="float32")
    g.backward(g.std(x))
    g.observe("x.grad", x.grad)


# Points where there is a derivative, and somebody misses it


@case("measured/prod_with_a_zero", title="The product of 0, 2 and 3", source=f"{TENSORFLOW}/issues/2641")
def prod_with_a_zero(g):
    x = g.input("x", [0.0, 2.0, 3.0], dtype="float32")
    g.backward(g.prod(x))
    g.observe("x.grad", x.grad, expected=[6.0, 0.0, 0.0])


@case(
    "measured/cumulative_prod_with_a_zero",
    title="The products of 2, 0 and 3 up to each",
    source=f"{TENSORFLOW}/issues/3862",
)
def cumulative_prod_with_a_zero(g):
    x = g.input("x", [2.0, 0.0, 3.0], dtype="float32")
    g.backward(g.sum(g.cumulative_prod(x)))
    g.observe("x.grad", x.grad, expected=[1.0, 8.0, 0.0])


@case(
    "measured/det_of_singular",
    title="The determinant of a matrix without an inverse",
    source=f"{TENSORFLOW}/issues/119477",
)
def det_of_singular(g):
    x = g.input("x", [[1.0, 2.0], [2.0, 4.0]], dtype="float32")
    g.backward(g.det(x))
    g.observe("x.grad", x.grad, expected=[[4.0, -2.0], [-2.0, 1.0]])


@case("measured/sinc_at_zero", title="sinc at 0, where it is largest", source=f"{TENSORFLOW}/issues/127226")
def sinc_at_zero(g):
    x = g.input("x", 0.0, dtype="float32")
    g.backward(g.sinc(x))
    g.observe("x.grad", x.grad, expected=0.0)


@case(
    "measured/where_exp",
    title="where(x < 0, exp(x), 1 + x) at 100, where exp overflows",
    source=f"{PYTORCH}/issues/68425",
)
def where_exp(g):
    x = g.input("x", 100.0, dtype="float32")
    g.backward(g.where(x < 0, g.exp(x), 1 + x))
    g.observe("x.grad", x.grad, expected=1.0)


# Branches that are not chosen


@case("measured/where_sqrt", title="where(x > 0, sqrt(x), 0) at 0 and beside it", source=f"{PYTORCH}/issues/108618")
def where_sqrt(g):
    x = g.input("x", [0.0, 4.0], dtype="float32")
    g.backward(g.sum(g.where(x > 0, g.sqrt(x), 0.0)))
    g.observe("x.grad", x.grad)


@case("measured/where_log", title="where(x > 0, log(x), 0) at 0 and beside it", source=JAX_WHERE)
def where_log(g):
    x = g.input("x", [0.0, 2.0], dtype="float32")
    g.backward(g.sum(g.where(x > 0, g.log(x), 0.0)))
    g.observe("x.grad", x.grad)


@case("measured/relu_of_nan", title="relu at NaN", source="https://github.com/apache/mxnet/pull/14262")
def relu_of_nan(g):
    x = g.input("x", math.nan, dtype="float32")
    g.backward(g.relu(x))
    g.observe("x.grad", x.grad)


# Discrete ops, dtypes, and inputs that nothing depends on


@case("measured/floor", title="floor between two integers", source=f"{TENSORFLOW}/issues/897")
def floor(g):
    x = g.input("x", 1.2, dtype="float32")
    g.backward(g.floor(x))
    g.observe("x.grad", x.grad)


@case("measured/through_integers", title="A cast to integers and back", source=f"{TENSORFLOW}/issues/897")
def through_integers(g):
    x = g.input("x", 1.5, dtype="float32")
    g.backward(x.astype("int32").astype("float32"))
    g.observe("x.grad", x.grad)


@case("measured/integer_input", title="An integer input that is asked for a gradient", source=f"{JAX}/pull/4039")
def integer_input(g):
    x = g.input("x", [1, 1], dtype="int32")
    g.backward(g.sum(2 * x.astype("float32")))
    g.observe("x.grad", x.grad)


@case("measured/unused_input", title="An input that the result does not depend on", source=f"{TENSORFLOW}/issues/783")
def unused_input(g):
    x = g.input("x", 1.0, dtype="float32")
    y = g.input("y", 1.0, dtype="float32")
    g.backward(x * x)
    g.observe("x.grad", x.grad)
    g.observe("y.grad", y.grad)


@case("measured/mixed_dtypes", title="float32 times float64")
def mixed_dtypes(g):
    narrow = g.input("narrow", 1.0, dtype="float32")
    wide = g.input("wide", 2.0, dtype="float64")
    g.backward(narrow * wide)
    g.observe("narrow.grad", narrow.grad)


# Indexing and scatter


@case(
    "measured/repeated_index", title="x[[0, 0, 1]], which takes one element twice", source=f"{TENSORFLOW}/issues/38168"
)
def repeated_index(g):
    x = g.input("x", [1.0, 2.0, 3.0], dtype="float32")
    indices = g.input("indices", [0, 0, 1], dtype="int64", requires_grad=False)
    g.backward(g.sum(g.take(x, indices, axis=0)))
    g.observe("x.grad", x.grad)


@case("measured/overwritten_update", title="Two values written to one place", source=f"{PYTORCH}/issues/162242")
def overwritten_update(g):
    x = g.input("x", [1.0, 2.0, 3.0], dtype="float32")
    indices = g.input("indices", [1, 1], dtype="int64", requires_grad=False)
    updates = g.input("updates", [10.0, 20.0], dtype="float32")
    g.backward(g.sum(g.index_set(x, indices, updates)))
    g.observe("x.grad", x.grad)
    g.observe("updates.grad", updates.grad)


# Linear algebra


@case("measured/eigenvalue", title="The smallest eigenvalue of a symmetric matrix", source=f"{JAX}/issues/12795")
def eigenvalue(g):
    x = g.input("x", [[2.0, 1.0], [1.0, 3.0]], dtype="float32")
    g.backward(g.eigvalsh(x)[0])
    g.observe("x.grad", x.grad)


@case("measured/cholesky", title="The Cholesky factor of a symmetric matrix", source=f"{PYTORCH}/issues/18825")
def cholesky(g):
    x = g.input("x", [[4.0, 1.0], [1.0, 3.0]], dtype="float32")
    g.backward(g.sum(g.cholesky(x)))
    g.observe("x.grad", x.grad)


# Complex numbers


@case(
    "measured/complex_square", title="z * z, whose derivative 2z may come conjugated", source=f"{PYTORCH}/issues/41857"
)
def complex_square(g):
    z = g.input("z", 0.1j, dtype="complex64")
    seed = g.input("seed", 1.0, dtype="complex64", requires_grad=False)
    g.backward(z * z, seed)
    g.observe("z.grad", z.grad)


# Tapes and engines


@case("measured/vector_without_a_seed", title="Backward from a vector, without a seed", source=CHAINER_VARIABLES)
def vector_without_a_seed(g):
    x = g.input("x", [1.0, 1.0], dtype="float32")
    g.backward(2 * x)
    g.observe("x.grad", x.grad)


@case("measured/twice", title="Backward twice over", source="https://github.com/karpathy/micrograd/issues/53")
def twice(g):
    x = g.input("x", 2.0, dtype="float32")
    y = x * x
    g.backward(y)
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("measured/twice_with_nothing_saved", title="Backward twice over a graph that holds no values")
def twice_with_nothing_saved(g):
    x = g.input("x", 2.0, dtype="float32")
    y = x + x
    g.backward(y)
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("measured/twice_with_the_graph_kept", title="Backward twice, the graph kept on request", source=GRADIENT_TAPE)
def twice_with_the_graph_kept(g):
    x = g.input("x", 2.0, dtype="float32")
    y = x * x
    g.backward(y, keep_graph=True)
    g.backward(y)
    g.observe("x.grad", x.grad)


@case("measured/two_graphs", title="Backward over two graphs that share an input")
def two_graphs(g):
    x = g.input("x", 2.0, dtype="float32")
    g.backward(x * x)
    g.backward(x * x)
    g.observe("x.grad", x.grad)


@case("measured/intermediate", title="The gradient of a value in between", source=f"{CHAINER}/pull/1879")
def intermediate(g):
    x = g.input("x", 1.0, dtype="float32")
    t = x * x
    g.backward(2 * t)
    g.observe("t.grad", t.grad)


@case("measured/after_the_tape", title="An op that comes when the tape is closed", source=GRADIENT_TAPE)
def after_the_tape(g):
    x = g.input("x", 1.0, dtype="float32")
    with g.recording():
        t = x * x
    g.backward(2 * t)
    g.observe("x.grad", x.grad)


@case(
    "measured/written_result",
    title="The result of exp, changed in place before backward",
    source=f"{PYTORCH}/issues/74806",
)
def written_result(g):
    x = g.input("x", 2.0, dtype="float32")
    y = g.exp(x)
    g.write_add(y, 1.0)
    g.backward(y)
    g.observe("x.grad", x.grad)


@case(
    "measured/written_host_array", title="A host array, changed before backward needs it", source=f"{PYTORCH}/pull/6597"
)
def written_host_array(g):
    x = g.input("x", [2.0], dtype="float32")
    a = g.input("a", [3.0], dtype="float32", requires_grad=False, shared=True)
    y = g.sum(x * a)
    g.write_host(a, 100.0, 0)
    g.backward(y)
    g.observe("x.grad", x.grad)


@case(
    "measured/shared_gradients",
    title="Whether both terms of a sum get the same memory",
    source=f"{PYTORCH}/issues/46168",
)
def shared_gradients(g):
    a = g.input("a", [1.0, 2.0], dtype="float32")
    b = g.input("b", [3.0, 4.0], dtype="float32")
    g.backward(g.sum(a + b))
    g.observe("a.grad and b.grad share memory", g.shares_memory(a.grad, b.grad))
