"""The worker: runs Scripts in one framework and answers what they observed.

One file, the standard library and NumPy, Python 3.6 syntax, run by path with the interpreter under test, in which
nothing of ours is installed. It reads one JSON object a line from stdin: first the language (imports, reader), then
batches of scripts. It answers with a line of JSON for each: first whether the framework has started, then a list of
answers. The protocol has copies of stdin and stdout to itself; whatever the framework prints goes to stderr.

`Executor` alone is also imported by the checker, which runs the reference engine in its own process.
"""

import binascii
import json
import os
import signal
import sys
import sysconfig
import time
import traceback
import warnings

import numpy as np

ANSWER_EVERY = 0.1
"""Seconds that answers may wait for the rest of their batch."""

LARGEST_ARRAY_BYTES = 64 * 2**20
"""As in harness/arrays.py: what one observation may hold."""

LONGEST_MESSAGE = 2000
"""Characters of an exception's or a warning's message that are kept."""


class Executor:
    """Executes the statements of scripts in one framework's namespace.

    `caught` are the exceptions that are outcomes. In a worker that is all of them: an engine that calls `sys.exit`
    costs its case alone. `given` are objects that scripts find by these names.
    """

    def __init__(self, language, caught=Exception, given=()):
        os.environ.update(language.get("environment", {}))
        self._caught = caught
        self._file = language.get("file", "")
        self._compiled = {}
        self._warnings = []
        self._observations = {}
        self._base = {
            "np": np,
            "observe": self._observe,
            "warned": self._warned,
            "shares_memory": self._shares_memory,
        }
        self._base.update(given)
        if self._file:
            self._base["__file__"] = self._file
        exec(compile(language["imports"], self._file or "<imports>", "exec"), self._base)
        exec(compile(language["reader"], "<reader>", "exec"), self._base)
        self._read = self._base["read"]

    def run(self, statements, points):
        """What each of `points` yielded, in order. An exception is the outcome of every point that comes after it."""
        self._observations = observations = {}
        del self._warnings[:]
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.showwarning = self._note_warning
            try:
                self._execute(statements, self._base.copy())
            except self._caught as error:
                for point in points:
                    if point not in observations:
                        self._observe(point, error)
        return [observations[point] for point in points]

    def _execute(self, statements, namespace):
        compiled = self._compiled
        for statement in statements:
            # A plain statement is `{type: "run", text}` or, shorter on the wire, its text alone.
            text = statement if isinstance(statement, str) else statement.get("text")
            if text is not None:
                code = compiled.get(text)
                if code is None:
                    # Once for each text: compiling a small program takes as long as running it.
                    code = compiled[text] = self._compile(statement, text)
                exec(code, namespace)
            elif statement["type"] == "data":
                namespace[statement["name"]] = decode_array(statement["array"])
            elif statement["type"] == "with":
                with eval(statement["context"], namespace) as entered:
                    if statement.get("name"):
                        namespace[statement["name"]] = entered
                    self._execute(statement["body"], namespace)
            else:
                try:
                    self._execute(statement["body"], namespace)
                except Exception as error:
                    self._observe(statement["point"], error)
                else:
                    self._observe(statement["point"], None)

    def _compile(self, statement, text):
        """The statement as code; tracebacks point to the line of the file that it was made from, if it has one."""
        line = 0 if isinstance(statement, str) else statement.get("line", 0)
        if not line:
            return compile(text, "<script>", "exec")
        return compile("\n" * (line - 1) + text, self._file, "exec")

    # What scripts call

    def _observe(self, point, value):
        """Record what stands at a point: `{point, outcome, ...}` as in results.jsonl, an array still as an array."""
        if not isinstance(value, BaseException):
            try:
                value = self._read(value)
                if value is not None and not isinstance(value, (bool, str, np.bool_)):
                    if np.asarray(value).nbytes > LARGEST_ARRAY_BYTES:
                        raise MemoryError("an observation of {:,} bytes is too large".format(np.asarray(value).nbytes))
                    # A copy: in-place writes that come later must not change what was seen.
                    value = np.array(value)
                    dtype_name(value.dtype)
            except Exception as error:
                value = error
        if value is None:
            observation = {"point": point, "outcome": "none"}
        elif isinstance(value, np.ndarray):
            observation = {"point": point, "outcome": "array", "array": value}
        elif isinstance(value, BaseException):
            error = {"type": type(value).__name__, "message": _message(value)}
            if self._file:
                # What fails in the reader was raised below this frame; the line that asked for it is above.
                error["where"] = where(value) or _line_of(sys._getframe(1))
            observation = {"point": point, "outcome": "raised", "error": error}
        else:
            value = value if isinstance(value, str) else bool(value)
            observation = {"point": point, "outcome": "value", "value": value}
        if self._warnings:
            observation["warnings"] = self._warnings[:]
            del self._warnings[:]
        self._observations[point] = observation

    def _warned(self):
        """The categories of the warnings since the last observation, or None."""
        return ", ".join(sorted({warning["category"] for warning in self._warnings})) or None

    def _shares_memory(self, a, b):
        a, b = self._read(a), self._read(b)
        return None if a is None or b is None else bool(np.shares_memory(a, b))

    def _note_warning(self, message, category, *_):
        self._warnings.append({"category": category.__name__, "message": _message(message)})


