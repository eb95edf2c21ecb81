"""What layers of neural networks are made of."""

from harness.ops.op import Parameter, family

family(
    "activations",
    ("relu", "x", "max(x, 0)"),
    ("sigmoid", "x", "1 / (1 + exp(-x))"),
    ("softplus", "x", "log(1 + exp(x))"),
    ("softmax", "x", "exp(x) / sum(exp(x)) along an axis", {"axis": Parameter(int, -1)}),
    ("log_softmax", "x", "log(softmax(x)) along an axis", {"axis": Parameter(int, -1)}),
    ("softmin", "x", "softmax(-x) along an axis", {"axis": Parameter(int, -1)}),
    ("glu", "x", "the first half along an axis, times the sigmoid of the second", {"axis": Parameter(int, -1)}),
    ("leaky_relu", "x", "x, or for x <= 0 negative_slope * x", {"negative_slope": Parameter(float, 0.01)}),
    ("prelu", "x weight", "x, or for x <= 0 weight * x, with a weight for each channel of x (n, channels, ...)"),
    ("elu", "x", "x, or for x <= 0 alpha * (exp(x) - 1)", {"alpha": Parameter(float, 1.0)}),
    ("selu", "x", "1.0507 * elu(x) with alpha = 1.6733"),
    ("celu", "x", "x, or for x <= 0 alpha * (exp(x / alpha) - 1)", {"alpha": Parameter(float, 1.0)}),
    ("relu6", "x", "x limited to [0, 6]"),
    ("hard_tanh", "x", "x limited to [-1, 1]"),
    ("hard_sigmoid", "x", "(x + 3) / 6 limited to [0, 1]"),
    ("hard_swish", "x", "x * hard_sigmoid(x)"),
    ("softshrink", "x", "x moved towards 0 by lambd, and 0 on the way", {"lambd": Parameter(float, 0.5)}),
    ("hardshrink", "x", "x, or 0 from -lambd to lambd", {"lambd": Parameter(float, 0.5)}),
    ("threshold", "x", "x above the threshold, else value", {"threshold": Parameter(float), "value": Parameter(float)}),
    ("silu", "x", "x * sigmoid(x)"),
    ("mish", "x", "x * tanh(softplus(x))"),
    ("gelu", "x", "x * ndtr(x), with the normal distribution itself"),
    ("gelu_tanh", "x", "x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))) / 2"),
    ("softsign", "x", "x / (1 + abs(x))"),
    ("tanhshrink", "x", "x - tanh(x)"),
    ("log_sigmoid", "x", "log(sigmoid(x))"),
    ("squareplus", "x", "(x + sqrt(x * x + b)) / 2", {"b": Parameter(float, 4.0)}),
)
