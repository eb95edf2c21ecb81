"""The Executor runs statements and records what was observed; the file itself runs under old Pythons."""

import ast
import json
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given

from harness import worker
from harness.arrays import LARGEST_ARRAY_BYTES, Array
from harness.script import AnyStatement, Attempt, Data, Statement, With
from harness.worker import Executor, decode_array, dtype_name, encode_array
from tests.harness.test_arrays import any_arrays

LANGUAGE = {"imports": "import contextlib, warnings", "reader": "def read(value):\n    return value"}
SOURCE = Path(worker.__file__)


def run(*statements: str | AnyStatement, points: tuple[str, ...] = ("p",)) -> list[dict[str, Any]]:
    sent = [Statement(each) if isinstance(each, str) else each for each in statements]
    return Executor(LANGUAGE).run(msgspec.to_builtins(sent), points)


def test_objects_that_are_given_have_names_in_scripts() -> None:
    executor = Executor(LANGUAGE, given={"function": len})
    (seen,) = executor.run(["observe('p', function([1, 2]))"], ("p",))
    assert 2 == seen["array"]


# What comes of a value


def test_an_array_keeps_its_dtype_and_shape() -> None:
    ((seen),) = run("observe('p', np.array([[1, 2]], dtype=np.int8))")
    assert ("p", "array", "int8", (1, 2)) == (seen["point"], seen["outcome"], seen["array"].dtype, seen["array"].shape)


def test_numbers_become_arrays_without_axes() -> None:
    assert [("array", (), 1.5)] == [(s["outcome"], s["array"].shape, s["array"]) for s in run("observe('p', 1.5)")]
    assert [("array", (), 3)] == [
        (s["outcome"], s["array"].shape, s["array"]) for s in run("observe('p', np.int64(3))")
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("None", {"outcome": "none"}),
        ("True", {"outcome": "value", "value": True}),
        ("np.bool_(False)", {"outcome": "value", "value": False}),
        ("'float32'", {"outcome": "value", "value": "float32"}),
        ("KeyError('k')", {"outcome": "raised", "error": {"type": "KeyError", "message": "'k'"}}),
    ],
)
def test_other_outcomes(value: str, expected: dict[str, Any]) -> None:
    assert [{"point": "p", **expected}] == run(f"observe('p', {value})")


@pytest.mark.parametrize("value", ["object()", "[1, 'a', None]", "np.array(['text'])", "np.array(1, dtype='M8[s]')"])
def test_what_is_no_array_of_numbers_is_an_error_and_not_a_pointer(value: str) -> None:
    (seen,) = run(f"observe('p', {value})")
    assert ("raised", "TypeError") == (seen["outcome"], seen["error"]["type"])
    assert "no dtype of a program" in seen["error"]["message"]


def test_a_reader_that_fails_is_what_was_observed() -> None:
    language = {**LANGUAGE, "reader": "def read(value):\n    raise ValueError('cannot read')"}
    (seen,) = Executor(language).run(["observe('p', 1)"], ["p"])
    assert {"type": "ValueError", "message": "cannot read"} == seen["error"]


def test_later_writes_do_not_change_what_was_seen() -> None:
    before, after = run("x = np.zeros(2)\nobserve('a', x)", "x += 1\nobserve('b', x)", points=("a", "b"))
    assert [0.0, 0.0] == before["array"].tolist()
    assert [1.0, 1.0] == after["array"].tolist()


def test_answers_come_in_the_order_of_the_points() -> None:
    seen = run("observe('b', 1.0)", "observe('a', 2.0)", points=("a", "b"))
    assert ["a", "b"] == [each["point"] for each in seen]


# Exceptions


def test_an_exception_is_the_outcome_of_every_point_after_it() -> None:
    seen = run("observe('a', 1.0)", "1 / 0", "observe('b', 2.0)", "observe('c', 3.0)", points=("a", "b", "c"))
    assert ["array", "raised", "raised"] == [each["outcome"] for each in seen]
    assert [{"type": "ZeroDivisionError", "message": "division by zero"}] * 2 == [each["error"] for each in seen[1:]]


def test_a_statement_that_is_no_python_is_an_error_of_its_script() -> None:
    assert "SyntaxError" == run("x = = 1")[0]["error"]["type"]


def test_running_out_of_memory_is_an_exception_like_others() -> None:
    assert run("np.zeros(2 ** 50)")[0]["error"]["type"].endswith("MemoryError")


def test_a_long_message_is_cut_and_broken_characters_are_written_out() -> None:
    (seen,) = run(r"raise ValueError('\ud800' + 'x' * 5000)")
    assert "\\ud800x" == seen["error"]["message"][:7]
    assert len(seen["error"]["message"]) < 2100


