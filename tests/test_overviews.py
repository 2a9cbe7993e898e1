"""Pages over all records, read on the built sites."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from factbound.glossary import Matcher
from factbound.library import Library
from factbound.model import Fact, Regulation, Statistic
from factbound.overviews import timeline_context
from factbound.pages import Page, make_pages, strings_of
from factbound.values import Quantity
from factbound.writer import Writer
from helpers import DAY, SITE, BuiltSite, lay, library_of

LIBRARY = library_of(SITE)
PAGES = {page.path: page for page in make_pages(LIBRARY, "en", today=DAY)}


def lines(page: Page) -> list[str]:
    return [line for line in page.markdown.splitlines() if line.startswith("-   ")]


def test_the_timeline_is_in_order_and_names_each_kind() -> None:
    kinds = [
        found[1]
        for line in lines(PAGES["timeline.md"])
        if (found := re.search(r'data-kind="([a-z]+)"', line))
    ]
    assert {"case", "law", "study"} <= set(kinds)
    years = [
        int(found[0]) for line in lines(PAGES["timeline.md"]) if (found := re.search(r"\b20\d\d\b", line))
    ]
    assert years == sorted(years)


@pytest.mark.parametrize(
    ("mole", "told"),
    [("Its lamps are lit.", ["mole"]), ("Lit as on the [[quay]].", ["mole"]), ("Later.", ["quay", "mole"])],
)
def test_a_day_that_two_cases_tell_stands_once_in_the_timeline(
    tmp_path: Path, mole: str, told: list[str]
) -> None:
    files = {
        f"content/cases/{id}.yml": f"""\
title: The {id}
summary: Lamps.
kind: event
jurisdiction: example-land
occurred: 2031
timeline:
  lit: {{date: {day}, says: "{says}", evidence: [{{source: example-gazette}}]}}
unknown: {{who: Who lit them.}}
evidence: [{{source: example-gazette}}]
checked: unknown
"""
        for id, day, says in (
            ("quay", "2031-05-01", "The lamps of the [[mole]] are lit."),
            ("mole", "2031-05-02" if mole == "Later." else "2031-05-01", mole),
        )
    }
    library = lay(tmp_path, files)
    writer = Writer(
        library, strings_of(library, "en"), Matcher(library.terms, "en"), "timeline.md", None, DAY
    )
    items = timeline_context(library, writer)["items"]
    assert [item.entry.id for item in items if item.anchor == "timeline-lit"] == told


def test_every_version_of_a_law_with_a_day_is_in_the_timeline() -> None:
    text = PAGES["timeline.md"].markdown
    for entry in LIBRARY.collection("regulations"):
        assert isinstance(entry.record, Regulation)
        parts = [
            one
            for one in LIBRARY.collection("regulations")
            if getattr(one.record, "part_of", None) == entry.id
        ]
        for slug, version in entry.record.history.items():
            if version.in_force and not parts:
                assert f"regulations/{entry.id}.md#history-{slug}" in text


def test_every_answer_of_a_law_is_in_the_comparison(real_site: BuiltSite) -> None:
    real = library_of(SITE.parent.parent.parent)
    for entry in real.collection("regulations"):
        assert isinstance(entry.record, Regulation)
        for slug in entry.record.coverage:
            assert real_site.links_to("compare/index.html", f"regulations/{entry.id}#coverage-{slug}") == 1


def test_every_difference_is_told_with_its_reason() -> None:
    text = PAGES["differences.md"].markdown
    for entry in LIBRARY.entries.values():
        for _keys, part in entry.survey.parts:
            for account in getattr(part, "accounts", {}).values():
                told = account.relation in ("differs", "contradicts")
                words = (
                    account.says.in_("en", "en")[0].split(" [")[0].split(" {{")[0][:30]
                    if account.says
                    else ""
                )
                assert not words or (words in text) == told


def test_what_is_not_known_is_listed_with_the_way_to_its_page() -> None:
    known = {
        f"{entry.id}.md#unknown-{slug}"
        for entry in LIBRARY.entries.values()
        for slug in getattr(entry.record, "unknown", {})
    }
    assert known and all(link in PAGES["unknown.md"].markdown for link in known)


def test_changes_are_listed_newest_first() -> None:
    assert [re.sub(r"\*\*(.*?)\*\* · (\S.*?) · .*", r"\1 \2", line[4:]) for line in lines(PAGES["changes.md"])] == [
        "30 September 2031 update", '1 September 2031 <strong class="fb-correction">correction</strong>',
    ]  # fmt: skip


def test_a_chart_says_the_same_as_its_table(real_site: BuiltSite) -> None:
    real = library_of(SITE.parent.parent.parent)
    charts = 0
    for entry in real.collection("statistics"):
        assert isinstance(entry.record, Statistic)
        for chart in entry.record.charts.values():
            charts += 1
            page = real_site.pages[f"statistics/{entry.id}/index.html"]
            for name in chart.measures:
                shown = _shown(real, entry.record.measures[name])
                assert shown in page.text("svg") and shown in page.text("table")
    assert charts


def test_every_figure_without_words_of_its_own_is_on_its_page(real_site: BuiltSite) -> None:
    real = library_of(SITE.parent.parent.parent)
    for entry in real.collection("statistics"):
        assert isinstance(entry.record, Statistic)
        text = real_site.pages[f"statistics/{entry.id}/index.html"].text("article")
        for measure in entry.record.measures.values():
            if measure.says is None and isinstance(real.fact_value(measure), Quantity):
                assert _shown(real, measure) in text


def _shown(library: Library, fact: Fact) -> str:
    from factbound.strings import read_strings

    site, value = library.site, library.fact_value(fact)
    assert site is not None and value is not None
    return read_strings(library.project.theme / "strings", site.languages[0], site).setting.value(value)


def test_every_page_is_reached_by_clicks(real_site: BuiltSite) -> None:
    linked = {target for name in real_site.pages for target, _anchor in real_site.linked(name)}
    assert sorted(set(real_site.pages) - linked - {"404.html"}) == []


def test_no_page_prints_the_marks_of_its_markdown(real_site: BuiltSite) -> None:
    assert [name for name, page in real_site.pages.items() if "{:" in page.text("article")] == []


def test_the_record_that_the_front_page_is_about_comes_first() -> None:
    heads = re.findall(r"^## .* \{#([a-z0-9-]+)\b", PAGES["differences.md"].markdown, re.MULTILINE)
    assert heads[0] == "lantern-quay"


def test_every_value_of_a_record_stands_on_its_page(real_site: BuiltSite) -> None:
    real = library_of(SITE.parent.parent.parent)
    absent, seen = [], 0
    for entry, keys, fact in real.parts(Fact):
        if real.fact_value(fact) is not None and entry.collection != "explainers":
            seen += 1
            text = real_site.pages[f"{entry.collection}/{entry.id}/index.html"].text("article").lower()
            absent += [] if _shown(real, fact).lower() in text else [".".join((entry.id, *map(str, keys)))]
    assert (absent, seen > 150) == ([], True)
