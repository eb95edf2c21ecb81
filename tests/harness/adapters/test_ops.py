"""Every op of every adapter: listed, and in the real framework equal to the reference engine."""

from collections.abc import Callable

import numpy as np
import pytest

from harness.adapters import ADAPTERS, Adapter
from harness.arrays import Array
from harness.environments import Environment
from harness.errors import Unsupported
from harness.ops import OPS
from harness.places import PLACES
from tests.harness.adapters.running import Outcome, run
from tests.harness.adapters.samples import SAMPLES, STEP_OPS, Sample

ROUNDING = 64 * float(np.finfo(np.float64).eps)
"""How far two correct implementations of a few chained operations may be apart, relative to the result."""

# Samples that a framework has no words for although it has the op, and samples that it gets wrong: (framework, sample).
UNSUPPORTED_SAMPLES = {
    ("chainer", "logsumexp((3, 2, 2), axis=(1, 2), keepdims=True)"),
    ("chainer", "var((2, 3), axis=1, correction=1.0)"),
    ("chainer", "var((2, 3), correction=0.5)"),
    ("chainer", "std((2, 3), axis=1, correction=1.0)"),
    ("chainer", "std((2, 3), correction=0.5)"),
    ("tensorflow", "var((2, 3), axis=1, correction=1.0)"),
    ("tensorflow", "var((2, 3), correction=0.5)"),
    ("tensorflow", "std((2, 3), axis=1, correction=1.0)"),
    ("tensorflow", "std((2, 3), correction=0.5)"),
    ("mygrad", "vector_norm((3, 2, 2), axis=(0, 2))"),
    ("mygrad", "vector_norm((3, 2, 2), axis=(1, 2), keepdims=True)"),
}
FAILING_SAMPLES = {
    # The derivative of F.arctan2 does not sum over broadcast axes: "has a bug. Please report this error".
    ("chainer", "atan2((2, 3), (2, 1))"),
    # F.det takes one matrix; a stack of them is what F.batch_det is for.
    ("chainer", "det((2, 2, 2))"),
    # `@` wants two dimensions or more: "In[0] and In[1] ndims must be == 2".
    ("tensorflow", "matmul((2, 3), (3,))"),
    ("tensorflow", "matmul((3,), (3,))"),
    # The derivatives of np.where and np.broadcast_to do not sum over axes that were put before an operand's own.
    ("autograd", "where((2, 3), (3,), (2, 1))"),
    ("autograd", "broadcast_to((3,), shape=(2, 3))"),
    ("autograd", "broadcast_to((), shape=(2,))"),
    # That of np.linalg.norm puts an axis back that keepdims had kept.
    ("autograd", "vector_norm((3, 2, 2), axis=-1, keepdims=True)"),
    ("autograd", "vector_norm((3, 2, 2), axis=(1, 2), keepdims=True)"),
    # Ops without a derivative refuse an operand that requires a gradient, and a cast makes a new leaf.
    *(("mygrad", f"{op}((3,))") for op in ("sign", "floor", "ceil", "trunc")),
    *(("mygrad", f"astype((3,), dtype={dtype})") for dtype in ("float32", "float64")),
}


@pytest.mark.parametrize("framework", ADAPTERS)
def test_every_op_is_either_in_the_table_or_listed_as_lacking(framework: str) -> None:
    adapter = ADAPTERS[framework]
    assert set(OPS) == set(adapter.ops) | set(adapter.lacks)
    assert set() == set(adapter.ops) & set(adapter.lacks)


@pytest.mark.parametrize("framework", ADAPTERS)
def test_an_op_that_is_lacking_raises_unsupported_with_the_reason(framework: str) -> None:
    adapter = ADAPTERS[framework]()
    reasons = {}
    for sample in SAMPLES:
        if sample.op in adapter.lacks:
            with pytest.raises(Unsupported) as raised:
                adapter.script(sample.program)
            reasons[sample.op] = str(raised.value)
    sampled = {sample.op for sample in SAMPLES}
    assert {op: reason for op, reason in adapter.lacks.items() if op in sampled} == reasons


def test_every_op_is_sampled_or_has_cases_of_its_own_in_the_catalogue() -> None:
    assert set(OPS) == {sample.op for sample in SAMPLES} | set(PLACES)


def test_samples_are_named_apart() -> None:
    assert len(SAMPLES) == len({str(sample) for sample in SAMPLES})


@pytest.mark.parametrize("framework", ADAPTERS)
def test_samples_of_the_ops_in_the_table_are_supported_except_those_listed(framework: str) -> None:
    adapter = ADAPTERS[framework]()
    unsupported = {str(sample) for sample in SAMPLES if sample.op in adapter.ops and not _is_supported(sample, adapter)}
    assert {sample for known, sample in UNSUPPORTED_SAMPLES if known == framework} == unsupported


@pytest.mark.frameworks
@pytest.mark.parametrize("framework", [framework for framework in ADAPTERS if framework != "reference"])
def test_values_and_gradients_agree_with_the_reference_engine(
    framework: str, framework_environment: Callable[[str], Environment]
) -> None:
    adapter = ADAPTERS[framework]()
    samples = [sample for sample in SAMPLES if _is_supported(sample, adapter)]
    programs = [sample.program for sample in samples]
    expected = run(framework_environment("reference"), ADAPTERS["reference"](), programs)
    actual = run(framework_environment(framework), adapter, programs)
    disagreeing = {
        str(sample)
        for sample, ours, theirs in zip(samples, expected, actual, strict=True)
        if not all(_agree(sample, ours[point], theirs[point]) for point in ours)
    }
    assert {sample for known, sample in FAILING_SAMPLES if known == framework} == disagreeing


def _is_supported(sample: Sample, adapter: Adapter) -> bool:
    try:
        adapter.script(sample.program)
    except Unsupported:
        return False
    return True


def _agree(sample: Sample, expected: Outcome, actual: Outcome) -> bool:
    """Same dtype, same shape, and the same numbers up to rounding."""
    assert isinstance(expected, Array), f"{sample}: the reference engine answers {expected}"
    if actual is None:
        return sample.op in STEP_OPS
    if not isinstance(actual, Array) or (expected.dtype, expected.shape) != (actual.dtype, actual.shape):
        return False
    return np.allclose(expected.numpy(), actual.numpy(), rtol=ROUNDING, atol=ROUNDING)
