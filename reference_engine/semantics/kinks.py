"""Dimensions of kinks and jumps: a derivative from the left, another from the right, and which one stands between."""

from reference_engine.semantics.dimension import Dimension, Option, dimension


def _step_gradient(
    name: str, title: str, consulted_by: str, *references: str, others: tuple[Option, ...] = ()
) -> Dimension:
    """Of ops that are constant between their jumps; `others` are options that some of them have alone."""
    return dimension(
        name,
        title,
        Option(
            "zero",
            "Zero, as for any function that is constant between its jumps; the result belongs to the graph.",
            formula="gx = zeros_like(x)",
            advice="Expect zeros where there was None: what is trained only through such an op then stands still "
            "without a word.",
        ),
        Option(
            "none",
            "None: the result is a constant to differentiation.",
            formula="y = constant(f(x))",
            advice="Expect None, or what the framework gives for an input without a path, where zeros were before.",
        ),
        Option(
            "unconnected",
            "None: the result belongs to the graph, and nothing comes through it.",
            formula="gx = None",
            advice="Do not take the result for a constant: it has a gradient of its own, and a second pass may find "
            "the graph given up.",
        ),
        Option(
            "raises",
            "There is none: the op refuses an operand that requires a gradient and raises NoDerivative.",
            formula="raise NoDerivative  # when the op is called",
            advice="Hand such an op a constant, as in `floor(stop_gradient(x))`.",
        ),
        *others,
        reason="zero is the derivative wherever there is one",
        consulted_by=consulted_by,
        references=references,
    )


def _slope_at_zero(
    name: str, title: str, left: str, right: str, reason: str, consulted_by: str, *references: str
) -> Dimension:
    """Of activation functions with another slope on either side of 0; `left` and `right` are formulas."""
    return dimension(
        name,
        title,
        Option(
            "left",
            "The left one, as for negative numbers.",
            formula=f"gx = where(x > 0, {right}, {left})",
            advice="Units that are exactly 0, as after an initialization with zeros, now move as negative ones do.",
        ),
        Option(
            "right",
            "The right one, as for positive numbers.",
            formula=f"gx = where(x >= 0, {right}, {left})",
            advice="Units that are exactly 0, as after an initialization with zeros, now move as positive ones do.",
        ),
        reason=reason,
        consulted_by=consulted_by,
        references=references,
    )


