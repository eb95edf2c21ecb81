import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from harness.cli import cli
from harness.environments import Probe, Specification, location, specification
from harness.environments.installations import MARKER, Marker
from harness.environments.interpreter_search import running_version
from harness.environments.probing import venv_python
from harness.errors import EnvironmentProblem, UsageError

# By its name: in the package, `envs` is the command.
envs_module = importlib.import_module("harness.cli.envs")


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of environments."""
    monkeypatch.setenv(location.VARIABLE, str(tmp_path))
    return tmp_path


@pytest.fixture
def torch(root: Path) -> Path:
    """The folder of an environment that has every outward sign of being complete."""
    folder = location.folder_for(specification("torch"), running_version())
    venv_python(folder).parent.mkdir(parents=True)
    venv_python(folder).symlink_to(sys.executable)
    marker = Marker(specification("torch").digest, Probe(running_version(), distributions={"torch": "2.13.0"}))
    (folder / MARKER).write_bytes(msgspec.json.encode(marker))
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["envs", *arguments], catch_exceptions=False)


def fields(output: str) -> dict[str, list[str]]:
    """The lines of a table by their first cells."""
    return {line.split()[0]: line.split()[1:] for line in output.splitlines()}


def test_every_environment_is_listed_with_what_there_is_of_it(torch: Path) -> None:
    result = run("list")
    assert 0 == result.exit_code
    table = fields(result.stdout)
    assert ["FRAMEWORK", "VERSION", "PYTHON", "SIZE", "PATH"] == table["NAME"]
    assert ["torch", "2.13.0", running_version(), "0", "MB", str(torch)] == table["torch"]
    assert ["jax", "(x32)", "==0.10.2", "not", "created"] == table["jax-x32"]
    assert sys.executable == table["reference"][-1]


def test_what_is_left_over_is_listed_under_the_name_of_its_folder(torch: Path) -> None:
    former = torch.rename(torch.with_name("torch-py3.11.0-00000000"))
    (former / MARKER).write_bytes(msgspec.json.encode(Marker("another digest", Probe("3.11.0"))))
    (former.parent / "jax-py3.11.0-11111111").mkdir()
    table = fields(run("list").stdout)
    assert ["no", "longer", "used", str(former)] == table[former.name][-4:]
    assert "incomplete" in table["jax-py3.11.0-11111111"]
    assert ["not", "created"] == table["torch"][-2:]


def test_the_list_is_also_json(torch: Path) -> None:
    rows = {row["name"]: row for row in msgspec.json.decode(run("list", "--json").stdout)}
    expected = {
        "name": "torch",
        "framework": "torch",
        "flavour": "",
        "version": "2.13.0",
        "python": running_version(),
        "path": str(torch),
        "state": "created",
    }
    assert expected == {key: value for key, value in rows["torch"].items() if key != "size"}
    assert rows["torch"]["size"] > 0
    assert ("not created", None) == (rows["jax"]["state"], rows["jax"]["size"])


def creating(monkeypatch: pytest.MonkeyPatch, outcome: dict[str, Path | EnvironmentProblem]) -> list[str]:
    """Let the creation of environments end in `outcome`; returns the names that it is asked for."""
    asked: list[str] = []

    def create_all(
        specifications: list[Specification], report: Callable[[str, str], None]
    ) -> dict[str, Path | EnvironmentProblem]:
        asked.extend(each.name for each in specifications)
        for name in outcome:
            report(name, "collecting [all]")
        return outcome

    monkeypatch.setattr(envs_module, "create_all", create_all)
    return asked


def test_created_interpreters_go_to_stdout_and_progress_to_stderr(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = creating(monkeypatch, {"jax": Path("python-of-jax")})
    result = run("create", "jax")
    assert ["jax"] == asked
    assert "jax  python-of-jax\n" == result.stdout
    assert "jax: collecting [all]\n" == result.stderr


def test_without_a_name_all_default_environments_are_created(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = creating(monkeypatch, {})
    assert 0 == run("create").exit_code
    assert ["reference", "torch", "tensorflow", "tensorflow-function", "chainer", "jax", "jax-x32"] == asked


def test_on_a_terminal_progress_is_one_line_an_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    creating(monkeypatch, {"jax": Path("python-of-jax")})
    monkeypatch.setenv("FORCE_COLOR", "1")
    result = run("create", "jax")
    assert "jax  python-of-jax\n" == result.stdout
    assert "collecting [all]" in result.stderr


def test_a_failure_does_not_hide_what_was_created_and_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = EnvironmentProblem("no network")
    creating(monkeypatch, {"jax": problem, "torch": Path("python-of-torch"), "jax-x32": problem})
    result = CliRunner().invoke(cli, ["envs", "create", "jax", "torch", "jax-x32"])
    assert "torch  python-of-torch\n" == result.stdout
    assert isinstance(result.exception, EnvironmentProblem)
    assert "no network" == str(result.exception)


def test_an_unknown_name_creates_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = creating(monkeypatch, {})
    with pytest.raises(UsageError, match="did you mean torch"):
        run("create", "jax", "troch")
    assert [] == asked


def test_an_environment_is_removed_by_name(torch: Path) -> None:
    assert f"removed {torch}\n" == run("remove", "torch").stdout
    assert not torch.exists()


def test_all_are_removed_at_once(torch: Path) -> None:
    incomplete = torch.with_name("jax-py3.11.0-11111111")
    incomplete.mkdir()
    result = run("remove", "--all")
    assert {f"removed {torch}", f"removed {incomplete}"} == {*result.stdout.splitlines()}


@pytest.mark.parametrize("arguments", [[], ["torch", "--all"]])
def test_what_to_remove_is_said_in_one_way(torch: Path, arguments: list[str]) -> None:
    result = run("remove", *arguments)
    assert 2 == result.exit_code
    assert "give the names of environments, or --all" in result.stderr
    assert torch.exists()


@pytest.mark.parametrize("command", [[], ["list"], ["create"], ["remove"]])
def test_help_has_an_example(command: list[str]) -> None:
    result = run(*command, "--help")
    assert "Example:\n" in result.stdout
    assert f"crossgrad envs {' '.join(command)}".rstrip() in result.stdout
