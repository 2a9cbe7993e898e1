"""The Library in; what readers can take away out: records as JSON, collections and facts as CSV, a description of
all of it (Frictionless Data Package), the bibliography, and an Atom feed of changes. Each is a path and its text.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

from .bibliography import bibtex, csl_json, in_order, ris
from .library import Entry, Library
from .model import Case, Chart, Source, Statistic, Supported, Words
from .paths import built_path, path_of
from .settings import Addresses
from .strings import Strings
from .values import Count, Date, Money, Quantity, Range, Rate, Value

LICENCE = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}


Plain = Callable[[Words, Entry], str]
"""Words of a record as plain text in the page's language: no markup, no citations."""


def exports(
    library: Library, say: Strings, plain: Plain, addresses: Addresses, today: datetime.date
) -> dict[str, str]:
    """Path in the site -> text of every file that readers can take away."""
    tables = {f"data/{name}.csv": list(_table(library, name, plain)) for name in _collections(library)}
    tables["data/facts.csv"] = list(_facts(library, plain))
    files = {path: _csv(rows) for path, rows in tables.items()}
    for entry in library.entries.values():
        if entry.collection != "pages":
            files[f"data/{entry.collection}/{entry.id}.json"] = _json(_record(library, entry, today))
    sources = in_order(
        (entry.id, entry.record)
        for entry in library.collection("sources")
        if isinstance(entry.record, Source)
    )
    files["data/bibliography.json"] = csl_json(sources)
    files["data/bibliography.bib"] = bibtex(sources)
    files["data/bibliography.ris"] = ris(sources)
    files["data/datapackage.json"] = _json(_package(library, tables, say))
    for entry in library.collection("statistics"):
        assert isinstance(entry.record, Statistic)
        for slug, chart in entry.record.charts.items():
            files[f"data/charts/{entry.id}-{slug}.csv"] = _csv(list(_chart(library, entry, chart, plain)))
    if addresses.site and changes(library):
        files["feed.xml"] = feed(library, say, plain, addresses.site)
    return files


def data_files(library: Library) -> list[str]:
    """The names of the tables, for the page that describes them."""
    return [*_collections(library), "facts"]


def _collections(library: Library) -> list[str]:
    return [
        name
        for name in dict.fromkeys(entry.collection for entry in library.entries.values())
        if name != "pages"
    ]


def _record(library: Library, entry: Entry, today: datetime.date) -> dict[str, Any]:
    assert library.site is not None
    page = built_path(path_of(entry, library.site.front))
    data = dict(entry.document.data or {})
    if isinstance(entry.record, Source) and entry.record.link == "no":
        data.pop("URL", None)
    if isinstance(entry.record, Case) and entry.record.is_past_review(today) and "parties" in data:
        data["parties"] = {slug: _without_private(party) for slug, party in data["parties"].items()}
    return {"id": entry.id, "collection": entry.collection, "page": page, **data}


def _without_private(party: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in party.items() if key not in ("age", "occupation")}


# ----- tables -----

_FIELDS: dict[str, tuple[str, ...]] = {
    "cases": ("kind", "jurisdiction", "occurred"),
    "statistics": ("measured_by", "published", "period"),
    "regulations": ("jurisdiction", "kind", "level", "part_of"),
    "jurisdictions": ("kind", "part_of"),
    "glossary": ("definition",),
    "sources": (
        "type", "language", "container_title", "publisher", "agency", "issued", "accessed", "read", "URL", "derives_from",
    ),
    "explainers": (),
    "help": ("jurisdiction", "provider", "phone", "url"),
}  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {
    **{name: ("id", "title", "page", *(field.replace("_", "-") for field in fields), "checked") for name, fields in _FIELDS.items()},
    "facts": (
        "path", "record", "part", "label", "says", "value", "value-to", "unit", "qualifier", "date", "standing",
        "independent-sources", "sources",
    ),
}  # fmt: skip
"""Table -> its columns."""


def _table(library: Library, collection: str, plain: Plain) -> Iterator[list[str]]:
    fields = _FIELDS[collection]
    yield list(COLUMNS[collection])
    assert library.site is not None
    for entry in library.collection(collection):
        record: Any = entry.record
        page = built_path(path_of(entry, library.site.front))
        cells = [_cell(getattr(record, name), entry, plain) for name in fields]
        if collection == "sources" and record.link == "no":
            cells[fields.index("URL")] = ""
        yield [
            entry.id,
            _cell(record.title, entry, plain),
            page,
            *cells,
            _cell(getattr(record, "checked", None), entry, plain),
        ]


def _facts(library: Library, plain: Plain) -> Iterator[list[str]]:
    """Every fact, figure, penalty and version with its value as data and its sources."""
    yield list(COLUMNS["facts"])
    for entry in library.entries.values():
        for keys, part in entry.survey.parts:
            if not isinstance(part, Supported) or not keys:
                continue
            names = tuple(map(str, keys))
            evidence = library.evidence(entry, names)
            value = library.value_of(part)
            words = [_cell(getattr(part, name, None), entry, plain) for name in ("label", "says")]
            yield [
                ".".join((entry.id, *names)), entry.id, names[0], *words, *_value(value), part.standing,
                str(library.independent(evidence)), " ".join(dict.fromkeys(one.source for one in evidence)),
            ]  # fmt: skip


