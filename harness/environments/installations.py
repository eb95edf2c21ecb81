"""The environments that exist: find, list, remove. A virtual environment counts once its marker file is written."""

import os
import re
import shutil
import sys
import threading
from pathlib import Path

import msgspec
from packaging.version import Version

from harness.environments.location import lock_for, root
from harness.environments.lock import locked
from harness.environments.probing import Probe, venv_python
from harness.environments.specifications import Specification, catalogue
from harness.errors import EnvironmentProblem, UsageError

MARKER = "complete.json"
# What `location.folder_for` makes. Anything else in the folder is not crossgrad's to list or delete.
_FOLDER_NAME = re.compile(r".+-py\d+\.\d+\.\d+-[0-9a-f]{8}")


class Marker(msgspec.Struct, frozen=True):
    """`complete.json`: written last, so that its presence says that nothing is missing."""

    digest: str
    probe: Probe


class Installed(msgspec.Struct, frozen=True):
    """One folder of `location.root()`."""

    folder: Path
    marker: Marker | None
    """None if its creation was interrupted or failed."""

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def store(self) -> str:
        """See `Specification.store`; the folder's name goes on with the version of Python and the digest."""
        return self.name.rsplit("-", 2)[0]

    @property
    def python(self) -> Path:
        return venv_python(self.folder)

    def serves(self, specification: Specification) -> bool:
        """Whether this is the environment that the specification describes, and its interpreter still exists."""
        return (
            self.marker is not None
            and self.store == specification.store
            and self.marker.digest == specification.digest
            and specification.accepts(self.marker.probe.python_version)
            # A link whose target is gone: the interpreter that it was made with has been uninstalled.
            and self.python.exists()
        )

    def size(self) -> int:
        """Bytes on disk."""
        return sum((Path(where) / file).lstat().st_size for where, _, files in os.walk(self.folder) for file in files)


def installed() -> list[Installed]:
    """Every environment on disk, complete or not, those of former pins too; newest Python first."""
    if not root().is_dir():
        return []
    folders = [each for each in sorted(root().iterdir()) if _FOLDER_NAME.fullmatch(each.name)]
    found = [Installed(folder, _marker(folder)) for folder in folders]
    return sorted(found, key=lambda each: _python_version(each.marker), reverse=True)


def find(specification: Specification) -> Path | None:
    """The interpreter of the existing, complete environment; the running one if the specification asks for no other."""
    if specification.requirements is None:
        return Path(sys.executable)
    return next((each.python for each in installed() if each.serves(specification)), None)


def remove(name: str) -> list[Path]:
    """Delete an environment by its name in the catalogue or its folder's name, and return the folders deleted.

    By a catalogue name, environments of former pins and incomplete ones go too, and so does any other name that shares
    the virtual environment. Waits while one of them is being created. Raises `UsageError` if there is nothing of that
    name, `EnvironmentProblem` if the disk refuses.
    """
    known = catalogue().get(name)
    store = known.store if known else None
    chosen = [each for each in installed() if each.name == name or each.store == store]
    if not chosen:
        there = ", ".join(each.name for each in installed()) or "none"
        raise UsageError(f"there is no environment {name!r} in {root()} to remove; there: {there}")
    for each in chosen:
        with locked(lock_for(each.store), on_wait=lambda: None, stop=threading.Event()):
            try:
                delete(each.folder)
            except OSError as error:
                raise EnvironmentProblem(f"{each.folder} cannot be deleted: {error}") from error
    return [each.folder for each in chosen]


def delete(folder: Path) -> None:
    """Delete an environment and the log of its creation; the marker first, so that it is never half there."""
    (folder / MARKER).unlink(missing_ok=True)
    if folder.exists():
        shutil.rmtree(folder)
    log_of(folder).unlink(missing_ok=True)


def log_of(folder: Path) -> Path:
    """What pip said when it made the environment."""
    return folder.with_name(f"{folder.name}.log")


def _marker(folder: Path) -> Marker | None:
    try:
        return msgspec.json.decode((folder / MARKER).read_bytes(), type=Marker)
    except (OSError, msgspec.DecodeError):
        return None


def _python_version(marker: Marker | None) -> Version:
    return Version(marker.probe.python_version if marker else "0")
