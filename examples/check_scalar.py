"""What crossgrad has to know of scalar_engine.py: `crossgrad check examples/check_scalar.py`."""

from scalar_engine import Value

title = "scalar_engine"
variable = "Value({number})"
value = "{x}.data"
backward = "{y}.backward()"
gradient = "{x}.grad"
clear = "{x}.grad = 0.0"
retain = "pass"
ops = {
    "add": "{0} + {1}",
    "subtract": "{0} - {1}",
    "multiply": "{0} * {1}",
    "divide": "{0} / {1}",
    "negative": "-{0}",
    "pow": "{0} ** {1}",
    "exp": "{0}.exp()",
    "relu": "{0}.relu()",
}
