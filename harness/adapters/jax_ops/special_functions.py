"""Functions with names of their own, in JAX's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "erf": "jax.scipy.special.erf({0})",
    "erfc": "jax.scipy.special.erfc({0})",
    "erfcx": "jax.scipy.special.erfcx({0})",
    "erfinv": "jax.scipy.special.erfinv({0})",
    "ndtr": "jax.scipy.special.ndtr({0})",
    "log_ndtr": "jax.scipy.special.log_ndtr({0})",
    "ndtri": "jax.scipy.special.ndtri({0})",
    "lgamma": "jax.scipy.special.gammaln({0})",
    "digamma": "jax.scipy.special.digamma({0})",
    "polygamma": "jax.scipy.special.polygamma({n}, {0})",
    "i0": "jax.scipy.special.i0({0})",
    "i0e": "jax.scipy.special.i0e({0})",
    "i1": "jax.scipy.special.i1({0})",
    "i1e": "jax.scipy.special.i1e({0})",
    "xlogy": "jax.scipy.special.xlogy({0}, {1})",
    "xlog1py": "jax.scipy.special.xlog1py({0}, {1})",
    "entr": "jax.scipy.special.entr({0})",
    "logit": "jax.scipy.special.logit({0})",
}
LACKS = {
    "erfcinv": "JAX has no erfcinv",
}
