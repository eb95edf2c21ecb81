"""What becomes of a rule's result before it is added to an operand's cotangent."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from reference_engine.buffers import buffers_of, is_copied
from reference_engine.errors import MixedDtypes
from reference_engine.fit import fit
from reference_engine.foreign import as_array
from reference_engine.saved_values import saved_positions
from reference_engine.semantics import Options, default
from reference_engine.variable import Variable
from reference_engine.variants.single_inputs import promoted
from reference_engine.variants.unbroadcasting import fit_under


@dataclass(frozen=True, slots=True)
class Settling:
    """What the semantics and the kind of pass say about contributions."""

    buffers: str
    """An option of `gradient_buffers`."""
    is_unchecked: bool
    """Whether a seed, and so a cotangent, may have another shape or dtype than its variable."""
    is_recorded: bool
    """Whether contributions are Variables, which nobody writes into."""
    options: Options
    is_default: bool
    """Whether they are the default ones, which ask nothing more."""

    @classmethod
    def of(cls, options: Options, *, functional: bool, create_graph: bool) -> Self:
        """For a pass of `grad`, the functional form, or of backward."""
        return cls(
            buffers_of(options, functional=functional),
            "unchecked" in (options.seed_shape, options.seed_dtype),
            create_graph,
            options,
            options is default(),
        )

    def settle(self, contribution: Any, cotangent: Any, node: Variable, operand: Variable) -> Any:
        """A contribution in the shape and dtype of `operand`, copied if the cotangent's memory must not be shared.

        A seed that nobody checked is handed on as it is.
        """
        if not self.is_recorded and type(contribution) is not np.ndarray:
            contribution = as_array(contribution)  # NumPy gives scalars for arrays without axes
        if self.is_default:
            contribution = fit(contribution, operand.value.shape, operand.value.dtype)
        elif self._is_fitted(cotangent, node):
            dtype = operand.value.dtype
            if self.options.gradient_dtype == "promoted_if_alone":
                dtype = promoted(contribution, node, operand)
            contribution = fit_under(self.options, contribution, operand.value.shape, dtype)
        if not self.is_recorded and is_copied(contribution, cotangent, self.buffers):
            contribution = contribution.copy()
        return contribution

    def _is_fitted(self, cotangent: Any, node: Variable) -> bool:
        """Whether what `node` hands on is fitted: a cotangent that nobody checked may not be."""
        if cotangent.shape == node.shape:
            return not self.is_unchecked or cotangent.dtype == node.dtype
        if self.options.seed_shape == "summed_by_ops":
            return node.op is not None and len(node.op.promoted) > 1
        return not self.is_unchecked


def check_combines(cotangent: Any, node: Variable) -> None:
    """Raise `MixedDtypes` if the rules of `node` combine saved values with a cotangent of another dtype."""
    if cotangent.dtype != node.dtype and saved_positions(node):
        raise MixedDtypes(
            f"the derivative of {node.op!r} combines values of {node.dtype} with a cotangent of {cotangent.dtype}"
        )
