"""Dimensions of the graph: when a backward pass may start, and what is left of the graph after it."""

from reference_engine.semantics.dimension import Option, dimension

DIMENSIONS = (
    dimension(
        "graph_after_backward",
        "Can one go backward through the same graph again?",
        Option(
            "kept",
            "Yes, as often as one likes.",
            formula="node.saved  # lives as long as the node",
            advice="Go backward again without a word before. Let go of losses that are done with: each holds the "
            "memory of its graph.",
        ),
        Option(
            "freed",
            "No: the second pass raises an exception.",
            formula="for node in graph: node.saved = None  # after the pass",
            advice="Say before the first pass that there will be a second (`tf.GradientTape(persistent=True)` in "
            "TensorFlow).",
        ),
        Option(
            "freed_if_saved",
            "Only where no op on the way needs a saved value: `x + 1` twice is fine, `2 * x` raises an exception.",
            formula="for node in graph: node.saved = None if node.saves_values else node.saved  # after the pass",
            advice="Pass keep_graph in the first of two backward passes (`retain_graph=True` in PyTorch).",
        ),
        Option(
            "forgotten",
            "No: every variable of the graph forgets how it was made, and is a leaf from then on. A second pass from "
            "the same output does nothing and says nothing; one through another output that was computed from the "
            "same variables before raises an exception.",
            formula="for node in graph: node.creator = None  # after the pass",
            advice="Compute anew before each backward pass, and add up losses that share a part before the one pass.",
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
        Option(
            "raises",
            "It raises an exception.",
            formula="if not y.requires_grad: raise NothingRecorded",
            advice="Say that an input requires a gradient before you compute from it (`requires_grad=True` in "
            "PyTorch), and compute while recording.",
        ),
        Option(
            "none",
            "It does nothing and says nothing; with unconnected_input=zeros the gradients then read as zero.",
            formula="if not y.requires_grad: return",
            advice="Look at the gradients after the pass: None, or zeros, is all that tells of an output that was "
            "computed where nothing was recorded.",
        ),
        reason="whoever asks for a gradient expects one; nothing recorded is nearly always a mistake",
        consulted_by="backward, grad",
        references=("https://docs.pytorch.org/docs/stable/notes/autograd.html",),
    ),
    dimension(
        "unseeded_non_scalar",
        "What is the seed of backward from an output of several elements when none is given?",
        Option(
            "raises",
            "There is none: an exception is raised.",
            formula="if seed is None and y.size > 1: raise SeedRequired",
            advice="Sum the output to one number, or give a seed of its shape.",
        ),
        Option(
            "ones",
            "Ones, so that the elements' gradients are summed.",
            formula="seed = np.ones_like(y)",
            advice="Reduce the output yourself where the sum of its elements is not what you mean: nobody asks.",
        ),
        Option(
            "nothing",
            "There is none, and the pass does nothing.",
            formula="if seed is None and y.size > 1: return",
            advice="Give a seed: without one there are no gradients, and nothing says so.",
        ),
        Option(
            "passed_on_as_none",
            "None is handed to the last op: one that hands its cotangent on ends the pass silently, "
            "one that computes with it raises an exception.",
            formula="g = None\nderivative_of_last_op(g)",
            advice="Sum the output to one number, or set a seed before the pass (`y.grad = np.ones_like(y.array)` in "
            "Chainer).",
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
        Option(
            "as_backward",
            "What backward takes: see `unseeded_non_scalar`.",
            formula="grad(y, [x])  # seeded as y.backward() is",
            advice="Give grad a seed wherever backward needs one.",
        ),
        Option(
            "raises",
            "There is none: an exception is raised.",
            formula="if seed is None and y.size > 1: raise SeedRequired",
            advice="Give grad a seed for every output of several elements.",
        ),
        Option(
            "ones",
            "Ones, whatever backward does.",
            formula="seed = np.ones_like(y)",
            advice="Give grad a seed where the sum of the elements is not what you mean: it does not ask, even if "
            "backward does.",
        ),
        reason="the two forms answer one question, so they should ask for the same seed",
        consulted_by="grad",
        references=("https://docs.chainer.org/en/stable/reference/generated/chainer.grad.html",),
    ),
    dimension(
        "unseeded_complex",
        "May backward start from a complex number without a seed?",
        Option(
            "one",
            "Yes: the seed is 1, as for a real one.",
            formula="g = ones_like(y)",
            advice="Mind that the gradient is then that of the real part.",
        ),
        Option(
            "raises",
            "No: it raises an exception.",
            formula="if iscomplex(y): raise ComplexOutput",
            advice="Give a seed, or make a real loss of it: `abs(y) ** 2`, or the real part.",
        ),
        reason="the seed of 1 is right for holomorphic functions, and for real losses the question does not arise",
        consulted_by="backward, grad",
        references=(
            "https://docs.pytorch.org/docs/stable/notes/autograd.html#autograd-for-complex-numbers",
            "https://docs.jax.dev/en/latest/_autosummary/jax.grad.html",
        ),
    ),
    dimension(
        "seed_dtype",
        "May the seed have another dtype than the output?",
        Option(
            "casts",
            "Yes, it is cast.",
            formula="g = seed.astype(y.dtype)",
            advice="Give the seed in the output's dtype where its last digits count: another is rounded silently.",
        ),
        Option(
            "raises",
            "No: an exception is raised.",
            formula="if seed.dtype != y.dtype: raise SeedMismatch",
            advice="Cast the seed to the output's dtype.",
        ),
        Option(
            "unchecked",
            "Nobody asks: the first derivative that combines it with a saved value raises an exception.",
            formula="g = seed  # in its own dtype\ng * saved  # raises MixedDtypes",
            advice="Cast the seed to the output's dtype: another either fails later, far from the call, or becomes the "
            "gradient's dtype.",
        ),
        Option(
            "promotes",
            "Yes, and what the derivatives combine it with is promoted as anywhere else.",
            formula="g = seed  # in its own dtype\ng * saved  # in the wider of two dtypes",
            advice="Cast the seed to the output's dtype if the gradient is to have that one.",
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
        Option(
            "raises",
            "No: an exception is raised.",
            formula="if seed.shape != y.shape: raise SeedMismatch",
            advice="Give the seed exactly the output's shape; broadcast it yourself.",
        ),
        Option(
            "unchecked",
            "Whatever the derivatives can broadcast passes: a scalar weighs all elements, and a seed of shape (1, n) "
            "gives a gradient of that shape.",
            formula="g = seed  # in its own shape",
            advice="Check the seed's shape yourself: a wrong one gives gradients of a wrong shape, and nothing says "
            "so.",
        ),
        Option(
            "broadcasts",
            "Yes, if it broadcasts to the output's shape: a scalar weighs all elements.",
            formula="g = np.broadcast_to(seed, y.shape)",
            advice="Mind that one element of a smaller seed weighs every element that it is broadcast to.",
        ),
        Option(
            "summed_by_ops",
            "Whatever the derivatives can broadcast passes; ops of two operands sum what they hand on to the "
            "operand's shape.",
            formula="gx = unbroadcast(seed * dy_dx, x.shape)  # in ops of two operands",
            advice="Check the seed's shape yourself: a wrong one passes, and what it gives depends on the last op.",
        ),
        reason="a seed weighs the elements of the output, one by one",
        consulted_by="backward, grad",
        references=("https://www.tensorflow.org/api_docs/python/tf/GradientTape#gradient",),
    ),
    dimension(
        "scalar_output",
        "Which outputs need no seed?",
        Option(
            "one_element",
            "Those of one element, whatever their number of axes.",
            formula="y.size == 1",
            advice="Leave the seed out for any output of one element, also of shape (1,) or (1, 1).",
        ),
        Option(
            "no_axes",
            "Those without axes: shape (1,) needs a seed.",
            formula="y.ndim == 0",
            advice="Take the one element out of an output of shape (1,), as by `y[0]` or a sum, or give a seed.",
        ),
        reason="one number has one derivative, however it is wrapped",
        consulted_by="backward, grad",
        references=("https://docs.jax.dev/en/latest/_autosummary/jax.grad.html",),
    ),
    dimension(
        "repeated_output",
        "What is the seed of an output that grad is given twice?",
        Option(
            "added",
            "The sum of both: grad differentiates the sum of its outputs, weighed by their seeds.",
            formula="cotangents[y] += seed",
            advice="Nothing to do: this is the derivative.",
        ),
        Option(
            "last",
            "The last one: what was to come from the others is lost without a word. So are second derivatives where "
            "two gradients are one variable, as those of the operands of a sum are.",
            formula="cotangents[y] = seed",
            advice="Ask for the gradient of a sum instead, as in `grad([sum(y * seed)], inputs)`, or once for each "
            "output.",
        ),
        reason="it is the derivative of what was asked for",
        consulted_by="grad",
        references=("chainer/chainer#5952", "https://github.com/chainer/chainer/blob/v7.8.1/chainer/_backprop.py"),
    ),
    dimension(
        "saved_value_written",
        "Which value does the reverse pass use when one that it needs was written in place in the meantime?",
        Option(
            "raises",
            "None: it raises an exception.",
            formula="if saved.version != version_at_use: raise SavedValueWritten",
            advice="Write before the value is used, or into a copy.",
        ),
        Option(
            "new_value",
            "What is in memory now, so the gradient belongs to no point at all.",
            formula="g * x2  # x2 as it is now",
            advice="Never write into a value between its use and the backward pass, but into a copy: the gradient is "
            "wrong, and nothing says so.",
        ),
        Option(
            "old_value",
            "The one from the time of use, which each op has kept a copy of; the gradient is that at the old point.",
            formula="g * copy_of_x2  # made when the op ran",
            advice="Nothing breaks; mind the memory that the copies take.",
        ),
        Option(
            "computed_again",
            "None is kept: each pass runs the function again on its inputs as they are then, so that the gradient is "
            "right at the new point. What was written into a computed value is not seen.",
            formula="y = f(x)  # in every pass, with x as it is now",
            advice="Copy an input (`x.copy()`) before you write into it, if the gradient at the old point is wanted.",
        ),
        reason="the new value gives a wrong gradient silently",
        consulted_by="backward, grad",
        references=("https://docs.pytorch.org/docs/stable/notes/autograd.html#in-place-operations-with-autograd",),
    ),
)
