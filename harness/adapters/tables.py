"""A framework's words for ops: the tables of all kinds together."""

from types import ModuleType

from harness.adapters.base import Template


def together(*kinds: ModuleType) -> tuple[dict[str, Template], dict[str, str]]:
    """What the files of the kinds have as `OPS`, and as `LACKS`; a file may have either alone."""
    ops: dict[str, Template] = {}
    lacks: dict[str, str] = {}
    for kind in kinds:
        ops |= getattr(kind, "OPS", {})
        lacks |= getattr(kind, "LACKS", {})
    return ops, lacks
