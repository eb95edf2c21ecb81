"""The pytest plugin: `pytest --crossgrad` runs one item for each case and environment.

pytest loads this module at every start of every project in whose environment crossgrad is installed, so it imports
nothing else of ours until `--crossgrad` is given, or the fixture `assert_consistent` is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from harness.declaration import Case
    from harness.environments import Environment, Missing
    from harness.examination import Examination
    from harness.pytest_engine import Engine
    from harness.results import Verdict


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("crossgrad", "gradient consistency")
    group.addoption(
        "--crossgrad",
        action="store_true",
        help="run cases of crossgrad: those in collected files that match the ini option crossgrad_files, "
        "and the catalogue if no file or folder is named",
    )
    group.addoption(
        "--crossgrad-env",
        action="append",
        default=[],
        metavar="NAME[=PYTHON]",
        help="an environment as in `crossgrad run --env`; may be repeated (default: all default environments)",
    )
    group.addoption(
        "--crossgrad-engine",
        type=Path,
        metavar="FILE",
        help="your own engine, described as for `crossgrad check FILE`, instead of the default environments",
    )
    parser.addini(
        "crossgrad_files",
        "file names that hold cases, when --crossgrad is given",
        type="args",
        default=["*_cases.py", "cases_*.py", "cases.py"],
    )


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("crossgrad"):
        if config.getoption("crossgrad_engine"):
            raise pytest.UsageError(
                "--crossgrad-engine says which engine; give --crossgrad as well, which runs the cases"
            )
        return
    config.pluginmanager.register(_Crossgrad(config), "crossgrad-items")


@pytest.fixture(scope="session")
def assert_consistent() -> Iterator[Callable[..., None]]:
    """`harness.assert_consistent`, whose workers end with the session."""
    from harness.consistency import Consistency

    with Consistency() as consistency:
        yield consistency.assert_consistent


class _Crossgrad:
    """What is there once `--crossgrad` is given: the environments, and a worker for each that was needed."""

    def __init__(self, config: pytest.Config) -> None:
        import cases

        self._config = config
        self._catalogue = Path(str(cases.__path__[0]))
        self._environments: list[Environment | Missing] | None = None
        self._examinations: dict[str, Examination] = {}
        self._engine: Engine | None = None
        self._summaries: dict[str, None] = {}
        """What pytest's summary says of the engine; several processes of pytest-xdist may say the same."""
        if config.args_source is not pytest.Config.ArgsSource.ARGS:
            config.args.append(str(self._catalogue))
        self._named = {Path(argument.split("::")[0]).resolve() for argument in config.args}

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> Generator[None, Any, Any]:
        collectors = yield
        if not self._holds_cases(file_path):
            return collectors
        file: CaseFile = CaseFile.from_parent(parent, path=file_path)
        file.crossgrad = self
        # pytest takes any file that is named for a module of tests; ours is one only if its name says so.
        is_tests = any(fnmatch(file_path.name, pattern) for pattern in self._config.getini("python_files"))
        return [*collectors, file] if is_tests else [file]

    def _holds_cases(self, file: Path) -> bool:
        if file.suffix != ".py":
            return False
        if file.parent == self._catalogue:
            return file.stem != "__init__"
        if any(fnmatch(file.name, pattern) for pattern in self._config.getini("crossgrad_files")):
            return True
        return file.resolve() in self._named and b"@case(" in file.read_bytes()

    def pytest_unconfigure(self) -> None:
        for examination in self._examinations.values():
            examination.__exit__(None, None, None)
        self._examinations.clear()

    @property
    def environments(self) -> list[Environment | Missing]:
        """Found, or created, when the first case is collected."""
        if self._environments is None:
            from harness.environments import resolve

            requested, engine = self._config.getoption("crossgrad_env"), self._config.getoption("crossgrad_engine")
            self._environments = []
            if engine is not None:
                from harness.pytest_engine import Engine

                self._engine = Engine(engine)
                self._environments = [self._engine.environment]
            if requested or engine is None:
                self._environments += resolve(requested, create_missing=True, report=self._report)
        return self._environments

    def _report(self, step: str) -> None:
        reporter = self._config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.write_line(f"crossgrad: {step}")

    def examine(self, case: Case, environment: Environment) -> Verdict:
        """The verdict of one case; the worker stays for the next one."""
        from harness.checker import Judge
        from harness.examination import Examination
        from harness.results import Verdict
        from harness.session import Limits

        if self._engine is not None and environment is self._engine.environment:
            return self._engine.verdict(case)
        examination = self._examinations.get(environment.name)
        if examination is None:
            examination = self._examinations[environment.name] = Examination(environment, Judge(), Limits())
        (records,) = examination.of([case])
        verdict = records[-1]
        assert isinstance(verdict, Verdict)
        return verdict

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        if self._engine is not None:
            items = [item for item in session.items if isinstance(item, CaseItem)]
            self._engine.cases = [item.case for item in items if item.environment is self._engine.environment]

    def is_own(self, verdict: Verdict) -> bool:
        """Whether it is about the user's own engine."""
        return self._engine is not None and verdict.environment == self._engine.environment.name

    def explanation(self, verdict: Verdict) -> str:
        """The mistakes that a verdict shows; nothing for a framework."""
        return self._engine.explanation(verdict) if self._engine is not None and self.is_own(verdict) else ""

    def pytest_sessionfinish(self) -> None:
        summary = self._engine.summary() if self._engine is not None else ""
        if summary:
            if hasattr(self._config, "workeroutput"):
                self._config.workeroutput["crossgrad"] = summary
            else:
                self._summaries[summary] = None

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A process of pytest-xdist has ended."""
        if "crossgrad" in getattr(node, "workeroutput", {}):
            self._summaries[node.workeroutput["crossgrad"]] = None

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for summary in self._summaries:
            terminalreporter.section("crossgrad")
            terminalreporter.write(summary)


class CaseFile(pytest.File):
    """A Python file that declares cases."""

    crossgrad: _Crossgrad

    def collect(self) -> Iterator[CaseItem]:
        from harness.catalogue import load_file
        from harness.errors import CrossgradError

        try:
            cases = load_file(self.path)
            environments = self.crossgrad.environments
        except CrossgradError as error:
            raise self.CollectError(str(error)) from None
        for case in cases:
            for environment in environments:
                item: CaseItem = CaseItem.from_parent(self, name=f"{case.id}[{environment.name}]")
                item.case, item.environment = case, environment
                item.crossgrad = self.crossgrad
                yield item


class CaseItem(pytest.Item):
    """A case in an environment."""

    case: Case
    environment: Environment | Missing
    crossgrad: _Crossgrad

    def runtest(self) -> None:
        from harness.environments import Missing
        from harness.junit import user_properties
        from harness.results import FAILING

        if isinstance(self.environment, Missing):
            pytest.skip(f"{self.environment.name} is missing: {self.environment.reason}")
        verdict = self.crossgrad.examine(self.case, self.environment)
        self.user_properties += user_properties(verdict)
        if verdict.status == "unsupported":
            pytest.skip(verdict.reason or next(iter(verdict.points.values())).sentence)
        if verdict.status in FAILING:
            raise GradientDisagreement(verdict)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, GradientDisagreement):
            return self._explain(excinfo.value.verdict)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.case.function.__code__.co_firstlineno - 1, self.name

    def _explain(self, verdict: Verdict) -> str:
        from harness.junit import explain

        python = getattr(self.environment, "python", "")
        given = [text for text in self.config.getoption("crossgrad_env") if text.startswith(f"{verdict.environment}=")]
        environment = f"{verdict.environment}={python}" if given else verdict.environment
        engine = self.config.getoption("crossgrad_engine")
        own = self.crossgrad.is_own(verdict)
        replay = f"check {engine} {self.case.id}" if own else f"run {self.path} --env {environment}"
        return (
            f"{verdict.status}: {self.case.id} in {verdict.environment}\n{self.case.title}\n\n{explain(verdict)}\n\n"
            f"{self.crossgrad.explanation(verdict)}replay: crossgrad {replay}"
        )


class GradientDisagreement(Exception):
    """Raised by an item whose verdict fails; carries the verdict."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.status)
        self.verdict = verdict
