"""Results as JUnit XML: one test case for each case and environment."""

from pathlib import Path
from xml.etree import ElementTree

from harness.plain import plain
from harness.results import FAILING, Results, Verdict

_SKIPPED = frozenset({"missing", "unsupported"})


def write(results: Results, file: Path) -> None:
    """Write the verdicts to `file`. An `OSError` is the caller's to explain."""
    suite = ElementTree.Element("testsuite", name="crossgrad", tests=str(len(results.verdicts)))
    suite.set("failures", str(len(results.failing)))
    suite.set("skipped", str(sum(verdict.status in _SKIPPED for verdict in results.verdicts.values())))
    for verdict in results.verdicts.values():
        suite.append(_test_case(verdict))
    ElementTree.indent(suite)
    ElementTree.ElementTree(suite).write(file, encoding="utf-8", xml_declaration=True)


def _test_case(verdict: Verdict) -> ElementTree.Element:
    test = ElementTree.Element("testcase", classname=plain(verdict.environment), name=plain(verdict.case))
    properties = ElementTree.SubElement(test, "properties")
    for name, value in user_properties(verdict):
        ElementTree.SubElement(properties, "property", name=name, value=plain(value))
    if verdict.status in FAILING:
        ElementTree.SubElement(test, "failure", message=verdict.status).text = plain(explain(verdict))
    elif verdict.status in _SKIPPED:
        ElementTree.SubElement(test, "skipped", message=plain(verdict.reason or verdict.status))
    return test


def user_properties(verdict: Verdict) -> list[tuple[str, str]]:
    """What a report of tests should keep of a verdict."""
    properties = [("status", str(verdict.status)), ("mathematics", str(verdict.mathematics))]
    return properties + [("explained_by", f"{why.dimension}={why.option}") for why in verdict.explained_by]


def explain(verdict: Verdict) -> str:
    """The sentences of a verdict, a line each."""
    lines = [verdict.reason] if verdict.reason else []
    lines += [f"{point}: {judged.sentence}" for point, judged in verdict.points.items() if judged.status in FAILING]
    return "\n".join(lines)
