"""The engine's own rules on bounds: right answers are inside, wrong ones outside."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import Variable
from reference_engine.enclosure import Enclosed, enclosed, enclosing, format_of
from reference_engine.enclosure.variants import VARIANTS
from tests.named import named
from tests.reference_engine.enclosure.inside import encloses
from tests.reference_engine.ops.by_op import by_op
from tests.reference_engine.ops.samples import HOLOMORPHIC, SAMPLES, WITHOUT_DERIVATIVE, Sample

REAL = [
    sample
    for sample in SAMPLES
    if not any(np.iscomplexobj(operand) for operand in sample.operands) and sample.op != "astype"
]
DIFFERENTIATED = sorted({sample.op for sample in REAL} - set(WITHOUT_DERIVATIVE))
FLAT = {"sign", "floor", "ceil", "round", "trunc", "floor_divide"}
"""Ops with a derivative of zero, of which no relative error changes anything."""
INSENSITIVE = {"softmax", "mish", "gelu", "tanhshrink"}
"""Ops whose usual formulas cancel, in every framework in another way: an error of 8 ulps may be within the bounds."""
FAR_APART = {
    # Functions that libraries approximate: the best of them are as many ulps off.
    "digamma", "erfcx", "i0", "i0e", "i1", "i1e", "lgamma", "log_ndtr", "polygamma",
    # Algorithms for matrices, whose errors grow with the condition number.
    "cholesky", "eigh_vectors", "eigvalsh", "expm", "inv", "logabsdet", "logdet", "pinv", "qr_q", "qr_r", "solve",
    "solve_triangular", "svd_u", "svd_vh", "svdvals",
}  # fmt: skip
"""Ops of which correct implementations are themselves about 8 ulps apart."""


def operands(sample: Sample, dtype: str, imaginary: float = 0.0) -> list[Any]:
    """The sample's arrays of floats in a dtype, and whatever else it has."""
    return [
        np.asarray(operand + imaginary * 1j if imaginary else operand, dtype) if _is_of_floats(operand) else operand
        for operand in sample.operands
    ]


def _is_of_floats(operand: Any) -> bool:
    return isinstance(operand, np.ndarray) and operand.dtype.kind == "f"


def gradients(sample: Sample, arrays: list[Any], seed: Any, *, bounded: bool) -> tuple[Any, list[Any]]:
    """The value, and the gradient of each array of floats; or bounds of them."""
    leaves = []
    for array in arrays:
        is_float = isinstance(array, np.ndarray) and array.dtype.kind in "fc"
        leaves.append(Variable(enclosed(array, array.dtype) if bounded else array) if is_float else array)
    output = getattr(engine, sample.op)(*leaves, **sample.parameters)
    if output.requires_grad:
        weights = seed(output)
        output.backward(enclosed(weights, weights.dtype) if bounded else weights)
    return output.value, [leaf.grad for leaf in leaves if isinstance(leaf, Variable)]


def uneven(output: Any) -> Any:
    """A seed that is different at every element, and exact in every format."""
    return (0.5 + 0.25 * np.arange(output.size).reshape(output.shape)).astype(output.dtype)


def first_alone(output: Any) -> Any:
    seed = np.zeros(output.shape, output.dtype)
    seed.flat[:1] = 1
    return seed


def assert_the_engines_own_numbers_are_inside(sample: Sample, arrays: list[Any]) -> None:
    value, found = gradients(sample, arrays, uneven, bounded=False)
    with enclosing():
        bounds, enclosures = gradients(sample, arrays, uneven, bounded=True)
    assert encloses(bounds, value)
    for enclosure, gradient in zip(enclosures, found, strict=True):
        assert (enclosure is None) == (gradient is None)
        assert gradient is None or encloses(enclosure, gradient)


@by_op(REAL)
def test_the_engines_own_numbers_are_inside(samples: list[Sample]) -> None:
    for sample in samples:
        for dtype in sample.dtypes:
            with named(f"{sample} in {dtype}"):
                assert_the_engines_own_numbers_are_inside(sample, operands(sample, dtype))


@by_op(one for one in REAL if one.op in HOLOMORPHIC)
def test_the_engines_own_complex_numbers_are_inside(samples: list[Sample]) -> None:
    for sample in samples:
        for dtype in ("complex64", "complex128"):
            with named(f"{sample} in {dtype}"):
                assert_the_engines_own_numbers_are_inside(sample, operands(sample, dtype, imaginary=0.25))