DIMENSIONS = (
    dimension(
        "abs_at_zero",
        "What is the derivative of the absolute value at 0?",
        Option(
            "middle",
            "Zero, in the middle between -1 and 1.",
            formula="gx = g * sign(x)",
            advice="A value that is exactly 0 no longer moves; start a little beside 0 if it has to.",
        ),
        Option(
            "right",
            "1, the derivative from the right.",
            formula="gx = where(x >= 0, g, -g)",
            advice="A value that is exactly 0 now moves down; write `x * sign(x)` if zeros are meant to stay.",
        ),
        Option(
            "left",
            "-1, the derivative from the left.",
            formula="gx = where(x > 0, g, -g)",
            advice="A value that is exactly 0 now moves up; write `x * sign(x)` if zeros are meant to stay.",
        ),
        Option(
            "nan",
            "NaN, which is what x / abs(x) gives.",
            formula="gx = g * x / abs(x)",
            advice="Keep zeros away from abs: one of them makes all parameters NaN in the next step.",
        ),
        reason="0 is the subgradient of least norm, so that a penalty on abs(x) lets zeros stay",
        consulted_by="abs, copysign, l1_loss, smooth_l1_loss",
        references=(
            "https://docs.pytorch.org/docs/stable/notes/autograd.html#gradients-for-non-differentiable-functions",
            "jax-ml/jax#37820",
        ),
    ),
    dimension(
        "abs_at_nan",
        "What is the derivative of the absolute value at NaN?",
        Option(
            "nan",
            "NaN, the sign of NaN.",
            formula="gx = g * sign(x)",
            advice="NaN in the value now shows in the gradient, too.",
        ),
        Option(
            "zero",
            "Zero, for the sign is told by comparisons, and none holds.",
            formula="gx = g * ((x > 0) - (x < 0))",
            advice="A NaN now stops the gradient without a trace: look for NaN in the value.",
        ),
        Option(
            "left",
            "-1, as for negative numbers, for NaN is not at or above 0.",
            formula="gx = where(x >= 0, g, -g)",
            advice="A NaN now hides behind a gradient that looks like any other: look for NaN in the value.",
        ),
        reason="what is no number has no slope, and nothing should pass for one",
        consulted_by="abs, copysign",
        references=(
            "https://docs.pytorch.org/docs/stable/generated/torch.sgn.html",
            "https://github.com/jax-ml/jax/blob/main/jax/_src/lax/lax.py",
        ),
    ),
    dimension(
        "relu_at_zero",
        "What is the derivative of relu at 0?",
        Option(
            "zero",
            "Zero, the derivative from the left.",
            formula="gx = where(x > 0, g, 0)",
            advice="Units that are exactly 0, as after an initialization with zeros, get no gradient.",
        ),
        Option(
            "one",
            "1, the derivative from the right.",
            formula="gx = where(x >= 0, g, 0)",
            advice="Units that are exactly 0 now get the whole gradient.",
        ),
        Option(
            "half",
            "1/2, in the middle, which is what `maximum(x, 0)` gives where ties are split.",
            formula="gx = where(x == 0, g / 2, where(x > 0, g, 0))",
            advice="Units that are exactly 0 now get half the gradient.",
        ),
        reason="every framework's relu has it, and the output alone tells it",
        consulted_by="relu",
        references=("https://arxiv.org/abs/2106.12915",),
    ),
    dimension(
        "relu_at_nan",
        "What is the derivative of relu at NaN?",
        Option(
            "zero",
            "Zero, for NaN is not above 0.",
            formula="gx = where(y > 0, g, 0)",
            advice="A NaN now stops the gradient without a trace: look for NaN in the value.",
        ),
        Option(
            "one",
            "1, for NaN is not at or below 0.",
            formula="gx = where(y <= 0, 0, g)",
            advice="A NaN now hides behind a gradient that looks like any other: look for NaN in the value.",
        ),
        reason="every framework but one has it",
        consulted_by="relu",
        references=("apache/mxnet#14262",),
    ),
    _slope_at_zero(
        "leaky_relu_at_zero",
        "Which slope has leaky_relu at 0?",
        "g * negative_slope",
        "g",
        "nearly every framework has it, and with a slope of 0 it is that of relu",
        "leaky_relu",
        "https://docs.pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html",
        "https://docs.jax.dev/en/latest/_autosummary/jax.nn.leaky_relu.html",
    ),
    _slope_at_zero(
        "prelu_at_zero",
        "Which slope has prelu at 0?",
        "g * weight",
        "g",
        "with a weight of 0 it is that of relu",
        "prelu",
        "https://docs.pytorch.org/docs/stable/generated/torch.nn.PReLU.html",
        "https://github.com/chainer/chainer/blob/v7.8.1/chainer/functions/activation/prelu.py",
    ),
    _slope_at_zero(
        "elu_at_zero",
        "Which slope has elu at 0, where alpha is not 1?",
        "g * alpha * exp(x)",
        "g",
        "nearly every framework has it, as the paper's formula puts 0 among the negative numbers",
        "elu",
        "https://arxiv.org/abs/1511.07289",
        "https://github.com/rsokl/MyGrad/blob/v2.5.0/src/mygrad/nnet/activations/elu.py",
    ),
    _slope_at_zero(
        "selu_at_zero",
        "Which slope has selu at 0?",
        "g * scale * alpha * exp(x)",
        "g * scale",
        "nearly every framework has it, as the paper's formula puts 0 among the negative numbers",
        "selu",
        "https://arxiv.org/abs/1706.02515",
        "https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/core/kernels/relu_op_functor.h",
    ),
    dimension(
        "hard_tanh_at_bounds",
        "Does the gradient pass through hard_tanh at -1 and 1?",
        Option(
            "passes",
            "It passes whole at both, as inside.",
            formula="gx = where((x >= -1) & (x <= 1), g, 0)",
            advice="A unit exactly at a bound can move again.",
        ),
        Option(
            "blocked",
            "It is blocked at both, as outside.",
            formula="gx = where((x > -1) & (x < 1), g, 0)",
            advice="A unit exactly at a bound is stuck there.",
        ),
        reason="it is clip to [-1, 1], through which the gradient passes",
        consulted_by="hard_tanh",
        references=(
            "https://docs.pytorch.org/docs/stable/generated/torch.nn.Hardtanh.html",
            "https://docs.jax.dev/en/latest/_autosummary/jax.nn.hard_tanh.html",
        ),
    ),
    dimension(
        "clip_at_bounds",
        "Does the gradient pass through clip at its bounds?",
        Option(
            "passes",
            "It passes whole at both, as inside.",
            formula="gx = where((x >= min) & (x <= max), g, 0)",
            advice="A value that an earlier clip left exactly at a bound can move again.",
        ),
        Option(
            "blocked",
            "It is blocked at both, as outside.",
            formula="gx = where((x > min) & (x < max), g, 0)",
            advice="A value exactly at a bound is stuck there: clip to a slightly smaller range what must move again.",
        ),
        Option(
            "half",
            "Half of it passes at either, for clip is a minimum of a maximum, and these split ties.",
            formula="clip(x) = minimum(maximum(x, min), max)",
            advice="A value exactly at a bound moves half as fast as one inside.",
        ),
        Option(
            "lower",
            "It passes at the lower bound only.",
            formula="gx = where((x >= min) & (x < max), g, 0)",
            advice="A value exactly at the upper bound is stuck there.",
        ),
        Option(
            "upper",
            "It passes at the upper bound only.",
            formula="gx = where((x > min) & (x <= max), g, 0)",
            advice="A value exactly at the lower bound is stuck there.",
        ),
        reason="what lies at a bound is still inside the closed range, and a step inwards is not lost",
        consulted_by="clip",
        references=(
            "pytorch/pytorch#7049",
            "jax-ml/jax#37821",
        ),
    ),
    dimension(
        "clip_with_equal_bounds",
        "Does a gradient pass through clip where its two bounds are equal, and so is x?",
        Option(
            "constant",
            "None does: the result is that number whatever x is, so the derivative is 0.",
            formula="gx = where((x >= min) & (x <= max) & (min < max), g, 0)",
            advice="Nothing to do: this is the derivative.",
        ),
        Option(
            "as_at_bounds",
            "What passes at each of the bounds when they are apart, by `clip_at_bounds`; no subgradient, unless 0.",
            formula="gx = where((x >= min) & (x <= max), g, 0)",
            advice="Where bounds are computed and may meet, write `where(max > min, clip(x, min, max), min)`.",
        ),
        reason="a constant has the derivative 0",
        consulted_by="clip",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.clamp.html",),
    ),
    dimension(
        "sign_at_zero",
        "What is the derivative of sign at 0, where it jumps?",
        Option(
            "zero",
            "Zero, as everywhere else.",
            formula="gx = zeros_like(x)",
            advice="A jump goes unnoticed.",
        ),
        Option(
            "nan",
            "NaN, for a jump has no derivative.",
            formula="gx = where(x == 0, nan, 0)",
            advice="Keep zeros away from sign, or put `stop_gradient` around it.",
        ),
        reason="a gradient of zero everywhere is easier to live with than NaN at one point",
        consulted_by="sign",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.sign.html",),
    ),
    _step_gradient(
        "sign_gradient",
        "What is the gradient of sign?",
        "sign",
        "https://docs.pytorch.org/docs/stable/generated/torch.sign.html",
        "https://github.com/chainer/chainer/blob/v7.8.1/chainer/functions/math/sign.py",
    ),
    _step_gradient(
        "rounding_gradient",
        "What is the gradient of ops that round?",
        "floor, ceil, round, trunc",
        "https://docs.pytorch.org/docs/stable/generated/torch.round.html",
        "https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/ops/math_grad.py",
        "https://github.com/chainer/chainer/blob/v7.8.1/chainer/functions/math/floor.py",
    ),
    _step_gradient(
        "floor_divide_gradient",
        "What is the gradient of floor_divide?",
        "floor_divide",
        "https://docs.pytorch.org/docs/stable/generated/torch.floor_divide.html",
        "https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/ops/math_grad.py",
        others=(
            Option(
                "raises_in_backward",
                "There is none: the result belongs to the graph, and a backward pass that comes to it raises "
                "NoDerivative.",
                formula="raise NoDerivative  # in the backward pass",
                advice="Hand it constants, as in `floor_divide(stop_gradient(x1), stop_gradient(x2))`; in PyTorch "
                '`torch.div(x1, x2, rounding_mode="floor")` is the same number with a gradient of zero.',
            ),
        ),
    ),
    dimension(
        "integer_cast",
        "What is the gradient of a cast to integers?",
        Option(
            "constant",
            "None: the result is a constant to differentiation.",
            formula="y = constant(x.astype(int))",
            advice="Write `x + stop_gradient(round(x) - x)` if the gradient is to pass as if nothing had been rounded.",
        ),
        Option(
            "zero",
            "Zero: the integers belong to the graph.",
            formula="gx = zeros_like(x)",
            advice="Expect zeros where there was None.",
        ),
        Option(
            "passes",
            "It passes as if nothing had been rounded, for the cast back is all that the rule does.",
            formula="gx = g.astype(x.dtype)",
            advice="Put `stop_gradient` around the integers: they carry a gradient that belongs to no function.",
        ),
        Option(
            "raises",
            "There is none: the cast refuses what requires a gradient and raises NoDerivative.",
            formula="raise NoDerivative  # when the cast is called",
            advice="Cast a constant, as in `stop_gradient(x).astype(int)`.",
        ),
        reason="integers cannot move a little, and nearly always they are used as indices",
        consulted_by="astype",
        references=(
            "https://www.tensorflow.org/guide/autodiff#3_took_gradients_through_an_integer_or_string",
            "https://github.com/HIPS/autograd/blob/master/autograd/numpy/numpy_vjps.py",
        ),
    ),
    dimension(
        "logaddexp_of_equals",
        "What is the derivative of logaddexp where its operands are equal?",
        Option(
            "half",
            "1/2 for either, which is right: the function is smooth.",
            formula="gx1 = g * exp(x1 - y)",
            advice="Nothing to do: this is the derivative.",
        ),
        Option(
            "first",
            "1 for the first and 0 for the second: what comes out of maximum(x1, x2) + log1p(exp(-abs(x1 - x2))), term "
            "by term, where ties go to the first. It is no derivative.",
            formula="y = maximum(x1, x2) + log1p(exp(-abs(x1 - x2)))",
            advice="Write `reduce_logsumexp(stack([x1, x2]))` instead, which is right at equal operands too.",
        ),
        reason="the function is smooth and has one derivative",
        consulted_by="logaddexp, logaddexp2",
        references=("tensorflow/tensorflow#127741",),
    ),
)
