"""The command `crossgrad`.

Data goes to stdout, progress to stderr. Exit codes: 0 fine, 1 a disagreement, 2 usage or environment, 130 interrupted.
"""

import sys

import click

import harness
from harness.cli.elsewhere import Elsewhere
from harness.errors import CrossgradError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(harness.__version__, prog_name="crossgrad")
def cli() -> None:
    """Runs the same small differentiable programs in several frameworks and reports where their gradients disagree.

    \b
    Examples:
      crossgrad run                          the whole catalogue; ends with the path of the report
      crossgrad run double_use --env torch   one topic in one framework
      crossgrad show double_use/add_chain --framework torch
    """


COMMANDS = {
    "harness.cli.run:run": "Run cases in environments, compare, and write a report.",
    "harness.cli.check:check": "Run the catalogue on your own engine, and say which mistake gives exactly its numbers.",
    "harness.cli.list:list_": (
        "List cases, ops, environments, dimensions, or faults: mistakes that are known by the numbers they give."
    ),
    "harness.cli.show:show": "Print a case as a script of one framework, or of your own engine.",
    "harness.cli.explain:explain": "Explain an op, a dimension, a mistake, a status or a case.",
    "harness.cli.semantics:semantics": "Compare the conventions of the frameworks.",
    "harness.cli.profile:profile": (
        "Work out which conventions an engine follows, from what it answers to the whole catalogue."
    ),
    "harness.cli.report:report": (
        "Render results files again, anywhere; several are merged, a folder stands for the "
        "results.jsonl files below it."
    ),
    "harness.cli.replay:replay": (
        "Run programs again from a results file, or from a program saved as JSON, and print what each point yields now."
    ),
    "harness.cli.fuzz:fuzz": "Generate programs, run each in all environments, and find what nothing explains.",
    "harness.cli.promote:promote": (
        "Make a finding of `crossgrad fuzz` a case: its program is written down in Python, in a file of cases."
    ),
    "harness.cli.envs:envs": "The environments that hold the frameworks.",
    "harness.cli.doctor:doctor": "Check everything that a run needs.",
    "harness.cli.schema:schema": "Print the JSON Schema of one line of results.jsonl.",
}
"""Where each command is, and the first sentence of its help. It is called like its file."""

for place, summary in COMMANDS.items():
    cli.add_command(Elsewhere(place, place.partition(":")[0].rpartition(".")[2], summary))


def main() -> None:
    """The entry point: every known error is one message on stderr."""
    try:
        # Outside standalone mode click hands exceptions through and returns what `context.exit` was given.
        code = cli(standalone_mode=False)
    except CrossgradError as error:
        click.echo(f"crossgrad: {error}", err=True)
        code = 2
    except click.ClickException as error:
        error.show()
        code = 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("crossgrad: interrupted", err=True)
        code = 130
    except BrokenPipeError:
        # The reader of our output left, as `head` does.
        sys.stderr.close()
        code = 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"crossgrad: {where}{error.strerror or error}", err=True)
        code = 2
    sys.exit(code if isinstance(code, int) else 0)
