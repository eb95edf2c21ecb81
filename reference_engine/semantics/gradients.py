"""Dimensions of what lands in `.grad`: when, added to what, in whose memory."""

from reference_engine.semantics.dimension import Option, dimension, fault

DIMENSIONS = (
    dimension(
        "accumulation",
        "What does a second backward pass do to a gradient that is already there?",
        Option(
            "adds",
            "The new gradient is added to the one that is there, until it is cleared.",
            formula="x.grad = g if x.grad is None else x.grad + g",
            advice="Clear the gradients before each backward pass (`optimizer.zero_grad()` in PyTorch, "
            "`model.cleargrads()` in Chainer), or they add up from step to step.",
        ),
        Option(
            "overwrites",
            "The new gradient replaces the one that is there; one that is not reached stays.",
            formula="x.grad = g",
            advice="Add the losses and go backward once where their gradients are to add up. Clear the gradients of "
            "variables that the next pass may not reach.",
        ),
        Option(
            "stateless",
            "The gradient is the answer of one call; what the last call did not reach has none.",
            formula="g = gradient(y, x)  # nothing is stored",
            advice="Use what the call returns, and add up the gradients of several losses yourself. There is nothing "
            "to clear.",
        ),
        reason="engines with a `.grad` attribute add, so that gradients of several losses can be collected",
        consulted_by="backward, .grad",
        references=(
            "https://docs.pytorch.org/docs/stable/generated/torch.Tensor.backward.html",
            "https://www.tensorflow.org/api_docs/python/tf/GradientTape",
        ),
    ),
    dimension(
        "accumulation_write",
        "How is a further contribution added to a gradient, or to a cotangent on its way?",
        Option(
            "rebinds",
            "The sum is a new array, so no other holder of the old one sees it.",
            formula="x.grad = x.grad + g",
            advice="Read `x.grad` again after each pass: what was read before stays the gradient of before.",
        ),
        Option(
            "in_place",
            "The sum is written into the array that `x.grad` is, so whoever holds it sees the sum; contributions of "
            "one pass are added up elsewhere before.",
            formula="x.grad += g",
            advice="Copy a gradient that must outlive the next backward pass (`x.grad.clone()` in PyTorch).",
        ),
        fault(
            "in_place_borrowed",
            does="adds in place into a borrowed buffer (`x.grad += gx` where `x.grad` is `gx`), "
            "so every gradient that shares the buffer changes too",
            formula="x.grad = gx  # the first time, by reference\nx.grad += gx  # afterwards",
            instead="`x.grad = x.grad + gx`, or copy the first contribution",
        ),
        reason="a buffer that came from elsewhere may belong to somebody else",
        consulted_by="backward, grad",
        references=("https://numpy.org/doc/stable/user/quickstart.html#copies-and-views",),
    ),
    dimension(
        "gradient_buffers",
        "May two gradients, or a gradient and the seed, be the same memory?",
        Option(
            "private",
            "Each gradient has memory of its own; writing into one changes nothing else.",
            formula="x.grad = g.copy()",
            advice="Write into gradients as you like: nothing else changes.",
        ),
        Option(
            "views",
            "What somebody else holds is copied when it is stored, as for `a + b` the seed; a contiguous view of it "
            "is stored as it is: the gradient of a reshaped array is a view of the seed.",
            formula="x.grad = g.copy() if g is seed or is_held_elsewhere(g) else g",
            advice="Copy the seed, or the gradient, before you write into either: one may be a view of the other.",
        ),
        Option(
            "handed_on",
            "What an op hands on unchanged is stored by reference, and views are copied: for `a + b` both gradients "
            "and the seed are one array. Each computed value's gradient is the answer of a call of its own, and so in "
            "memory of its own.",
            formula="a.grad = b.grad = seed  # for a + b\nx.grad = seed.reshape(x.shape).copy()  # for a reshaped x",
            advice="Make a new array of a gradient instead of writing into it: other gradients, or the seed, may be "
            "the same array.",
        ),
        Option(
            "shared",
            "The first contribution is stored by reference: for `a + b` both gradients and the seed are one array, "
            "and for a reshaped or transposed array one memory.",
            formula="a.grad = b.grad = seed  # for a + b\nx.grad = seed.T  # for x.T",
            advice="Copy a gradient before you scale or clip it in place: another gradient, or the seed, may be the "
            "same array.",
        ),
        Option(
            "shared_if_contiguous",
            "As `shared`, but what a transposed array gets is copied.",
            formula="a.grad = b.grad = seed  # for a + b\nx.grad = seed.T.copy()  # for x.T",
            advice="Copy a gradient before code that works in place gets hold of its memory: another gradient, or the "
            "seed, may be the same array.",
        ),
        Option(
            "shared_if_alone",
            "The gradient of a single input is what the last op handed on: the seed itself, or a view of it. Those of "
            "several inputs are added into zeros, so each has memory of its own.",
            formula="x.grad = seed  # for x + 1\na.grad = zeros_like(a) + seed  # for a + b",
            advice="Copy the gradient of a single input, or the seed, before you write into either.",
        ),
        reason="a reader of gradients may scale or clip one in place without knowing where it came from",
        consulted_by="backward",
        references=(
            "https://github.com/pytorch/pytorch/blob/main/torch/csrc/autograd/functions/accumulate_grad.h",
            "https://docs.chainer.org/en/stable/reference/generated/chainer.Variable.html",
        ),
    ),
    dimension(
        "returned_buffers",
        "May the results of grad be the same memory as each other, or as the seed?",
        Option(
            "as_backward",
            "As the gradients that backward stores: see `gradient_buffers`.",
            formula="ga, gb = grad(y, [a, b])  # in the memory that backward would store",
            advice="Treat what grad returns as you treat what backward stores.",
        ),
        Option(
            "shared",
            "Yes, whatever backward stores: what an op hands on unchanged is one array.",
            formula="ga = gb = seed  # for a + b",
            advice="Copy what grad returns before you write into it, even if backward stores copies.",
        ),
        reason="the two forms give the same gradients, so they should give them in the same memory",
        consulted_by="grad",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.autograd.grad.html",),
    ),
    dimension(
        "gradient_dtype",
        "Which dtype do gradients have?",
        Option(
            "as_value",
            "That of the value that they belong to.",
            formula="x.grad = g.astype(x.dtype)",
            advice="Expect the gradient in the dtype of its value: what ops computed in a wider one was rounded.",
        ),
        Option(
            "promoted_if_alone",
            "Nobody casts: the gradient of a single input has the dtype to which NumPy promotes what its derivative "
            "combines, so float32 becomes float64 where the derivative holds a float64 of its own, as by counting "
            "elements. Those of several inputs are added into zeros of their dtype.",
            formula="x.grad = g / np.int64(n)  # of a mean: float64, also for x in float32",
            advice="Cast the gradient to the dtype of its value (`g.astype(x.dtype)`) before you go on with it.",
        ),
        fault(
            "float64",
            does="has gradients in float64 whatever the values are (`x.grad = np.zeros(x.shape)`)",
            formula="x.grad = np.zeros(x.shape)\nx.grad += gx",
            instead="`x.grad = np.zeros_like(x.data)`",
        ),
        fault(
            "float32",
            does="has gradients in float32 whatever the values are (`np.zeros(x.shape, dtype=np.float32)`), so that "
            "half of the digits of float64 are lost",
            formula="x.grad = np.zeros(x.shape, dtype=np.float32)\nx.grad += gx",
            instead="`x.grad = np.zeros_like(x.data)`",
        ),
        fault(
            "integers",
            does="cuts gradients down to integers (`np.zeros(x.shape, dtype=int)` written into)",
            formula="x.grad = np.zeros(x.shape, dtype=int)\nx.grad[...] = gx",
            instead="`x.grad = np.zeros_like(x.data)`, for values that are floats",
        ),
        reason="an optimizer adds a gradient to its value",
        consulted_by="backward, grad",
        references=(
            "https://numpy.org/doc/stable/reference/generated/numpy.zeros_like.html",
            "https://numpy.org/neps/nep-0050-scalar-promotion.html",
        ),
    ),
    dimension(
        "intermediate_gradients",
        "Do variables that were computed keep their gradient?",
        Option(
            "kept",
            "Every variable that the pass reaches has its gradient afterwards.",
            formula="t.grad = g",
            advice="Ask for the gradient of any value on the way, without a word before the pass (in TensorFlow as a "
            "source of `tape.gradient`, in JAX as the argument of a function).",
        ),
        Option(
            "dropped",
            "Only leaves have one, and variables that were asked to by `retain_grad`.",
            formula="if t.is_leaf or t.retains_grad: t.grad = g",
            advice="Ask before the pass for the gradients of computed variables (`y.backward(retain_grad=True)` in "
            "Chainer); otherwise they read as None, and nothing says why.",
        ),
        Option(
            "dropped_with_warning",
            "Only leaves have one, and variables that were asked to; reading another's warns.",
            formula="if t.is_leaf or t.retains_grad: t.grad = g  # to read another's: warn, and None",
            advice="Call `t.retain_grad()` before the pass if the gradient of a computed variable is wanted.",
        ),
        reason="seeing every intermediate gradient is what a reference is for",
        consulted_by="backward, .grad, retain_grad",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.Tensor.retain_grad.html",),
    ),
    dimension(
        "retained_gradients",
        "What does a second backward pass do to the gradient of a variable that was computed?",
        Option(
            "adds",
            "As to a leaf's: see `accumulation`.",
            formula="t.grad = t.grad + g",
            advice="Clear the gradients of computed variables, too, before a second pass.",
        ),
        Option(
            "overwrites",
            "The new gradient replaces it, while those of leaves add up.",
            formula="t.grad = g\nx.grad = x.grad + g  # a leaf's",
            advice="Take the gradient of a computed variable as that of the last pass alone. Add up several passes' "
            "yourself.",
        ),
        reason="one rule for all variables is easier to remember than two",
        consulted_by="backward",
        references=("https://docs.chainer.org/en/stable/reference/generated/chainer.Variable.html",),
    ),
    dimension(
        "view_gradients",
        "What is the gradient of a value that is a view of another one's memory?",
        Option(
            "own",
            "What came through it, as for any value that was computed.",
            formula="t.grad = g  # for t = x[:2]",
            advice="Add up yourself what else moves with the memory, if that is meant: the gradient of a view is what "
            "came through the view.",
        ),
        Option(
            "of_the_base",
            "The same view of the gradient of what it is a view of, with all that this one got from elsewhere.",
            formula="t.grad = x.grad[:2]  # for t = x[:2]",
            advice="Copy a part before you compute from it (`x[:2].copy()`), if its own gradient is wanted.",
        ),
        reason="a gradient belongs to a value, however that is stored",
        consulted_by="backward, getitem, reshape, permute_dims, expand_dims, squeeze",
        references=("https://mygrad.readthedocs.io/en/latest/generated/mygrad.Tensor.grad.html",),
    ),
    dimension(
        "gradient_after_use",
        "What becomes of a variable's gradient when something new is computed from the variable?",
        Option(
            "kept",
            "It stays until it is cleared, or until a pass changes it.",
            formula="y = f(x)  # x.grad is what it was",
            advice="Clear gradients yourself before the next step.",
        ),
        Option(
            "cleared",
            "It is cleared by the first op that is recorded and gives no view.",
            formula="x.grad = None  # in every op that takes x",
            advice="Read gradients, and let the optimizer use them, before you compute anything from the variables.",
        ),
        reason="looking at a value should change nothing",
        consulted_by="every op, .grad",
        references=("https://mygrad.readthedocs.io/en/latest/generated/mygrad.Tensor.null_grad.html",),
    ),
    dimension(
        "unconnected_input",
        "What is the gradient of an input that the outputs do not depend on?",
        Option(
            "none",
            "There is none.",
            formula="grad(y, [w]) == [None]",
            advice="Test a gradient for None before you compute with it, or ask for zeros "
            "(`unconnected_gradients=tf.UnconnectedGradients.ZERO` in TensorFlow).",
        ),
        Option(
            "zeros",
            "It is zero: `grad` returns zeros, and `.grad` reads as zeros after any later pass.",
            formula="grad(y, [w]) == [np.zeros_like(w)]",
            advice="Do not take a gradient for a sign that an input is used: one that nothing connects has zeros.",
        ),
        Option(
            "raises",
            "`grad` raises an exception; after `backward` there is none.",
            formula="raise UnconnectedInput  # in grad",
            advice="Ask only for the gradients of inputs that the outputs depend on, or allow None for the others "
            "(`allow_unused=True` in PyTorch).",
        ),
        reason="the absence of a path is worth telling from a derivative that is zero",
        consulted_by="grad, .grad",
        references=(
            "https://docs.pytorch.org/docs/stable/generated/torch.autograd.grad.html",
            "https://www.tensorflow.org/api_docs/python/tf/UnconnectedGradients",
        ),
    ),
    dimension(
        "complex_gradient",
        "Which of the two conventions do gradients of complex variables follow?",
        Option(
            "conjugate",
            "The gradient of a real loss points uphill, the seed taken likewise.",
            formula="df/dRe(z) + i df/dIm(z)",
            advice="Step against the gradient as it is. Conjugate it where the derivative of a holomorphic function is "
            "wanted.",
        ),
        Option(
            "plain",
            "The conjugate of what points uphill, so holomorphic derivatives come plain.",
            formula="df/dRe(z) - i df/dIm(z)",
            advice="Conjugate the gradient before a step of gradient descent (`jnp.conj(g)` in JAX).",
        ),
        reason="a step against the gradient then lowers the loss, as it does for real variables",
        consulted_by="backward, grad",
        references=(
            "https://docs.pytorch.org/docs/stable/notes/autograd.html#autograd-for-complex-numbers",
            "https://docs.jax.dev/en/latest/notebooks/autodiff_cookbook.html",
            "tensorflow/tensorflow#3348",
        ),
    ),
    dimension(
        "optimizer_without_gradient",
        "What does an optimizer step do with a variable that has no gradient?",
        Option(
            "skips",
            "It leaves the variable as it is and says nothing.",
            formula="if x.grad is not None: x -= rate * x.grad",
            advice="Check before the step that every parameter has a gradient: one that nothing connects to the loss "
            "stands still silently.",
        ),
        Option(
            "raises",
            "It raises an exception at the first such variable.",
            formula="if x.grad is None: raise NoGradients",
            advice="Go backward before every step, and hand over only variables that have a gradient.",
        ),
        Option(
            "raises_if_all_missing",
            "It raises an exception if no variable has one, and warns and skips if some have none.",
            formula="if no variable has a gradient: raise NoGradients\nif x.grad is None: warn, and leave x",
            advice="Read the warnings: a variable that one names stands still.",
        ),
        Option(
            "fills_with_zeros",
            "It gives the variable a gradient of zeros, which then can be read.",
            formula="if x.grad is None: x.grad = np.zeros_like(x)",
            advice="Look for missing gradients before the step: after it they read as zeros.",
        ),
        reason="a step is defined by the gradients there are",
        consulted_by="sgd_step",
        references=("https://docs.pytorch.org/docs/stable/optim.html", "https://keras.io/api/optimizers/"),
    ),
    dimension(
        "learning_rate",
        "With which precision does an optimizer keep its learning rate?",
        Option(
            "exact",
            "As it was given: a Python number, in float64.",
            formula="x -= rate * g",
            advice="Expect a step as precise as the variable is.",
        ),
        Option(
            "float32",
            "In float32, also for variables in float64: 0.1 becomes 0.10000000149.",
            formula="x -= float(np.float32(rate)) * g",
            advice="Choose a rate that float32 holds, such as 0.125, where steps are compared with float64's; "
            "otherwise allow for a relative difference of 6e-8.",
        ),
        reason="the precision of a step is the variable's affair",
        consulted_by="sgd_step",
        references=("https://github.com/keras-team/keras/blob/master/keras/src/optimizers/base_optimizer.py",),
    ),
    dimension(
        "complex_step",
        "With which precision does an optimizer step complex numbers?",
        Option(
            "own",
            "That of the variable.",
            formula="x -= rate * g",
            advice="Expect a step as precise as the variable is.",
        ),
        Option(
            "complex64",
            "complex64, also for variables in complex128: each step adds a relative error of 6e-8.",
            formula="x -= (rate * g).astype(np.complex64)",
            advice="Write the step yourself where variables are complex128, as in `x.assign_sub(rate * g)`.",
        ),
        reason="the precision of a step is the variable's affair",
        consulted_by="sgd_step",
        references=("keras-team/keras#23223",),
    ),
)
