"""Functions with names of their own, in TensorFlow's words."""

from harness.adapters.base import Template

OPS: dict[str, Template] = {
    "erf": "tf.math.erf({0})",
    "erfc": "tf.math.erfc({0})",
    "erfinv": "tf.math.erfinv({0})",
    "erfcinv": "tf.math.erfcinv({0})",
    "ndtri": "tf.math.ndtri({0})",
    "lgamma": "tf.math.lgamma({0})",
    "digamma": "tf.math.digamma({0})",
    "polygamma": "tf.math.polygamma(tf.constant({n}.0, {0}.dtype), {0})",
    "i0": "tf.math.bessel_i0({0})",
    "i0e": "tf.math.bessel_i0e({0})",
    "i1": "tf.math.bessel_i1({0})",
    "i1e": "tf.math.bessel_i1e({0})",
    "xlogy": "tf.math.xlogy({0}, {1})",
    "xlog1py": "tf.math.xlog1py({0}, {1})",
    "sinc": "tf.experimental.numpy.sinc({0})",
}
LACKS = {
    "erfcx": "TensorFlow has no erfcx",
    "ndtr": "TensorFlow has no ndtr; TensorFlow Probability has one",
    "log_ndtr": "TensorFlow has no log_ndtr; TensorFlow Probability has one",
    "entr": "TensorFlow has no entr",
    "logit": "TensorFlow has no logit",
}