def _value(value: Value | None) -> list[str]:
    if value is None:
        return ["", "", "", "", ""]
    if isinstance(value, Rate):
        return [_decimal(value.rate), "", f"{value.to} for 1 {value.from_}", "", value.day.text]
    if not isinstance(value, Quantity):
        date = getattr(value, "date", None)
        return [
            "" if date else str(getattr(value, "rank", "")),
            "",
            "" if date else "rank",
            "",
            date.text if date else "",
        ]
    figure = value.figure
    low, high = (figure.from_, figure.to) if isinstance(figure, Range) else (figure, None)
    unit = (
        value.currency
        if isinstance(value, Money)
        else (value.unit or "")
        if isinstance(value, Count)
        else value.measure
    )
    return [_decimal(low), _decimal(high), unit, value.qualifier or "", ""]


def _decimal(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"


def _chart(library: Library, entry: Entry, chart: Chart, plain: Plain) -> Iterator[list[str]]:
    yield ["measure", "label", "value", "value-to", "unit", "qualifier", "date", "sources"]
    record = entry.record
    assert isinstance(record, Statistic)
    for key in chart.measures:
        measure = record.measures[key]
        sources = dict.fromkeys(one.source for one in library.evidence(entry, ("measures", key)))
        yield [
            key,
            _cell(measure.label, entry, plain),
            *_value(library.fact_value(measure)),
            " ".join(sources),
        ]


def _cell(value: Any, entry: Entry, plain: Plain) -> str:
    if value is None:
        return ""
    if isinstance(value, Words):
        return plain(value, entry)
    return value.text if isinstance(value, Date) else str(value)


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([[_tame(cell) for cell in row] for row in rows])
    return text.getvalue()


def _tame(cell: str) -> str:
    # A spreadsheet runs a cell that begins with one of these signs as a formula (OWASP, CSV injection).
    return "'" + cell if cell[:1] in ("=", "+", "-", "@") else cell


def _label(words: Words, library: Library, say: Strings) -> str:
    assert library.site is not None
    return " ".join(words.in_(say.lang, library.site.languages[0].lang)[0].split())


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _package(library: Library, tables: dict[str, list[list[str]]], say: Strings) -> dict[str, Any]:
    """What the files hold, by https://specs.frictionlessdata.io/data-package/."""
    site = library.site
    assert site is not None
    resources = []
    for path, rows in tables.items():
        name = path.removeprefix("data/").removesuffix(".csv")
        fields = [
            {"name": column, "type": "string", "description": say(f"data.field.{column}")}
            for column in rows[0]
        ]
        resources.append({
            "name": name, "path": f"{name}.csv", "description": say(f"data.table.{name}"), "format": "csv", "mediatype": "text/csv",
            "encoding": "utf-8", "schema": {"fields": fields},
        })  # fmt: skip
    return {
        "name": "data", "title": _label(site.title, library, say), "description": _label(site.description, library, say),
        "licenses": [LICENCE], "resources": resources,
    }  # fmt: skip


# ----- the feed -----

_ATOM = "http://www.w3.org/2005/Atom"


def changes(library: Library) -> list[tuple[Entry, str, Any]]:
    """All dated notes for readers, newest first: record, key of the note, note."""
    found = [
        (entry, slug, change)
        for entry in library.entries.values()
        for slug, change in getattr(entry.record, "changes", {}).items()
    ]
    return sorted(found, key=lambda one: (one[2].date.latest, one[0].id, one[1]), reverse=True)


def feed(library: Library, say: Strings, plain: Plain, site_url: str) -> str:
    """An Atom feed (RFC 4287) of all changes, of which there is at least one; corrections are marked as a category."""
    site = library.site
    assert site is not None
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(f"{{{_ATOM}}}feed")
    base = site_url.rstrip("/") + "/"
    notes = changes(library)
    updated = notes[0][2].date.latest.isoformat()

    def add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
        child = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
        child.text = text or None
        return child

    add(root, "id", base)
    add(root, "title", _label(site.title, library, say))
    add(root, "updated", f"{updated}T00:00:00Z")
    add(add(root, "author"), "name", _label(site.title, library, say))
    add(root, "link", rel="self", type="application/atom+xml", href=f"{base}feed.xml")
    add(root, "link", rel="alternate", type="text/html", href=base)
    for entry, slug, change in notes:
        address = f"{base}{built_path(path_of(entry, site.front))}#changes-{slug}"
        item = add(root, "entry")
        record: Any = entry.record
        title = _cell(record.title, entry, plain)
        add(item, "id", address)
        add(item, "title", f"{say(f'change.{change.kind}').capitalize()}: {title}")
        add(item, "updated", f"{change.date.latest.isoformat()}T00:00:00Z")
        add(item, "link", rel="alternate", type="text/html", href=address)
        add(item, "category", term=change.kind)
        add(item, "summary", plain(change.says, entry))
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
