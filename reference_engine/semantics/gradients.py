"""Dimensions of what lands in `.grad`: when, added to what, in whose memory."""

from reference_engine.semantics.dimension import Option, dimension, fault

DIMENSIONS = (
    dimension(
        "accumulation",
        "What does a second backward pass do to a gradient that is already there?",
        Option("adds", "The new gradient is added to the one that is there, until it is cleared (PyTorch, Chainer)."),
        Option("overwrites", "The new gradient replaces the one that is there; one that is not reached stays."),
        Option(
            "stateless",
            "The gradient is the answer of one call; what the last call did not reach has none (TensorFlow, JAX).",
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
        Option("rebinds", "The sum is a new array (`x.grad = x.grad + g`), so no other holder of the old one sees it."),
        Option(
            "in_place",
            "`x.grad += g` writes into the array that x.grad is, so whoever holds it sees the sum; contributions of "
            "one pass are added up elsewhere before (PyTorch).",
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
        Option("private", "Each gradient has memory of its own; writing into one changes nothing else."),
        Option(
            "views",
            "What somebody else holds is copied when it is stored, as for `a + b` the seed; a contiguous view of it "
            "is stored as it is: the gradient of a reshaped array is a view of the seed (PyTorch).",
        ),
        Option(
            "handed_on",
            "What an op hands on unchanged is stored by reference, and views are copied: for `a + b` both gradients "
            "and the seed are one array. Each computed value's gradient is the answer of a call of its own (JAX).",
        ),
        Option(
            "shared",
            "The first contribution is stored by reference: for `a + b` both gradients and the seed are one array, "
            "and for a reshaped or transposed array one memory (Chainer).",
        ),
        Option(
            "shared_if_contiguous",
            "As `shared`, but what a transposed array gets is copied (TensorFlow).",
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
        Option("as_backward", "As the gradients that backward stores: see `gradient_buffers`."),
        Option("shared", "Yes, whatever backward stores: what an op hands on unchanged is one array (PyTorch)."),
        reason="the two forms give the same gradients, so they should give them in the same memory",
        consulted_by="grad",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.autograd.grad.html",),
    ),
    dimension(
        "intermediate_gradients",
        "Do variables that were computed keep their gradient?",
        Option("kept", "Every variable that the pass reaches has its gradient afterwards."),
        Option("dropped", "Only leaves have one, and variables that were asked to by `retain_grad` (Chainer)."),
        Option(
            "dropped_with_warning",
            "Only leaves have one, and variables that were asked to; reading another's warns (PyTorch).",
        ),
        reason="seeing every intermediate gradient is what a reference is for",
        consulted_by="backward, .grad, retain_grad",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.Tensor.retain_grad.html",),
    ),
    dimension(
        "retained_gradients",
        "What does a second backward pass do to the gradient of a variable that was computed?",
        Option("adds", "As to a leaf's: see `accumulation` (PyTorch)."),
        Option("overwrites", "The new gradient replaces it, while those of leaves add up (Chainer)."),
        reason="one rule for all variables is easier to remember than two",
        consulted_by="backward",
        references=("https://docs.chainer.org/en/stable/reference/generated/chainer.Variable.html",),
    ),
    dimension(
        "unconnected_input",
        "What is the gradient of an input that the outputs do not depend on?",
        Option("none", "There is none (TensorFlow, Chainer)."),
        Option("zeros", "It is zero: `grad` returns zeros, and `.grad` reads as zeros after any later pass (JAX)."),
        Option("raises", "`grad` raises UnconnectedInput; after `backward` there is none (PyTorch)."),
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
            "The gradient of a real loss points uphill: df/dRe + i df/dIm, the seed taken likewise "
            "(PyTorch, TensorFlow).",
        ),
        Option("plain", "The conjugate of that: df/dRe - i df/dIm, so holomorphic derivatives come plain (JAX)."),
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
        Option("skips", "It leaves the variable as it is and says nothing (PyTorch)."),
        Option("raises", "It raises NoGradients at the first such variable (JAX)."),
        Option(
            "raises_if_all_missing",
            "It raises NoGradients if no variable has one, and warns and skips if some have none (Keras).",
        ),
        Option("fills_with_zeros", "It gives the variable a gradient of zeros, which then can be read (Chainer)."),
        reason="a step is defined by the gradients there are",
        consulted_by="sgd_step",
        references=("https://docs.pytorch.org/docs/stable/optim.html", "https://keras.io/api/optimizers/"),
    ),
    dimension(
        "learning_rate",
        "With which precision does an optimizer keep its learning rate?",
        Option("exact", "As it was given: a Python number, in float64 (PyTorch, Chainer, JAX)."),
        Option("float32", "In float32, also for variables in float64: 0.1 becomes 0.10000000149 (Keras)."),
        reason="the precision of a step is the variable's affair",
        consulted_by="sgd_step",
        references=("https://github.com/keras-team/keras/blob/master/keras/src/optimizers/base_optimizer.py",),
    ),
)
