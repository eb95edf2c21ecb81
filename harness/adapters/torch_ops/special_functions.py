"""Functions with names of their own, in PyTorch's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "erf": "torch.special.erf({0})",
    "erfc": "torch.special.erfc({0})",
    "erfcx": "torch.special.erfcx({0})",
    "erfinv": "torch.special.erfinv({0})",
    "ndtr": "torch.special.ndtr({0})",
    "log_ndtr": "torch.special.log_ndtr({0})",
    "ndtri": "torch.special.ndtri({0})",
    "lgamma": "torch.lgamma({0})",
    "digamma": "torch.special.digamma({0})",
    "polygamma": "torch.special.polygamma({n}, {0})",
    "i0": "torch.special.i0({0})",
    "i0e": "torch.special.i0e({0})",
    "i1": "torch.special.i1({0})",
    "i1e": "torch.special.i1e({0})",
    "xlogy": "torch.special.xlogy({0}, {1})",
    "xlog1py": "torch.special.xlog1py({0}, {1})",
    "entr": "torch.special.entr({0})",
    "logit": "torch.special.logit({0})",
    "sinc": "torch.special.sinc({0})",
}
LACKS = {
    "erfcinv": "PyTorch has no erfcinv",
}
