"""Evidence in; numbered footnotes of one page out, and a source set in the house style.

The house style: author or agency, title as printed with our translation in square brackets, where it
stands, who published it, when; then the words that lead to the passage, how we read it, when it was last
seen there where that is known, and the way to the page about the source.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote

from .library import Library
from .model import Evidence, Source
from .prose import Citation, escape_inline, url
from .strings import Strings
from .values import Date


class Pointer(NamedTuple):
    """Where in a source: what one footnote is about."""

    source: str
    locator: str = ""
    quote: str = ""
    prefix: str = ""
    suffix: str = ""


_PASSAGE = ("quote", "prefix", "suffix")


@dataclass
class Footnotes:
    """The footnotes of one page: one for each (source, locator, quote), numbered by first use."""

    library: Library
    strings: Strings
    address_of: Callable[[str], str]
    """id of a record -> its address as seen from this page."""
    numbers: dict[Pointer, int] = field(default_factory=dict)

    def marks(
        self, evidence: tuple[Evidence, ...] | tuple[Citation, ...], *, but: set[str] | None = None
    ) -> str:
        """Footnote marks for evidence, in order, each once; sources in `but` are left out."""
        marks = []
        for one in evidence:
            if but and one.source in but:
                continue
            key = Pointer(
                one.source, one.locator or "", *(getattr(one, name, None) or "" for name in _PASSAGE)
            )
            number = self.numbers.setdefault(key, len(self.numbers) + 1)
            mark = f"[^{number}]"
            if mark not in marks:
                marks.append(mark)
        return "".join(marks)

    def definitions(self) -> str:
        """The notes themselves, as Markdown."""
        lines = []
        for pointer, number in self.numbers.items():
            source = self.library.source(pointer.source)
            text = self._note(pointer, source) if source else escape_inline(pointer.source)
            lines.append(f"[^{number}]: {text}")
        return "\n\n".join(lines)

    def _note(self, pointer: Pointer, source: Source) -> str:
        say = self.strings
        parts = [reference(source, say, pointer)]
        if pointer.quote:
            parts.append(f"“{foreign(pointer.quote, source.language, say.lang)}”.")
        if source.archive:
            parts.append(
                f"[{escape_inline(say('source.archived'))}]({url(source.archive.url)}), {escape_inline(say.setting.date(source.archive.date))}."
            )
        parts.append(escape_inline(say(f"source.read.{source.read}")))
        if seen := last_seen(self.library, pointer.source, pointer.quote):
            parts.append(escape_inline(say("source.seen", date=say.setting.date(seen))))
        parts.append(f"[{escape_inline(say('source.about'))}]({self.address_of(pointer.source)})")
        return " ".join(parts)


def source_title(source: Source, say: Strings) -> str:
    """A source's title for lists: as printed, else our translation, else an untitled report of its date."""
    if source.title != "unknown":
        return source.title
    where = source.container_title or source.publisher or source.agency or ""
    if source.issued == "unknown":
        return say("source.untitled-undated", where=where)
    return say("source.untitled-of", where=where, date=say.setting.date(source.issued))


def tab_title(source: Source, say: Strings) -> str:
    """What a browser's tab calls a source's page, where no words can be marked as foreign: in the site's language."""
    if source.language.partition("-")[0] == say.lang.partition("-")[0]:
        return source_title(source, say)
    if source.title_translated:
        return source.title_translated
    where = source.container_title or source.publisher or source.agency or ", ".join(source.author)
    language, date = say.setting.language(source.language), say.setting.date(source.issued)
    return say("source.tab", where=where, date=date, language=language)


def last_seen(library: Library, id: str, quote: str = "") -> Date | None:
    """The last day on which a source's page was seen to hold a quote, or to support what is cited.

    Of what an editor wrote down and what `factbound verify` found, the later; None where neither is known.
    """
    source = library.source(id)
    known = source.accessed if source and isinstance(source.accessed, Date) else None
    found = library.verified.seen(id, quote or None)
    if found and (known is None or known.latest < found):
        return Date.parse(found.isoformat())
    return known


def reference(source: Source, say: Strings, pointer: Pointer | None = None, *, linked: bool = True) -> str:
    """A source in the house style, as one line of Markdown; linked to the passage where that is allowed."""
    title = _title(source, say)
    address = source.URL if linked and source.link == "yes" else None
    if address:
        title = f"[{title}]({passage_url(address, pointer) if pointer else url(address)})"
    who = ", ".join(source.author) or (source.agency if source.agency != source.container_title else None)
    where = f"*{say.escaped_inline(source.container_title)}*" if source.container_title else ""
    publisher = (
        say.escaped_inline(source.publisher)
        if source.publisher and source.publisher not in (source.container_title, who)
        else ""
    )
    parts = [
        say.escaped(who) if who else "",
        title,
        where,
        publisher,
        escape_inline(
            say("source.undated") if source.issued == "unknown" else say.setting.date(source.issued)
        ),
        escape_inline(pointer.locator if pointer else ""),
    ]
    return ", ".join(part for part in parts if part) + "."


def _title(source: Source, say: Strings) -> str:
    translated = f" [{source.title_translated}]" if source.title_translated else ""
    if source.title == "unknown":
        named = escape_inline(source.title_translated) if source.title_translated else ""
        untitled = say("source.untitled")
        return escape_inline(f"{untitled}{translated}") if named else escape_inline(untitled)
    return f"“{foreign(source.title, source.language, say.lang)}”{escape_inline(translated) if translated else ''}".replace(
        "”\\[", "” \\["
    )


def foreign(text: str, lang: str, page_lang: str) -> str:
    """Words in another language, marked as such for voices and fonts."""
    escaped = escape_inline(text)
    return escaped if lang == page_lang else f'<span lang="{lang}">{escaped}</span>'


def passage_url(address: str, pointer: Pointer) -> str:
    """An address with a text fragment that leads to a quote, by https://wicg.github.io/scroll-to-text-fragment/:
    `#:~:text=prefix-,quote,-suffix`. Without a quote, the address alone.
    """
    if not pointer.quote:
        return url(address)
    base, _, fragment = address.partition("#")
    # An address that a browser copied can lead to a passage already.
    anchor = fragment.partition(":~:")[0]
    before = f"{_fragment(pointer.prefix)}-," if pointer.prefix else ""
    after = f",-{_fragment(pointer.suffix)}" if pointer.suffix else ""
    return f"{url(f'{base}#{anchor}')}:~:text={before}{_fragment(pointer.quote)}{after}"


def _fragment(words: str) -> str:
    # `-`, `,` and `&` are the fragment's own signs; the others would be read as Markdown.
    return re.sub(r"[-_~.]", lambda found: f"%{ord(found[0]):02X}", quote(words, safe=""))
