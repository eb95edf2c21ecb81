"""Every mistake that the reference engine can make is caught by the catalogue, and an innocent engine is left alone."""

import msgspec
import pytest

from harness.adapters import adapter
from harness.catalogue import written
from harness.checker import Judge
from harness.checker.kills import kills
from harness.checker.predict import Predictor
from harness.errors import Unsupported
from harness.recorded import recorded
from harness.worker import Executor
from reference_engine import semantics

pytestmark = pytest.mark.slow

FAULTS = [(one.name, fault.name) for one in semantics.DIMENSIONS.values() for fault in one.faults]
TOPICS = ("rules", "double_use", "broadcasting", "repeated_backward", "functional_gradient")


@pytest.fixture(scope="module")
def predictor():
    return Predictor()


def test_the_catalogue_catches_every_mistake():
    found = kills(written())
    table = "\n".join(f"{kill.dimension} = {kill.fault}: {len(kill.cases)} {kill.topics}" for kill in found)

    assert FAULTS == [(kill.dimension, kill.fault) for kill in found]
    assert [] == [kill for kill in found if not kill.cases], f"not caught; the table:\n{table}"


def test_there_are_at_least_as_many_mistakes_as_people_are_known_to_make():
    assert len(FAULTS) >= 35


def test_no_two_mistakes_give_the_same_answers_everywhere(predictor):
    answers = {fault: [] for fault in FAULTS}
    for case in written():
        consulted = predictor.predict(case.program).consulted
        for fault in FAULTS:
            chosen = frozenset({fault}) if fault[0] in consulted else frozenset()
            seen = predictor.observe(case.program, chosen).values()
            answers[fault].append([(one.outcome, one.dtype, one.shape, one.data, one.value, one.error) for one in seen])

    assert [] == [(a, b) for a in FAULTS for b in FAULTS if a < b and answers[a] == answers[b]]


@pytest.mark.parametrize("fault", FAULTS, ids="=".join)
def test_a_mistake_changes_nothing_where_nobody_consults_its_dimension(fault, predictor):
    mistaken = Predictor()  # of its own: the other remembers what it predicted without the mistake
    for case in written():
        right = predictor.predict(case.program)
        if case.topic in TOPICS and fault[0] not in right.consulted:
            seen = mistaken.observe(case.program, frozenset({fault}))
            assert [] == _changed(case, predictor, seen), case.id


def test_an_engine_without_mistakes_raises_no_alarm(predictor):
    """As it runs by itself, nothing chosen and nobody noting what it asks for."""
    reference = adapter("reference")
    executor = Executor(msgspec.to_builtins(reference.language))
    for case in written():
        try:
            script = reference.script(case.program)
        except Unsupported:
            continue
        raw = executor.run(msgspec.to_builtins(script.statements), script.points)
        seen = {one["point"]: recorded(one, reference, case="", environment="") for one in raw}
        assert [] == _changed(case, predictor, seen), case.id


def _changed(case, predictor, seen):
    """The points at which answers differ from the reference engine's."""
    assert predictor.observe(case.program).keys() == seen.keys()
    return [point for point in seen if not predictor.compare(case.program, frozenset(), point, seen[point]).same]


def test_the_mistakes_of_a_case_are_those_that_the_table_counts():
    (chain,) = [case for case in written() if case.id == "double_use/add_chain"]
    caught = {(kill.dimension, kill.fault) for kill in kills([chain]) if kill.cases}

    assert {(mistake.dimension, mistake.option) for mistake in Judge().mistakes(chain.program)} == caught
    assert {("accumulation_write", "in_place_borrowed"), ("contributions", "last_kept")} <= caught
