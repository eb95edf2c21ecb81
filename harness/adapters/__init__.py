"""Adapters, one per framework. Open one and you know the others."""

import difflib

from harness.adapters.autograd import Autograd
from harness.adapters.base import Adapter
from harness.adapters.chainer import Chainer
from harness.adapters.jax import Jax
from harness.adapters.mygrad import MyGrad
from harness.adapters.reference import Reference
from harness.adapters.tensorflow import TensorFlow
from harness.adapters.torch import Torch
from harness.errors import UsageError

ADAPTERS: dict[str, type[Adapter]] = {
    adapter.framework: adapter for adapter in (Reference, Torch, TensorFlow, Chainer, Jax, Autograd, MyGrad)
}


def adapter(framework: str, flavour: str | None = None) -> Adapter:
    """The adapter of a framework, of its first flavour if none is named. Raises `UsageError` for an unknown one."""
    if framework not in ADAPTERS:
        near = difflib.get_close_matches(framework, ADAPTERS)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(ADAPTERS)}"
        raise UsageError(f"there is no framework {framework!r}; {hint}")
    return ADAPTERS[framework](flavour)


__all__ = ["ADAPTERS", "Adapter", "adapter"]
