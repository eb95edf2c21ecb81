"""The names that a description assigns: what each one means, and which placeholders its text may hold.

This is the single list: reading, checking and the documentation are made from it.
"""

from typing import Any

import msgspec


class Word(msgspec.Struct, frozen=True):
    """One name."""

    name: str
    meaning: str
    example: str
    """A literal, as one writes it in a file."""
    placeholders: tuple[str, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    """Of each group one placeholder has to occur."""
    required: bool = False
    statement: bool = False
    """Whether its text is a statement; otherwise it is an expression."""
    type: Any = str
    """What the literal has to be; a text is a template."""


_IN_A_PASS = ("keep_graph", "retain_grad")
_LEAF = ("array", "number", "dtype")
_X = ("x",)

WORDS: dict[str, Word] = {
    word.name: word
    for word in (
        Word(
            "variable",
            "A leaf that gets a gradient, made from the NumPy array {array}, whose dtype is {dtype}. An engine whose "
            "values are single numbers writes {number}, a Python float, instead: then only cases of single floats run.",
            '"Tensor({array})"',
            _LEAF,
            (("array", "number"),),
            required=True,
        ),
        Word("value", "The value of a variable: a NumPy array or a number.", '"{x}.data"', _X, (_X,), required=True),
        Word(
            "backward",
            "The reverse pass from {y}. {keep_graph} and {retain_grad} become True or False: whether the graph is "
            "needed again, and whether gradients of computed variables are to be kept.",
            '"{y}.backward()"',
            ("y", *_IN_A_PASS),
            (("y",),),
            required=True,
            statement=True,
        ),
        Word(
            "gradient",
            "The gradient that is stored for a variable: an array, a number, a variable, or None.",
            '"{x}.grad"',
            _X, (_X,),
            required=True,
        ),
        Word(
            "ops",
            "The ops, by the names of `crossgrad list ops`. {0} and {1} are operands, {*} all of them, {axis} and the "
            "like parameters. An op that is not there is not asked for, nor is a parameter that is left out.",
            '{"add": "{0} + {1}", "sum": "{0}.sum(axis={axis}, keepdims={keepdims})"}',
            required=True,
            type=dict[str, str],
        ),
        Word("clear", "Forget the stored gradient.", '"{x}.grad = None"', _X, (_X,), statement=True),
        Word(
            "constant",
            "A leaf that gets no gradient. Without it, constants are made by `variable`.",
            '"Tensor({array}, requires_grad=False)"',
            _LEAF,
            (("array", "number"),),
        ),
        Word(
            "seeded_backward",
            "The reverse pass from {y} with the cotangent {seed}, a constant.",
            '"{y}.backward({seed})"',
            ("seed", "y", *_IN_A_PASS),
            (("y",), ("seed",)),
            statement=True,
        ),
        Word(
            "retain",
            "Ask that the gradient of a computed variable be kept; `pass` where that is always so.",
            '"{x}.retain_grad()"',
            _X,
            statement=True,
        ),
        Word(
            "grad",
            "The functional form: a list of gradients of the lists {outputs} by {inputs}. {seeds} becomes a list or "
            "None; {create_graph} and {keep_graph} become True or False.",
            '"grad({outputs}, {inputs}, {seeds})"',
            ("outputs", "inputs", "seeds", "create_graph", "keep_graph"),
            (("outputs",), ("inputs",)),
        ),
        Word("no_recording", "The context manager under which nothing is recorded.", '"no_grad()"'),
        Word("is_leaf", "Whether a variable is a leaf.", '"{x}.creator is None"', _X, (_X,)),
        Word("requires_grad", "Whether a variable gets a gradient.", '"{x}.requires_grad"', _X, (_X,)),
        Word("title", "The engine's name. Without it: the file's, without a `check_` before it.", '"My engine"'),
        Word(
            "dtypes",
            "The dtypes in which the engine is asked. Without it: all of NumPy's.",
            '["float32", "float64"]',
            type=list[str],
        ),
        Word(
            "errors",
            "What exceptions mean: words of the message, and the kind, such as graph_freed or unsupported.",
            '{"already freed": "graph_freed"}',
            type=dict[str, str],
        ),
        Word(
            "claims",
            "Conventions that the engine promises, by dimension; another one is then a mistake.",
            '{"max_ties": "split"}',
            type=dict[str, str],
        ),
    )
}  # fmt: skip

TEMPLATES = tuple(word.name for word in WORDS.values() if word.type is str and word.name != "title")

KINDS = (
    "unsupported", "graph_freed", "seed_required", "seed_mismatch", "nothing_recorded", "saved_value_written",
    "unconnected_input", "integer_input", "complex_input", "mixed_dtypes", "no_gradient", "no_gradients", "read_only",
    "shape_mismatch",
)  # fmt: skip
"""What an exception may mean; `unsupported`: the engine does not do this, which is no mistake."""
