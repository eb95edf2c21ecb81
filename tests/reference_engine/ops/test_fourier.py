"""What the transforms are to each other, and which parts of complex numbers they ignore."""

from typing import Any

import numpy as np
import pytest

import reference_engine as engine
from reference_engine import Variable, grad

REAL = np.array([0.5, -1.25, 2.0, 1.75, -0.25])
COMPLEX = REAL[:3] + 1j * np.array([1.0, -0.5, 2.5])
MATRIX = np.arange(6.0).reshape(2, 3) + 1j * np.eye(2, 3)


@pytest.mark.parametrize("norm", ["backward", "ortho", "forward"])
@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_the_inverse_gives_the_elements_back(size: int, norm: Any) -> None:
    x = REAL[:size]
    np.testing.assert_allclose(engine.ifft(engine.fft(x, norm=norm), norm=norm), x, atol=1e-15)
    np.testing.assert_allclose(engine.irfft(engine.rfft(x, norm=norm), n=size, norm=norm), x, atol=1e-15)
    if norm != "forward":
        np.testing.assert_allclose(engine.idct(engine.dct(x, norm=norm), norm=norm), x, atol=1e-15)
    np.testing.assert_allclose(engine.hfft(engine.ihfft(x, norm=norm), n=size, norm=norm), x, atol=1e-15)


@pytest.mark.parametrize("name", ["fft", "ifft", "rfft", "irfft", "hfft", "ihfft"])
@pytest.mark.parametrize("n", [1, 2, 3, 4, 7])
def test_a_transform_along_one_axis_is_numpys(name: str, n: int) -> None:
    x = MATRIX.real if name in ("rfft", "ihfft") else MATRIX
    expected = getattr(np.fft, name)(x, n, 0, "ortho")
    np.testing.assert_allclose(getattr(engine, name)(x, n=n, axis=0, norm="ortho"), expected, atol=1e-15)


@pytest.mark.parametrize("name", ["fftn", "ifftn", "rfftn", "irfftn"])
@pytest.mark.parametrize("parameters", [{}, {"axes": (1, 0)}, {"s": (3, 2), "axes": (0, 1), "norm": "forward"}])
def test_a_transform_along_several_axes_is_numpys(name: str, parameters: dict[str, Any]) -> None:
    x = MATRIX.real if name == "rfftn" else MATRIX
    expected = getattr(np.fft, name)(x, **parameters)
    np.testing.assert_allclose(getattr(engine, name)(x, **parameters), expected, atol=1e-14)


@pytest.mark.parametrize("name", ["fftshift", "ifftshift"])
@pytest.mark.parametrize("axes", [None, (0,), (-1,)])
def test_shifts_are_numpys(name: str, axes: tuple[int, ...] | None) -> None:
    assert getattr(np.fft, name)(MATRIX, axes).tolist() == getattr(engine, name)(MATRIX, axes=axes).tolist()


def test_the_gradient_of_real_numbers_is_real() -> None:
    x = Variable(REAL)
    (gradient,) = grad(engine.fft(x), [x], [np.exp(1j * np.arange(5))])
    assert np.float64 == gradient.dtype


@pytest.mark.parametrize(("n", "ignored"), [(4, [0, 2]), (5, [0]), (2, [0, 1, 2]), (1, [0, 1, 2])])
def test_imaginary_parts_that_no_real_numbers_have_have_no_gradient(n: int, ignored: list[int]) -> None:
    x = Variable(COMPLEX)
    (gradient,) = grad(engine.irfft(x, n=n), [x], [np.arange(1.0, n + 1) ** 2])
    assert ignored == np.flatnonzero(gradient.imag == 0).tolist()


def test_lengths_are_kept_by_the_norm_that_is_orthogonal() -> None:
    """So the gradient of the squared length of a transform is twice the elements, by whichever."""
    for transform in (engine.fft, engine.ifft):
        x = Variable(COMPLEX)
        (gradient,) = grad(engine.sum(engine.abs(transform(x, norm="ortho")) ** 2), [x])
        np.testing.assert_allclose(gradient, 2 * COMPLEX, rtol=1e-14)


@pytest.mark.parametrize("size", [1, 2, 3, 8])
def test_the_matrix_of_the_cosine_transform_is_orthogonal(size: int) -> None:
    matrix = engine.dct(np.eye(size), norm="ortho")
    np.testing.assert_allclose(matrix @ matrix.T, np.eye(size), atol=1e-15)


def test_a_cosine_transform_is_the_fourier_transform_of_the_elements_and_their_mirror_image() -> None:
    mirrored = np.concatenate([REAL, REAL[::-1]])
    turned = np.exp(-0.5j * np.pi * np.arange(5) / 5) * np.fft.fft(mirrored)[:5]
    np.testing.assert_allclose(engine.dct(REAL), turned.real, rtol=1e-14, atol=1e-15)
