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


BASE: dict[str, str] = yaml.safe_load((ROOT / "tests" / "cases" / "base.yml").read_text("utf-8"))


def with_review(period: str, collection: str = "cases") -> dict[str, str]:
    return {"content/site.yml": BASE["content/site.yml"] + f"review: {{{collection}: {period}}}\n"}


def test_a_record_is_due_when_its_collections_period_has_passed(tmp_path: Path) -> None:
    files = {**case(), **with_review("30d")}
    assert listed(tmp_path, files) == [
        "2031-02-09  content/cases/the-fair.yml:6:10: advice[due-review]: 'checked' is 2031-01-10, and its review is due by "
        "2031-02-09 (hold it against its sources again, then set 'checked' to the day)"
    ]
    assert listed(tmp_path, files, today="2031-02-08") == []
    assert len(listed(tmp_path, files, "--within", "2d", today="2031-02-08")) == 1


def test_a_record_may_have_a_period_of_its_own(tmp_path: Path) -> None:
    files = {**case("review: 10d\n"), **with_review("300d")}
    assert [line[:10] for line in listed(tmp_path, files)] == ["2031-01-20"]


def test_a_source_is_due_by_the_day_on_which_its_page_was_seen(tmp_path: Path) -> None:
    lay(tmp_path, with_review("30d", "sources"))
    assert run(tmp_path, today="2025-05-31").stdout == (
        "due on      where, and what is to be looked at (what to do)\n"
        "2025-05-31  content/sources/example-gazette.yml:7:11: advice[due-review]: 'accessed' is 2025-05-01, and its review "
        "is due by 2025-05-31 (look at its page again, then set 'accessed' to the day)\n1 due, 0 never checked\n"
    )


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
        "2029-05-02  content/cases/the-fair.yml:10:41: advice[due-outcome]: 2 facts are alleged, this one longest, since "
        "2028-05-02 or before (ask whether it was confirmed or dropped, and change 'standing' if so)"
    ]


@pytest.mark.parametrize(
    ("fact", "day"),
    [
        ("says: It was dark., evidence: [{source: example-gazette}]", "2026-04-15"),
        ("says: It was dark., evidence: [{source: undated}]", "2026-04-14"),
    ],
    ids=["its source's day", "the day of the case"],
)
def test_an_allegation_without_a_day_has_that_of_its_source(fact: str, day: str, tmp_path: Path) -> None:
    gazette = yaml.safe_load(BASE["content/sources/example-gazette.yml"])
    undated = yaml.safe_dump({**gazette, "issued": "unknown", "accessed": "2025-05-01"})
    files = {
        **case(f"facts:\n  dark: {{{fact}, standing: alleged}}\n"),
        "content/sources/undated.yml": undated,
    }
    assert [line[:10] for line in listed(tmp_path, files)] == [day]


def by_law(status: str, day: str) -> dict[str, str]:
    law = (
        "title: The fair by-law\nlevel: instrument\nkind: act\njurisdiction: example-land\n"
        f"status: {status}\nprotects: {{says: The fair.}}\n"
        f"history:\n  first: {{label: As passed, {day}}}\n"
        "evidence: [{source: example-gazette}]\nchecked: unknown\n"
    )
    return {"content/regulations/the-fair-by-law.yml": law}


def test_a_law_whose_day_has_come_is_due(tmp_path: Path) -> None:
    files = by_law("{value: passed, as-of: 2030-05-01}", "passed: 2030-03-01, in-force: 2031-01-15")
    assert listed(tmp_path, files) == [
        "2031-01-15  content/regulations/the-fair-by-law.yml:8:59: advice[due-law]: 'in-force' of 'first' is 2031-01-15, "
        "and 'status' is 'passed' as of 2030-05-01 (look whether it came so, and renew 'status')"
    ]
    assert listed(tmp_path, files, today="2031-01-14") == []


@pytest.mark.parametrize(
    ("status", "day", "found"),
    [
        ("{value: bill, as-of: 2030-05-01}", "passed: 2030-06-01", "2030-06-01"),
        ("{value: passed, as-of: 2030-05-01}", "promulgated: 2030-06-01", "2030-06-01"),
        ("{value: passed, as-of: 2030-05}", "in-force: 2030-05-15", "2030-05-15"),
        ("{value: in-force, as-of: 2030-05-01}", "in-force: 2030-06", "2030-06-30"),
        ("{value: in-force, as-of: 2030-05}", "in-force: 2030-05-15", None),
        ("{value: repealed, as-of: 2030-05-01}", "in-force: 2001-06-01", None),
        ("{value: passed, as-of: 2030-05-01}", "in-force: 2030-06/..", None),
    ],
)
def test_a_laws_day_is_due_where_its_status_does_not_know_it(
    status: str, day: str, found: str | None, tmp_path: Path
) -> None:
    assert [line[:10] for line in listed(tmp_path, by_law(status, day))] == ([found] if found else [])


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
        "2031-02-02  content/cases/the-fair.yml:8:65: advice[due-acceptance]: 'term-unused' is accepted until 2031-02-01 "
        "(mend what it advises, or accept it until a later day)"
    ]


