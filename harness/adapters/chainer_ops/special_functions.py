"""Functions with names of their own, in Chainer's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "erf": "F.erf({0})",
    "erfc": "F.erfc({0})",
    "erfcx": "F.erfcx({0})",
    "erfinv": "F.erfinv({0})",
    "erfcinv": "F.erfcinv({0})",
    "ndtr": "F.ndtr({0})",
    "log_ndtr": "F.log_ndtr({0})",
    "ndtri": "F.ndtri({0})",
    "lgamma": "F.lgamma({0})",
    "digamma": "F.digamma({0})",
    "polygamma": "F.polygamma(np.array({n}), {0})",
}
LACKS = {
    "i0": "Chainer has no Bessel functions",
    "i0e": "Chainer has no Bessel functions",
    "i1": "Chainer has no Bessel functions",
    "i1e": "Chainer has no Bessel functions",
    "xlogy": "Chainer has no xlogy",
    "xlog1py": "Chainer has no xlog1py",
    "entr": "Chainer has no entr",
    "logit": "Chainer has no logit",
    "sinc": "Chainer has no sinc",
}
