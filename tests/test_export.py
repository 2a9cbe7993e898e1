"""What readers take away: every record and every figure, described, and a feed of changes that readers of feeds take."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

from factbound.export import COLUMNS
from factbound.pages import make_files
from factbound.settings import Addresses
from helpers import DAY, SITE, library_of

LIBRARY = library_of(SITE)
HOSTED = Addresses(site="https://site.example/saltmouth/")
FILES = make_files(LIBRARY, "en", HOSTED, today=DAY)
ATOM = "{http://www.w3.org/2005/Atom}"


def table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(FILES[f"data/{name}.csv"])))


def test_every_record_is_there_as_json_and_in_its_table() -> None:
    for entry in LIBRARY.entries.values():
        if entry.collection == "pages":
            continue
        record = json.loads(FILES[f"data/{entry.collection}/{entry.id}.json"])
        assert (record["id"], record["collection"]) == (entry.id, entry.collection)
        assert entry.id in {row["id"] for row in table(entry.collection)}


def test_a_fact_has_its_value_as_data_and_its_sources() -> None:
    row = next(row for row in table("facts") if row["path"] == "festival-count.measures.visitors")
    assert {name: row[name] for name in ("value", "value-to", "unit", "standing", "sources")} == {
        "value": "9000", "value-to": "12000", "unit": "visitors", "standing": "disputed", "sources": "example-wire",
    }  # fmt: skip


def test_texts_are_words_without_markup() -> None:
    texts = " ".join(
        cell
        for name in COLUMNS
        if f"data/{name}.csv" in FILES
        for row in table(name)
        for cell in row.values()
    )
    assert "[@" not in texts and "[[" not in texts and "{{" not in texts


def test_no_cell_begins_with_what_a_spreadsheet_runs() -> None:
    cells = [
        cell
        for path, text in FILES.items()
        if path.endswith(".csv")
        for row in csv.reader(io.StringIO(text))
        for cell in row
    ]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")] == []


def test_a_source_that_is_not_to_be_linked_carries_no_address() -> None:
    unlinked = [
        entry.id for entry in LIBRARY.collection("sources") if getattr(entry.record, "link", "") == "no"
    ]
    assert unlinked
    assert {row["URL"] for row in table("sources") if row["id"] in unlinked} == {""}
    assert all("URL" not in json.loads(FILES[f"data/sources/{id}.json"]) for id in unlinked)


def test_the_package_describes_each_table_and_column() -> None:
    package = json.loads(FILES["data/datapackage.json"])
    assert package["licenses"] == [
        {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    ]
    for resource in package["resources"]:
        head = next(csv.reader(io.StringIO(FILES[f"data/{resource['path']}"])))
        assert (
            [field["name"] for field in resource["schema"]["fields"]]
            == head
            == list(COLUMNS[resource["name"]])
        )
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_a_chart_has_its_figures_and_sources_as_a_table() -> None:
    rows = list(csv.DictReader(io.StringIO(FILES["data/charts/festival-count-lanterns.csv"])))
    assert [(row["measure"], row["value"], row["sources"]) for row in rows] == [
        ("lanterns", "400", "example-wire"), ("lost", "1", "example-wire"),
    ]  # fmt: skip


def test_the_feed_has_what_the_format_asks_for() -> None:
    feed = ElementTree.fromstring(FILES["feed.xml"])
    for parent in (feed, *feed.iter(f"{ATOM}entry")):
        assert all(parent.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) == 2


def test_the_feed_is_newest_first_and_marks_corrections() -> None:
    entries = list(ElementTree.fromstring(FILES["feed.xml"]).iter(f"{ATOM}entry"))
    assert [(entry.findtext(f"{ATOM}updated"), entry.find(f"{ATOM}category").get("term")) for entry in entries] == [  # type: ignore[union-attr]
        ("2031-09-30T00:00:00Z", "update"), ("2031-09-01T00:00:00Z", "correction"),
    ]  # fmt: skip


def test_without_an_address_there_is_no_feed() -> None:
    assert "feed.xml" not in make_files(LIBRARY, "en", Addresses(), today=DAY)


def test_the_same_content_gives_the_same_bytes() -> None:
    assert make_files(library_of(SITE), "en", HOSTED, today=DAY) == FILES
