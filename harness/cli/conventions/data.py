"""What `crossgrad semantics --format json` prints."""

from collections.abc import Sequence
from typing import Any

import click
import msgspec

from harness.checker.moving import Change
from harness.profiles.comparison import Row, Side, rows, sides
from reference_engine.semantics import Dimension


def side_by_side(shown: Sequence[Row]) -> None:
    """A list of the dimensions, each with what every environment chooses."""
    _print(
        [
            _described(row.topic, row.dimension)
            | {
                "options": list(row.dimension.acceptable),
                "default": row.dimension.default,
                "chosen": {one.name: _chosen(row.dimension, one) for one in sides()},
            }
            for row in shown
        ]
    )


def choices(one: Side) -> None:
    """A list of the dimensions, each with what one framework chooses."""
    _print([_described(row.topic, row.dimension) | _chosen(row.dimension, one) for row in rows()])


def moving(before: Side, after: Side, found: Sequence[Change]) -> None:
    """The two names, and a list of what changes."""
    listed = [
        _described(change.topic, change.dimension)
        | {
            "before": _chosen(change.dimension, before),
            "after": _chosen(change.dimension, after),
            "shown": change.shown,
        }
        for change in found
    ]
    _print({"before": before.name, "after": after.name, "changes": listed})


def _described(topic: str, dimension: Dimension) -> dict[str, Any]:
    return {"dimension": dimension.name, "topic": topic, "title": dimension.title}


def _chosen(dimension: Dimension, one: Side) -> dict[str, Any]:
    """An option with its texts and reference, or why the question does not arise."""
    name = one.option(dimension.name)
    if name is None:
        return {"option": None, "reason": one.profile.inapplicable[dimension.name].reason}
    option, choice = dimension.options[name], one.profile.choices.get(dimension.name)
    return {
        "option": name,
        "sentence": option.sentence,
        "formula": option.formula,
        "advice": option.advice,
        "reference": choice.reference if choice else None,
    }


def _print(answer: Any) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(answer), indent=2))
