"""Reading a FILE that describes somebody's engine: a few names with literals, beside whatever the engine needs.

The file is not executed here. Its literals are read from the syntax tree, so that each complaint has a line; its text
goes to the worker, as the beginning of every script.
"""

import ast
import difflib
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from harness.adapters.own import templates
from harness.adapters.own.words import KINDS, TEMPLATES, WORDS, Word
from harness.errors import UsageError
from harness.ops import DTYPES

USED_BY_SCRIPTS = frozenset({"observe", "read", "shares_memory", "warned", "np"})
"""Names that mean something else in every script; a file may only give `np` its usual meaning."""
_NEAR = 0.8
"""How alike two names are of which one is probably a slip of the other: from 0 to 1."""


class Template(msgspec.Struct, frozen=True):
    """Text with placeholders, and the line where it stands."""

    text: str
    line: int
    placeholders: frozenset[str]

    def fill(self, **texts: str) -> str:
        """The text with others in place of its placeholders; what it does not ask for is left out."""
        return templates.filled(self.text, texts)


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says about an engine."""

    file: Path
    prelude: str
    """The file's text without the names that describe the engine; its lines have their numbers."""
    title: str
    templates: dict[str, Template]
    """By name, as in `words.WORDS`."""
    ops: dict[str, Template]
    dtypes: tuple[str, ...]
    errors: dict[str, str]
    """The kind of an exception, by words of its message."""
    claims: dict[str, str]
    """The option that the engine promises, by dimension."""
    claims_line: int = 0
    warnings: tuple[str, ...] = ()
    """What is probably a slip."""

    @property
    def name(self) -> str:
        """The engine's name in results: that of the file."""
        return self.file.stem


def read(path: Path) -> Description:
    """What a file says. Raises `UsageError`, with file, line and what to write, for one that cannot be used."""
    return _Reader(path).description()


