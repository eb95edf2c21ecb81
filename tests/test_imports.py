"""Dependencies point one way, and nothing heavy is imported before it is needed."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FRAMEWORKS = {"torch", "tensorflow", "keras", "chainer", "jax", "autograd", "mygrad"}


def modules(*places: str) -> list[Path]:
    """The files that the places stand for: modules, or packages with all below them."""
    found: list[Path] = []
    for place in places:
        path = ROOT / place
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
    assert found
    return found


@cache
def imports(file: Path) -> tuple[str, ...]:
    """Every module that a file imports, in functions too, but not what is there for the type checker alone."""
    return tuple(_imports(file))


def _imports(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    typing_only = {
        id(inner)
        for node in nodes
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in nodes:
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert 0 == node.level, f"{file} imports relatively"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


UPPER = ("harness.checker", "harness.report", "harness.cli", "harness.pytest_plugin", "harness.examination",
         "harness.runner", "harness.profiles", "cases", "tests")  # fmt: skip
DIRECTIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "the program knows nothing that is built on it": (
        ("harness/program", "harness/ops", "harness/literals", "harness/arrays", "harness/errors"),
        (*UPPER, "harness.trace", "harness.script", "harness.adapters", "harness.environments", "reference_engine"),
    ),
    "the tracer knows programs alone": (
        ("harness/trace", "harness/declaration"),
        (*UPPER, "harness.script", "harness.adapters", "harness.session", "reference_engine"),
    ),
    "adapters know programs and scripts alone": (
        ("harness/adapters", "harness/script"),
        (*UPPER, "harness.session", "harness.worker", "harness.environments", "reference_engine"),
    ),
    "the worker knows nothing of ours": (("harness/worker",), ("harness", "reference_engine", "cases")),
    "a session knows scripts and environments alone": (
        ("harness/session", "harness/worker_process"),
        (*UPPER, "harness.adapters", "harness.trace", "reference_engine"),
    ),
    "environments know nothing of programs": (
        ("harness/environments",),
        (*UPPER, "harness.program", "harness.adapters", "harness.session", "reference_engine"),
    ),
    "results know programs alone": (("harness/results",), (*UPPER, "harness.session", "reference_engine")),
    "the checker knows nothing of its readers": (
        ("harness/checker",),
        ("harness.report", "harness.cli", "harness.pytest_plugin", "harness.session", "cases"),
    ),
    "the report knows nothing of running": (("harness/report",), ("harness.cli", "harness.session", "harness.runner")),
    "the reference engine stands alone": (("reference_engine",), ("harness", "cases")),
    "cases know the declaration alone": (("cases",), (*UPPER[:-2], "harness.session", "reference_engine")),
}


@pytest.mark.parametrize(("places", "forbidden"), DIRECTIONS.values(), ids=DIRECTIONS)
def test_dependencies_point_one_way(places: tuple[str, ...], forbidden: tuple[str, ...]) -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in modules(*places)
        for name in imports(file)
        if any(name == each or name.startswith(f"{each}.") for each in forbidden)
    ]
    assert [] == wrong


def test_no_framework_is_imported_by_any_module() -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in modules("harness", "reference_engine", "cases")
        for name in imports(file)
        if name.partition(".")[0] in FRAMEWORKS
    ]
    assert [] == wrong


def loaded(statement: str) -> set[str]:
    """The top-level modules, and ours, that are loaded after a statement in a fresh Python."""
    text = f"import sys, json\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", text], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(ran.stdout.splitlines()[-1]))


def test_the_pytest_plugin_is_light() -> None:
    """Pytest loads it in every project of whoever has crossgrad installed."""
    heavy = {"numpy", "msgspec", "rich", "jinja2", "psutil", "harness.program", "cases", *FRAMEWORKS}
    assert set() == heavy & loaded("import harness.pytest_plugin")


def test_the_command_starts_without_any_framework() -> None:
    assert set() == FRAMEWORKS & loaded("from harness.cli import cli\nfor one in cli.commands.values(): one.found()")


def test_the_command_s_help_imports_next_to_nothing() -> None:
    heavy = {"numpy", "msgspec", "rich", "jinja2", "psutil", "harness.program", "cases", "reference_engine"}
    assert set() == heavy & loaded("from harness.cli import cli\ncli(['--help'], standalone_mode=False)")


def test_what_is_loaded_can_be_seen() -> None:
    assert {"numpy", "harness.program"} <= loaded("import harness.program")