def test_what_is_due_can_be_accepted_until_a_day(tmp_path: Path) -> None:
    """For what an editor asked for and could not find out."""
    more = (
        "accepted: [{rule: due-outcome, because: The court does not say., until: 2031-02-01}]\n"
        "parties:\n  keeper: {role: The keeper, stage: charged, stage-on: 2029-02-01}\n"
    )
    assert [problem for problem in check(lay(tmp_path, case(more))) if "the-fair" in problem.path] == []
    assert listed(tmp_path, case(more), today="2031-02-01") == []
    assert [line.split()[2] for line in listed(tmp_path, case(more), today="2031-02-02")] == [
        "advice[due-outcome]:",
        "advice[due-acceptance]:",
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
        (case(checked="2031-03-03"), "content/cases/the-fair.yml speaks of 2031-03-03 as past"),
        (
            {**case(checked="2031-04"), **by_law("{value: passed, as-of: 2031-05}", "passed: 2001-06-01")},
            "content/regulations/the-fair-by-law.yml speaks of 2031-05 as past",
        ),
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
    assert result.stderr.endswith(
        f"Error: today is 2031-03-01, and {why} (correct that day, or set the clock, or give --today)\n"
    )


def test_a_day_that_has_begun_elsewhere_is_not_ahead(tmp_path: Path) -> None:
    """An editor in Japan writes down a day that begins in UTC nine hours later."""
    lay(tmp_path, case(checked="2031-03-02"))
    assert run(tmp_path).exit_code == 0


def test_a_site_is_not_built_by_a_clock_in_the_past(tmp_path: Path) -> None:
    """What is overdue, and the ages that a privacy review takes away, would be shown as of a day long ago."""
    lay(tmp_path, case(checked="2031-03-03"))
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("The last site.", "utf-8")
    command = ["--project", str(tmp_path), "build", "--today", "2031-03-01"]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        "Error: today is 2031-03-01, and content/cases/the-fair.yml speaks of 2031-03-03 as past (correct that day, or "
        "set the clock, or give --today); the last site is as it was",
    )
    assert (tmp_path / "site" / "index.html").read_text("utf-8") == "The last site."


@pytest.mark.parametrize(
    ("files", "today"),
    [
        ({**case("review: 9999d\n", checked="9999-12-31"), **with_review("30d")}, "9999-12-31"),
        ({**case(checked="2025/.."), **with_review("30d")}, "2031-03-01"),
        (case("privacy-review: 2031/..\nparties:\n  keeper: {role: A, stage: charged, stage-on: 2025/.., age: 40}\n"), "2031-03-01"),
        (case("accepted: [{rule: due-law, because: It is far., until: 9999-12-31}]\n"), "2031-03-01"),
    ],
)  # fmt: skip
def test_the_end_of_the_calendar_breaks_nothing(files: dict[str, str], today: str, tmp_path: Path) -> None:
    library = lay(tmp_path, files)
    result = run(tmp_path, "--within", "9999d", today=today)
    assert result.exit_code == 0
    assert make_pages(library, "en", today=datetime.date.fromisoformat(today))


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


def pages_on(root: Path, files: dict[str, str], day: str) -> dict[str, str]:
    pages = make_pages(lay(root, files), "en", today=datetime.date.fromisoformat(day))
    return {page.path: page.markdown for page in pages}


OVERDUE = "This page was due for review by 9 February 2031. What it says may have changed since."


def test_a_page_that_is_overdue_says_so_to_its_reader(tmp_path: Path) -> None:
    overdue, fresh = (
        pages_on(tmp_path, {**case(), **with_review("30d")}, day)["cases/the-fair.md"]
        for day in ("2031-02-10", "2031-02-09")
    )
    assert (OVERDUE in overdue, OVERDUE in fresh) == (True, False)
    assert (
        overdue.index("Somebody sold lanterns") < overdue.index(OVERDUE) < overdue.index("Sources and notes")
    )
    assert "<dt>Last checked</dt>\n<dd markdown>10 January 2031</dd>" in fresh


STATISTIC = """\
title: Lamps in the harbour
measured-by: The harbour office
published: 2025-04-15
population: All lamps of the harbour.
period: 2025
method: Somebody counted.
measures: {lamps: {label: Lamps, value: {number: 12, unit: lamps}}}
does-not-show: {why: Why there are lamps.}
evidence: [{source: example-gazette}]
checked: unknown
"""
HELP = """\
title: The harbour's helpline
for: Whoever lost a lantern.
who: The harbour office.
checked: unknown
"""


@pytest.mark.parametrize(("looked", "says_so"), [("2031-01-10", True), ("unknown", False)])
def test_every_kind_of_page_can_be_overdue_and_none_is_that_was_never_checked(
    looked: str, says_so: bool, tmp_path: Path
) -> None:
    files = {
        **BASE,
        **with_review("30d", "sources"),
        "content/statistics/lamps.yml": STATISTIC,
        "content/help/helpline.yml": HELP,
    }
    files = {
        path: text.replace("checked: unknown", f"checked: {looked}\nreview: 30d").replace(
            "accessed: 2025-05-01", f"accessed: {looked}"
        )
        for path, text in files.items()
    }
    records = {
        "cases/lantern-quay.md", "statistics/lamps.md", "regulations/harbour-act.md", "jurisdictions/example-land.md",
        "glossary/lantern.md", "sources/example-gazette.md", "help/helpline.md", "index.md", "about.md",
    }  # fmt: skip
    pages = pages_on(tmp_path, files, "2031-02-10")
    assert {path for path, text in pages.items() if OVERDUE in text} == (records if says_so else set())


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "1 problem of reading is left out (factbound check lists it)"),
        (2, "2 problems of reading are left out (factbound check lists them)"),
    ],
)
def test_what_cannot_be_read_is_counted(count: int, told: str, tmp_path: Path) -> None:
    lay(tmp_path, {f"content/cases/fair-{number}.yml": "title: [\n" for number in range(count)})
    result = run(tmp_path)
    assert (result.exit_code, result.stderr) == (1, f"{told}\n")
