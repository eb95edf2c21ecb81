"""crossgrad: the same small differentiable programs in several frameworks, and every disagreement reported."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harness.consistency import assert_consistent
    from harness.declaration import Case, case

_FOUND_IN = {
    "Case": "harness.declaration",
    "assert_consistent": "harness.consistency",
    "case": "harness.declaration",
}
__all__ = ["Case", "assert_consistent", "case"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # Imported on first use, so that pytest, which loads our plugin at every start, does not load NumPy with it.
    if name in _FOUND_IN:
        return getattr(import_module(_FOUND_IN[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
