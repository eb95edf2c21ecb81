"""The parts of complex numbers, of which a real one has its own value, itself and 0."""

from flint import acb

from reference_engine.oracle.balls import Ball
from reference_engine.oracle.forward.table import elementwise


@elementwise("conj")
def conj(x: Ball) -> Ball:
    return x.conjugate() if isinstance(x, acb) else x


@elementwise("real")
def real(x: Ball) -> Ball:
    return x.real


@elementwise("imag")
def imag(x: Ball) -> Ball:
    return x.imag
