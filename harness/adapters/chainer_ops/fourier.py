"""Fourier transforms, which Chainer has not: F.fft and F.ifft take and give pairs of real arrays."""

_OPS = (
    "fft", "ifft", "rfft", "irfft", "hfft", "ihfft", "fftn", "ifftn", "rfftn", "irfftn", "fftshift", "ifftshift", "dct",
    "idct",
)  # fmt: skip

LACKS: dict[str, str] = {
    **dict.fromkeys(_OPS, "Chainer has no transforms but F.fft and F.ifft, of pairs of real arrays"),
}
