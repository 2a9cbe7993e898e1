"""A record in; what its first screen says of it out: what it is, where it stands, how sure it is, as of when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from .library import Entry, Library
from .model import Case, Explainer, Help, Jurisdiction, Regulation, Source, Statistic, Supported, Term
from .prose import escape
from .templates import Md
from .values import Date
from .writer import Writer

ANSWERS = (
    "what", "where", "when", "part-of", "law-as-of", "original", "who", "published", "figures-as-of", "languages", "aliases", "how-sure",
    "newest-source", "checked",
)  # fmt: skip
"""What a page may answer; each has its words in the strings."""


class Item(NamedTuple):
    """One answer of the strip under the first sentence."""

    label: str
    text: Md
    anchor: str = ""


def glance(library: Library, writer: Writer, entry: Entry) -> list[Item]:
    """The answers for one record, in the order in which they are read."""
    return [
        Item(writer.say(f"glance.{label}"), text, anchor)
        for label, text, anchor in _answers(library, writer, entry)
        if text
    ]


def _answers(library: Library, writer: Writer, entry: Entry) -> Iterator[tuple[str, Md, str]]:
    say, record = writer.say, entry.record
    if isinstance(record, Case):
        yield "what", _md(say(f"case.kind.{record.kind}")), ""
        yield "where", writer.link(record.jurisdiction), ""
        yield "when", _md(writer.date(record.occurred)), ""
    elif isinstance(record, Regulation):
        yield "what", _md(say(f"regulation.kind.{record.kind}")), ""
        yield "where", writer.link(record.jurisdiction), ""
        if record.part_of:
            yield "part-of", writer.link(record.part_of), ""
        status = f"{say(f'regulation.status.{record.status.value}')}, {say('as-of', date=writer.date(record.status.as_of))}"
        sure = writer.sure(record.status, "status")
        yield "law-as-of", Md(_md(status) + writer.marks(writer.evidence("status")) + " " + sure), "status"
        if record.original:
            yield "original", writer.foreign(record.original.title, record.original.lang), ""
    elif isinstance(record, Statistic):
        yield "who", _md(writer.label(record.measured_by)), ""
        yield "published", _md(writer.date(record.published)), ""
        yield "figures-as-of", _md(writer.date(record.period)), ""
    elif isinstance(record, Jurisdiction):
        yield "what", _md(say(f"jurisdiction.kind.{record.kind}")), ""
        if record.part_of:
            yield "part-of", writer.link(record.part_of), ""
    elif isinstance(record, Term):
        yield "languages", _forms(writer, record), ""
        aliases = record.aliases.get(say.lang, ())
        yield "aliases", _md(", ".join(aliases)), ""
    if not isinstance(record, Help | Jurisdiction):
        story = library.entries.get(record.main or "", entry) if isinstance(record, Explainer) else entry
        yield "how-sure", _md(_how_sure(writer, story)), ""
        yield "newest-source", _md(_newest(library, writer, entry)), ""
    checked = getattr(record, "checked", "unknown")
    if isinstance(checked, Date):
        yield "checked", _md(writer.date(checked)), ""


def _md(text: str) -> Md:
    return Md(escape(text))


def _forms(writer: Writer, term: Term) -> Md:
    """The word in the other languages, with its reading."""
    found = []
    for lang, forms in term.forms.items():
        if lang != writer.say.lang:
            about = ", ".join(part for part in (term.reading.get(lang), writer.language(lang)) if part)
            found.append(f"{writer.foreign(forms[0], lang)} ({writer.say.escaped(about)})")
    return Md("; ".join(found))


def _how_sure(writer: Writer, entry: Entry) -> str:
    """How many of the record's statements have which standing; nothing where it states nothing itself."""
    counts: Counter[str] = Counter(
        part.standing for keys, part in entry.survey.parts if keys and isinstance(part, Supported)
    )
    return ", ".join(
        writer.say(f"count.{standing}", count=counts[standing])
        for standing in ("established", "alleged", "disputed", "inferred")
        if counts[standing]
    )


def _newest(library: Library, writer: Writer, entry: Entry) -> str:
    """The day of the newest source that the record stands on."""
    days: list[Date] = []
    for mention in entry.survey.mentions:
        if mention.how in ("evidence", "cite"):
            source: Any = library.source(mention.target)
            if isinstance(source, Source) and isinstance(source.issued, Date):
                days.append(source.issued)
    return writer.date(max(days, key=lambda day: (day.latest, day.earliest))) if days else ""
