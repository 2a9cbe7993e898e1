"""The Library and a collection in; its entries under headings, each with a line on what it is, out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from .library import Entry, Library
from .model import Regulation, Source, Term
from .values import Date
from .writer import Writer, unique

Group = tuple[str, str, list[tuple[Entry, str]]]
"""A heading, its anchor, and the entries below it, each with its line."""


def index_groups(library: Library, collection: str, writer: Writer) -> list[Group]:
    """The entries of an index: sources by kind and again by how they were read, terms by first letter, laws by
    place, cases newest first."""
    groups = [
        (heading, anchor, [(one, about(one, library, writer)) for one in entries])
        for heading, anchor, entries in _groups(library, collection, writer)
    ]
    return groups + _by_reading(library, writer) if collection == "sources" else groups


def in_order(library: Library, collection: str, writer: Writer) -> list[Entry]:
    """The entries of a collection in the order of its index."""
    return [entry for _heading, _anchor, entries in _groups(library, collection, writer) for entry in entries]


def neighbours(
    library: Library, collections: Iterable[str], writer: Writer
) -> dict[str, tuple[Entry | None, Entry | None]]:
    """Record -> the ones before and after it in its index."""
    found: dict[str, tuple[Entry | None, Entry | None]] = {}
    for name in collections:
        row = [None, *in_order(library, name, writer), None]
        for before, entry, after in zip(row, row[1:], row[2:], strict=False):
            assert entry is not None
            found[entry.id] = (before, after)
    return found


def about(entry: Entry, library: Library, writer: Writer) -> str:
    """One line on a record for lists."""
    record: Any = entry.record
    if isinstance(record, Source):
        return _about_source(entry, record, library, writer)
    if isinstance(record, Term):
        return writer.plain(record.definition, entry)
    if entry.collection == "help":
        return " · ".join(part for part in (record.phone or "", writer.plain(record.for_, entry)) if part)
    return writer.plain(record.summary, entry)


def _about_source(entry: Entry, source: Source, library: Library, writer: Writer) -> str:
    say = writer.say
    issued = say("source.undated") if source.issued == "unknown" else say.setting.date(source.issued)
    named = library.backlinks.get(entry.id, ())
    uses = say("source.uses.one" if len(named) == 1 else "source.uses.other", count=len(named))
    supported = ", ".join(writer.title(one) for one in unique(one for one, _mention in named))
    parts = (
        source.container_title or source.publisher or "",
        issued,
        say(f"source.read-short.{source.read}"),
        uses,
    )
    return " · ".join(part for part in parts if part) + (f": {supported}" if supported else "")


def _by_reading(library: Library, writer: Writer) -> list[Group]:
    """All sources once more, by what of them was read; the weakest last."""
    say, groups = writer.say, []
    for read in ("publisher", "archive", "copy"):
        found = [
            one
            for one in library.collection("sources")
            if isinstance(one.record, Source) and one.record.read == read
        ]
        found.sort(key=lambda one: writer.title(one).casefold())
        if found:
            groups.append(
                (
                    say(f"source.read-heading.{read}", count=len(found)),
                    f"read-{read}",
                    [(one, "") for one in found],
                )
            )
    return groups


def _groups(library: Library, collection: str, writer: Writer) -> list[tuple[str, str, list[Entry]]]:
    entries = library.collection(collection)

    def place(one: Entry) -> tuple[str, str]:
        assert isinstance(one.record, Regulation)
        return one.record.jurisdiction, writer.title(library.entries[one.record.jurisdiction])

    def kind(one: Entry) -> tuple[str, str]:
        assert isinstance(one.record, Source)
        return one.record.type, writer.say(f"source.type.{one.record.type}")

    def letter(one: Entry) -> tuple[str, str]:
        first = _letter(writer.title(one))
        return first, first.upper()

    keys = {"sources": kind, "glossary": letter, "regulations": place}
    if collection in keys:
        return _grouped(entries, writer, keys[collection])
    if collection == "cases":
        return [("", "", sorted(entries, key=lambda one: (_day(one), one.id), reverse=True))]
    if collection == "help":
        return [
            ("", "", sorted(entries, key=lambda one: (getattr(one.record, "order", 0), writer.title(one))))
        ]
    return [("", "", sorted(entries, key=lambda one: writer.title(one).casefold()))]


def _grouped(entries: list[Entry], writer: Writer, key: Any) -> list[tuple[str, str, list[Entry]]]:
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in sorted(entries, key=lambda one: (key(one)[1].casefold(), writer.title(one).casefold())):
        groups.setdefault(key(entry), []).append(entry)
    return [(heading, anchor, found) for (anchor, heading), found in groups.items()]


def _day(entry: Entry) -> str:
    date = getattr(entry.record, "occurred", None)
    return date.latest.isoformat() if isinstance(date, Date) else ""


def _letter(title: str) -> str:
    first = title[:1].lower()
    return first if re.fullmatch(r"[a-z]", first) else "other"
