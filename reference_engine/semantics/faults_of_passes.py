"""Dimensions of mistakes in the reverse pass: its order, what meets in it, what it leaves behind."""

from reference_engine.semantics.dimension import fault
from reference_engine.semantics.mistakes import mistakes

DIMENSIONS = (
    mistakes(
        "visiting_order",
        "In which order does the pass visit what the output was computed from?",
        "consumers_first",
        "Each op after everything that was computed from its result, so that its cotangent is complete.",
        "for f in reversed(in_the_order_they_were_made): ...",
        fault(
            "oldest_first",
            does="walks the graph from the inputs to the output (`for f in topological_order: ...` without "
            "`reversed`), so that only the operands of the last op get a gradient",
            formula="for f in topological_order:\n    f.propagate()",
            instead="`for f in reversed(topological_order): ...`",
        ),
        fault(
            "depth_first_once",
            does="visits each op once, as soon as it meets it, depth first (`f = funcs.pop()` with a set of those "
            "seen), so that an op hands its cotangent on before all of it has arrived",
            formula="f = funcs.pop(); f.propagate()\nif x.creator not in seen: seen.add(...); funcs.append(x.creator)",
            instead="Visit by a topological order: number each op when it is applied (one more than the largest number "
            "of its operands) and always take the one with the largest number.",
        ),
        fault(
            "breadth_first_once",
            does="visits each op once, as soon as it meets it, breadth first (`f = funcs.pop(0)` with a set of those "
            "seen), so that an op hands its cotangent on before all of it has arrived",
            formula="f = funcs.pop(0); f.propagate()\nif x.creator not in seen: seen.add(...); funcs.append(x.creator)",
            instead="Visit by a topological order: number each op when it is applied (one more than the largest number "
            "of its operands) and always take the one with the largest number.",
        ),
        fault(
            "once_per_path",
            does="visits an op once for each path that leads to it, each time with all of the cotangent that it has "
            "gathered so far (`funcs.append(x.creator)` for every use of x), so that parts of it are handed on twice",
            formula="f = funcs.pop(); f.propagate()\nfuncs.append(x.creator)  # for every use of x",
            instead="Put an op on the list once (keep a set of those on it), and visit by a topological order.",
        ),
        reason="an op's cotangent is the sum of what all its uses send, so all of them come before it",
        consulted_by="backward, grad",
        references=("https://docs.pytorch.org/docs/stable/notes/autograd.html#how-autograd-encodes-the-history",),
    ),
    mistakes(
        "contributions",
        "What becomes of the contributions of a variable that is used several times?",
        "added",
        "They are added up.",
        "x.grad = gx if x.grad is None else x.grad + gx",
        fault(
            "last_kept",
            does="overwrites the gradient of a variable that is used again (`x.grad = gx`), so that the last "
            "contribution alone is left, of one pass as of several",
            formula="x.grad = gx",
            instead="`x.grad = gx if x.grad is None else x.grad + gx`",
        ),
        fault(
            "first_kept",
            does="keeps the first contribution alone of a variable that is used again (`if x.grad is None: x.grad = "
            "gx` without an `else`), of one pass as of several",
            formula="if x.grad is None:\n    x.grad = gx",
            instead="`x.grad = gx if x.grad is None else x.grad + gx`",
        ),
        reason="the derivative of a value that is used twice is the sum over its uses (the chain rule of several "
        "variables)",
        consulted_by="backward, grad, .grad",
        references=("https://arxiv.org/abs/1502.05767",),
    ),
    mistakes(
        "repeated_operand",
        "What does a variable get that is several operands of one op?",
        "each_counts",
        "What it gets as each of them, added up: 2 for `x + x`.",
        "for x, gx in zip(f.inputs, f.backward(gy)): add gx to x",
        fault(
            "last_counts",
            does="counts a variable that is two operands of one op as the last of them alone "
            "(`dict(zip(f.inputs, gxs))` has one entry for both)",
            formula="for x, gx in dict(zip(f.inputs, gxs)).items(): ...",
            instead="`for x, gx in zip(f.inputs, gxs): ...`, adding to what is there",
        ),
        fault(
            "first_counts",
            does="counts a variable that is two operands of one op as the first of them alone "
            "(`zip(dict.fromkeys(f.inputs), gxs)`: the operands without repetition)",
            formula="for x, gx in zip(dict.fromkeys(f.inputs), gxs): ...",
            instead="`for x, gx in zip(f.inputs, gxs): ...`, with each operand as often as it stands there",
        ),
        reason="`x * x` is a product of two factors, both of which move with x",
        consulted_by="backward, grad",
        references=("https://arxiv.org/abs/1502.05767",),
    ),
    mistakes(
        "unbroadcasting",
        "How does the cotangent of an op's result reach an operand that was broadcast?",
        "summed",
        "Summed over the axes along which the operand was repeated, in the operand's own shape.",
        "sum over leading axes, and over axes of size 1 with keepdims",
        fault(
            "missing",
            does="forgets that an operand was broadcast (`return gy` for a bias of shape (3,) beside (2, 3)), so that "
            "its gradient has the shape of the result",
            formula="gb = gy",
            instead="Sum over what was repeated: `gb = sum_to(gy, b.shape)`.",
        ),
        fault(
            "leading_axes_only",
            does="sums a broadcast operand's gradient over the axes that were put before its own "
            "(`gy.sum(axis=tuple(range(gy.ndim - b.ndim)))`) and not over those of size 1",
            formula="gb = gy.sum(axis=tuple(range(gy.ndim - b.ndim)))",
            instead="Sum over the axes that `b.shape` has with size 1 as well, with `keepdims=True`.",
        ),
        fault(
            "size_one_axes_only",
            does="sums a broadcast operand's gradient over its axes of size 1 (`gy.sum(axis=i, keepdims=True)`) and "
            "not over axes that it does not have",
            formula="for i, n in enumerate(b.shape): if n == 1: gb = gy.sum(axis=i, keepdims=True)",
            instead="Sum over the first `gy.ndim - b.ndim` axes before.",
        ),
        fault(
            "averaged",
            does="averages the gradient of an operand that was broadcast (`gb = gy.mean(axis=0)`) where it should sum",
            formula="gb = gy.mean(axis=0)",
            instead="`gb = gy.sum(axis=0)`; a mean belongs in the loss",
        ),
        fault(
            "scalars_forgotten",
            does="forgets that an operand without axes is broadcast too (`if b.shape: gb = sum_to(gy, b.shape)`), so "
            "that the gradient of a scalar has the shape of the result",
            formula="gb = sum_to(gy, b.shape) if b.shape else gy",
            instead="`gb = gy.sum()` for a scalar: the same sum as for any other operand",
        ),
        reason="the transpose of repeating is summing",
        consulted_by="backward, grad",
        references=("https://numpy.org/doc/stable/user/basics.broadcasting.html",),
    ),
    mistakes(
        "second_pass",
        "What do variables that were computed hand on in a second pass through the same graph?",
        "starts_afresh",
        "The cotangent of that pass.",
        "cotangents = {y: seed}  # new in every pass",
        fault(
            "continues",
            does="adds the cotangents of a second pass to those that the first left in the values in between "
            "(`t.grad += gt` with t.grad of before), and hands on the sum",
            formula="t.grad += gt  # what the first pass left is still there\nx.grad += t.grad * dt_dx",
            instead="Keep cotangents in a dictionary of the pass, or clear the gradients of computed values before it.",
        ),
        reason="the sum over two passes is made once, where the gradients end",
        consulted_by="backward",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.Tensor.backward.html",),
    ),
    mistakes(
        "seed_use",
        "What is done with the seed that backward is given?",
        "weighs",
        "It is the cotangent of the output: it weighs the output's elements, and nobody writes into it.",
        "cotangents = {y: seed}",
        fault(
            "ignored",
            does="ignores the seed that it is given (`y.grad = np.ones_like(y.data)`)",
            formula="y.grad = np.ones_like(y.data)",
            instead="`y.grad = np.ones_like(y.data) if seed is None else seed`",
        ),
        fault(
            "kept_by_reference",
            does="keeps the seed itself as the gradient of the output (`y.grad = seed`) and adds the next pass's to it "
            "in place (`y.grad += seed`), so that the caller's array changes",
            formula="y.grad = seed  # the first time\ny.grad += seed  # the next",
            instead="`y.grad = seed.copy()`",
        ),
        reason="the seed is the caller's",
        consulted_by="backward, grad",
        references=("https://docs.jax.dev/en/latest/_autosummary/jax.vjp.html",),
    ),
    mistakes(
        "second_order",
        "What does a gradient depend on that is to be differentiated again?",
        "recorded",
        "On all that it was computed from: the operands, and the cotangents on the way.",
        "gx = gy * cos(x)  # gy and x are variables",
        fault(
            "cotangent_constant",
            does="differentiates a gradient as if the cotangents on the way were constants (`gy.data` in a "
            "derivative), so that second derivatives lack the terms of the chain rule",
            formula="gx = gy.data * cos(x)",
            instead="`gx = gy * cos(x)`, with gy as a variable",
        ),
        fault(
            "operands_constant",
            does="differentiates a gradient as if the operands were constants (`x.data` in a derivative), so that "
            "second derivatives are missing or zero",
            formula="gx = gy * np.cos(x.data)",
            instead="`gx = gy * cos(x)`, with x as a variable and cos as an op of the engine",
        ),
        reason="a gradient is a function of the inputs",
        consulted_by="grad",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.autograd.grad.html",),
    ),
    mistakes(
        "keep_graph_request",
        "What does a pass do that was asked to keep the graph?",
        "honoured",
        "It keeps it, for a further pass.",
        "if not keep_graph: free",
        fault(
            "ignored",
            does="frees the graph although it is asked to keep it (`f.saved = None` whatever `keep_graph` says)",
            formula="f.saved = None",
            instead="`if not keep_graph: f.saved = None`",
        ),
        reason="that is what was asked",
        consulted_by="backward, grad",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.Tensor.backward.html",),
    ),
)
