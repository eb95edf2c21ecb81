import configparser
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from harness.environments import catalogue, specification, specifications
from harness.environments.specifications import requirement_lines
from harness.errors import EnvironmentProblem, UsageError

PROJECT = Path(__file__).parents[3]


def test_the_default_environments_are_the_four_frameworks_their_flavours_and_the_reference_engine() -> None:
    defaults = [(each.name, each.framework, each.flavour) for each in catalogue().values() if each.default]
    expected = [
        ("reference", "reference", ""),
        ("torch", "torch", ""),
        ("tensorflow", "tensorflow", ""),
        ("tensorflow-function", "tensorflow", "function"),
        ("chainer", "chainer", ""),
        ("jax", "jax", "x64"),
        ("jax-x32", "jax", "x32"),
    ]
    assert expected == defaults


@pytest.mark.parametrize("name", [name for name in catalogue() if name != "reference"])
def test_every_environment_pins_one_version_of_its_framework(name: str) -> None:
    assert ["=="] == [each.operator for each in catalogue()[name].pin()]


def test_names_with_one_requirement_file_share_a_virtual_environment() -> None:
    assert specification("jax").store == specification("jax-x32").store
    assert specification("jax").digest == specification("jax-x32").digest


def test_every_requirement_file_is_named_by_the_catalogue() -> None:
    named = {
        file.name for each in catalogue().values() for file in (each.requirements, each.build_requirements) if file
    }
    assert {file.name for file in specifications.FOLDER.glob("*.txt")} == named


def test_tox_reads_the_requirement_files_of_the_catalogue_for_the_environments_that_it_records() -> None:
    tox = configparser.ConfigParser(interpolation=None)
    tox.read(PROJECT / "tox.ini", encoding="utf-8")
    recorded = {}
    for section in tox.values():
        files = set(re.findall(r"[\w.]+\.txt", f"{section.get('deps', '')} {section.get('commands_pre', '')}"))
        for name in re.findall(r"--env ([\w-]+)", section.get("commands", "")):
            recorded[name] = files
    expected = {
        each.name: {file.name for file in (each.requirements, each.build_requirements) if file}
        for each in catalogue().values()
    }
    assert expected == recorded


def test_an_unknown_name_is_answered_with_the_nearest_ones() -> None:
    with pytest.raises(UsageError, match="no environment named 'tensorlow': did you mean tensorflow or"):
        specification("tensorlow")


def test_a_name_like_no_other_is_answered_with_all_of_them() -> None:
    with pytest.raises(UsageError, match=r"there are reference, torch, .*--env zzz=PYTHON"):
        specification("zzz")


def test_a_comment_does_not_change_the_digest_and_a_pin_does(empty: Path) -> None:
    file = specification("torch").requirements
    assert file
    before = specification("torch").digest
    file.write_text("torch==9.9.8  # the same\n\n# and more words\nnumpy\n")
    assert before == specification("torch").digest
    file.write_text("torch==9.9.9\nnumpy\n")
    assert before != specification("torch").digest


def test_build_requirements_are_part_of_the_digest(empty: Path) -> None:
    file = specification("torch").build_requirements
    assert file
    before = specification("torch").digest
    file.write_text("six==9.0\n")
    assert before != specification("torch").digest


def test_the_lines_of_a_requirement_file_are_requirements() -> None:
    for each in catalogue().values():
        for file in filter(None, (each.requirements, each.build_requirements)):
            assert [Requirement(line).name for line in requirement_lines(file)]


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ('framework = "torch"\npython = ">=3.11"', "description"),
        ('framework = "torch"\ndescription = ""\npython = "three"', "three"),
        ('framework = "caffe"\ndescription = ""\npython = ">=3.11"', "unknown framework 'caffe'"),
        ('framework = "torch"\ndescription = ""\npython = ">=3.11"\nversion = "1"', "version"),
        ('framework = "torch"\ndescription = ""\npython = ">=3.11"\nrequirements = "no.txt"', "no requirement file"),
        ("framework =", "Invalid value"),
    ],
)
def test_a_catalogue_that_cannot_be_used_is_named_with_the_reason(empty: Path, table: str, complaint: str) -> None:
    (specifications.FOLDER / "catalogue.toml").write_text(f"[mine]\n{table}\n")
    with pytest.raises(EnvironmentProblem, match=f"catalogue.toml cannot be used: .*{complaint}"):
        catalogue()