def _in_float64(array: Any) -> Any:
    return array.astype(np.float64) if _is_of_floats(array) else array


def planted(dtype: str, op: str) -> Iterator[bool]:
    """For each sample of an op and each sign, whether a relative error of 8 ulps in a derivative is outside."""
    error = 8 * np.longdouble(2) ** (1 - format_of(np.dtype(dtype)).precision)
    for sample in (one for one in REAL if one.op == op):
        arrays = operands(sample, dtype)
        for seed in (uneven, first_alone):
            truths = gradients(sample, [_in_float64(array) for array in arrays], seed, bounded=False)[1]
            with enclosing():
                enclosures = gradients(sample, arrays, seed, bounded=True)[1]
            for enclosure, truth in zip(enclosures, truths, strict=True):
                wrong = truth.astype(np.longdouble)
                yield all(not encloses(enclosure, wrong * (1 + sign * error)) for sign in (-1, 1))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_an_error_of_8_ulps_in_a_derivative_is_outside_for_19_ops_in_20(dtype: str) -> None:
    ops = [op for op in DIFFERENTIATED if op not in FLAT]
    missed = {op for op in ops if op not in FAR_APART and not any(planted(dtype, op))}
    assert missed <= INSENSITIVE
    assert len(missed) <= len(ops) / 20


@pytest.mark.parametrize(("op", "operand"), VARIANTS, ids=lambda name: str(name))
def test_every_other_formula_is_inside(op: str, operand: str) -> None:
    """Computed as it stands, in float32 by NumPy."""
    for sample in (one for one in REAL if one.op == op):
        arrays = operands(sample, "float32")
        plain = engine.ops.__dict__[op]
        with enclosing():
            _, enclosures = gradients(sample, arrays, uneven, bounded=True)
        position = plain.operands.index(operand)
        y = plain(*arrays, **sample.parameters)
        known = {"y": y, **dict(zip(plain.operands, arrays, strict=True)), **plain.defaults, **sample.parameters}
        for formula in VARIANTS[op, operand]:
            names = formula.__code__.co_varnames[1 : formula.__code__.co_argcount]
            computed = formula(uneven(y), *(known[name] for name in names)).astype(np.float32)
            if computed.shape == arrays[position].shape:
                assert encloses(enclosures[position], computed), formula.__doc__


def test_second_derivatives_have_bounds_too() -> None:
    x = np.array([0.3, -0.7], np.float32)
    leaf = Variable(x)
    (first,) = engine.grad(engine.sum(engine.tanh(leaf)), leaf, create_graph=True)
    engine.sum(first).backward()
    with enclosing():
        bounded = Variable(enclosed(x, x.dtype))
        (slope,) = engine.grad(engine.sum(engine.tanh(bounded)), bounded, create_graph=True)
        engine.sum(slope).backward()
    assert isinstance(bounded.grad, Enclosed)
    assert encloses(slope.value, first.value)
    assert encloses(bounded.grad, leaf.grad)


def test_the_bounds_of_second_derivatives_hold_what_another_formula_of_the_first_makes_of_them() -> None:
    """Near 0 the slope of sinc(x) is a difference of nearly equal numbers in every framework, by its usual formula."""
    x, one = np.array([1e-3]), np.array([1.0])
    usual = (np.cos(np.pi * x) - np.sinc(x)) / x
    with enclosing():
        bounded = Variable(enclosed(x, x.dtype))
        weight = Variable(enclosed(one, x.dtype))
        (slope,) = engine.grad([engine.sinc(bounded)], [bounded], [weight], create_graph=True)
        (by_weight,) = engine.grad([slope], [weight], [one])
    assert encloses(by_weight, usual)


@pytest.mark.parametrize("function", [engine.var, engine.std])
def test_no_degrees_of_freedom_have_bounds(function: Any) -> None:
    """0 / 0 in the engine, where Python's own numbers would raise."""
    one = np.array([2.0])
    x = Variable(enclosed(one, one.dtype))
    with np.errstate(all="ignore"), enclosing():
        function(x, correction=1.0).backward()
    assert encloses(x.grad, np.array([np.nan]))
