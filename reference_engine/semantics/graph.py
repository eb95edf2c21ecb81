"""Dimensions of the graph: when a backward pass may start, and what is left of the graph after it."""

from reference_engine.semantics.dimension import Option, dimension

DIMENSIONS = (
    dimension(
        "graph_after_backward",
        "Can one go backward through the same graph again?",
        Option("kept", "Yes, as often as one likes (Chainer)."),
        Option("freed", "No: the second pass raises GraphFreed (TensorFlow's tape that is not persistent)."),
        Option(
            "freed_if_saved",
            "Only where no op on the way needs a saved value: `x + 1` twice is fine, `2 * x` raises GraphFreed "
            "(PyTorch).",
        ),
        reason="a reference should answer every question that has an answer; memory is no concern of it",
        consulted_by="backward, grad",
        references=(
            "https://docs.pytorch.org/docs/stable/generated/torch.Tensor.backward.html",
            "https://www.tensorflow.org/api_docs/python/tf/GradientTape",
        ),
    ),
    dimension(
        "backward_without_graph",
        "What does backward do from a variable that no variable with a gradient led to?",
        Option("raises", "It raises NothingRecorded (PyTorch)."),
        Option(
            "none",
            "It does nothing and says nothing (Chainer, TensorFlow); with unconnected_input=zeros the gradients "
            "then read as zero (JAX).",
        ),
        reason="whoever asks for a gradient expects one; nothing recorded is nearly always a mistake",
        consulted_by="backward, grad",
        references=("https://docs.pytorch.org/docs/stable/notes/autograd.html",),
    ),
    dimension(
        "unseeded_non_scalar",
        "What is the seed of backward from an output of several elements when none is given?",
        Option("raises", "There is none: SeedRequired is raised (PyTorch, JAX)."),
        Option("ones", "Ones, so that the elements' gradients are summed (TensorFlow)."),
        Option("nothing", "There is none, and the pass does nothing."),
        Option(
            "passed_on_as_none",
            "None is handed to the last op: one that hands its cotangent on ends the pass silently, "
            "one that computes with it raises MissingCotangent (Chainer).",
        ),
        reason="the derivative of several numbers is not a gradient until their weights are given",
        consulted_by="backward, grad",
        references=(
            "https://docs.pytorch.org/docs/stable/generated/torch.Tensor.backward.html",
            "https://docs.jax.dev/en/latest/_autosummary/jax.grad.html",
        ),
    ),
    dimension(
        "unseeded_grad",
        "What is the seed of grad, the functional form, from an output of several elements when none is given?",
        Option("as_backward", "What backward takes: see `unseeded_non_scalar` (PyTorch, TensorFlow, JAX)."),
        Option("raises", "There is none: SeedRequired is raised."),
        Option("ones", "Ones, whatever backward does (Chainer)."),
        reason="the two forms answer one question, so they should ask for the same seed",
        consulted_by="grad",
        references=("https://docs.chainer.org/en/stable/reference/generated/chainer.grad.html",),
    ),
    dimension(
        "seed_dtype",
        "May the seed have another dtype than the output?",
        Option("casts", "Yes, it is cast (PyTorch)."),
        Option("raises", "No: SeedMismatch is raised (Chainer, JAX)."),
        Option(
            "unchecked",
            "Nobody asks: the first derivative that combines it with a saved value raises MixedDtypes (TensorFlow).",
        ),
        reason="gradients have the dtype of what they are the gradients of, whatever the weights came in",
        consulted_by="backward, grad",
        references=(
            "https://docs.pytorch.org/docs/stable/generated/torch.Tensor.backward.html",
            "https://docs.jax.dev/en/latest/_autosummary/jax.vjp.html",
        ),
    ),
    dimension(
        "seed_shape",
        "May the seed have another shape than the output?",
        Option("raises", "No: SeedMismatch is raised (PyTorch, Chainer, JAX)."),
        Option(
            "unchecked",
            "Whatever the derivatives can broadcast passes: a scalar weighs all elements, and a seed of shape (1, n) "
            "gives a gradient of that shape (TensorFlow).",
        ),
        reason="a seed weighs the elements of the output, one by one",
        consulted_by="backward, grad",
        references=("https://www.tensorflow.org/api_docs/python/tf/GradientTape#gradient",),
    ),
    dimension(
        "scalar_output",
        "Which outputs need no seed?",
        Option("one_element", "Those of one element, whatever their number of axes (PyTorch, Chainer)."),
        Option("no_axes", "Those without axes: shape (1,) needs a seed (JAX)."),
        reason="one number has one derivative, however it is wrapped",
        consulted_by="backward, grad",
        references=("https://docs.jax.dev/en/latest/_autosummary/jax.grad.html",),
    ),
    dimension(
        "saved_value_written",
        "Which value does the reverse pass use when one that it needs was written in place in the meantime?",
        Option("raises", "None: it raises SavedValueWritten (PyTorch)."),
        Option("new_value", "What is in memory now, so the gradient belongs to no point at all (Chainer)."),
        reason="the new value gives a wrong gradient silently",
        consulted_by="backward, grad",
        references=("https://docs.pytorch.org/docs/stable/notes/autograd.html#in-place-operations-with-autograd",),
    ),
)
