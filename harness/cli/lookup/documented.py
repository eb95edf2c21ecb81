"""What is documented of one op: known differences that no dimension models, and findings."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from harness.atlas import ROOT
from harness.cli.lookup.places import cases
from harness.cli.lookup.words import since, wrapped
from harness.ops import Op
from harness.profiles import Known, written
from harness.profiles.comparison import side, sides

FINDINGS = ROOT / "docs" / "findings"


def differences(op: Op) -> Iterator[str]:
    """A paragraph for each reason that a framework's profile gives for a difference in the op's cases."""
    ids = [case.id for case in cases(op)]
    for framework in dict.fromkeys(one.framework for one in sides()):
        alike: dict[tuple[str, str, str], list[Known]] = {}
        for entry in written(framework).known:
            if any(fnmatchcase(id_, entry.case) for id_ in ids):
                alike.setdefault((entry.reason, entry.reference, entry.versions), []).append(entry)
        for (reason, reference, versions), entries in alike.items():
            where = ", ".join(dict.fromkeys(f"{entry.case.rpartition('/')[2]}" for entry in entries))
            title = " ".join([side(framework).title, *_flavours(framework, entries)])
            yield "\n".join(
                [
                    wrapped(f"{since(title, versions)} at {where}: {reason}", "  ", "    "),
                    f"    see {reference}",
                ]
            )


def _flavours(framework: str, entries: list[Known]) -> Iterator[str]:
    """The flavours to name: those of a difference that the framework's first one does not have."""
    flavours = dict.fromkeys(entry.flavour for entry in entries)
    if not {None, side(framework).flavour} & flavours.keys():
        yield from (f"({flavour})" for flavour in flavours)


def findings(op: Op) -> Iterator[str]:
    """The titles of the findings that are about the op, with their files."""
    mentions = re.compile(rf"`{op.name}`|\bcrossgrad (?:run|show)\b[^\n`]*(?<![\w])" rf"{op.name}\b")
    for file in sorted(FINDINGS.glob("*.md")):
        text = file.read_text(encoding="utf-8")
        if file.name != "README.md" and mentions.search(text):
            title = text.partition("\n")[0].removeprefix("# ")
            yield f"{wrapped(title, '  ', '    ')}\n    {file.relative_to(ROOT)}"
