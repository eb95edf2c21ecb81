"""Frameworks that are the reference engine under other names, each with some of that framework's conventions."""

from collections.abc import Callable, Iterator

import pytest

from harness.adapters import adapter
from harness.consistency import Consistency, consistency
from harness.consistency.functions import CallableFunction
from reference_engine import semantics

CONVENTIONS = {"chainer": {"max_ties": "all"}, "jax": {"unconnected_input": "zeros"}}


class Pretender(CallableFunction):
    """A function over the engine's variables, in the name of a framework."""

    def __init__(self, name, function):
        super().__init__("reference", function)
        self.name = name
        self.adapter = adapter(name)

    def run(self, scripts):
        with semantics.using(**CONVENTIONS.get(self.name, {})):
            yield from super().run(scripts)


@pytest.fixture
def check(monkeypatch) -> Iterator[Callable[..., None]]:
    """`assert_consistent` for functions over the engine's variables, whatever framework they are said to be of."""
    monkeypatch.setattr(consistency, "CallableFunction", Pretender)
    with Consistency() as holding:
        yield holding.assert_consistent


@pytest.fixture
def message(check) -> Callable[..., list[str]]:
    """The lines of the message with which a call fails."""

    def failing(*arguments, **keywords):
        with pytest.raises(AssertionError) as raised:
            check(*arguments, **keywords)
        return str(raised.value).splitlines()

    return failing
