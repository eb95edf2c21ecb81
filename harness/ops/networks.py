"""What layers of neural networks are made of."""

from harness.ops.op import Parameter, family

family(
    "activations",
    ("relu", "x", "max(x, 0)"),
    ("sigmoid", "x", "1 / (1 + exp(-x))"),
    ("softplus", "x", "log(1 + exp(x))"),
    ("softmax", "x", "exp(x) / sum(exp(x)) along an axis", {"axis": Parameter(int, -1)}),
    ("log_softmax", "x", "log(softmax(x)) along an axis", {"axis": Parameter(int, -1)}),
)