class _Reader:
    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._content = path.read_bytes()
            encoding, _ = tokenize.detect_encoding(io.BytesIO(self._content).readline)
            self._text = self._content.decode(encoding).replace("\r\n", "\n")
            self._tree = ast.parse(self._text)
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {error.strerror}") from None
        except SyntaxError as error:
            self._wrong(error.lineno or 1, f"this is no Python: {error.msg}")
        except ValueError as error:
            raise UsageError(f"{path} is no Python file: {error}") from None
        self._assigned = {name: (value, node) for node in self._tree.body for name, value in _assignments(node)}

    def description(self) -> Description:
        self._check_names()
        ops = self._ops()
        found = {name: self._template(name) for name in TEMPLATES if name in self._assigned}
        self._check_leaves(found)
        _, claims_node = self._assigned.get("claims", (None, None))
        return Description(
            file=self._path.resolve(),
            prelude=self._prelude(),
            title=self._literal(WORDS["title"]) or self._path.stem.removeprefix("check_"),
            templates=found,
            ops=ops,
            dtypes=self._dtypes(),
            errors=self._errors(),
            claims=self._literal(WORDS["claims"]) or {},
            claims_line=claims_node.lineno if claims_node else 0,
            warnings=tuple(self._slips()),
        )

    def _wrong(self, line: int, problem: str) -> NoReturn:
        raise UsageError(f"{self._path}, line {line}: {problem}")

    def _check_names(self) -> None:
        for node in self._tree.body:
            self._check_changes(node)
        for name, (_, node) in self._assigned.items():
            if name in USED_BY_SCRIPTS:
                self._wrong(node.lineno, f"the scripts use the name `{name}` themselves; call yours otherwise")
        for line, module in _imports(self._tree):
            if self._path.stem == module.partition(".")[0]:
                self._wrong(
                    line,
                    f"this file is itself called {self._path.stem}, so `import {self._path.stem}` finds it instead of "
                    f"the engine; rename it, for example to check_{self._path.stem}.py",
                )
        for word in WORDS.values():
            if word.required and word.name not in self._assigned:
                near = self._near(word.name)
                line, said = (near[1], f"`{near[0]}` is assigned, ") if near else (self._text.count("\n") + 1, "")
                self._wrong(line, f"{said}`{word.name}` is missing; write {word.name} = {word.example}")

    def _check_changes(self, node: ast.stmt) -> None:
        """A name of ours that is not assigned as a whole would be read wrongly."""
        changed = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
        )
        for target in changed:
            inner = target.value if isinstance(target, ast.Subscript) else target
            whole = isinstance(node, ast.Assign) and inner is target
            if isinstance(inner, ast.Name) and inner.id in WORDS and not whole:
                word = WORDS[inner.id]
                self._wrong(
                    node.lineno,
                    f"`{word.name}` is read without running the file, so it has to be one literal; "
                    f"write {word.name} = {word.example}",
                )

    def _near(self, name: str) -> tuple[str, int] | None:
        """What is assigned under a name that looks like `name`, with its line."""
        others = [other for other in self._assigned if other not in WORDS]
        near = difflib.get_close_matches(name, others, n=1, cutoff=_NEAR)
        return (near[0], self._assigned[near[0]][1].lineno) if near else None

    def _slips(self) -> Iterator[str]:
        for name in WORDS:
            near = None if name in self._assigned else self._near(name)
            if near:
                yield f"{self._path}, line {near[1]}: `{near[0]}` means nothing here; is it `{name}`?"

    # Literals

    def _literal(self, word: Word) -> Any:
        """The literal that a name is assigned, as the type that it has to have; None if there is none."""
        if word.name not in self._assigned:
            return None
        value, _ = self._assigned[word.name]
        try:
            return msgspec.convert(ast.literal_eval(value), word.type, strict=True)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            wrong = _not_literal(value)
            said = f"`{ast.unparse(wrong)[:60]}` is no literal" if wrong else f"`{ast.unparse(value)[:60]}` is not that"
            self._wrong(
                (wrong or value).lineno, f"`{word.name}` has to be {_KINDS[word.type]}, and {said}; "
                f"write {word.name} = {word.example}",
            )  # fmt: skip

    def _template(self, name: str) -> Template:
        word = WORDS[name]
        text, (value, _) = self._literal(word), self._assigned[name]
        try:
            templates.check(text, word)
        except ValueError as error:
            self._wrong(value.lineno, f"`{name}` is {text!r}: {error}; write {name} = {word.example}")
        return Template(text, value.lineno, frozenset(templates.placeholders(text)))

    def _ops(self) -> dict[str, Template]:
        texts, (table, _) = self._literal(WORDS["ops"]), self._assigned["ops"]
        if not texts:
            self._wrong(table.lineno, f"`ops` is empty; write ops = {WORDS['ops'].example}")
        assert isinstance(table, ast.Dict)
        lines = {ast.literal_eval(key): key.lineno for key in table.keys if key is not None}
        found = {}
        for name, text in texts.items():
            try:
                templates.check_op(text, name)
            except ValueError as error:
                self._wrong(lines[name], f"the op {name!r} is {text!r}: {error}")
            found[name] = Template(text, lines[name], frozenset(templates.placeholders(text)))
        return found

    def _dtypes(self) -> tuple[str, ...]:
        listed = self._literal(WORDS["dtypes"])
        if listed is None:
            return DTYPES
        value, _ = self._assigned["dtypes"]
        for name in listed:
            if name not in DTYPES:
                self._wrong(value.lineno, f"there is no dtype {name!r}; there are {', '.join(DTYPES)}")
        return tuple(listed)

    def _errors(self) -> dict[str, str]:
        kinds: dict[str, str] = self._literal(WORDS["errors"]) or {}
        for kind in kinds.values():
            if kind not in KINDS:
                near = difflib.get_close_matches(kind, KINDS, n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(KINDS)}"
                self._wrong(self._assigned["errors"][0].lineno, f"there is no kind of exception {kind!r}; {hint}")
        return kinds

    def _check_leaves(self, found: dict[str, Template]) -> None:
        for name in ("variable", "constant"):
            if name in found and {"array", "number"} <= found[name].placeholders:
                self._wrong(
                    found[name].line,
                    f"`{name}` uses {{array}} and {{number}}; an engine whose values are single numbers writes "
                    "{number} alone, any other {array} alone",
                )

    # The text that scripts begin with

    def _prelude(self) -> str:
        """The text without our names, where they have lines of their own."""
        lines = self._text.split("\n")
        for name, (_, node) in self._assigned.items():
            if name in WORDS and name in _targets(node) and len(_targets(node)) == 1:
                first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
                after = lines[last].encode()[node.end_col_offset or 0 :].decode().strip()
                if node.col_offset == 0 and (not after or after.startswith("#")):
                    lines[first : last + 1] = [""] * (last + 1 - first)
        return "\n".join(lines)


_KINDS = {str: "a text", dict[str, str]: "a dict of texts", list[str]: "a list of texts"}


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The modules that a file imports, each with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.lineno, node.module or ""


def _assignments(node: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """The names that a statement assigns, each with the expression."""
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    if value is not None:
        for name in _targets(node):
            yield name, value


def _targets(node: ast.stmt) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _not_literal(value: ast.expr) -> ast.expr | None:
    """The innermost part that is no literal, or no text inside a dict or a list."""
    match value:
        case ast.Dict(keys=keys, values=values):
            parts = [part for pair in zip(keys, values, strict=True) for part in pair if part is not None]
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            pass
        case ast.Constant():
            return None if isinstance(value.value, str) else value
        case _:
            return value
    return next((wrong for part in parts if (wrong := _not_literal(part)) is not None), None)
