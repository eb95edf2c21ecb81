"""Gradients of views, by the option `of_the_base` of the dimension `view_gradients`."""

from collections.abc import Iterable
from operator import attrgetter

from reference_engine.semantics import Options
from reference_engine.variable import Variable
from reference_engine.views import same_view, viewed


def gradients_of_views(variables: Iterable[Variable], options: Options) -> None:
    """Make the gradients of `variables` that are views of others the same views of the others' gradients."""
    for view in sorted(variables, key=attrgetter("index")):
        base = viewed(view)
        if base is None or base._grad is None or view._grad is None or options.view_gradients == "own":
            continue
        if view.saved is not None:
            view._grad = same_view(view, base._grad)
