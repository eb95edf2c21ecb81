"""The simplest program that still goes wrong in the same way; Hypothesis looks for it.

Hypothesis starts from the choices that made the program, which it finds in a database of one entry, and leaves out
and lowers as many of them as it can.
"""

from collections.abc import Callable

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.database import InMemoryExampleDatabase, choices_to_bytes
from hypothesis.errors import NoSuchExample

from harness.generation import Grammar, choices_of, write_program
from harness.program import Program
from harness.strategies import programs

KEY = b"found"
NOT_YET_SIMPLE = b"found.secondary"
"""Where Hypothesis keeps what it has not shrunk yet: what is under the key itself it takes for simple enough."""


def simplest(seed: int, number: int, grammar: Grammar, goes_wrong: Callable[[Program], bool], *, tries: int) -> Program:
    """The simplest program that goes wrong and that `tries` programs lead to; at worst the one of seed and number."""
    drawn = choices_of(seed, number, grammar)
    program = write_program(drawn, grammar)
    database = InMemoryExampleDatabase()
    database.save(NOT_YET_SIMPLE, choices_to_bytes(drawn.made))
    known: dict[Program, bool] = {}

    def is_simpler(candidate: Program) -> bool:
        # What is asked twice is answered alike, or Hypothesis would call it flaky.
        if candidate not in known:
            known[candidate] = len(known) < tries and goes_wrong(candidate)
        return known[candidate]

    chosen = settings(
        max_examples=tries,
        phases=(Phase.reuse, Phase.shrink),
        database=database,
        deadline=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
    )
    try:
        return find(programs(grammar), is_simpler, settings=chosen, database_key=KEY)
    except NoSuchExample:
        return program
