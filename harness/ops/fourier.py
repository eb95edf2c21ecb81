"""Discrete Fourier transforms and the cosine transform."""

from typing import Literal

from harness.ops.op import Parameter, Shape, family

_NORM = Parameter(Literal["backward", "ortho", "forward"], "backward")
_ONE_AXIS = {"n": Parameter(int | None, None), "axis": Parameter(int, -1), "norm": _NORM}
_SEVERAL_AXES = {"s": Parameter(Shape | None, None), "axes": Parameter(Shape | None, None), "norm": _NORM}
_COSINE = {"axis": Parameter(int, -1), "norm": Parameter(Literal["backward", "ortho"], "backward")}
_AXES = {"axes": Parameter(Shape | None, None)}

family(
    "fourier",
    ("fft", "x", "the transform of complex numbers along an axis", _ONE_AXIS),
    ("ifft", "x", "the inverse of fft", _ONE_AXIS),
    ("rfft", "x", "the first half of fft of real numbers", _ONE_AXIS),
    ("irfft", "x", "the inverse of rfft: real numbers", _ONE_AXIS),
    ("hfft", "x", "fft of numbers whose second half are conjugates: real numbers", _ONE_AXIS),
    ("ihfft", "x", "the inverse of hfft, of real numbers", _ONE_AXIS),
    ("fftn", "x", "fft along several axes", _SEVERAL_AXES),
    ("ifftn", "x", "the inverse of fftn", _SEVERAL_AXES),
    ("rfftn", "x", "rfft along the last of several axes, fft along the others", _SEVERAL_AXES),
    ("irfftn", "x", "the inverse of rfftn: real numbers", _SEVERAL_AXES),
    ("fftshift", "x", "moved so that the frequency 0 is in the middle", _AXES),
    ("ifftshift", "x", "the inverse of fftshift", _AXES),
    ("dct", "x", "the cosine transform of type 2", _COSINE),
    ("idct", "x", "the inverse of dct", _COSINE),
)
