"""results.jsonl: what was written is read back, and what is damaged is named by file and line."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given

from harness.arrays import Array
from harness.errors import ProgramError, ResultsError
from harness.program import Input, Observe, Program, Quantity
from harness.results import (
    FAILING,
    AnyRecord,
    CaseRecord,
    EnvironmentRecord,
    Error,
    Explanation,
    Observation,
    PointVerdict,
    Results,
    Run,
    ScriptRecord,
    Status,
    Verdict,
    Warned,
    encode,
    iterate,
    pack,
    schema,
    worst,
)
from tests.harness.test_arrays import any_arrays

PROGRAM = Program((Input("x", Array.of([float("nan"), -0.0])), Observe("x", "content", (Quantity("x"),))))
RUN = Run(crossgrad="0.1", started="2000-01-01T00:00:00+00:00", command="crossgrad run")
TORCH = EnvironmentRecord(name="torch", framework="torch", version="2.13.0")
CASE = CaseRecord(id="a/b", title="A title", topic="a", program=PROGRAM)


def observation(point: str, outcome: Any, **parts: Any) -> Observation:
    return Observation(case="a/b", environment="torch", point=point, outcome=outcome, **parts)


RECORDS: list[AnyRecord] = [
    RUN,
    TORCH,
    EnvironmentRecord(name="jax", framework="jax", flavour="x64", missing="not installed"),
    CASE,
    ScriptRecord(case="a/b", environment="torch", text="x = 1\n"),
    observation("array", "array", dtype="float64", shape=(2,), data=Array.of([float("nan"), -0.0]).data),
    observation("none", "none", warnings=(Warned("UserWarning", "careful"),)),
    observation("raised", "raised", error=Error("RuntimeError", "no", "graph_freed")),
    observation("true", "value", value=True),
    observation("text", "value", value="float64"),
    Verdict(
        case="a/b",
        environment="torch",
        status="convention",
        mathematics="exact",
        explained_by=(Explanation("ties", "first", "the first one gets all", "repository#1"),),
        points={"array": PointVerdict("convention", "exact", sentence="so it is")},
    ),
]


def write(file: Path, *records: AnyRecord, end: bytes = b"") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"".join(encode(record) + b"\n" for record in records) + end)
    return file


def test_reading_gives_what_was_written(tmp_path: Path) -> None:
    results = Results.of(RECORDS)
    assert RECORDS == list(iterate(results))
    assert results == Results.read([write(tmp_path / "results.jsonl", *iterate(results))])


def test_results_are_indexed_by_case_and_environment() -> None:
    results = Results.of(RECORDS)
    assert ["array", "none", "raised", "true", "text"] == list(results.observations["a/b", "torch"])
    assert "x = 1\n" == results.scripts["a/b", "torch"]
    assert "convention" == results.verdicts["a/b", "torch"].status


@given(any_arrays())
def test_an_observed_array_keeps_every_bit(array: Array) -> None:
    seen = observation("p", "array", dtype=array.dtype, shape=array.shape, data=array.data)
    assert array == msgspec.json.decode(encode(seen), type=Observation).array


@pytest.mark.parametrize(
    ("expected", "seen"),
    [
        ("[nan, -0.]", RECORDS[5]),
        ("None", RECORDS[6]),
        ("raised RuntimeError: no", RECORDS[7]),
        ("True", RECORDS[8]),
        ("float64", RECORDS[9]),
    ],
)
def test_an_observation_reads_as_a_person_would_say_it(expected: str, seen: Observation) -> None:
    assert expected == str(seen).replace("  ", " ")


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"outcome": "array"}, "an array has dtype, shape and data"),
        ({"outcome": "array", "dtype": "float64", "shape": (2,), "data": b""}, "needs 16 bytes"),
        ({"outcome": "raised"}, "what raised has an error"),
        ({"outcome": "value"}, "a value is true, false or a text"),
    ],
)
def test_half_an_observation_is_refused(parts: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        observation("p", **parts)


# Damage

HOSTILE_PROGRAM = b'{"kind":"case","id":"a/b","title":"t","topic":"a","program":{"steps":[{"step":"apply",' + (
    b'"name":"y","op":"__import__","operands":[1]}]}}\n'
)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{damaged\n", "line 4: JSON is malformed"),
        (b'{"kind":"verdict","case":"a/b","envi', "(the file ends in the middle of this line; delete it"),
        (b"\n", "line 4: "),
        (b"[]\n", "line 4: Expected `object`, got `array`"),
        (b'{"kind":"rumour"}\n', "line 4: Invalid value 'rumour'"),
        (b'{"no":"kind"}\n', "line 4: Object missing required field `kind`"),
        (b'{"kind":"run","schema":2,"crossgrad":"9","started":"x"}\n', "line 4: Invalid enum value 2"),
        (HOSTILE_PROGRAM, "line 4: step 1 (apply): there is no op '__import__'"),
        (b'{"kind":"run","crossgrad":"\xff","started":"x"}\n', "line 4: "),
        (b'{"kind":"run","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n", "line 4: "),
        (b'{"kind":"verdict","case":"c/d","environment":"torch","status":"agree"}\n', "there is no case 'c/d' before"),
        (b'{"kind":"verdict","case":"a/b","environment":"x","status":"agree"}\n', "there is no environment 'x' before"),
        (b'{"kind":"verdict","case":"a/b","environment":"torch","status":"fine"}\n', "Invalid enum value 'fine'"),
        (b'{"kind":"observation","case":"a/b","environment":"torch","point":"p","outcome":"array"}\n', "an array has"),
    ],
)
def test_a_damaged_line_is_named(tmp_path: Path, line: bytes, message: str) -> None:
    file = write(tmp_path / "results.jsonl", RUN, TORCH, CASE, end=line)
    with pytest.raises(ResultsError) as raised:
        Results.read([file])
    assert str(raised.value).startswith(f"{file}, line 4: ")
    assert message in str(raised.value)


def test_an_empty_file_is_no_run_without_failures(tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    file.touch()
    with pytest.raises(ResultsError, match="is empty"):
        Results.read([file])


def test_a_case_that_observes_nothing_is_refused() -> None:
    with pytest.raises(ProgramError, match="case 'a/b' observes nothing"):
        CaseRecord(id="a/b", title="A title", topic="a", program=Program(()))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match=r"nowhere\.jsonl cannot be read: No such file"):
        Results.read([tmp_path / "nowhere.jsonl"])


# Several files


def test_a_folder_stands_for_the_results_below_it(tmp_path: Path) -> None:
    write(tmp_path / "one" / "results.jsonl", RUN, TORCH)
    write(tmp_path / "two" / "deep" / "results.jsonl", RUN, CASE)
    write(tmp_path / "two" / "other.jsonl", end=b"not ours")
    results = Results.read([tmp_path])
    assert (2, ["torch"], ["a/b"]) == (len(results.runs), list(results.environments), list(results.cases))


def test_a_folder_without_results_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match=r"there is no results\.jsonl in"):
        Results.read([tmp_path])


def test_the_same_environment_and_case_may_come_twice(tmp_path: Path) -> None:
    file = write(tmp_path / "results.jsonl", *RECORDS)
    twice = Results.read([file, file])
    assert 2 == len(twice.runs)
    assert Results.of(RECORDS).verdicts == twice.verdicts


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (msgspec.structs.replace(TORCH, version="1.0"), "environment 'torch' is described twice, differently"),
        (msgspec.structs.replace(CASE, title="Another"), "case 'a/b' is described twice, differently"),
    ],
)
def test_what_contradicts_another_file_is_refused(tmp_path: Path, other: AnyRecord, message: str) -> None:
    one = write(tmp_path / "one.jsonl", RUN, TORCH, CASE)
    with pytest.raises(ResultsError, match=message):
        Results.read([one, write(tmp_path / "other.jsonl", other)])


# What failing means, and the schema


@pytest.mark.parametrize("status", ["agree", "convention", "known", "unsupported", "missing"])
def test_what_is_expected_does_not_fail(status: Status) -> None:
    verdict = Verdict(case="a/b", environment="torch", status=status)
    assert [] == Results.of([TORCH, CASE, verdict]).failing


@pytest.mark.parametrize("status", sorted(FAILING))
def test_what_is_not_expected_fails(status: Status) -> None:
    verdict = Verdict(case="a/b", environment="torch", status=status)
    assert [verdict] == Results.of([TORCH, CASE, verdict]).failing


def test_the_worst_is_the_last_in_order() -> None:
    assert "bad" == worst(["good", "bad", "good"], ("good", "middling", "bad"))


def test_the_schema_describes_every_kind_of_line() -> None:
    described = schema()
    kinds = {definition["properties"]["kind"]["enum"][0] for definition in kinds_of(described)}
    assert {"run", "environment", "case", "script", "observation", "verdict"} == kinds


@pytest.mark.parametrize("record", RECORDS, ids=[type(record).__name__ for record in RECORDS])
def test_every_line_has_what_the_schema_requires_and_nothing_else(record: AnyRecord) -> None:
    line = msgspec.json.decode(encode(record))
    (definition,) = [one for one in kinds_of(schema()) if one["properties"]["kind"]["enum"] == [line["kind"]]]
    assert set(definition["required"]) <= set(line)
    assert set(line) <= set(definition["properties"])


def kinds_of(described: dict[str, Any]) -> list[dict[str, Any]]:
    return [described["$defs"][one["$ref"].removeprefix("#/$defs/")] for one in described["anyOf"]]


def test_a_compressed_file_reads_like_the_file_that_it_replaces(tmp_path: Path) -> None:
    file = write(tmp_path / "results.jsonl", *RECORDS)
    packed = pack(file)
    assert ("results.jsonl.xz", False) == (packed.name, file.exists())
    assert Results.of(RECORDS) == Results.read([packed]) == Results.read([tmp_path])


def test_a_compressed_file_that_is_damaged_is_named(tmp_path: Path) -> None:
    packed = pack(write(tmp_path / "results.jsonl", *RECORDS))
    whole = packed.read_bytes()
    for damaged in (whole[:-30], b"no " + whole, whole[:60] + b"!!!!" + whole[64:]):
        packed.write_bytes(damaged)
        with pytest.raises(ResultsError, match=r"results\.jsonl\.xz"):
            Results.read([packed])
