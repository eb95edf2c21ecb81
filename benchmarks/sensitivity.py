"""How soon generated programs find mistakes: each fault of the reference engine is planted as if it were a framework's.

    python -m benchmarks.sensitivity --programs 1000

A line for each fault: the first program that shows it, how many of them do, and the number of ops and of elements of
inputs of the simplest program that Hypothesis shrinks the first one to.
"""

import argparse
from collections import Counter
from functools import partial
from statistics import median

from harness.checker.predict import Options, Predictor
from harness.errors import Unsupported
from harness.fuzz.shrinking import simplest
from harness.generation import Grammar, program_of
from harness.program import Program
from reference_engine import semantics

TRIES = 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    predictor = Predictor()
    faults = [(one.name, fault.name) for one in semantics.DIMENSIONS.values() for fault in one.faults]
    first: dict[tuple[str, str], int] = {}
    shown: Counter[tuple[str, str]] = Counter()
    for number in range(given.programs):
        program = program_of(given.seed, number)
        for fault in faults:
            if shows(predictor, program, fault):
                first.setdefault(fault, number)
                shown[fault] += 1
    sizes = [tell(predictor, fault, given.seed, first.get(fault), shown[fault]) for fault in faults]
    found = [size for size in sizes if size is not None]
    print(f"\n{len(found)} of {len(faults)} faults are found within {given.programs} programs of seed {given.seed}")
    print(f"the median one by {median(first.values()) + 1:.0f} programs, shrunk to {median(found):.0f} ops")


def shows(predictor: Predictor, program: Program, fault: tuple[str, str]) -> bool:
    """Whether an engine with this fault answers otherwise than the reference does."""
    try:
        right = predictor.predict(program)
        if fault[0] not in right.consulted:
            return False
        options: Options = frozenset({fault})
        wrong = predictor.observe(program, options)
        return any(not predictor.compare(program, frozenset(), point, seen).same for point, seen in wrong.items())
    except Unsupported:
        return False


def tell(predictor: Predictor, fault: tuple[str, str], seed: int, first: int | None, shown: int) -> int | None:
    """Print one fault's line. Returns the number of ops of the simplest program."""
    if first is None:
        print(f"{' = '.join(fault)}: not found", flush=True)
        return None
    program = simplest(seed, first, Grammar(), partial(shows, predictor, fault=fault), tries=TRIES)
    elements = sum(len(step.array.numpy().ravel()) for step in program.inputs.values())
    ops = len(program.applications)
    size = f"{ops} ops, {elements} elements"
    print(f"{' = '.join(fault)}: by program {first + 1}, in {shown}, shrunk to {size}", flush=True)
    return ops


if __name__ == "__main__":
    main()