def where(error):
    """The line that raised, as in `my_engine.py, line 12, in backward`, or an empty text.

    That is the innermost line outside of NumPy and the standard library: whoever wrote it can change it.
    """
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return "{}, line {}".format(_short(error.filename), error.lineno)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename != __file__ and not _is_nobodys(frame.filename):
            function = "" if frame.name == "<module>" else ", in " + frame.name
            return "{}, line {}{}".format(_short(frame.filename), frame.lineno, function)
    return ""


def _line_of(frame):
    file = frame.f_code.co_filename
    return "" if file == __file__ or _is_nobodys(file) else "{}, line {}".format(_short(file), frame.f_lineno)


def _is_nobodys(file):
    """Whether it is NumPy's, the standard library's, in whose folder packages may live, or no file."""
    library = os.path.join(sysconfig.get_paths()["stdlib"], "")
    in_library = file.startswith(library) and "-packages" not in file
    return in_library or file.startswith((os.path.join(os.path.dirname(np.__file__), ""), "<"))


def _short(file):
    """A file's path from the folder in which Python found it."""
    folders = [folder for folder in sys.path if folder and file.startswith(os.path.join(folder, ""))]
    return os.path.relpath(file, max(folders, key=len)) if folders else file


def _message(said):
    """The text of an exception or a warning, cut to a length and without what UTF-8 cannot hold."""
    return str(said)[:LONGEST_MESSAGE].encode("utf-8", "backslashreplace").decode("utf-8")


# Arrays

_NUMPY_DTYPES = {
    dtype.__name__.rstrip("_"): np.dtype(dtype)
    for dtype in (
        np.bool_, np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64,
        np.float16, np.float32, np.float64, np.complex64, np.complex128,
    )
}  # fmt: skip
_NAMES = {dtype: name for name, dtype in _NUMPY_DTYPES.items()}


def dtype_name(dtype):
    """Its name in an answer. A framework's own bfloat16 is a NumPy dtype, or a field, of that name."""
    name = _NAMES.get(dtype)
    if name is None:
        name = "bfloat16" if "bfloat16" in (dtype.name, *(dtype.names or ())) else dtype.newbyteorder("=").name
        if name != "bfloat16" and name not in _NUMPY_DTYPES:
            raise TypeError("observed an array of {}, which is no dtype of a program".format(dtype))
        _NAMES[dtype] = name
    return name


def decode_array(encoded):
    """The array of `{dtype, shape, data}`, fresh because scripts may write into it; bfloat16 as float32."""
    data = encoded["data"]
    if not isinstance(data, bytes):
        data = binascii.a2b_base64(data)
    if encoded["dtype"] == "bfloat16":
        wide = np.frombuffer(data, "<u2").astype(np.uint32) << 16
        return wide.view(np.float32).reshape(encoded["shape"])
    array = np.frombuffer(data, _NUMPY_DTYPES[encoded["dtype"]]).reshape(encoded["shape"])
    return array.copy() if sys.byteorder == "little" else array.byteswap()


def encode_array(array):
    """`{dtype, shape, data}` with the elements in C order, little-endian."""
    if array.dtype.byteorder == ">" or (array.dtype.byteorder == "=" and sys.byteorder == "big"):
        array = array.byteswap()
    data = binascii.b2a_base64(array.tobytes(), newline=False).decode("ascii")
    return {"dtype": dtype_name(array.dtype), "shape": array.shape, "data": data}


# The protocol

# Looking for circles costs a fifth of the time, and there are none.
_to_json = json.JSONEncoder(default=encode_array, check_circular=False).encode


def private_copies():
    """Copies of stdin and stdout for the protocol alone. From here on stdin is empty and stdout is stderr.

    That holds for native code too, which uses the descriptors 0 and 1.
    """
    requests = os.fdopen(os.dup(0), "r", encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return requests, answers


def answers_to(batch, executor):
    """The answers to a batch, as lists: one, or several where it takes long."""
    ready, since = [], time.monotonic()
    for script in batch["scripts"]:
        ready.append({"id": script["id"], "observations": executor.run(script["statements"], script["points"])})
        if time.monotonic() - since > ANSWER_EVERY:
            yield ready
            ready, since = [], time.monotonic()
    if ready:
        yield ready


def main():
    """Serve one session: see the module's docstring."""
    requests, answers = private_copies()
    # An interrupt from the keyboard is for the harness, which then ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Run by path, Python puts our folder first, where our modules would shadow others of the same name.
    own_folder = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != own_folder]

    def answer(message):
        answers.write(_to_json(message) + "\n")
        answers.flush()

    language = json.loads(requests.readline())
    sys.path[:0] = language.get("path", [])
    try:
        executor = Executor(language, caught=BaseException)
    except BaseException as error:
        said = type(error).__name__ + ": " + _message(error)
        at = where(error) if language.get("file") else ""
        answer({"ready": False, "error": at + ": " + said if at else said})
        return
    answer({"ready": True})
    for line in requests:
        for answered in answers_to(json.loads(line), executor):
            answer(answered)


if __name__ == "__main__":
    main()
