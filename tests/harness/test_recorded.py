"""A worker's words become the record that results hold."""

import msgspec
import numpy as np
import pytest

from harness.adapters import adapter
from harness.arrays import Array
from harness.recorded import recorded
from harness.results import Error, Observation, Warned

ARRAY = np.array([1.5, np.nan], np.float32)


@pytest.mark.parametrize("sent", [ARRAY, msgspec.to_builtins(Array.of(ARRAY))], ids=["in this process", "encoded"])
def test_an_array_is_the_same_from_this_process_and_from_a_worker(sent: object) -> None:
    record = recorded({"point": "p", "outcome": "array", "array": sent}, adapter("torch"), case="a/b", environment="e")

    assert Array.of(ARRAY) == record.array


def test_an_exception_gets_the_category_that_the_adapter_knows() -> None:
    raw = {"point": "p", "outcome": "raised", "error": {"type": "GraphFreed", "message": "no"}}

    expected = Error("GraphFreed", "no", "graph_freed")
    assert expected == recorded(raw, adapter("reference"), case="a/b", environment="e").error
    assert "other" == recorded(raw, adapter("torch"), case="a/b", environment="e").error.category


def test_warnings_are_kept_in_order() -> None:
    warnings = [{"category": "UserWarning", "message": "one"}, {"category": "UserWarning", "message": "two"}]
    record = recorded(
        {"point": "p", "outcome": "none", "warnings": warnings}, adapter("torch"), case="a/b", environment="e"
    )

    expected = (Warned("UserWarning", "one"), Warned("UserWarning", "two"))
    assert Observation(case="a/b", environment="e", point="p", outcome="none", warnings=expected) == record
