"""What is to be looked at again on a day: listed with its place, longest overdue first, and never a mistake."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from factbound.cli import main
from factbound.pages import make_pages
from factbound.rules import RULES, check
from helpers import ROOT, lay

CASE = """\
title: The fair
summary: Somebody sold lanterns at the fair.
kind: incident
jurisdiction: example-land
occurred: 2025-04-14
checked: {checked}
evidence: [{{source: example-gazette}}]
{more}"""


def case(more: str = "", checked: str = "2031-01-10") -> dict[str, str]:
    return {"content/cases/the-fair.yml": CASE.format(more=more, checked=checked)}


def run(root: Path, *arguments: str, today: str = "2031-03-01") -> Result:
    command = ["--project", str(root), "due", "--today", today, *arguments]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def listed(root: Path, files: dict[str, str], *arguments: str, today: str = "2031-03-01") -> list[str]:
    """What is said of the case, without what is said of the base project."""
    library = lay(root, files)
    assert [problem for problem in check(library) if problem.level == "error"] == []
    result = run(root, *arguments, today=today)
    assert result.exit_code == 0
    return [line for line in result.stdout.splitlines() if "the-fair" in line]


def with_review(period: str) -> dict[str, str]:
    base = yaml.safe_load((ROOT / "tests" / "cases" / "base.yml").read_text("utf-8"))
    return {"content/site.yml": base["content/site.yml"] + f"review: {{cases: {period}}}\n"}


def test_a_record_is_due_when_its_collections_period_has_passed(tmp_path: Path) -> None:
    files = {**case(), **with_review("30d")}
    assert listed(tmp_path, files) == [
        "2031-02-09  content/cases/the-fair.yml:6:10: advice[due-review]: was to be held against its sources again by "
        "2031-02-09 (do so, then set 'checked' to the day)"
    ]
    assert listed(tmp_path, files, today="2031-02-08") == []
    assert len(listed(tmp_path, files, "--within", "2d", today="2031-02-08")) == 1


def test_a_record_may_have_a_period_of_its_own(tmp_path: Path) -> None:
    files = {**case("review: 10d\n"), **with_review("300d")}
    assert [line[:10] for line in listed(tmp_path, files)] == ["2031-01-20"]


def test_records_that_were_never_checked_are_counted_and_listed_when_asked_for(tmp_path: Path) -> None:
    lay(tmp_path, {**case(checked="unknown"), **with_review("30d")})
    assert (
        "content/cases/: of 2 records no day is recorded on which it was last checked (--all lists them)"
        in run(tmp_path).stdout
    )
    assert "\n    content/cases/the-fair.yml\n" in run(tmp_path, "--all").stdout


def test_a_party_without_an_outcome_is_due_after_a_year(tmp_path: Path) -> None:
    parties = "parties:\n  keeper: {{role: The keeper, stage: charged, stage-on: 2030-02-01{}}}\n"
    assert listed(tmp_path, case(parties.format(""))) == [
        "2031-02-01  content/cases/the-fair.yml:9:37: advice[due-outcome]: 'charged' since 2030-02-01 or before, and "
        "nothing later is recorded (find out what became of it, and set 'stage' and 'final')"
    ]
    assert listed(tmp_path, case(parties.format(', final: "yes"'))) == []
    assert listed(tmp_path, case(parties.format("")), today="2031-01-31") == []


def test_facts_that_stay_alleged_are_due_after_a_year_once_a_record(tmp_path: Path) -> None:
    facts = (
        "facts:\n"
        "  late: {says: It was dark., standing: alleged, said-on: 2029-05-02}\n"
        "  early: {says: It was cold., standing: alleged, said-on: 2028-05-02}\n"
    )
    assert listed(tmp_path, case(facts)) == [
        "2029-05-02  content/cases/the-fair.yml:10:41: advice[due-outcome]: 2 facts are, this one first, alleged since "
        "2028-05-02 or before (ask whether it was confirmed or dropped, and change 'standing' if so)"
    ]


def test_a_law_whose_day_has_come_is_due(tmp_path: Path) -> None:
    law = (
        "title: The fair by-law\nlevel: instrument\nkind: act\njurisdiction: example-land\n"
        "status: {value: passed, as-of: 2030-05-01}\nprotects: {says: The fair.}\n"
        "history:\n  first: {label: As passed, passed: 2030-03-01, in-force: 2031-01-15}\n"
        "evidence: [{source: example-gazette}]\nchecked: unknown\n"
    )
    files = {"content/regulations/the-fair-by-law.yml": law}
    assert listed(tmp_path, files) == [
        "2031-01-15  content/regulations/the-fair-by-law.yml:8:59: advice[due-law]: the day has come on which 'first' is "
        "in force, and 'status' is as of 2030-05-01 (look whether it came so, and renew 'status')"
    ]
    assert listed(tmp_path, files, today="2031-01-14") == []


def test_ages_are_to_be_removed_after_the_privacy_review(tmp_path: Path) -> None:
    more = 'privacy-review: 2031-02-01\nparties:\n  keeper: {role: The keeper, stage: charged, final: "yes", age: 40}\n'
    assert listed(tmp_path, case(more)) == [
        "2031-02-02  content/cases/the-fair.yml:8:17: advice[due-privacy]: from 2031-02-02 on its page shows no ages and "
        "occupations (remove them from the file)"
    ]
    assert listed(tmp_path, case(more), today="2031-02-01") == []


def test_advice_that_was_accepted_until_a_day_is_due_after_it(tmp_path: Path) -> None:
    more = "accepted: [{rule: term-unused, because: The word comes., until: 2031-02-01}]\n"
    assert listed(tmp_path, case(more)) == [
        "2031-02-02  content/cases/the-fair.yml:8:65: advice[due-acceptance]: 'term-unused' was accepted until 2031-02-01 "
        "(mend what it advises, or accept it until a later day)"
    ]


def test_a_quote_that_was_not_found_is_due(tmp_path: Path) -> None:
    more = "facts:\n  dark: {says: It was dark., evidence: [{source: example-gazette, quote: lit by forty keepers}]}\n"
    verified = '{"format": 1, "sources": {"example-gazette": [{"quote": "lit by forty keepers", "verdict": "gone", "asked": "2031-02-20"}]}}'
    assert listed(tmp_path, {**case(more), "content/_verified.json": verified}) == [
        "2031-02-20  content/cases/the-fair.yml:9:74: advice[due-quote]: 'factbound verify' found the quote gone on "
        "2031-02-20 (read the source again, and correct the quote and what rests on it)"
    ]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        (case(checked="2031-03-02"), "content/cases/the-fair.yml says that something was done on 2031-03-02"),
        (
            {"content/_verified.json": '{"format": 1, "sources": {"example-gazette": [{"quote": "a", "verdict": "there", "asked": "2031-03-05"}]}}'},
            "quotes were verified on 2031-03-05",
        ),
    ],
)  # fmt: skip
def test_a_clock_in_the_past_is_refused(files: dict[str, str], why: str, tmp_path: Path) -> None:
    lay(tmp_path, files)
    result = run(tmp_path)
    assert result.exit_code == 2
    assert result.stderr.endswith(f"Error: today is 2031-03-01, and {why} (set the clock, or give --today)\n")


def test_the_longest_overdue_comes_first(tmp_path: Path) -> None:
    more = (
        "accepted: [{rule: term-unused, because: The word comes., until: 2031-02-01}]\n"
        "parties:\n  keeper: {role: The keeper, stage: charged, stage-on: 2029-02-01}\n"
    )
    assert [line[:10] for line in listed(tmp_path, case(more))] == ["2030-02-01", "2031-02-02"]


def test_nothing_due_is_said(tmp_path: Path) -> None:
    lay(tmp_path, {})
    assert run(tmp_path, today="2025-05-02").stdout == "nothing is due\n"


def test_a_program_reads_the_same_as_json(tmp_path: Path) -> None:
    lay(tmp_path, {**case("review: 10d\n"), **with_review("300d")})
    data = json.loads(run(tmp_path, "--format", "json").stdout)
    assert [
        (one["since"], one["path"], one["line"], one["rule"])
        for one in data["due"]
        if "the-fair" in one["path"]
    ] == [("2031-01-20", "content/cases/the-fair.yml", 6, "due-review")]
    assert data["never-checked"] == {"cases": ["content/cases/lantern-quay.yml"]}


def test_what_is_due_is_explained_and_no_check_finds_it() -> None:
    rules = [rule for rule in RULES.values() if rule.id.startswith("due-")]
    assert len(rules) == 6
    assert [rule.id for rule in rules if rule.finds or rule.level != "advice"] == []


def page_on(root: Path, today: datetime.date) -> str:
    pages = make_pages(lay(root, {**case(), **with_review("30d")}), "en", today=today)
    return next(page.markdown for page in pages if page.path == "cases/the-fair.md")


def test_a_page_that_is_overdue_says_so_to_its_reader(tmp_path: Path) -> None:
    note = "This page was to be held against its sources again by 9 February 2031. What it says may have changed since."
    overdue, fresh = (
        page_on(tmp_path, datetime.date(2031, 2, 10)),
        page_on(tmp_path, datetime.date(2031, 2, 9)),
    )
    assert (note in overdue, note in fresh) == (True, False)
    assert overdue.index("Somebody sold lanterns") < overdue.index(note) < overdue.index("Sources and notes")
    assert "<dt>Last checked</dt>\n<dd markdown>10 January 2031</dd>" in fresh
