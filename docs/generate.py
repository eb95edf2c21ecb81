"""Writes the pages of docs/ that are made from code: `python docs/generate.py`. A test fails when they are stale."""

import inspect
import io
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from textwrap import dedent

from harness.adapters import ADAPTERS, Adapter
from harness.cli import cli
from harness.errors import Unsupported
from harness.script import Data
from harness.trace import Tracer, trace

DOCS = Path(__file__).parent


def add_twice(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    y = x + x
    g.observe("y", y)


def shared_input(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0], shared=True)
    g.write_host(x, 5.0, index=0)
    g.observe("x", x)


def backward(g: Tracer) -> None:
    x = g.input("x", 1.0)
    y = x * x
    g.backward(y)
    g.observe("x.grad", x.grad)


def backward_with_a_seed(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    y = x * x
    g.backward(y, [1.0, 10.0])
    g.observe("x.grad", x.grad)


def backward_twice(g: Tracer) -> None:
    x = g.input("x", 1.0)
    y = x * x
    g.backward(y, keep_graph=True)
    g.clear_grad(x)
    g.backward(y)
    g.observe("x.grad", x.grad)


def functional(g: Tracer) -> None:
    x = g.input("x", 1.0)
    y = x * x
    gx = g.grad(y, x)
    g.observe("gx", gx)


def second_order(g: Tracer) -> None:
    x = g.input("x", 2.0)
    y = x**3
    gx = g.grad(y, x, create_graph=True)
    g.backward(gx)
    g.observe("x.grad", x.grad)


def gradient_of_a_value_in_between(g: Tracer) -> None:
    x = g.input("x", 1.0)
    t = 2 * x
    g.retain_grad(t)
    y = t * t
    g.backward(y)
    g.observe("t.grad", t.grad)


def not_recording(g: Tracer) -> None:
    x = g.input("x", 1.0)
    with g.not_recording():
        square = x * x
    y = square + x
    g.backward(y)
    g.observe("x.grad", x.grad)


def stop_gradient(g: Tracer) -> None:
    x = g.input("x", 1.0)
    y = x * g.stop_gradient(x)
    g.backward(y)
    g.observe("x.grad", x.grad)


def cast(g: Tracer) -> None:
    x = g.input("x", 1.0)
    y = x.astype("float32")
    g.backward(y)
    g.observe("x.grad", x.grad)


def write_in_place(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    g.write(x, 5.0, index=0)
    g.observe("x", x)


def write_into_a_gradient(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    y = g.sum(x)
    g.backward(y)
    g.write(x.grad, 5.0, index=0)
    g.observe("x.grad", x.grad)


def gradient_of_before(g: Tracer) -> None:
    x = g.input("x", 1.0)
    y = x * x
    g.backward(y, keep_graph=True)
    kept = g.keep(x.grad)
    g.backward(y)
    g.observe("the same object", g.same_object(x.grad, kept))


def zeros_where_nothing_connects(g: Tracer) -> None:
    x = g.input("x", 1.0)
    w = g.input("w", 1.0)
    y = x * x
    gx, gw = g.grad(y, [x, w], unconnected="zeros")
    g.observe("gx", gx)
    g.observe("gw", gw)


def none_where_nothing_connects(g: Tracer) -> None:
    x = g.input("x", 1.0)
    w = g.input("w", 1.0)
    y = x * x
    gx, gw = g.grad(y, [x, w], unconnected="none")
    g.observe("gx", gx)
    g.observe("gw", gw)


def what_a_tape_watches(g: Tracer) -> None:
    x = g.input("x", 1.0)
    y = x * x
    g.backward(y)
    g.observe("x is watched", g.watched(x))


def optimizer_step(g: Tracer) -> None:
    x = g.input("x", 1.0)
    y = x * x
    g.backward(y)
    g.sgd_step(x, 0.1)
    g.observe("x", x)


def attempt(g: Tracer) -> None:
    x = g.input("x", [1.0, 2.0])
    y = x * x
    with g.attempt("backward"):
        g.backward(y)


def aspects(g: Tracer) -> None:
    x = g.input("x", 1.0)
    g.observe("dtype", x.dtype)
    g.observe("leaf", x.is_leaf)
    g.observe("requires", x.requires_grad)
    g.observe("host", g.host(x))
    g.observe("warnings", g.warnings)


VERBS: dict[str, Callable[[Tracer], None]] = {
    "An op": add_twice,
    "An input without a copy, and a write into its host array": shared_input,
    "The reverse pass": backward,
    "The reverse pass from a given cotangent": backward_with_a_seed,
    "The reverse pass twice, keeping the graph and clearing the gradient": backward_twice,
    "The functional form": functional,
    "The functional form, with zeros for an input that nothing connects": zeros_where_nothing_connects,
    "The functional form, with None for an input that nothing connects": none_where_nothing_connects,
    "Second order": second_order,
    "The gradient of a value in between": gradient_of_a_value_in_between,
    "A part that is not recorded": not_recording,
    "A constant to differentiation": stop_gradient,
    "A cast": cast,
    "A write in place": write_in_place,
    "A write into a stored gradient": write_into_a_gradient,
    "The gradient of before, kept to compare it with that of after": gradient_of_before,
    "What a tape watches": what_a_tape_watches,
    "One step of an optimizer": optimizer_step,
    "Does it raise?": attempt,
    "What else can be observed": aspects,
}


ADAPTERS_INTRODUCTION = """# Which idiom stands for which verb

A case says an intention; each adapter says it as the users of its framework would. Generated by
`python docs/generate.py` from the adapters themselves. The lines that make the host arrays
(`x_np = np.array(...)`) are left out.

Gradients that are stored are at `x.grad`; frameworks that return them instead have them in `x_grad`. `observe` records
what stands at a point.
"""


def adapters_page() -> str:
    """Which idiom stands for which verb in each framework."""
    parts = [ADAPTERS_INTRODUCTION]
    for title, function in VERBS.items():
        parts.append(f"## {title}\n\nIn a case:\n\n```python\n{_body(function)}\n```\n")
        for framework, adapter in ADAPTERS.items():
            parts.append(_say(framework, adapter(), function))
    return "\n".join(parts)


def _say(framework: str, speaks: Adapter, function: Callable[[Tracer], None]) -> str:
    try:
        script = speaks.script(trace(function))
    except Unsupported as reason:
        return f"{framework}: not supported, {reason}\n"
    text = "\n".join(str(statement) for statement in script.statements if not isinstance(statement, Data))
    notes = "".join(f"\nNot observed here: {point} ({reason}).\n" for point, reason in script.unsupported.items())
    return f"{framework}:\n\n```python\n{text}\n```\n{notes}"


def _body(function: Callable[[Tracer], None]) -> str:
    return dedent("".join(inspect.getsourcelines(function)[0][1:])).strip()


def command_page() -> str:
    """The help of every command."""
    parts = ["# The command\n\nGenerated by `python docs/generate.py` from `--help`.\n"]
    for arguments in [
        [],
        *([name] for name in cli.commands),
        *(["envs", name] for name in ("create", "list", "remove")),
    ]:
        text = io.StringIO()
        with redirect_stdout(text):
            cli.main([*arguments, "--help"], prog_name="crossgrad", standalone_mode=False, terminal_width=100)
        parts.append(f"## crossgrad {' '.join(arguments)}".rstrip() + f"\n\n```text\n{text.getvalue().strip()}\n```\n")
    return "\n".join(parts)


PAGES: dict[str, Callable[[], str]] = {"adapters.md": adapters_page, "command.md": command_page}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        print(DOCS / name, file=sys.stderr)


if __name__ == "__main__":
    main()
