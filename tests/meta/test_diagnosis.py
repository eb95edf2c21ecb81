"""Mistakes are planted in an engine, and the diagnosis has to name them from the engine's answers alone."""

from itertools import combinations
from random import Random

import pytest

from harness.checker.answers import is_unknown
from harness.checker.inference import infer
from harness.checker.predict import Predictor
from reference_engine import semantics
from tests.engines import answers

pytestmark = pytest.mark.slow

FAULTS = [(one.name, fault.name) for one in semantics.DIMENSIONS.values() for fault in one.faults]
PAIRS = Random(0).sample([(a, b) for a, b in combinations(FAULTS, 2) if a[0] != b[0]], 30)


@pytest.fixture(scope="module")
def diagnosis():
    predictor = Predictor()
    return lambda planted: infer(answers(predictor, planted), predictor, faults=True)


@pytest.fixture(scope="module")
def crashed():
    """The cases in which an engine with this mistake breaks down: of such an exception no option tells."""
    predictor = Predictor()
    return lambda planted: {
        one.case for one in answers(predictor, planted) if any(map(is_unknown, one.observations.values()))
    }


@pytest.mark.parametrize("fault", FAULTS, ids="=".join)
def test_a_single_mistake_is_named_and_nothing_else(fault, diagnosis, crashed):
    found = diagnosis(dict([fault]))

    assert dict([fault]) == found.options
    assert {witness.case for witness in found.unexplained} <= crashed(dict([fault]))


def test_of_random_pairs_nine_in_ten_are_named(diagnosis):
    missed = []
    for pair in PAIRS:
        found = diagnosis(dict(pair))
        if not set(pair) <= found.options.items():
            missed.append((pair, found.options))

    assert len(missed) <= len(PAIRS) // 10, missed
