"""crossgrad: the same small differentiable programs in several frameworks, and every disagreement reported."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harness.declaration import Case, case

__all__ = ["Case", "case"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # Imported on first use, so that pytest, which loads our plugin at every start, does not load NumPy with it.
    if name in __all__:
        from harness import declaration

        return getattr(declaration, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
