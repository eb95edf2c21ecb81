"""Generated programs in the four frameworks: profiles and documented differences explain all that they answer."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from harness.fuzz.campaign import run
from harness.fuzz.journal import Journal
from harness.fuzz.shards import Shard

pytestmark = [pytest.mark.frameworks, pytest.mark.slow]

SHARD = Shard(0, 0, 0, ("torch", "tensorflow", "chainer", "jax"))
PROGRAMS = 300


def test_nothing_is_unexplained(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as executor:
        tally = run(executor, SHARD, Journal(tmp_path, SHARD), jobs=1, seconds=600, programs=PROGRAMS)
    assert {} == {str(signature): cause.simplest.sentence for signature, cause in tally.causes.items()}
    for environment, kinds in tally.counts.items():
        assert PROGRAMS == sum(kinds.values())
        assert kinds["agree"] + kinds["convention"] > PROGRAMS / 2, environment
