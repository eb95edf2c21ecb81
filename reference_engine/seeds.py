"""The cotangents that a reverse pass starts from."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from reference_engine.backward import Cotangents
from reference_engine.buffers import buffers_of
from reference_engine.dtypes import SCALARS
from reference_engine.errors import ComplexOutput, MissingCotangent, NothingRecorded, SeedMismatch, SeedRequired
from reference_engine.fit import fit
from reference_engine.foreign import as_array
from reference_engine.ops.casting import cast, conj
from reference_engine.semantics import Options, current
from reference_engine.variable import Value, Variable, value_of
from reference_engine.variants.unbroadcasting import gradient_dtype


def seeded(
    outputs: Sequence[Variable], seeds: Sequence[Any], *, functional: bool = False, create_graph: bool = False
) -> Cotangents:
    """The cotangents of `outputs`, where None among `seeds` stands for the seed that an output needs not be given.

    Empty if there is nothing to do. `functional` says that `grad` asks, not backward. Seeds that are Variables stay so
    with `create_graph`. Raises `NothingRecorded`, `SeedRequired`, `SeedMismatch` and `MissingCotangent`.
    """
    options = current()
    unseeded = options.unseeded_non_scalar
    if functional and options.unseeded_grad != "as_backward":
        unseeded = options.unseeded_grad
    copies = buffers_of(options, functional=functional) == "private"
    cotangents: Cotangents = {}
    for output, seed in zip(outputs, seeds, strict=True):
        if not output.requires_grad:
            if options.backward_without_graph == "raises":
                raise NothingRecorded(
                    "nothing that requires a gradient led to this variable: it is a constant, or was computed from "
                    "constants, by ops without a derivative, or while not recording"
                )
            continue
        if seed is None:
            cotangent = _implied(output, options, unseeded)
        else:
            cotangent = _given(output, seed, options, create_graph)
            if copies and not create_graph and options.seed_use != "kept_by_reference":
                cotangent = cotangent.copy()
        if cotangent is not None:
            with np.errstate(invalid="ignore"):  # what is no number has no integer
                cotangent = fit(cotangent, cotangent.shape, gradient_dtype(options, cotangent.dtype))
            if output in cotangents and options.repeated_output == "added":
                cotangent = cotangents[output] + cotangent
            cotangents[output] = cotangent
    return cotangents


def _given(output: Variable, seed: Any, options: Options, create_graph: bool) -> Any:
    """The seed in the output's dtype and the engine's convention."""
    if options.seed_use == "ignored":
        return np.ones_like(output.value)
    if np.shape(seed) != output.shape:
        seed = _in_shape(seed, output, options)
    dtype = getattr(seed, "dtype", output.dtype)
    if dtype != output.dtype and options.seed_dtype == "raises":
        raise SeedMismatch(f"the seed has dtype {dtype} and the output {output.dtype}")
    if options.seed_dtype == "casts":
        dtype = output.dtype
    cotangent = seed if isinstance(seed, Variable) and create_graph else as_array(value_of(seed))
    cotangent = fit(cotangent, cotangent.shape, dtype)
    if output.dtype.kind == "c" and options.complex_gradient == "conjugate":
        return conj(cotangent)
    return cotangent


def _in_shape(seed: Any, output: Variable, options: Options) -> Any:
    """A seed of another shape than the output's, as `seed_shape` has it."""
    message = f"the seed has shape {np.shape(seed)} and the output {output.shape}"
    if options.seed_shape == "raises":
        raise SeedMismatch(message)
    if options.seed_shape == "broadcasts":
        try:
            return np.broadcast_to(value_of(seed), output.shape).copy()
        except ValueError:
            raise SeedMismatch(message) from None
    return seed


def _implied(output: Variable, options: Options, unseeded: str) -> Value | None:
    """The seed of an output that was given none, by an option of `unseeded_non_scalar`; None if nothing is to do."""
    is_scalar = output.size == 1 if options.scalar_output == "one_element" else output.ndim == 0
    if output.dtype.kind == "c" and options.unseeded_complex == "raises":
        raise ComplexOutput("the output is complex: give a seed, or take its absolute value or real part first")
    if is_scalar or unseeded == "ones":
        return np.ones_like(output.value)
    if unseeded == "raises":
        raise SeedRequired(f"the output has shape {output.shape}: give a seed of that shape, or sum the output first")
    if unseeded == "passed_on_as_none" and not _hands_on_none(output):
        made_by = output.op.__name__ if output.op else "the output"
        raise MissingCotangent(f"{made_by} computes with its cotangent, and there is no seed")
    return None


def _hands_on_none(output: Variable) -> bool:
    """Whether the op that made `output` hands its cotangent on as it is, without looking at it."""
    if output.op is None:
        return True
    arrays = [operand for operand in output.operands if type(operand) not in SCALARS]
    if len(arrays) > 1 or np.shape(arrays[0]) != output.shape:  # it looks at the shape, to sum over what was broadcast
        return False
    if output.op is cast:  # it looks at the dtype, to cast back
        return False
    return all(
        rule.select is None and _is_identity(rule.function)
        for operand, rule in zip(output.operands, output.op.rules_under(current()), strict=False)
        if rule is not None and isinstance(operand, Variable)
    )


def _is_identity(function: Any) -> bool:
    try:
        return function(None) is None
    except TypeError:
        return False
