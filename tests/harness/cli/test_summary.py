"""What a run says at its end."""

import io
from pathlib import Path

from rich.console import Console

from harness.arrays import Array
from harness.cli.summary import SHOWN, summarize
from harness.program import Input, Observe, Program, Quantity
from harness.results import CaseRecord, EnvironmentRecord, Results, Verdict

PROGRAM = Program((Input("x", Array.of(1.0)), Observe("x", "content", (Quantity("x"),))))


def said(wrong: dict[str, list[str]]) -> list[str]:
    """The lines about wrong gradients, where the cases have them in these environments."""
    names = list(dict.fromkeys(name for environments in wrong.values() for name in environments))
    results = Results.of(
        [
            *[EnvironmentRecord(name=name, framework="torch", flavour="", version="1") for name in names],
            *[CaseRecord(id=case, title="A case", topic="mine", program=PROGRAM) for case in wrong],
            *[
                Verdict(case=case, environment=name, status="agree", mathematics="wrong")
                for case, environments in wrong.items()
                for name in environments
            ],
        ]
    )
    console = Console(file=io.StringIO(), record=True, width=200)
    summarize(results, Path("results.jsonl"), console)
    return [line.rstrip() for line in console.export_text().splitlines() if line.startswith("wrong by mathematics")]


def test_a_wrong_gradient_is_named_once_with_all_who_have_it_the_most_first() -> None:
    lines = said({"mine/one": ["a"], "mine/all": ["a", "b", "c"]})

    assert ["wrong by mathematics: mine/all in a, b, c", "wrong by mathematics: mine/one in a"] == lines


def test_of_many_the_first_are_named_and_the_others_counted() -> None:
    lines = said({f"mine/case_{number}": ["a"] for number in range(SHOWN + 3)})

    assert SHOWN + 1 == len(lines)
    assert "wrong by mathematics: 3 cases more, which are in the report" == lines[-1]
