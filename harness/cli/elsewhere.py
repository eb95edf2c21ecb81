"""Commands that are imported when they are run."""

from pkgutil import resolve_name
from typing import Any

import click


class Elsewhere(click.Command):
    """Stands for a command in another module, so that `crossgrad --help` need not import any."""

    def __init__(self, place: str, name: str, summary: str) -> None:
        """`place` as in `harness.cli.run:run`; `summary` is the first sentence of the command's own help."""
        super().__init__(name, short_help=summary)
        self.place = place

    def found(self) -> click.Command:
        """The command that it stands for, imported."""
        command = resolve_name(self.place)
        assert isinstance(command, click.Command)
        return command

    def make_context(self, *arguments: Any, **settings: Any) -> click.Context:
        """The other command's; click asks its context for everything else: to parse, to help, to be invoked."""
        return self.found().make_context(*arguments, **settings)
