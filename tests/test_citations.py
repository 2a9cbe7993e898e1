"""Footnotes of a page and the house style of a source. Fixed words are in capitals here: the theme may change its own."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from factbound.citations import Footnotes, Pointer, reference
from factbound.library import Entry, Library
from factbound.model import Evidence, Source
from factbound.prose import Citation
from factbound.settings import Project
from factbound.strings import Strings
from factbound.values import Setting
from factbound.yamlfile import Document, read_file
from helpers import ROOT, SITE

CASES = sorted((ROOT / "tests" / "cases" / "citations").glob("*.yml"))
WORDS = {
    "date.unknown": "UNKNOWN",
    "source.about": "ABOUT",
    "source.archived": "ARCHIVED",
    "source.read.archive": "READ archive.",
    "source.read.copy": "READ copy.",
    "source.read.publisher": "READ publisher.",
    "source.seen": "SEEN {date}.",
    "source.undated": "UNDATED",
    "source.untitled": "UNTITLED",
}
SAY = Strings("en", WORDS, Setting("en-GB", WORDS, {}))


def footnotes(**sources: Source) -> Footnotes:
    """Of a page that may cite these sources."""
    entries = {id: Entry(id, "sources", record, Document(id, "")) for id, record in sources.items()}
    return Footnotes(Library(Project(SITE), None, None, entries), SAY, lambda id: f"about/{id}.md")


def tides(**fields: object) -> Source:
    given = {
        "type": "webpage",
        "title": "Tides",
        "language": "en",
        "issued": 2031,
        "accessed": "2031",
        "read": "publisher",
    }
    return Source.model_validate(
        {**given, **{name.replace("_", "-"): value for name, value in fields.items()}}
    )


def cited(*ids: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(source=id) for id in ids)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_note_in_the_house_style(case: Path) -> None:
    data = read_file(case, case.name).data
    assert data is not None
    notes = footnotes(one=Source.model_validate(data["source"]))
    notes.marks((Evidence(source="one", locator=data.get("locator"), quote=data.get("quote")),))
    assert notes.definitions() == f"[^1]: {data['note']}"


def test_one_note_for_each_source_locator_and_quote() -> None:
    notes = footnotes(one=tides())
    places = [
        ("p. 3", None),
        ("p. 4", None),
        ("p. 3", "high water"),
        (None, None),
        ("p. 3", None),
        ("p. 3", "high water"),
    ]
    marks = [
        notes.marks((Evidence(source="one", locator=locator, quote=quote),)) for locator, quote in places
    ]
    assert marks == ["[^1]", "[^2]", "[^3]", "[^4]", "[^1]", "[^3]"]
    assert notes.definitions().count("[^") == 4


def test_prose_and_evidence_share_their_notes() -> None:
    notes = footnotes(one=tides(), two=tides())
    assert notes.marks((Citation("two", "p. 3"), Citation("one", ""))) == "[^1][^2]"
    assert notes.marks((Evidence(source="one"), Evidence(source="two", locator="p. 3"))) == "[^2][^1]"


def test_notes_stand_in_the_order_of_their_first_use() -> None:
    notes = footnotes(one=tides(title="Ebb"), two=tides(title="Flow"))
    notes.marks(cited("two"))
    notes.marks(cited("one", "two"))
    assert [line[:12] for line in notes.definitions().split("\n\n")] == ["[^1]: “Flow”", "[^2]: “Ebb”,"]


def test_a_mark_stands_once_where_evidence_repeats_itself() -> None:
    assert footnotes(one=tides(), two=tides()).marks(cited("one", "two", "one")) == "[^1][^2]"


def test_sources_that_the_text_cites_itself_are_left_out() -> None:
    notes = footnotes(one=tides(), two=tides())
    assert (notes.marks(cited("one", "two"), but={"one"}), list(notes.numbers)) == ("[^1]", [Pointer("two")])


@pytest.mark.parametrize(
    "words",
    ["forty-two, one by one", "wind & rain", "初日の夜、岸壁で", "50 % of it #1", "_a_ ~b~ c.d", "it's (so)"],
)
@pytest.mark.parametrize("address", ["https://tides.example/a", "https://tides.example/a?b=1&c#high-water"])
def test_a_passage_is_found_by_its_words_whatever_signs_they_hold(words: str, address: str) -> None:
    link = (
        reference(tides(URL=address), SAY, Pointer("tides", quote=words)).partition("](")[2].partition(")")[0]
    )
    base, _, fragment = link.partition(":~:text=")
    assert base == address.replace("&", "&amp;") + ("" if "#" in address else "#")
    assert not set("-,&_~()") & set(fragment)
    assert unquote(fragment) == words


def test_a_reference_may_be_set_without_its_link() -> None:
    assert reference(tides(URL="https://tides.example/"), SAY, linked=False) == "“Tides”, 2031."
