"""What CONTRIBUTING tells editors to write is right, and stands in steps under the four headings that they look for."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from factbound.rules import check, is_blocking
from helpers import ROOT, lay

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))
RECORDS = {
    "facts": """\
        title: The lanterns of the quay
        summary: Somebody sold lanterns on the quay.
        kind: incident
        jurisdiction: example-land
        occurred: 2025-04-14
        evidence: [{source: example-gazette}]
        checked: unknown
    """,
    "history": """\
        title: The Harbour Act
        level: instrument
        kind: act
        jurisdiction: example-land
        status: {value: in-force, as-of: 2025-05-01}
        protects: {says: The safety of ships.}
        evidence: [{source: example-gazette}]
        checked: unknown
    """,
}


def example(heading: str) -> str:
    """The YAML that a section shows."""
    found = re.search(r"^( *)```yaml\n(.*?)^ *```", SECTIONS[heading], re.MULTILINE | re.DOTALL)
    assert found, heading
    return textwrap.dedent(found[2])


@pytest.mark.parametrize("heading", ["Change a figure", "Add a source", "Add a term", "A law has changed"])
def test_a_task_stands_in_numbered_steps_that_need_no_program(heading: str) -> None:
    steps = re.findall(r"^(\d)\. ", SECTIONS[heading], re.MULTILINE)
    assert steps == [str(number) for number in range(1, len(steps) + 1)] and len(steps) > 2
    assert not re.search(r"`(make|factbound|git) |[Pp]ython|terminal", SECTIONS[heading])


def test_what_the_examples_write_passes_the_checks(tmp_path: Path) -> None:
    case, law = (
        textwrap.dedent(record) + example(heading)
        for record, heading in zip(RECORDS.values(), ("Add a fact", "A law has changed"), strict=True)
    )
    files = {
        "content/cases/lantern-quay.yml": case + example("Change a figure"),
        "content/regulations/harbour-act.yml": law,
        "content/sources/courier-lanterns.yml": example("Add a source"),
        "content/glossary/paper-lantern.yml": example("Add a term"),
    }
    library = lay(tmp_path, files)
    told = [str(problem) for problem in check(library) if is_blocking(problem, strict=True, writes_site=True)]
    assert told == []
