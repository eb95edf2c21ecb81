"""The command `crossgrad`.

Data goes to stdout, progress to stderr. Exit codes: 0 fine, 1 a disagreement, 2 usage or environment, 130 interrupted.
"""

import sys

import click

import harness
from harness.cli.check import check
from harness.cli.doctor import doctor
from harness.cli.envs import envs
from harness.cli.explain import explain
from harness.cli.fuzz import fuzz
from harness.cli.list import list_
from harness.cli.profile import profile
from harness.cli.promote import promote
from harness.cli.replay import replay
from harness.cli.report import report
from harness.cli.run import run
from harness.cli.schema import schema
from harness.cli.semantics import semantics
from harness.cli.show import show
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


for command in (run, check, list_, show, explain, semantics, profile, report, replay, fuzz, promote, envs, doctor, schema):
    cli.add_command(command)


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