def test_an_attempt_records_whether_its_body_raises_and_goes_on() -> None:
    bad = Attempt("bad", (Statement("before = 1.0"), Statement("1 / 0"), Statement("after = 1.0")))
    good = Attempt("good", (Statement("inside = before + 1"),))
    seen = run(bad, good, "observe('after', 'after' in dir())", "observe('inside', inside)",
               points=("bad", "good", "after", "inside"))  # fmt: skip
    assert ["raised", "none", "value", "array"] == [each["outcome"] for each in seen]
    assert False is seen[2]["value"]
    assert 2.0 == seen[3]["array"]


# Lines of somebody's own engine

OWN = {
    "imports": "\n\ndef fails(x):\n    return np.linalg.inv(x)\n\ndef leaves():\n    raise SystemExit(3)\n",
    "reader": "def read(value):\n    return value.data",
    "file": "/somewhere/check_mine.py",
}


def error_of(*statements: Statement, caught: type[BaseException] = Exception) -> dict[str, str]:
    ((seen),) = Executor(OWN, caught=caught).run(msgspec.to_builtins(statements), ["p"])
    error: dict[str, str] = seen["error"]
    return error


def test_an_error_has_the_line_that_somebody_wrote_and_not_numpys() -> None:
    error = error_of(Statement("observe('p', fails(np.zeros((2, 2))))", line=9))
    assert ("LinAlgError", "/somewhere/check_mine.py, line 4, in fails") == (error["type"], error["where"])


def test_a_statement_points_to_the_line_that_it_was_made_from() -> None:
    assert "/somewhere/check_mine.py, line 9" == error_of(Statement("1 / 0", line=9))["where"]


def test_what_the_reader_refuses_has_the_line_that_reads() -> None:
    assert "/somewhere/check_mine.py, line 7" == error_of(Statement("observe('p', 1)", line=7))["where"]


def test_paths_begin_where_python_found_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", ["/", "/somewhere"])
    assert "check_mine.py, line 9" == error_of(Statement("1 / 0", line=9))["where"]


def test_leaving_python_is_an_outcome_where_that_is_asked_for() -> None:
    error = error_of(Statement("leaves()", line=9), caught=BaseException)
    assert ("SystemExit", "3", "/somewhere/check_mine.py, line 7, in leaves") == tuple(error.values())
    with pytest.raises(SystemExit):
        error_of(Statement("leaves()", line=9))


def test_errors_of_frameworks_have_no_line() -> None:
    assert {"type", "message"} == set(run("1 / 0")[0]["error"])


# Statements


def test_with_enters_names_and_leaves() -> None:
    manager = "contextlib.closing(contextlib.ExitStack())"
    body = (Statement("stack.callback(left.append, 'left')"), With("np.errstate(all='raise')", (Statement("y = 1.0"),)))
    seen = run("left = []", With(manager, body, "stack"), "observe('p', left == ['left'])")
    assert True is seen[0]["value"]


def test_with_lets_a_manager_swallow_an_exception() -> None:
    seen = run(With("contextlib.suppress(ZeroDivisionError)", (Statement("1 / 0"),)), "observe('p', True)")
    assert True is seen[0]["value"]


def test_data_arrives_to_the_bit_and_may_be_written_to() -> None:
    array = Array.of(np.array([0x7FF8000000000123, 0x8000000000000000], np.uint64).view(np.float64))
    seen = run(Data("x", array), "observe('a', x)\nx[:] = 1.0\nobserve('b', x)", points=("a", "b"))
    assert array == Array.of(seen[0]["array"])
    assert [1.0, 1.0] == seen[1]["array"].tolist()


def test_the_short_form_of_a_statement_means_the_same() -> None:
    executor = Executor(LANGUAGE)
    assert executor.run([{"type": "run", "text": "observe('p', True)"}], ["p"]) == executor.run(
        ["observe('p', True)"], ["p"]
    )


def test_scripts_do_not_see_each_other() -> None:
    executor = Executor(LANGUAGE)
    executor.run(["x = 1", "observe('p', None)"], ["p"])
    assert "NameError" == executor.run(["observe('p', x)"], ["p"])[0]["error"]["type"]


def test_a_script_may_define_functions_that_call_each_other() -> None:
    seen = run("def twice(x):\n    return 2 * x", "def four(x):\n    return twice(twice(x))", "observe('p', four(1.0))")
    assert 4.0 == seen[0]["array"]


# Warnings


def test_warnings_belong_to_the_next_observation() -> None:
    seen = run(
        "warnings.warn('first')\nobserve('a', 1.0)",
        "observe('b', 1.0)",
        "warnings.warn('again', DeprecationWarning)\nobserve('c', None)",
        points=("a", "b", "c"),
    )
    assert [{"category": "UserWarning", "message": "first"}] == seen[0]["warnings"]
    assert "warnings" not in seen[1]
    assert [{"category": "DeprecationWarning", "message": "again"}] == seen[2]["warnings"]


def test_a_warning_fires_in_every_script() -> None:
    executor = Executor(LANGUAGE)
    seen = [executor.run(["warnings.warn('same')\nobserve('p', None)"], ["p"])[0]["warnings"] for _ in range(3)]
    assert [[{"category": "UserWarning", "message": "same"}]] * 3 == seen


