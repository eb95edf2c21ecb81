"""Commands that are imported when they are run."""

import pytest

from harness.cli import cli


@pytest.mark.parametrize("name", cli.commands)
def test_a_command_is_listed_under_its_name_with_the_first_sentence_of_its_help(name):
    listed = cli.commands[name]
    assert name == listed.found().name == listed.name
    assert listed.short_help == listed.found().get_short_help_str(limit=1000).removesuffix(".") + "."


def test_the_help_of_a_command_is_its_own(crossgrad):
    assert "--junitxml" in crossgrad("run", "--help").out


def test_the_help_lists_every_command(crossgrad):
    out = crossgrad("--help").out
    assert [] == [name for name in cli.commands if f"\n  {name} " not in out]
