"""The same model in four frameworks, by import path, and mistakes in one of them."""

from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from harness.arrays import Array
from harness.consistency import Consistency
from harness.consistency.asked import Asked
from harness.consistency.functions import ImportedFunction, language_of
from harness.consistency.inquiry import Inquiry
from harness.errors import UsageError
from harness.session import Session

pytestmark = pytest.mark.frameworks

FRAMEWORKS = ("torch", "tensorflow", "chainer", "jax")
DRAW = np.random.default_rng(0)
X, W = DRAW.normal(size=(4, 3)), DRAW.normal(size=(3, 3))
TIE = np.array([1.0, 1.0, 0.0])


@pytest.fixture(scope="module")
def models():
    """The folder of the models, as one from which they can be imported."""
    folder = Path(__file__).parent / "models"
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield folder


@pytest.fixture(scope="module")
def environments(framework_environment):
    return {name: framework_environment(name) for name in FRAMEWORKS}


@pytest.fixture(scope="module")
def check(environments, models):
    """`check("loss", torch="summed")`: functions of the models, by name; others of some frameworks."""
    with Consistency() as consistency:

        def assert_consistent(function, inputs=(X, W), among=FRAMEWORKS, reference=None, accept=(), **others):
            functions = {name: f"in_{name}:{others.get(name, function)}" for name in among}
            functions |= {"reference": reference} if reference else {}
            pythons = {name: str(environments[name].python) for name in among}
            consistency.assert_consistent(functions, inputs, accept=accept, environments=pythons)

        yield assert_consistent


def loss(g, x, w):
    return g.mean(g.tanh(x @ w) ** 2)


def largest(g, x):
    return g.max(x)


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
@pytest.mark.parametrize("function", ["loss", "deep", "outputs"])
def test_a_model_that_was_moved_rightly_is_consistent(check, function, dtype):
    check(function, [X.astype(dtype), W.astype(dtype)])


def test_so_is_one_in_bfloat16_where_there_is_such(environments, models):
    """NumPy has it by another package alone, so the arrays are made here."""
    ask = Asked((Array.of(X, "bfloat16"), Array.of(W, "bfloat16")), (None, None))
    with ExitStack() as stack:
        functions = []
        for name in ("torch", "tensorflow", "jax"):
            language = language_of(environments[name], str(models))
            session = stack.enter_context(Session(environments[name], language))
            functions.append(ImportedFunction(name, f"in_{name}:deep", environments[name], session))
        inquiry = Inquiry(functions, None, ask, ())
        assert {} == inquiry.differences
        assert {"bfloat16"} == {answer.observations["gradient 0"].dtype for answer in inquiry.answers.values()}


def test_inputs_go_by_keyword(check):
    check("loss", {"w": W, "x": X}, reference=loss)


@pytest.mark.parametrize("reference", [None, loss])
@pytest.mark.parametrize(
    ("mistake", "where"),
    [("summed", "the output"), ("transposed", "the output"), ("detached", "the gradient of inputs[0]")],
)
def test_a_mistake_in_one_is_found(check, mistake, where, reference):
    with pytest.raises(AssertionError) as raised:
        check("loss", reference=reference, torch=mistake)
    others = ["the reference"] * (reference is not None) + ["tensorflow", "chainer"]
    assert f"torch disagrees with {', '.join(others)} and jax on {where}." == str(raised.value).splitlines()[0]


def test_a_tie_is_named_as_the_convention_that_it_is(check):
    with pytest.raises(AssertionError) as raised:
        check("largest", [TIE], reference=largest)
    first, numbers, *rest = str(raised.value).splitlines()
    assert "chainer disagrees with the reference, torch, tensorflow and jax on the gradient of inputs[0]." == first
    assert "  chainer has 1.0 at [0], the reference has 0.5." == numbers
    assert any("max_ties = all" in line for line in rest)
    assert any("By mathematics chainer is wrong." in line for line in rest)


def test_a_convention_can_be_accepted(check):
    check("largest", [TIE], reference=largest, accept=["max_ties"])


def test_a_tie_is_seen_without_a_reference_too(check):
    with pytest.raises(AssertionError, match=r"there they agree. So this is a tie"):
        check("largest", [TIE])


def test_zeros_of_jax_for_an_unconnected_input_are_a_convention(check):
    with pytest.raises(AssertionError, match=r"jax disagrees.*\n.*\n.*unconnected_input = zeros"):
        check("unconnected")
    check("unconnected", accept=["unconnected_input"])


def test_an_exception_is_told(check):
    with pytest.raises(AssertionError, match=r"torch raised, and jax did not.\n  torch: ValueError: not so"):
        check("loss", among=("torch", "jax"), torch="refused")


def test_a_function_that_returns_no_array_is_refused(check):
    with pytest.raises(UsageError, match="the function of torch: it returned float, which is no array of torch"):
        check("loss", among=("torch", "jax"), torch="nothing")


def test_a_function_that_is_not_there_is_refused(check):
    with pytest.raises(UsageError, match="the function of torch: in_torch has no losses"):
        check("loss", among=("torch", "jax"), torch="losses")