def test_warnings_do_not_leak_into_the_next_script() -> None:
    executor = Executor(LANGUAGE)
    executor.run(["observe('p', None)", "warnings.warn('late')"], ["p"])
    assert "warnings" not in executor.run(["observe('p', None)"], ["p"])[0]


def test_the_categories_can_be_observed() -> None:
    text = "warnings.warn('b')\nwarnings.warn('a', DeprecationWarning)\nwarnings.warn('c')\nobserve('p', warned())"
    assert "DeprecationWarning, UserWarning" == run(text)[0]["value"]
    assert "none" == run("observe('p', warned())")[0]["outcome"]


def test_the_hosts_own_filters_come_back() -> None:
    before = list(warnings.filters)
    run("warnings.simplefilter('error')", "observe('p', None)")
    assert before == list(warnings.filters)


# Memory


def test_shared_memory_is_seen() -> None:
    text = "x = np.zeros(4)\nobserve('p', shares_memory(x[1:], x[:2]))\nobserve('q', shares_memory(x, x.copy()))"
    assert [True, False] == [each["value"] for each in run(text, points=("p", "q"))]
    assert "none" == run("observe('p', shares_memory(None, np.zeros(1)))")[0]["outcome"]


# Arrays on the wire


@given(any_arrays().filter(lambda array: array.dtype != "bfloat16"))
def test_the_worker_and_the_harness_mean_the_same_bytes(array: Array) -> None:
    encoded = json.loads(json.dumps(msgspec.to_builtins(array)))
    decoded = decode_array(encoded)
    assert array == Array.of(decoded)
    assert array == msgspec.convert(json.loads(json.dumps(encode_array(decoded))), Array)


def test_bfloat16_goes_in_as_float32() -> None:
    decoded = decode_array(msgspec.to_builtins(Array.of([1.5, -0.0], "bfloat16")))
    assert np.float32 == decoded.dtype
    assert np.array([1.5, -0.0], np.float32).tobytes() == decoded.tobytes()


def test_bfloat16_comes_out_as_its_bits_in_a_field_of_that_name() -> None:
    (seen,) = run("observe('p', np.array([0x3fc0], np.uint16).view([('bfloat16', np.uint16)]))")
    assert Array.of([1.5], "bfloat16") == msgspec.convert(encode_array(seen["array"]), Array)


def test_big_endian_and_transposed_arrays_are_encoded_by_value() -> None:
    value = np.arange(6, dtype=">f4").reshape(2, 3).T
    assert Array.of(np.arange(6.0).reshape(2, 3).T, "float32") == msgspec.convert(encode_array(value), Array)


def test_only_dtypes_of_programs_have_a_name() -> None:
    assert "complex64" == dtype_name(np.dtype(np.complex64))
    with pytest.raises(TypeError, match="no dtype of a program"):
        dtype_name(np.dtype(object))


# Old Pythons


def old_python_with_numpy() -> Path:
    """The Python 3.6 on PATH if it has NumPy; otherwise the running one."""
    for name in ("python3.6", "python3.7"):
        found = shutil.which(name)
        if found and subprocess.run([found, "-c", "import numpy"], capture_output=True, check=False).returncode == 0:
            return Path(found)
    return Path(sys.executable)


def test_the_source_is_python_3_6() -> None:
    assert ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 6)).body


def test_the_file_imports_only_the_standard_library_and_numpy() -> None:
    imported = {
        alias.name.partition(".")[0]
        for node in ast.walk(ast.parse(SOURCE.read_text(encoding="utf-8")))
        for alias in getattr(node, "names", [])
        if isinstance(node, ast.Import)
    }
    assert imported <= {*sys.stdlib_module_names, "numpy"}


@pytest.mark.parametrize("python", [Path(sys.executable), old_python_with_numpy()], ids=["this", "old"])
def test_it_serves_a_session_in_any_python_that_has_numpy(python: Path) -> None:
    language = {"imports": "import numpy as np", "reader": "def read(value):\n    return value"}
    batch = {"scripts": [{"id": 7, "statements": ["observe('p', np.ones(1))"], "points": ["p"]}]}
    lines = f"{json.dumps(language)}\n{json.dumps(batch)}\n"
    ran = subprocess.run([python, SOURCE], input=lines, capture_output=True, text=True, check=True, timeout=60)
    greeting, answers = map(json.loads, ran.stdout.splitlines())
    assert {"ready": True} == greeting
    array = {"dtype": "float64", "shape": [1], "data": "AAAAAAAA8D8="}
    assert [{"id": 7, "observations": [{"point": "p", "outcome": "array", "array": array}]}] == answers


def test_an_observation_is_as_large_as_a_program_may_hold() -> None:
    assert LARGEST_ARRAY_BYTES == worker.LARGEST_ARRAY_BYTES
