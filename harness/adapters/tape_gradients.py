"""Which gradients each call on a tape is asked for.

A `backward` stores gradients in all inputs; a tape answers what it is asked. So each call asks for every input that
requires a gradient, also for those that no tape has seen on the way to the root, because that a gradient is missing is
what the program may want to show. Of all other values it asks for those whose gradient the program looks at.
"""

from collections.abc import Iterator
from typing import TypeGuard

from harness.adapters.tape_plan import roots
from harness.program import Backward, ClearGrad, Grad, Input, KeepGradient, Observe, Program, SGDStep


def wanted_gradients(program: Program) -> dict[int, tuple[str, ...]]:
    """For the position of each call that stores gradients, the values whose gradients it is asked for."""
    return _Wanted(program).by_call()


class _Wanted:
    def __init__(self, program: Program) -> None:
        self._steps = program.steps
        self._defined = {name: position for position, step in enumerate(program.steps) for name in step.defines}
        self._sources = _sources(program)
        self._leaves = [name for name, step in program.inputs.items() if step.requires_grad]

    def by_call(self) -> dict[int, tuple[str, ...]]:
        wanted = {call: set(names) for call, names in self._leaves_wanted()}
        for position, name in self._looks():
            call = self._answering(name, position)
            if call is not None:
                wanted[call].add(name)
        return {call: tuple(sorted(names, key=self._defined.__getitem__)) for call, names in wanted.items()}

    def _leaves_wanted(self) -> Iterator[tuple[int, list[str]]]:
        for position, step in enumerate(self._steps):
            if isinstance(step, Backward):
                yield position, [name for name in self._leaves if self._defined[name] < position]
            elif isinstance(step, Grad) and step.retain_grad:
                yield position, []

    def _looks(self) -> Iterator[tuple[int, str]]:
        """Where the program looks at the gradient of something that is not asked for anyway."""
        for position, step in enumerate(self._steps):
            looked_at: tuple[str, ...] = ()
            if isinstance(step, Observe):
                looked_at = tuple(quantity.of for quantity in step.quantities if quantity.kind == "gradient")
            elif isinstance(step, SGDStep | KeepGradient):
                looked_at = step.uses
            yield from ((position, name) for name in looked_at if name not in self._leaves)

    def _answering(self, name: str, position: int) -> int | None:
        """The last call before `position` that gives `name` a gradient; if none can, the last that might be asked."""
        defined = self._defined[name]
        possible: list[int] = []
        reaching: list[int] = []
        for call in range(defined + 1, position):
            step = self._steps[call]
            if isinstance(step, ClearGrad) and step.of == name:
                possible, reaching = [], []
            elif isinstance(step, Backward) or self._retains(step, name):
                possible.append(call)
                if any(name in self._sources[root] for root in roots(step)):
                    reaching.append(call)
        return max(reaching or possible, default=None)

    def _retains(self, step: object, name: str) -> TypeGuard[Grad]:
        """Whether a grad also stores the gradient of `name`, which is the case for values in between only."""
        return isinstance(step, Grad) and step.retain_grad and not isinstance(self._steps[self._defined[name]], Input)


def _sources(program: Program) -> dict[str, frozenset[str]]:
    """For each name all that it is computed from, itself included, recorded or not."""
    sources: dict[str, frozenset[str]] = {}
    for step in program.steps:
        below = frozenset[str]().union(*(sources[name] for name in step.uses))
        for name in step.defines:
            sources[name] = below | {name}
    return sources
