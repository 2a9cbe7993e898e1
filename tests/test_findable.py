"""What the search is told of a page: the words that lead to it first, and how much it counts."""

from __future__ import annotations

from pathlib import Path

import yaml

from factbound.findable import BOOST, BOOST_OF_LISTS, found_by, list_meta, search_meta, search_words
from factbound.library import Library
from factbound.model import COLLECTIONS
from helpers import SITE, lay, library_of


def meta(library: Library, id: str) -> dict[str, object]:
    """What the front matter of a record's page says to the search."""
    lines = search_meta(library.entries[id], library.terms, "en")
    return {str(key): value for key, value in yaml.safe_load(lines).items()}


def term(*forms: str) -> str:
    return f"title: A lamp\nforms: {{en: [{', '.join(forms)}]}}\ndefinition: A lamp.\nchecked: unknown\n"


def test_a_term_is_found_by_every_form_and_alias_in_any_language() -> None:
    library = library_of(SITE)
    words = search_words(library.entries["lighthouse-keeper"], "en")
    assert words == ["lighthouse keeper", "keeper of the lighthouse", "lamp warden", "灯台守"]


def test_a_law_is_found_by_its_own_title() -> None:
    assert meta(library_of(SITE), "harbour-by-law-7") == {
        "search": {"boost": 2},
        "tags": ["岸壁の裸火に関する規則第七条"],
    }


def test_a_place_is_found_by_its_name_and_help_by_its_number() -> None:
    entries = library_of(SITE).entries
    assert search_words(entries["saltmouth"], "en") == ["Saltmouth"]
    assert search_words(entries["harbour-office"], "en") == ["777"]


def test_a_page_over_many_records_is_found_by_its_title_first() -> None:
    assert yaml.safe_load(list_meta("Timeline")) == {
        "search": {"boost": BOOST_OF_LISTS},
        "tags": ["Timeline"],
    }
    assert yaml.safe_load(list_meta("Timeline", ["what came when"]))["tags"] == ["Timeline", "what came when"]
    assert max(BOOST.values()) < BOOST_OF_LISTS


def test_a_record_is_found_by_what_its_editor_wrote_down(tmp_path: Path) -> None:
    lantern = term("lantern") + "keywords: [what burnt, lantern]\n"
    library = lay(tmp_path, {"content/glossary/lantern.yml": lantern})
    assert search_words(library.entries["lantern"], "en") == ["what burnt", "lantern"]
    assert search_words(library.entries["lantern-quay"], "en") == []


def test_what_explains_counts_more_than_what_reports() -> None:
    library = library_of(SITE)
    boosts = {entry.collection: meta(library, id)["search"] for id, entry in library.entries.items()}
    assert boosts == {name: {"boost": BOOST.get(name, 1)} for name in (*COLLECTIONS, "pages")}
    assert BOOST["glossary"] > BOOST["explainers"] > BOOST["cases"] > BOOST["sources"]


def test_a_word_that_is_part_of_a_longer_one_counts_more(tmp_path: Path) -> None:
    files = {
        "content/glossary/lantern.yml": term("lantern"),
        "content/glossary/ship-lantern.yml": term("ship Lantern"),
    }
    library = lay(tmp_path, files)
    assert [meta(library, id)["search"] for id in ("lantern", "ship-lantern")] == [
        {"boost": BOOST["glossary"] * 1.7},
        {"boost": BOOST["glossary"]},
    ]


def test_words_reach_the_front_matter_as_they_are() -> None:
    words = ["the keeper's lamp", 'a "lamp": #1', "two\n lines", "{no: map}"]
    assert yaml.safe_load(found_by(words)) == {"tags": [" ".join(word.split()) for word in words]}
    assert found_by([]) == ""
