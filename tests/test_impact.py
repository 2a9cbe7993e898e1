"""What would fall with a source, on the command line and on the source's page."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factbound.cli import main
from factbound.pages import make_pages
from helpers import DAY, FAIR, FAIR_HEAD, lay

SOURCE = (
    "type: report\ntitle: A report\nlanguage: en\nissued: 2025-04-14\naccessed: 2025-05-01\nread: publisher\n"
)
FILES = {
    FAIR: FAIR_HEAD
    + """\
sections:
  about: {says: "It was dark [@example-register]. It was cold [@example-register; @example-gazette]."}
facts:
  alone: {label: How dark it was, says: It was dark., evidence: [{source: example-register}]}
  two: {label: How cold it was, says: It was cold., evidence: [{source: example-register}, {source: example-gazette}]}
  agency:
    label: Who was there
    says: Many.
    evidence: [{source: example-register}, {source: example-wire}, {source: example-copy}]
""",
    "content/sources/example-register.yml": SOURCE,
    "content/sources/example-wire.yml": SOURCE + "agency: Example Wire\n",
    "content/sources/example-copy.yml": SOURCE + "derives-from: example-wire\n",
}


def run(root: Path, source: str) -> Result:
    return CliRunner().invoke(main, ["--project", str(root), "impact", source], catch_exceptions=False)


def test_what_leans_on_a_source_is_listed_with_its_place(tmp_path: Path) -> None:
    lay(tmp_path, FILES)
    assert run(tmp_path, "example-register").stdout == (
        "1 would lose its last support:\n"
        "    content/cases/the-fair.yml:10:3: facts.alone\n"
        "2 would rest on one independent account:\n"
        "    content/cases/the-fair.yml:11:3: facts.two\n"
        "    content/cases/the-fair.yml:12:3: facts.agency\n"
        "1 sentence cites nothing else:\n"
        "    content/cases/the-fair.yml:8:30: sections.about.says\n"
    )


def test_an_agency_and_its_copies_are_one_account(tmp_path: Path) -> None:
    library = lay(tmp_path, FILES)
    entry = library.entries["the-fair"]
    counts = {
        name: library.independent(library.evidence(entry, ("facts", name)))
        for name in ("alone", "two", "agency")
    }
    assert counts == {"alone": 1, "two": 2, "agency": 2}


def test_copies_of_a_story_are_named(tmp_path: Path) -> None:
    lay(tmp_path, FILES)
    assert run(tmp_path, "example-wire").stdout.endswith(
        "1 source repeats its story and falls with it:\n    content/sources/example-copy.yml\n"
    )


def listed(root: Path, facts: str, source: str, **more: str) -> list[str]:
    """The headings and paths of what is listed of one case with these facts."""
    case = FILES["content/cases/the-fair.yml"].partition("sections:")[0] + f"facts:\n{facts}"
    lay(root, {**FILES, "content/cases/the-fair.yml": case, **more})
    return [line.rpartition(": ")[2].strip() or line for line in run(root, source).stdout.splitlines()]


def test_what_rests_on_a_source_and_its_copies_falls_with_it(tmp_path: Path) -> None:
    both = "  both: {says: Many., evidence: [{source: example-wire}, {source: example-copy}]}\n"
    copy = "  copy: {says: Few., evidence: [{source: example-copy}]}\n"
    assert listed(tmp_path, both + copy, "example-wire")[:3] == [
        "2 would lose their last support:", "facts.both", "facts.copy",
    ]  # fmt: skip
    # The wire stands without its copy: nothing is new in that one account is left.
    assert listed(tmp_path, both, "example-copy") == ["nothing would fall with 'example-copy'"]


def test_what_was_on_one_account_before_is_not_said_to_come_to_that(tmp_path: Path) -> None:
    other = {"content/sources/example-other.yml": SOURCE + "agency: Example Wire\n"}
    agency = "  agency: {says: Many., evidence: [{source: example-wire}, {source: example-other}]}\n"
    assert [line for line in listed(tmp_path, agency, "example-other", **other) if "facts" in line] == []


def test_what_is_worked_out_falls_with_any_of_its_values(tmp_path: Path) -> None:
    facts = (
        "  one: {value: {number: 4}, evidence: [{source: example-register}]}\n"
        "  two: {value: {number: 2}, evidence: [{source: example-gazette}]}\n"
        "  ratio: {standing: inferred, derive: {op: ratio, of: [the-fair.facts.one, the-fair.facts.two]}}\n"
    )
    other = FILES["content/cases/the-fair.yml"].partition("sections:")[0].replace("The fair", "The market")
    other += "facts:\n  twice: {standing: inferred, derive: {op: sum, of: [the-fair.facts.ratio, the-fair.facts.ratio]}}\n"
    assert listed(tmp_path, facts, "example-register", **{"content/cases/the-market.yml": other}) == [
        "3 would lose their last support:", "facts.one", "facts.ratio", "facts.twice",
    ]  # fmt: skip


def test_a_source_that_nothing_leans_on(tmp_path: Path) -> None:
    lay(tmp_path, {"content/sources/example-register.yml": SOURCE})
    assert run(tmp_path, "example-register").stdout == "nothing would fall with 'example-register'\n"


@pytest.mark.parametrize(
    ("id", "told"),
    [
        ("example-gazete", "there is no source 'example-gazete' (did you mean 'example-gazette'?)"),
        ("gazette", "there is no source 'gazette' (did you mean 'example-gazette'?)"),
        ("content/sources/example-gazette.yml", "there is no source 'content/sources/example-gazette.yml' (give the id alone: 'example-gazette')"),
        ("lantern-quay", "'lantern-quay' is in content/cases/ and is no source (an id is the name of a file in content/sources/, without .yml)"),
        ("zzz", "there is no source 'zzz' (an id is the name of a file in content/sources/, without .yml)"),
    ],
)  # fmt: skip
def test_an_unknown_source_is_told_with_the_nearest(id: str, told: str, tmp_path: Path) -> None:
    lay(tmp_path, {})
    result = run(tmp_path, id)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        f"Error: Invalid value for SOURCE: {told}",
    )


def test_the_page_of_a_source_says_what_would_fall_with_it(tmp_path: Path) -> None:
    pages = {page.path: page.markdown for page in make_pages(lay(tmp_path, FILES), "en", today=DAY)}
    page = pages["sources/example-register.md"]
    fell = page.partition("## If this source fell")[2].partition("<nav")[0]
    assert "One statement of this site rests on this source alone, or on it and what repeats it" in fell
    assert "[How dark it was](../cases/the-fair.md#facts-alone)" in fell
    assert "How cold it was" not in fell
    assert "If this source fell" not in pages["sources/example-wire.md"]


def test_a_party_and_a_law_on_one_account_say_so(tmp_path: Path) -> None:
    more = (
        "parties:\n"
        "  one: {role: The keeper, stage: charged, evidence: [{source: example-register}]}\n"
        "  two: {role: The helper, stage: charged, evidence: [{source: example-register}, {source: example-gazette}]}\n"
        "  said: {role: The buyer, stage: charged, standing: alleged, evidence: [{source: example-wire}, {source: example-gazette}]}\n"
        "law:\n  act: {regulation: harbour-act, acts: 2025-04, version: second, evidence: [{source: example-wire}]}\n"
    )
    files = {**FILES, "content/cases/the-fair.yml": FILES["content/cases/the-fair.yml"] + more}
    pages = {page.path: page.markdown for page in make_pages(lay(tmp_path, files), "en", today=DAY)}
    lines = pages["cases/the-fair.md"].splitlines()
    assert {
        role: "(one account)" in line
        for role in ("keeper", "helper", "buyer")
        for line in lines
        if line.startswith(f"**The {role}**")
    } == {"keeper": True, "helper": False, "buyer": False}
    assert "Alleged · 2 independent accounts" in next(
        line for line in lines if line.startswith("**The buyer**")
    )
    assert "(one account)" in next(line for line in lines if line.startswith("[The Harbour Act]"))
    assert (
        "In force, as of 1 May 2025[^1] <small>(one account)</small>" in pages["regulations/harbour-act.md"]
    )


def test_a_conclusion_on_one_account_says_so(tmp_path: Path) -> None:
    case = FILES["content/cases/the-fair.yml"]
    case += "  ours: {label: Ours, says: It was a dark night., standing: inferred, evidence: [{source: example-wire}, {source: example-copy}]}\n"
    case += "  both: {label: Both, says: It was a cold night., standing: inferred, evidence: [{source: example-wire}, {source: example-gazette}]}\n"
    pages = make_pages(lay(tmp_path, {**FILES, "content/cases/the-fair.yml": case}), "en", today=DAY)
    lines = next(page.markdown for page in pages if page.path == "cases/the-fair.md").splitlines()
    said = {name: line for name in ("Ours", "Both") for line in lines if line.startswith(f"**{name}.**")}
    assert "Worked out by us · one independent account only" in said["Ours"]
    assert "Worked out by us<" in said["Both"]


def test_a_fact_on_one_account_says_so(tmp_path: Path) -> None:
    page = next(
        page.markdown
        for page in make_pages(lay(tmp_path, FILES), "en", today=DAY)
        if page.path == "cases/the-fair.md"
    )
    said = {line.partition(".**")[0][2:]: line for line in page.splitlines() if line.startswith("**")}
    assert "one independent account only" in said["How dark it was"]
    assert "2 independent accounts" in said["How cold it was"]
    assert "2 independent accounts" in said["Who was there"]
