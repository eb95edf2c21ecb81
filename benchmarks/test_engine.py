"""The reference engine beside other engines: the same programs, the same numbers, one run.

    python -m pytest benchmarks/test_engine.py --benchmark-json=benchmarks.json
    python benchmarks/table.py benchmarks.json

Each program is written once, as a function of an engine's own functions, and once by hand in NumPy with its derivative,
which is the lower bound and checks everybody's answer. An engine that is not installed is left out, with the reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

Arrays = Sequence[Any]
Program = Callable[..., Any]


@dataclass(frozen=True)
class Engine:
    """One way to differentiate."""

    name: str
    gradients: Callable[[Program, Arrays], Arrays]
    """The derivatives of sum(program(functions, *inputs)) with respect to each of the inputs."""


def reference_engine() -> Engine:
    engine = import_module("reference_engine")

    def gradients(program: Program, inputs: Arrays) -> Arrays:
        leaves = [engine.Variable(one) for one in inputs]
        output = program(engine, *leaves)
        output.backward(np.ones(output.shape))
        return [leaf.grad for leaf in leaves]

    return Engine("reference engine", gradients)


def hips_autograd() -> Engine:
    numpy = import_module("autograd.numpy")
    make_vjp = import_module("autograd").make_vjp

    def log_softmax(x: Any) -> Any:
        shifted = x - numpy.max(x, axis=-1, keepdims=True)
        return shifted - numpy.log(numpy.sum(numpy.exp(shifted), axis=-1, keepdims=True))

    functions = SimpleNamespace(
        tanh=numpy.tanh, sum=numpy.sum, log_softmax=log_softmax, relu=lambda x: numpy.maximum(x, 0.0)
    )

    def gradients(program: Program, inputs: Arrays) -> Arrays:
        pull_back, output = make_vjp(lambda leaves: program(functions, *leaves))(tuple(inputs))
        return pull_back(np.ones(np.shape(output)))

    return Engine("HIPS autograd", gradients)


def mygrad() -> Engine:
    engine = import_module("mygrad")
    activations = import_module("mygrad.nnet.activations")
    functions = SimpleNamespace(
        tanh=engine.tanh, sum=engine.sum, log_softmax=activations.logsoftmax, relu=activations.relu
    )

    def gradients(program: Program, inputs: Arrays) -> Arrays:
        leaves = [engine.tensor(one) for one in inputs]
        output = program(functions, *leaves)
        output.backward(np.ones(output.shape))
        return [leaf.grad for leaf in leaves]

    return Engine("MyGrad", gradients)


def pytorch() -> Engine:
    engine = import_module("torch")
    functions = SimpleNamespace(
        tanh=engine.tanh, sum=engine.sum, log_softmax=lambda x: engine.log_softmax(x, -1), relu=engine.relu
    )

    def on_tensors(constant: Any) -> Any:
        return engine.from_numpy(constant) if isinstance(constant, np.ndarray) else constant

    def gradients(program: Program, inputs: Arrays) -> Arrays:
        leaves = [engine.tensor(one, requires_grad=True) for one in inputs]
        output = program(functions, *leaves, as_constant=on_tensors)
        output.backward(engine.ones_like(output))
        return [leaf.grad.numpy() for leaf in leaves]

    return Engine("PyTorch", gradients)


ENGINES: list[Engine] = []
LEFT_OUT: dict[str, str] = {}
for make in (reference_engine, hips_autograd, mygrad, pytorch):
    try:
        ENGINES.append(make())
    except ImportError as error:
        LEFT_OUT[make.__name__] = str(error)

BY_HAND = "NumPy by hand"
NAMES = [BY_HAND, *(engine.name for engine in ENGINES)]


@pytest.fixture(scope="module", autouse=True)
def _say_who_is_left_out(request: pytest.FixtureRequest) -> None:
    terminal = request.config.pluginmanager.get_plugin("terminalreporter")
    for name, reason in LEFT_OUT.items():
        terminal.write_line(f"left out: {name} ({reason})")


def compare(
    benchmark: Any, name: str, ops: int, program: Program, by_hand: Callable[..., Arrays], inputs: Arrays, rounds: int
) -> None:
    """Time one engine, or the program by hand, and hold its answer against the one by hand."""
    benchmark.extra_info.update(engine=name, ops=ops)
    if name == BY_HAND:
        benchmark.pedantic(by_hand, inputs, rounds=rounds, warmup_rounds=1)
        return
    (engine,) = (one for one in ENGINES if one.name == name)
    answer = benchmark.pedantic(engine.gradients, (program, inputs), rounds=rounds, warmup_rounds=1)
    for expected, actual in zip(by_hand(*inputs), answer, strict=True):
        np.testing.assert_allclose(actual, expected, rtol=1e-9)


def _itself(constant: Any) -> Any:
    return constant


# A chain of small ops: what an engine costs beside the arithmetic.

SCALE, SHIFT = np.linspace(0.5, 1.0, 10), np.linspace(-0.1, 0.1, 10)
POINT = np.linspace(-1.0, 1.0, 10)


def chain(functions: Any, x: Any, *, links: int, as_constant: Callable[[Any], Any] = _itself) -> Any:
    """Five ops a link."""
    scale, shift = as_constant(SCALE), as_constant(SHIFT)
    for _ in range(links):
        x = functions.tanh(x * scale + shift) * scale - shift
    return x


def chain_by_hand(x: Any, *, links: int) -> Arrays:
    saved = []
    for _ in range(links):
        y = np.tanh(x * SCALE + SHIFT)
        saved.append(y)
        x = y * SCALE - SHIFT
    g = np.ones(10)
    for y in reversed(saved):
        g = g * SCALE * (1 - y * y) * SCALE
    return [g]


@pytest.mark.benchmark(group="chain of 1,000 ops on 10 elements")
@pytest.mark.parametrize("name", NAMES)
def test_chain(benchmark: Any, name: str) -> None:
    def program(functions: Any, x: Any, **how: Any) -> Any:
        return chain(functions, x, links=200, **how)

    compare(benchmark, name, 1_000, program, lambda x: chain_by_hand(x, links=200), [POINT], rounds=60)


@pytest.mark.benchmark(group="chain of 100,000 ops on 10 elements")
@pytest.mark.parametrize("name", NAMES)
def test_long_chain(benchmark: Any, name: str) -> None:
    def program(functions: Any, x: Any, **how: Any) -> Any:
        return chain(functions, x, links=20_000, **how)

    compare(benchmark, name, 100_000, program, lambda x: chain_by_hand(x, links=20_000), [POINT], rounds=3)


# A network: what an engine adds to large arrays.

RANDOM = np.random.default_rng(0)
IMAGES = RANDOM.normal(size=(100, 784))
LABELS = np.eye(10)[RANDOM.integers(0, 10, 100)]
WEIGHTS = [
    RANDOM.normal(size=(784, 100)) * 0.05,
    np.zeros(100),
    RANDOM.normal(size=(100, 10)) * 0.1,
    np.zeros(10),
]


def network(functions: Any, w1: Any, b1: Any, w2: Any, b2: Any, *, as_constant: Callable[[Any], Any] = _itself) -> Any:
    images, labels = as_constant(IMAGES), as_constant(LABELS)
    hidden = functions.relu(images @ w1 + b1)
    return -functions.sum(functions.log_softmax(hidden @ w2 + b2) * labels) / 100


def network_by_hand(w1: Any, b1: Any, w2: Any, b2: Any) -> Arrays:
    w1, b1, w2, b2 = (one.copy() for one in (w1, b1, w2, b2))  # as the engines' leaves do
    before = IMAGES @ w1 + b1
    hidden = np.maximum(before, 0)
    scores = hidden @ w2 + b2
    shifted = scores - np.max(scores, axis=-1, keepdims=True)
    logarithms = shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))
    _ = -np.sum(logarithms * LABELS) / 100
    g = LABELS * (-1 / 100)
    g = g - np.exp(logarithms) * np.sum(g, axis=-1, keepdims=True)
    g_before = (g @ w2.T) * (before > 0)
    return [IMAGES.T @ g_before, np.sum(g_before, axis=0), hidden.T @ g, np.sum(g, axis=0)]


@pytest.mark.benchmark(group="network 784-100-10, batch of 100")
@pytest.mark.parametrize("name", NAMES)
def test_network(benchmark: Any, name: str) -> None:
    compare(benchmark, name, 9, network, network_by_hand, WEIGHTS, rounds=200)


# Diamonds: 2^depth paths, which must cost depth, not 2^depth.


def diamond_by_hand(x: Any, *, depth: int) -> Arrays:
    for _ in range(depth):
        x = x * 0.5 + x * 0.5
    g = np.ones(10)
    for _ in range(depth):
        g = g * 0.5 + g * 0.5
    return [g]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "depth",
    [pytest.param(depth, marks=pytest.mark.benchmark(group=f"diamond of depth {depth}")) for depth in (200, 400)],
)
def test_diamond(benchmark: Any, name: str, depth: int) -> None:
    def program(functions: Any, x: Any, **how: Any) -> Any:
        for _ in range(depth):
            x = x * 0.5 + x * 0.5
        return x

    compare(benchmark, name, 3 * depth, program, lambda x: diamond_by_hand(x, depth=depth), [POINT], rounds=40)
