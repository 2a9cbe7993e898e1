"""What the strip under a page's first sentence answers, for each kind of record."""

from __future__ import annotations

from pathlib import Path

import pytest

from factbound.glance import glance, glance_at_all
from factbound.glossary import Matcher
from factbound.library import Library
from factbound.pages import strings_of
from factbound.writer import Writer
from helpers import DAY, SITE, lay, library_of


def answers(library: Library, id: str) -> dict[str, str]:
    """The strip of a record, as Markdown."""
    entry = library.entries[id]
    say = strings_of(library, "en")
    writer = Writer(library, say, Matcher(library.terms, "en"), f"{entry.collection}/{id}.md", entry, DAY)
    return {item.label: str(item.text) for item in glance(library, writer, entry)}


STRIPS = {
    "lantern-quay": {
        "What this is": "Incident",
        "Where": "[Saltmouth](../jurisdictions/saltmouth.md)",
        "When": "14 August 2031",
        "How sure the statements are": "6 established, 2 alleged, 1 worked out by us",
        "Newest source": "16 August 2031",
        "Last checked": "30 September 2031",
    },
    "harbour-by-law-7": {
        "What this is": "Ordinance",
        "Where": "[Saltmouth](../jurisdictions/saltmouth.md)",
        "Part of": "[Saltmouth harbour by-laws](harbour-by-laws.md)",
        "Law as of": "In force, as of September 2031[^1] <small>(one account)</small>",
        "In its own language": '<span lang="ja">岸壁の裸火に関する規則第七条</span>',
        "How sure the statements are": "11 established",
        "Newest source": "15 August 2031",
        "Last checked": "30 September 2031",
    },
    "festival-count": {
        "Who measured": "Saltmouth harbour office",
        "Published": "September 2031",
        "Figures as of": "14 August 2031 to 16 August 2031",
        "How sure the statements are": "3 established, 1 disputed",
        "Newest source": "15 August 2031",
        "Last checked": "30 September 2031",
    },
    "saltmouth": {"What this is": "Part of a country", "Part of": "[Northland](northland.md)"},
    "lighthouse-keeper": {
        "In other languages": '<span lang="ja">灯台守</span> (とうだいもり, Japanese)',
        "Also called": "lamp warden",
        "Rests on": "our own words",
        "Last checked": "30 September 2031",
    },
    "harbour-office": {"Rests on": "one source", "Last checked": "30 September 2031"},
}
"""A record of each kind -> its answers."""


@pytest.mark.parametrize("id", STRIPS)
def test_a_record_answers_what_a_reader_asks_first(id: str) -> None:
    found = answers(library_of(SITE), id)
    assert (found, list(found)) == (STRIPS[id], list(STRIPS[id]))


def test_an_explainer_is_as_sure_as_the_case_that_it_tells() -> None:
    library = library_of(SITE)
    told = answers(library, "harbour-lanterns")["How sure the statements on the case are"]
    assert told == answers(library, "lantern-quay")["How sure the statements are"]


def test_what_is_not_known_is_not_answered() -> None:
    library = library_of(SITE)
    assert answers(library, "harbour-master") == {"Rests on": "our own words"}
    assert "Newest source" not in answers(library, "lantern-ruling")


def test_only_the_law_leads_on_from_the_strip() -> None:
    """Other pages, and programs, name a law's status by its address."""
    library = library_of(SITE)
    entry = library.entries["harbour-by-law-7"]
    say = strings_of(library, "en")
    writer = Writer(library, say, Matcher(library.terms, "en"), "regulations/harbour-by-law-7.md", entry, DAY)
    assert [(item.label, item.anchor) for item in glance(library, writer, entry) if item.anchor] == [
        ("Law as of", "status")
    ]


def test_the_newest_source_is_the_one_whose_day_ends_last(tmp_path: Path) -> None:
    source = (
        "type: article\ntitle: More lanterns\nlanguage: en\ncontainer-title: Example Courier\n"
        "accessed: 2025-06-01\nread: publisher\nissued: {}\n"
    )
    term = "title: Lantern\nforms: {{en: [lantern]}}\ndefinition: A lamp.\nchecked: unknown\nevidence:\n{}"
    days = {"a": "2025-03-01", "b": "2025-03", "c": "unknown"}
    library = lay(
        tmp_path,
        {
            **{f"content/sources/source-{id}.yml": source.format(day) for id, day in days.items()},
            "content/glossary/lantern.yml": term.format(
                "".join(f"  - {{source: source-{id}}}\n" for id in days)
            ),
        },
    )
    assert answers(library, "lantern")["Newest source"] == "March 2025"


def test_an_exact_day_is_newer_than_the_year_in_which_it_lies(tmp_path: Path) -> None:
    source = (
        "type: article\ntitle: More lanterns\nlanguage: en\ncontainer-title: Example Courier\n"
        "accessed: 2025-10-01\nread: publisher\nissued: {}\n"
    )
    term = "title: Lantern\nforms: {en: [lantern]}\ndefinition: A lamp [@of-a-year; @of-a-day].\nchecked: unknown\n"
    library = lay(
        tmp_path,
        {
            "content/sources/of-a-year.yml": source.format("2025"),
            "content/sources/of-a-day.yml": source.format("2025-08-04"),
            "content/glossary/lantern.yml": term,
        },
    )
    assert answers(library, "lantern") == {"Rests on": "2 sources", "Newest source": "4 August 2025"}


@pytest.mark.parametrize(
    ("collection", "expected"),
    [
        (
            "",
            {
                "How sure the statements of the whole site are": "24 established, 2 alleged, 1 disputed, 1 worked out by us",
                "Newest source": "16 August 2031",
                "Last edited": "4 October 2031",
            },
        ),
        (
            "regulations",
            {
                "How sure the statements are": "14 established",
                "Newest source": "15 August 2031",
                "Last edited": "2 October 2031",
            },
        ),
        ("sources", {"Newest source": "16 August 2031"}),
    ],
)
def test_a_page_over_many_records_says_how_sure_they_are_and_as_of_when(
    collection: str, expected: dict[str, str]
) -> None:
    library = library_of(SITE)
    edits = {
        library.entries["harbour-by-law-7"].document.path: "2031-10-02",
        library.entries["harbour-office"].document.path: "2031-10-04",
    }
    writer = Writer(library, strings_of(library, "en"), Matcher(library.terms, "en"), "index.md", None, DAY)
    items = glance_at_all(library, writer, edits, collection)
    assert {item.label: str(item.text) for item in items} == expected
