"""`crossgrad schema`."""

import click
import msgspec

from harness import results


@click.command()
def schema() -> None:
    """Print the JSON Schema of one line of results.jsonl.

    \b
    Example:
      crossgrad schema > results.schema.json
    """
    click.echo(msgspec.json.format(msgspec.json.encode(results.schema())))
