"""Which records a reader of one is led to next, and the reason that is given."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from factbound.glossary import mentioning
from factbound.library import Library
from factbound.pages import strings_of
from factbound.related import COMMON, MOST, Nearness
from helpers import SITE, lay, library_of


def near(library: Library, id: str, but: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The records near one, nearest first, each with the reason."""
    say = strings_of(library, "en")
    nearness = Nearness(library, mentioning(library, "en"))
    return [(one.entry.id, one.reason(say)) for one in nearness.of(library.entries[id], set(but))]


def case(says: str = "Somebody sold lamps.", source: str = "example-gazette") -> str:
    return (
        "title: Lamps\nsummary: Lamps were sold.\nkind: incident\njurisdiction: example-land\noccurred: 2025-04-14\n"
        f"sections:\n  story: {{says: '{says}'}}\nevidence: [{{source: {source}}}]\nchecked: unknown\n"
    )


def source(title: str) -> str:
    return (
        f"type: article\ntitle: {title}\nlanguage: en\ncontainer-title: Example Courier\nissued: 2025-04-16\n"
        "accessed: 2025-05-01\nread: publisher\n"
    )


def test_what_shares_most_stands_first_with_the_reason() -> None:
    assert near(library_of(SITE), "lantern-quay") == [
        ("harbour-lanterns", "2 of the same sources, the same law, the same term"),
        ("harbour-by-law-7", "2 of the same sources"),
        ("lantern-ruling", "the same law, the same source"),
        ("festival-count", "the same source"),
        ("harbour-master", "the same term"),
    ]


def test_records_that_were_named_already_are_left_out() -> None:
    found = near(library_of(SITE), "lantern-quay", but=["festival-count", "harbour-lanterns"])
    assert [id for id, _reason in found] == [
        "harbour-by-law-7",
        "lantern-ruling",
        "harbour-master",
        "lighthouse-keeper",
        "harbour-by-laws",
    ]


def test_what_few_share_counts_more_than_what_many_share(tmp_path: Path) -> None:
    cases = {f"content/cases/case-{letter}.yml": case() for letter in "abc"}
    library = lay(
        tmp_path,
        {
            **cases,
            "content/sources/rare.yml": source("Rare lamps"),
            "content/cases/case-y.yml": case(source="rare"),
            "content/cases/case-z.yml": case("Somebody sold lamps [@rare]."),
        },
    )
    assert near(library, "case-z")[0] == ("case-y", "the same source")


def test_what_everybody_shares_says_nothing(tmp_path: Path) -> None:
    # The gazette stands in two records of the base as well.
    cases = {f"content/cases/case-{number}.yml": case() for number in range(COMMON - 2)}
    library = lay(tmp_path / "few", cases)
    assert len(near(library, "case-0")) == MOST
    library = lay(tmp_path / "many", {**cases, "content/cases/case-more.yml": case()})
    assert near(library, "case-0") == []


def test_equals_stand_in_the_order_of_their_ids_whatever_was_read_first(tmp_path: Path) -> None:
    letters = "dbac"
    library = lay(tmp_path, {f"content/cases/case-{letter}.yml": case() for letter in letters})
    assert [id for id, _reason in near(library, "case-a", but=["lantern-quay", "harbour-act"])] == [
        "case-b",
        "case-c",
        "case-d",
    ]


def test_sources_and_places_are_not_led_to() -> None:
    library = library_of(SITE)
    led_to = {library.entries[id].collection for one in library.entries for id, _reason in near(library, one)}
    assert led_to.isdisjoint({"sources", "pages", "jurisdictions"})
