"""Evidence in; numbered footnotes of one page out, and a source set in the house style.

The house style: author or agency, title as printed with our translation in square brackets, where it
stands, who published it, when; then the words that lead to the passage, how we read it, when it was last
seen there, and the way to the page about the source.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from .library import Library
from .model import Evidence, Source
from .prose import Citation, escape, escape_inline, url
from .strings import Strings


@dataclass
class Footnotes:
    """The footnotes of one page: one for each (source, locator, quote), numbered by first use."""

    library: Library
    strings: Strings
    address_of: Callable[[str], str]
    """id of a record -> its address as seen from this page."""
    numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def marks(
        self, evidence: tuple[Evidence, ...] | tuple[Citation, ...], *, but: set[str] | None = None
    ) -> str:
        """Footnote marks for evidence, in order, each once; sources in `but` are left out."""
        marks = []
        for one in evidence:
            if but and one.source in but:
                continue
            key = (one.source, one.locator or "", getattr(one, "quote", None) or "")
            number = self.numbers.setdefault(key, len(self.numbers) + 1)
            mark = f"[^{number}]"
            if mark not in marks:
                marks.append(mark)
        return "".join(marks)

    def definitions(self) -> str:
        """The notes themselves, as Markdown."""
        lines = []
        for (id, locator, words), number in self.numbers.items():
            source = self.library.source(id)
            text = self._note(id, source, locator, words) if source else escape_inline(id)
            lines.append(f"[^{number}]: {text}")
        return "\n\n".join(lines)

    def _note(self, id: str, source: Source, locator: str, words: str) -> str:
        say = self.strings
        parts = [reference(source, say, locator=locator, passage=words)]
        if words:
            parts.append(f"“{foreign(words, source.language, say.lang)}”.")
        if source.archive:
            parts.append(
                f"[{escape_inline(say('source.archived'))}]({url(source.archive.url)}), {escape_inline(say.setting.date(source.archive.date))}."
            )
        parts.append(
            escape_inline(say(f"source.read.{source.read}"))
            + " "
            + escape_inline(say("source.seen", date=say.setting.date(source.accessed)))
        )
        parts.append(f"[{escape_inline(say('source.about'))}]({self.address_of(id)})")
        return " ".join(parts)


def reference(
    source: Source, say: Strings, *, locator: str = "", passage: str = "", linked: bool = True
) -> str:
    """A source in the house style, as one line of Markdown; linked to the passage where that is allowed."""
    title = _title(source, say)
    address = source.URL if linked and source.link == "yes" else None
    if address:
        title = f"[{title}]({_passage_url(address, passage)})"
    who = ", ".join(source.author) or (source.agency if source.agency != source.container_title else None)
    where = f"*{escape_inline(source.container_title)}*" if source.container_title else ""
    publisher = (
        escape_inline(source.publisher)
        if source.publisher and source.publisher not in (source.container_title, who)
        else ""
    )
    parts = [
        escape(who) if who else "",
        title,
        where,
        publisher,
        escape_inline(
            say("source.undated") if source.issued == "unknown" else say.setting.date(source.issued)
        ),
        escape_inline(locator),
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


def _passage_url(address: str, words: str) -> str:
    """An address with a text fragment that leads to the words, by https://wicg.github.io/scroll-to-text-fragment/.

    The fragment's own signs are `-`, `,` and `&`, so these are percent-encoded too.
    """
    if not words:
        return url(address)
    base, _, anchor = address.partition("#")
    fragment = quote(words, safe="").replace("-", "%2D")
    return (
        url(f"{base}#{anchor}")
        + ":~:text="
        + re.sub(r"[_~.]", lambda found: f"%{ord(found[0]):02X}", fragment)
    )
