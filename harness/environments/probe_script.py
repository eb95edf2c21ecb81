"""Run by path with any interpreter: prints what that interpreter is and holds, as one line of JSON.

The arguments are the distributions to look for. Standard library only, Python 3.6 syntax; a Python 2 gets as far as
telling its version. Frameworks are looked up, not imported.
"""

# mypy: ignore-errors
# ruff: noqa: UP036
# It must run in Python 2, which has no annotations; and ruff believes that there is no such thing.

import json
import platform
import sys

# The folder of this file holds crossgrad's modules, not this interpreter's.
del sys.path[0]


def installed_versions(names):
    """{name: version} of those distributions that are installed."""
    try:
        from importlib.metadata import PackageNotFoundError, version
    except ImportError:  # Python 3.6 and 3.7
        from pkg_resources import DistributionNotFound as PackageNotFoundError
        from pkg_resources import get_distribution

        def version(name):
            return get_distribution(name).version

    versions = {}
    for name in names:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return versions


def can_create():
    """Whether this interpreter can make a virtual environment with pip in it: some distributions split that off."""
    from importlib.util import find_spec

    return find_spec("venv") is not None and find_spec("ensurepip") is not None


facts = {"python_version": platform.python_version()}
if sys.version_info >= (3, 6):
    facts["executable"] = sys.executable
    facts["implementation"] = platform.python_implementation()
    facts["platform"] = platform.platform()
    facts["can_create"] = can_create()
    facts["distributions"] = installed_versions(sys.argv[1:])
print(json.dumps(facts))
