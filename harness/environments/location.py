"""Where environments are kept, and what they compile."""

from pathlib import Path

from harness.caches import folder
from harness.environments.specifications import Specification

VARIABLE = "CROSSGRAD_ENVIRONMENTS"


def root() -> Path:
    """The folder of all environments: the variable CROSSGRAD_ENVIRONMENTS, else in the user's cache folder."""
    return folder("environments", VARIABLE)


def folder_for(specification: Specification, python_version: str) -> Path:
    """One folder for each set of requirements and version of Python, so that a changed pin makes a new one."""
    return root() / f"{specification.store}-py{python_version}-{specification.digest[:8]}"


def lock_for(store: str) -> Path:
    """Held while an environment of that store is created or removed."""
    return root() / f"{store}.lock"


def compilation_variables() -> dict[str, str]:
    """The process environment that lets JAX keep what it has compiled: two thirds of its time, unless kept."""
    return {
        "JAX_COMPILATION_CACHE_DIR": str(root() / "compiled"),
        "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
        "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
    }
