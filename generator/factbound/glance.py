"""A record, or all of them, in; what the first screen of the page says out: what it is, where, how sure, as of when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .library import Entry, Library
from .model import Case, Explainer, Help, Jurisdiction, Regulation, Source, Statistic, Supported, Term
from .prose import escape
from .templates import Md
from .values import Date
from .writer import Writer

ANSWERS = (
    "what", "where", "when", "part-of", "law-as-of", "original", "who", "published", "figures-as-of", "languages", "aliases", "how-sure",
    "how-sure-all", "how-sure-story", "rests-on", "newest-source", "checked", "edited",
)  # fmt: skip
"""What a page may answer; each has its words in the strings."""
_AS_OF = {"law-as-of", "figures-as-of", "newest-source", "checked"}
"""Those that say as of when."""


class Item(NamedTuple):
    """One answer of the strip under the first sentence."""

    label: str
    text: Md
    anchor: str = ""


def glance(
    library: Library, writer: Writer, entry: Entry, edits: Mapping[str, str] | None = None
) -> list[Item]:
    """The answers for one record, in the order in which they are read; `edits` as `last_edits` gives them."""
    found = {label: (text, anchor) for label, text, anchor in _answers(library, writer, entry) if text}
    if not found.keys() & _AS_OF and (day := (edits or {}).get(entry.document.path)):
        found["edited"] = (_md(writer.date(Date.parse(day))), "")
    return [Item(writer.say(f"glance.{label}"), *answer) for label, answer in found.items()]


def glance_at_all(
    library: Library, writer: Writer, edits: Mapping[str, str], collection: str = ""
) -> list[Item]:
    """The answers for a page over all records, or over those of a collection: how sure, and as of when."""
    entries = list(library.collection(collection) if collection else library.all)
    own = [entry.record for entry in entries if collection and isinstance(entry.record, Source)]
    sources = own or [source for entry in entries for source in _sources(library, entry)]
    found = {
        "how-sure" if collection else "how-sure-all": _how_sure(writer, *entries),
        "newest-source": _newest(writer, sources),
    }
    if days := [edits[entry.document.path] for entry in entries if entry.document.path in edits]:
        found["edited"] = writer.date(Date.parse(max(days)))
    return [Item(writer.say(f"glance.{label}"), _md(text)) for label, text in found.items() if text]


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
    if isinstance(record, Explainer) and (story := library.entries.get(record.main or "")):
        yield "how-sure-story", _md(_how_sure(writer, story)), ""
    elif not isinstance(record, Help | Jurisdiction):
        yield "how-sure", _md(_how_sure(writer, entry)), ""
    if not isinstance(record, Source):
        sources = _sources(library, entry)
        if isinstance(record, Term | Help | Jurisdiction):
            count = len(sources)
            words = "rests-on.one" if count == 1 else "rests-on.other" if count else "rests-on.none"
            yield (
                "rests-on",
                _md(say(words, count=count)) if count or isinstance(record, Term) else Md(""),
                "",
            )
        yield "newest-source", _md(_newest(writer, sources)), ""
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


def _how_sure(writer: Writer, *entries: Entry) -> str:
    """How many of the records' statements have which standing; nothing where they state nothing themselves."""
    parts = (one for entry in entries for one in entry.survey.parts)
    counts: Counter[str] = Counter(
        part.standing for keys, part in parts if keys and isinstance(part, Supported)
    )
    return ", ".join(
        writer.say(f"count.{standing}", count=counts[standing])
        for standing in ("established", "alleged", "disputed", "inferred")
        if counts[standing]
    )


def _sources(library: Library, entry: Entry) -> list[Source]:
    """The sources that the record stands on: its own, and those of the values that it shows."""
    ids: dict[str, None] = {}
    for mention in entry.survey.mentions:
        if mention.how in ("evidence", "cite"):
            ids[mention.target] = None
        elif mention.how == "value" and (valued := library.valued(mention.target)):
            ids |= dict.fromkeys(one.source for one in valued.evidence)
    return [source for id in ids if isinstance(source := library.source(id), Source)]


def _newest(writer: Writer, sources: list[Source]) -> str:
    """The day of the newest source; an exact day in a year is newer than the year."""
    days = [source.issued for source in sources if isinstance(source.issued, Date)]
    return writer.date(max(days, key=lambda day: (day.earliest, day.latest))) if days else ""
