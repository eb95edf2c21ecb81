"""What becomes of a cotangent of 0 that meets an infinite slope: 0 times infinity."""

from reference_engine.op import Array
from reference_engine.ops.selection import where
from reference_engine.semantics import current
from reference_engine.variable import value_of


def masked(g: Array, cotangent: Array) -> Array:
    """`cotangent`, what an elementwise rule makes of `g`; 0 where `g` is 0, if `masked_infinity` says so."""
    return _masked(g, cotangent) if current().masked_infinity == "masked" else cotangent


def masked_in_roots(g: Array, cotangent: Array) -> Array:
    """The same for roots, what is made of them, and reciprocals: an option of `masked_infinity` masks only those."""
    return _masked(g, cotangent) if current().masked_infinity != "spreads" else cotangent


def _masked(g: Array, cotangent: Array) -> Array:
    return where(value_of(g) == 0, 0, cotangent)
