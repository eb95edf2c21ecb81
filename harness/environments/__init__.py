"""Environments: a name, a framework, a flavour, and a Python interpreter that holds the framework.

Nothing of crossgrad is installed in one: its worker is run by path. What each environment contains stands in this
folder, in `catalogue.toml` and the requirement files beside it, which `crossgrad envs` and tox both read.
"""

from harness.environments.creation import create, create_all
from harness.environments.frameworks import DISTRIBUTIONS
from harness.environments.installations import Installed, find, installed, remove
from harness.environments.interpreter_search import interpreter_for, interpreters
from harness.environments.location import compilation_variables, root
from harness.environments.lock import StoppedError
from harness.environments.probing import Probe, interpreter_variables, probe, python_path, require_numpy
from harness.environments.resolution import Environment, Missing, resolve
from harness.environments.specifications import Specification, catalogue, specification

__all__ = [
    "DISTRIBUTIONS",
    "Environment",
    "Installed",
    "Missing",
    "Probe",
    "Specification",
    "StoppedError",
    "catalogue",
    "compilation_variables",
    "create",
    "create_all",
    "find",
    "installed",
    "interpreter_for",
    "interpreter_variables",
    "interpreters",
    "probe",
    "python_path",
    "remove",
    "require_numpy",
    "resolve",
    "root",
    "specification",
]
