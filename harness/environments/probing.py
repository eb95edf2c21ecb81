"""What an interpreter is and which frameworks it holds, found out by running one small script with it."""

import os
import shutil
import subprocess
from pathlib import Path

import msgspec

from harness.environments.frameworks import DISTRIBUTIONS
from harness.errors import EnvironmentProblem

SCRIPT = Path(__file__).with_name("probe_script.py")
_OTHER_INTERPRETERS_SETTINGS = ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__")


class Probe(msgspec.Struct, frozen=True):
    """The facts that `probe_script.py` prints."""

    python_version: str
    executable: str = ""
    implementation: str = ""
    platform: str = ""
    can_create: bool = False
    distributions: dict[str, str] = {}

    @property
    def numpy_version(self) -> str | None:
        return self.distributions.get("numpy")

    @property
    def frameworks(self) -> dict[str, str]:
        """The version of each known framework that is installed."""
        return {
            framework: self.distributions[name]
            for framework, names in DISTRIBUTIONS.items()
            for name in reversed(names)
            if name in self.distributions
        }


def probe(python: Path, *, timeout: float = 30.0) -> Probe:
    """Run the script with `python` and return what it says.

    Raises `EnvironmentProblem` if the interpreter does not exist, is not a Python, is older than 3.6, or does not
    answer within `timeout` seconds.
    """
    names = ["numpy", *(name for names in DISTRIBUTIONS.values() for name in names)]
    try:
        ran = subprocess.run(
            [python, SCRIPT, *names],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            env=interpreter_variables(),
            check=False,
        )
    except FileNotFoundError:
        raise EnvironmentProblem(f"{python} does not exist: give the path of a Python interpreter") from None
    except OSError as error:
        raise _not_python(python, error.strerror or str(error)) from None
    except subprocess.TimeoutExpired:
        raise EnvironmentProblem(f"{python} did not answer within {timeout:g} s: try it by hand, {python} -V") from None
    # A sitecustomize may print too; the script's line is the last.
    line = ran.stdout.strip().rpartition(b"\n")[2]
    try:
        probed = msgspec.json.decode(line, type=Probe)
    except msgspec.DecodeError:
        said = ran.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise _not_python(python, said or f"exit code {ran.returncode}") from None
    if not probed.executable:
        raise EnvironmentProblem(
            f"{python} is Python {probed.python_version}: crossgrad drives frameworks on Python 3.6 and newer"
        )
    return probed


def require(probed: Probe, framework: str) -> str:
    """The version of `framework` there. Raises `EnvironmentProblem` if it, or NumPy, is not installed."""
    if framework not in probed.frameworks:
        raise EnvironmentProblem(
            f"{probed.executable} does not have {framework} (looked for {', '.join(DISTRIBUTIONS[framework])}): "
            f"install it there, {probed.executable} -m pip install {DISTRIBUTIONS[framework][0]}"
        )
    require_numpy(probed)
    return probed.frameworks[framework]


def require_numpy(probed: Probe) -> str:
    """The version of NumPy there. Raises `EnvironmentProblem` if it is not installed."""
    if probed.numpy_version is None:
        raise EnvironmentProblem(
            f"{probed.executable} does not have NumPy, which carries the values between crossgrad and a framework: "
            f"install it there, {probed.executable} -m pip install numpy"
        )
    return probed.numpy_version


def python_path(text: str) -> Path:
    """The interpreter that a person means: a path, a virtual environment's folder, or a command on PATH.

    Symbolic links stay: a virtual environment's interpreter is one, and what it finds depends on its own path.
    """
    path = Path(text).expanduser()
    if path.is_dir():
        return venv_python(path.absolute())
    found = shutil.which(path)
    return Path(found or path).absolute()


def venv_python(folder: Path) -> Path:
    """The interpreter of the virtual environment in `folder`."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def interpreter_variables() -> dict[str, str]:
    """The process environment for another interpreter: ours, without what is meant for the running one alone."""
    return {name: value for name, value in os.environ.items() if name not in _OTHER_INTERPRETERS_SETTINGS}


def _not_python(python: Path, reason: str) -> EnvironmentProblem:
    return EnvironmentProblem(f"{python} is not a working Python interpreter ({reason}): try it by hand, {python} -V")
