"""The Library and a collection in; its entries under headings, each with a line on what it is, out."""

from __future__ import annotations

import re
from typing import Any

from .library import Entry, Library
from .model import Regulation, Source, Term
from .values import Date
from .writer import Writer


def index_groups(library: Library, collection: str, writer: Writer) -> list[tuple[str, str, list[tuple[Entry, str]]]]:
    """Heading, its anchor, and the entries below it, each with its line."""
    return [
        (heading, anchor, [(one, about(one, writer)) for one in entries])
        for heading, anchor, entries in _groups(library, collection, writer)
    ]


def about(entry: Entry, writer: Writer) -> str:
    """One line on a record for lists."""
    record: Any = entry.record
    if isinstance(record, Source):
        return ", ".join(
            part
            for part in (
                record.container_title or record.publisher or "",
                writer.say.setting.date(record.issued),
            )
            if part
        )
    if isinstance(record, Term):
        return writer.plain(record.definition, entry)
    if entry.collection == "help":
        return " · ".join(part for part in (record.phone or "", writer.plain(record.for_, entry)) if part)
    return writer.plain(record.summary, entry)

def _groups(library: Library, collection: str, writer: Writer) -> list[tuple[str, str, list[Entry]]]:
    """The entries of an index under their headings: sources by kind, terms by first letter, cases newest first."""
    entries = library.collection(collection)
    if collection == "sources":
        return _grouped(
            entries, writer, lambda one: (one.record.type, writer.say(f"source.type.{one.record.type}"))
        )
    if collection == "glossary":
        return _grouped(
            entries, writer, lambda one: (letter := _letter(writer.title(one)), letter.upper())
        )
    if collection == "regulations":
        return _grouped(
            entries,
            writer,
            lambda one: (
                (one.record.jurisdiction, writer.title(library.entries[one.record.jurisdiction]))
                if isinstance(one.record, Regulation)
                else ("", "")
            ),
        )
    if collection == "cases":
        return [("", "", sorted(entries, key=lambda one: (_day(one), one.id), reverse=True))]
    if collection == "help":
        return [
            (
                "",
                "",
                sorted(entries, key=lambda one: (getattr(one.record, "order", 0), writer.title(one))),
            )
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
