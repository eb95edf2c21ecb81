"""Somebody's own engine: an adapter made from a file that describes it."""

from harness.adapters.own.adapter import OwnEngine
from harness.adapters.own.description import Description, read

__all__ = ["Description", "OwnEngine", "read"]
