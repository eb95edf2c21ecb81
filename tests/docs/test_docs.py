"""The documentation is true: generated pages are fresh, the README's commands are the ones that are tested."""

import re
from itertools import takewhile
from pathlib import Path

import generate
import pytest
from pages.command import command_page
from pages.findings import findings

from harness.catalogue import select
from harness.cli import cli

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", generate.PAGES)
def test_a_generated_page_is_fresh(name):
    assert (ROOT / "docs" / name).read_text() == generate.PAGES[name](), "run: python docs/generate.py"


def test_no_page_is_left_of_a_dimension_that_is_no_more():
    assert [] == generate.left_over(), "run: python docs/generate.py"


@pytest.mark.parametrize("file", findings(), ids=lambda file: file.stem)
def test_a_finding_has_a_title_and_says_what_a_user_can_do(file):
    text = file.read_text()
    assert text.startswith("# ")
    assert "## What a user can do\n" in text


@pytest.mark.slow
def test_each_finding_is_shown_by_cases_that_there_are():
    for file in findings():
        commands = re.findall(r"crossgrad (?:run|show) ([^\n`]+)", file.read_text())
        named = [word for command in commands for word in takewhile(lambda word: word[0] != "-", command.split())]
        assert named, file.name
        select(named)


def test_ci_runs_the_test_command_of_the_readme_word_for_word():
    readme = (ROOT / "README.md").read_text().splitlines()
    (command,) = [line for line in readme if line.endswith("&& .venv/bin/pytest -n auto")]
    assert command in (ROOT / ".ci" / "run").read_text().splitlines()


def test_the_readme_names_every_command():
    readme = (ROOT / "README.md").read_text()
    assert [] == [name for name in cli.commands if f"crossgrad {name}" not in readme]


def test_every_command_helps_with_an_example():
    page = command_page()
    for section in page.split("## ")[1:]:
        assert "Example" in section, section.splitlines()[0]


def test_the_links_of_the_readme_lead_somewhere():
    targets = re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text())
    assert [] == [target for target in targets if not target.startswith("http") and not (ROOT / target).exists()]
