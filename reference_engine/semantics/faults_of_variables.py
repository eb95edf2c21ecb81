"""Dimensions of mistakes about variables: what is recorded, what is a leaf, what becomes of a gradient."""

from reference_engine.semantics.dimension import fault
from reference_engine.semantics.mistakes import mistakes

DIMENSIONS = (
    mistakes(
        "unrecorded_regions",
        "Are ops recorded inside a region that does not record?",
        "respected",
        "No: what they compute is a constant.",
        "if Config.enable_backprop: y.creator = f",
        fault(
            "ignored",
            does="records ops inside a region that does not record as well (nobody reads `Config.enable_backprop`)",
            formula="y.creator = f  # always",
            instead="`if Config.enable_backprop: y.creator = f`",
        ),
        reason="that is what the region is for",
        consulted_by="every op",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.no_grad.html",),
    ),
    mistakes(
        "constant_inputs",
        "Does an input that was made without a gradient get one?",
        "respected",
        "No, and nor does what is computed from such inputs alone.",
        "if x.requires_grad: add gx to x",
        fault(
            "ignored",
            does="gives inputs a gradient of which none was asked (nobody reads `requires_grad=False`)",
            formula="x.requires_grad = True  # whatever was asked",
            instead="Keep what was asked, and pass over such inputs: `if x.requires_grad: ...`.",
        ),
        reason="data are no parameters",
        consulted_by="Variable",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.Tensor.requires_grad.html",),
    ),
    mistakes(
        "leaf_flag",
        "Of which variables does `is_leaf` hold?",
        "of_inputs",
        "Of those that no recorded op made.",
        "return self.creator is None",
        fault(
            "always_true",
            does="calls every variable a leaf (`is_leaf = True` is set when a variable is made, and never changed)",
            formula="self.is_leaf = True",
            instead="`is_leaf = property(lambda self: self.creator is None)`",
        ),
        reason="leaves are where gradients are kept",
        consulted_by=".is_leaf",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_leaf.html",),
    ),
    mistakes(
        "clearing",
        "What does clearing a gradient do?",
        "forgets",
        "Afterwards there is none.",
        "self.grad = None",
        fault(
            "ignored",
            does="does not clear gradients (`grad = None` sets a local name where `self.grad = None` is meant)",
            formula="def clear_grad(self): grad = None",
            instead="`self.grad = None`",
        ),
        reason="that is what it is for",
        consulted_by="clear_grad",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.optim.Optimizer.zero_grad.html",),
    ),
    mistakes(
        "unused_input",
        "What does grad return for an input that the outputs do not depend on, if an earlier pass left it a gradient?",
        "as_unconnected",
        "What it returns for any such input: see `unconnected_input`.",
        "return [cotangents.get(x) for x in inputs]",
        fault(
            "stale",
            does="returns the gradient of an earlier pass for an input that the outputs do not depend on "
            "(`[x.grad for x in inputs]` after a pass that did not reach it)",
            formula="return [x.grad for x in inputs]",
            instead="`[cotangents.get(x) for x in inputs]`, with the cotangents of this pass",
        ),
        reason="the answer is about these outputs",
        consulted_by="grad",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.autograd.grad.html",),
    ),
    mistakes(
        "step_direction",
        "Which way does a step of gradient descent go?",
        "downhill",
        "Against the gradient.",
        "x.data -= learning_rate * x.grad",
        fault(
            "uphill",
            does="steps along the gradient, uphill (`x.data += learning_rate * x.grad`)",
            formula="x.data += learning_rate * x.grad",
            instead="`x.data -= learning_rate * x.grad`",
        ),
        reason="a loss is to become smaller",
        consulted_by="sgd_step",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html",),
    ),
)
