"""A catalogue of tiny frameworks: wheels of a few bytes in a folder, so that nothing needs the network.

One real environment is made with them once (`made`); tests that break things work on a copy (`copied`).
"""

import os
import shutil
import venv
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from harness.environments import create, location, specification, specifications
from harness.environments.interpreter_search import running_version
from harness.environments.probing import venv_python

CATALOGUE = """
[reference]
framework = "reference"
description = "the reference engine"
python = ">=3.11"
default = true

[torch]
framework = "torch"
description = "a PyTorch of a few bytes"
python = ">=3.11"
requirements = "torch.txt"
build_requirements = "torch.build.txt"
default = true

[torch-again]
framework = "torch"
flavour = "other"
description = "the same virtual environment"
python = ">=3.11"
requirements = "torch.txt"
build_requirements = "torch.build.txt"

[jax]
framework = "jax"
flavour = "x64"
description = "a JAX that nobody has released"
python = ">=3.11"
requirements = "jax.txt"

[tensorflow]
framework = "tensorflow"
description = "a TensorFlow for a Python to come"
python = ">=4.1"
requirements = "tensorflow.txt"
"""


def wheel(folder: Path, name: str, version: str, source: str = "") -> None:
    """Write a wheel of one module."""
    information = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": source,
        f"{information}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{information}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{information}/RECORD"] = "".join(f"{file},,\n" for file in [*files, f"{information}/RECORD"])
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheels")
    for name, version in [("torch", "9.9.8"), ("torch", "9.9.9"), ("numpy", "9.0"), ("six", "9.0")]:
        wheel(folder, name, version)
    return folder


@pytest.fixture(scope="session")
def catalogue_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("catalogue")
    (folder / "catalogue.toml").write_text(CATALOGUE)
    (folder / "torch.txt").write_text("# what pip installs\ntorch==9.9.8\nnumpy\n")
    (folder / "jax.txt").write_text("jax==77.0\n")
    (folder / "torch.build.txt").write_text("six\n")
    (folder / "tensorflow.txt").write_text("tensorflow-cpu\n")
    return folder


def use(monkeypatch: pytest.MonkeyPatch, catalogue_folder: Path, wheels: Path, root: Path) -> None:
    """Let crossgrad read that catalogue and keep environments in `root`, and pip see the wheels and nothing else."""
    monkeypatch.setattr(specifications, "FOLDER", catalogue_folder)
    monkeypatch.setenv(location.VARIABLE, str(root))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))


@dataclass
class Made:
    """The one environment that is really made, and what was told while it was."""

    root: Path
    lines: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def creation(tmp_path_factory: pytest.TempPathFactory, catalogue_folder: Path, wheels: Path) -> Made:
    """The creation of torch, where an earlier one had been interrupted."""
    made = Made(tmp_path_factory.mktemp("made"))
    with pytest.MonkeyPatch.context() as monkeypatch:
        use(monkeypatch, catalogue_folder, wheels, made.root)
        leftover = location.folder_for(specification("torch"), running_version()) / "leftover"
        leftover.mkdir(parents=True)
        create(specification("torch"), made.lines.append)
    return made


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch, catalogue_folder: Path, wheels: Path, tmp_path: Path) -> Path:
    """The folder of environments, in which there is none."""
    folder = tmp_path / "environments"
    own_catalogue = shutil.copytree(catalogue_folder, tmp_path / "catalogue")
    use(monkeypatch, own_catalogue, wheels, folder)
    return folder


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, catalogue_folder: Path, wheels: Path, creation: Made) -> Path:
    """The folder of environments, in which there is torch; not to be changed."""
    use(monkeypatch, catalogue_folder, wheels, creation.root)
    return creation.root


@pytest.fixture
def copied(empty: Path, creation: Made) -> Path:
    """The same, to be changed as a test likes."""
    return shutil.copytree(creation.root, empty, symlinks=True)


@pytest.fixture
def executable(tmp_path: Path) -> Callable[[str], Path]:
    """Write a shell script that plays an interpreter."""

    def write(text: str) -> Path:
        file = tmp_path / "python"
        file.write_text(f"#!/bin/sh\n{text}\n")
        file.chmod(0o755)
        return file

    return write


@pytest.fixture(scope="session")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working interpreter in which nothing is installed."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, symlinks=os.name != "nt")
    return venv_python(folder)
