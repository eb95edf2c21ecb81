"""Random smooth programs in real frameworks: how many of their numbers lie in the derived enclosures?

    python -m benchmarks.enclosures --programs 1000 torch=PYTHON tensorflow=PYTHON chainer=PYTHON jax=PYTHON

An environment is said as to `crossgrad run --env`. A line for each environment and dtype says how many numbers lie
inside, outside and in bounds too wide to decide, and how wide the bounds are; each number outside is printed with its
program's seed.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from statistics import median

from harness.adapters import adapter
from harness.checker.enclosures import enclosures
from harness.checker.predict import differing
from harness.environments import Environment, Missing, resolve
from harness.errors import Unsupported
from harness.profiles import profile
from harness.program import Program
from harness.recorded import recorded
from harness.results import Observation
from harness.session import Failure, Session
from tests.harness.checker.random_programs import random_program


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("environments", nargs="+")
    parser.add_argument("--programs", type=int, default=200, help="in each environment and dtype")
    parser.add_argument("--first", type=int, default=0, help="the first program's seed")
    parser.add_argument("--dtypes", nargs="+", default=["float32", "float64"])
    given = parser.parse_args()
    seeds = range(given.first, given.first + given.programs)
    for environment in resolve(given.environments, create_missing=False, report=print):
        for dtype in given.dtypes:
            if isinstance(environment, Missing):
                print(json.dumps({"environment": environment.name, "missing": environment.reason}))
            else:
                print(json.dumps(measured(environment, dtype, seeds)), flush=True)


def measured(environment: Environment, dtype: str, seeds: Sequence[int]) -> dict[str, object]:
    """The counts for programs of one dtype in one environment."""
    chosen = profile(environment.framework, environment.flavour, environment.framework_version)
    options = differing(chosen.options)
    counts: Counter[str] = Counter()
    widths, seconds = [], []
    programs = {seed: random_program(seed, dtype) for seed in seeds}
    for seed, seen in answers(environment, programs):
        start = time.perf_counter()
        bounds = enclosures(programs[seed], options)
        seconds.append(time.perf_counter() - start)
        for observed in seen:
            if observed.outcome != "array" or observed.point not in bounds:
                counts["other answers"] += 1
                continue
            enclosure = bounds[observed.point]
            widths.append(enclosure.ulps_wide)
            outside = enclosure.ulps(observed)
            counts["outside" if outside else "undecided" if enclosure.is_undecided else "inside"] += 1
            if outside:
                print(f"{environment.name} {dtype} seed {seed} {observed.point}: {outside:.3g} ulps outside")
    return {
        "environment": environment.name,
        "version": environment.framework_version,
        "dtype": dtype,
        "programs": len(seconds),
        **{name: counts[name] for name in ("inside", "outside", "undecided", "other answers")},
        "median width in ulps": round(median(widths), 1),
        "median milliseconds": round(1000 * median(seconds), 2),
    }


def answers(environment: Environment, programs: dict[int, Program]) -> Iterator[tuple[int, list[Observation]]]:
    """What each program showed, by seed."""
    speaks = adapter(environment.framework, environment.flavour)
    scripts = {}
    for seed, program in programs.items():
        with suppress(Unsupported):  # an op that the framework lacks
            scripts[seed] = speaks.script(program)
    with Session(environment, speaks.language) as session:
        for seed, answer in zip(scripts, session.run(scripts.values()), strict=True):
            if isinstance(answer, Failure):
                raise SystemExit(f"{environment.name}: seed {seed}: {answer}")
            yield seed, [recorded(raw, speaks, case="", environment=environment.name) for raw in answer]


if __name__ == "__main__":
    main()
