"""How adapters say the reduction of a loss: by the framework's own mean and sum around what it is of each element."""

from collections.abc import Callable

from harness.errors import Unsupported
from harness.literals import source


def reduced_by(mean: str, total: str) -> Callable[[str], Callable[..., str]]:
    """Makes a template of the text of losses one by one; `mean` and `total` are texts with these in the place of {}."""

    def loss(text: str) -> Callable[..., str]:
        def template(*operands: str, reduction: str, **parameters: float) -> str:
            losses = _filled(text, operands, parameters)
            return {"none": "{}", "mean": mean, "sum": total}[reduction].format(losses)

        return template

    return loss


def mean_only(text: str, reason: str) -> Callable[..., str]:
    """A template of a function that always gives a mean; the `reason` says which, for other reductions."""

    def template(*operands: str, reduction: str, **parameters: float) -> str:
        if reduction != "mean":
            raise Unsupported(reason)
        return _filled(text, operands, parameters)

    return template


def _filled(text: str, operands: tuple[str, ...], parameters: dict[str, float]) -> str:
    return text.format(*operands, **{name: source(value) for name, value in parameters.items()})
