"""What a worker sent about one observation point, as the record that results hold."""

import re
from pathlib import Path
from typing import Any

import msgspec

import harness
from harness.adapters import Adapter
from harness.arrays import Array
from harness.results import Error, Observation, Warned

# Where a machine keeps its packages, or crossgrad itself, is nobody's business who reads the records on another one.
_FOLDER_OF_PACKAGES = re.compile(
    r"[^\s'\"(]*[/\\](?:site|dist)-packages[/\\]" + f"|{re.escape(str(Path(harness.__path__[0]).parent))}[/\\\\]"
)


def recorded(raw: dict[str, Any], adapter: Adapter, *, case: str, environment: str) -> Observation:
    """The record of `raw`, a worker's words; `adapter` knows the categories of the framework's exceptions."""
    array, error = raw.get("array"), raw.get("error")
    if array is not None:
        # From this process it is NumPy's, from a worker it is encoded.
        array = msgspec.convert(array, Array) if isinstance(array, dict) else Array.of(array)
    return Observation(
        case=case,
        environment=environment,
        point=raw["point"],
        outcome=raw["outcome"],
        dtype=array.dtype if array is not None else None,
        shape=array.shape if array is not None else None,
        data=array.data if array is not None else None,
        value=raw.get("value"),
        error=_error(error, adapter) if error else None,
        warnings=tuple(
            Warned(warning["category"], _portable(warning["message"])) for warning in raw.get("warnings", ())
        ),
    )


def _portable(message: str) -> str:
    return _FOLDER_OF_PACKAGES.sub("", message)


def _error(error: dict[str, str], adapter: Adapter) -> Error:
    category = adapter.category(error["type"], error["message"])
    return Error(error["type"], _portable(error["message"]), category, error.get("where") or msgspec.UNSET)
