"""`crossgrad list`."""

from harness.checker.kills import kills
from reference_engine import semantics


def test_the_code_in_a_mistake_s_sentence_stands_as_it_is(crossgrad, monkeypatch):
    monkeypatch.setattr("harness.cli.showcase.killed", lambda: kills([]))
    out = crossgrad("list", "faults").out
    assert "`gy[x <= 0] = 0; return gy`" in out
    for dimension in semantics.DIMENSIONS.values():
        for fault in dimension.faults:
            assert fault.does in out
