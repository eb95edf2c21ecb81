"""The published atlas is of the catalogue and of the environments as they are now, and fit to be published.

After a change of either: `crossgrad run --out reports/atlas --compress`, then `python docs/generate.py`.
"""

import lzma
import re

import pytest

from harness.atlas import FOLDER, atlas
from harness.catalogue import catalogue
from harness.environments import catalogue as environments
from harness.report.marks import STATUSES

LARGEST = 5_000_000
"""Bytes of all its files."""

AGAIN = "run: crossgrad run --out reports/atlas --compress"

PATHS = re.compile(r"site-packages|/home/|/root/|/Users/|/tmp/|[A-Z]:\\\\+Users|\.pyenv|/\.cache/")
"""What paths of somebody's machine look like."""


@pytest.fixture(scope="module")
def text():
    (file,) = FOLDER.glob("results.jsonl*")
    return lzma.decompress(file.read_bytes()).decode()


def test_it_has_the_cases_of_the_catalogue_as_they_are():
    now = {case.id: case.program.digest for case in catalogue()}
    recorded = {case.id: case.program.digest for case in atlas().cases.values()}
    changed = sorted(case for case in {*now, *recorded} if now.get(case) != recorded.get(case))
    assert not changed, f"{len(changed)} cases differ, the first {changed[:3]}; {AGAIN}"


def test_it_has_the_default_environments_in_the_releases_that_they_pin():
    pins = {name: one.pin() for name, one in environments().items() if one.default}
    versions = {name: one.version for name, one in atlas().environments.items()}
    assert list(pins) == list(versions), AGAIN
    assert [] == [name for name, pin in pins.items() if not pin.contains(versions[name])], AGAIN


def test_every_case_has_a_verdict_in_every_environment_and_none_fails():
    cells = {(case, name) for case in atlas().cases for name in atlas().environments}
    assert cells == set(atlas().verdicts), AGAIN
    statuses = {verdict.status for verdict in atlas().verdicts.values()}
    assert [] == [status for status in statuses if STATUSES[status].fails or status == "missing"]


def test_its_page_is_of_its_results():
    page = (FOLDER / "index.html").read_text(encoding="utf-8")
    (run,) = atlas().runs
    assert f"Nothing fails in {len(atlas().verdicts)} verdicts" in page
    assert f"crossgrad {run.crossgrad}" in page


def test_it_is_small():
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < LARGEST


def test_it_holds_no_path_of_the_machine_that_made_it(text):
    assert [] == [text[max(found.start() - 60, 0) : found.end() + 60] for found in PATHS.finditer(text)]
