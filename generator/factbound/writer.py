"""One page at a time: what the templates may say, with links, values, terms and footnotes worked out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .citations import Footnotes, foreign, reference, source_title
from .glossary import Matcher
from .library import Entry, Library, Passage
from .model import (
    OVERVIEWS,
    Account,
    Applied,
    Coverage,
    Evidence,
    Fact,
    Label,
    Penalty,
    Source,
    Supported,
    TimelineEvent,
    Words,
)
from .paths import path_of, relative
from .prose import (
    Cite,
    Ref,
    ValueRef,
    escape,
    markdown,
    markdown_inline,
    paragraphs,
    plain,
    sentences,
    walk,
)
from .strings import Strings
from .templates import Md
from .values import Date, Value


class Link(NamedTuple):
    """A link that a page makes, and the place in the YAML that made it."""

    target: str
    """A page's path with an anchor, relative to the pages' root."""
    entry: str
    """The id of the record that holds the mention."""
    keys: tuple[str | int, ...]
    at: int | None
    snippet: str


@dataclass
class Writer:
    """A page while it is written: the voice of its prose, its footnotes and its links."""

    library: Library
    say: Strings
    matcher: Matcher
    path: str
    """Of this page, relative to the pages' root."""
    entry: Entry | None
    today: datetime.date
    """The day on which the site is built."""
    links: list[Link] = field(default_factory=list)
    _mentioned: set[str] = field(default_factory=set)
    _passage: Passage | None = None
    _passage_entry: Entry | None = None
    _cited: dict[int, set[str]] = field(default_factory=dict)
    """Where a value stands in the passage -> the sources that its sentence cites."""

    def __post_init__(self) -> None:
        site = self.library.site
        assert site is not None
        self.site = site
        self.first = site.languages[0].lang
        self.footnotes = Footnotes(self.library, self.say, self.address)
        self.voice = _Voice(self)

    # ----- for templates: words -----

    def section(self) -> str:
        """Begin a section: terms link themselves again."""
        self._mentioned.clear()
        return ""

    def label(self, words: Words) -> str:
        """A title or label as plain text."""
        return " ".join(words.in_(self.say.lang, self.first)[0].split())

    def prose(self, words: Words | None, entry: Entry | None = None, indent: str = "") -> Md:
        """Paragraphs as Markdown."""
        passage = self._begin(words, entry)
        return Md(markdown(passage.parsed.blocks, self.voice, indent)) if passage else Md("")

    def line(
        self, words: Words | None, entry: Entry | None = None, evidence: tuple[Evidence, ...] = ()
    ) -> Md:
        """One paragraph as a line of Markdown, its evidence as footnote marks at the end."""
        passage = self._begin(words, entry)
        if not passage:
            return Md(self.footnotes.marks(evidence))
        text = " ".join(markdown_inline(run, self.voice) for run in paragraphs(passage.parsed.blocks))
        return Md(text + self.footnotes.marks(evidence, but=self._sources_of(passage)))

    def _sources_of(self, passage: Passage) -> set[str]:
        """The sources that a text brings along itself, by citations and values."""
        brought: set[str] = set()
        for run in paragraphs(passage.parsed.blocks):
            for node in walk(run):
                if isinstance(node, Cite):
                    brought.update(item.source for item in node.items)
                elif isinstance(node, ValueRef) and (valued := self.library.valued(node.path)):
                    brought.update(one.source for one in valued.evidence)
        return brought

    def plain(self, words: Words | None, entry: Entry | None = None) -> str:
        """Words alone, for descriptions, cards and hovers."""
        passage = self._begin(words, entry)
        return plain(passage.parsed.blocks, self.voice) if passage else ""

    def _begin(self, words: Words | None, entry: Entry | None) -> Passage | None:
        if words is None:
            return None
        owner = entry or self.entry
        assert owner is not None
        text, _lang = words.in_(self.say.lang, self.first)
        passage = owner.survey.passage(words, text)
        self._passage, self._passage_entry = passage, owner
        self._cited = {}
        for run in paragraphs(passage.parsed.blocks) if "{{" in text else ():
            for sentence in sentences(run):
                cited = {item.source for node in sentence if isinstance(node, Cite) for item in node.items}
                self._cited.update((node.at, cited) for node in sentence if isinstance(node, ValueRef))
        return passage

    # ----- for templates: facts -----

    def value(self, value: Value | None) -> str:
        """A value in the page's language."""
        return "" if value is None else self.say.setting.value(value)

    def date(self, date: Date | str) -> str:
        """A date in the page's language."""
        return self.say.setting.date(date)  # type: ignore[arg-type]

    def fact_value(self, fact: Fact) -> str:
        """A fact's own or worked-out value."""
        return self.value(self.library.fact_value(fact))

    def shown_value(self, part: Any) -> str:
        """The value of a fact, a penalty or a version, or nothing."""
        return self.value(self.library.value_of(part))

    def adds(self, part: Any, entry: Entry | None = None) -> bool:
        """Whether a part's value says more than its words, so that a reader must see both."""
        if not getattr(part, "says", None):
            return False
        return self.shown_value(part).lower() not in self.plain(part.says, entry).lower()

    def evidence_of(self, entry: Entry, keys: tuple[str, ...]) -> tuple[Evidence, ...]:
        """What a part of any record stands on."""
        return self.library.evidence(entry, keys)

    def anchor_of(self, entry: Entry, keys: tuple[str, ...]) -> str:
        """The anchor of a part of any record."""
        return self.library.anchor(self.library.place(entry, keys))

    def marks(self, evidence: tuple[Evidence, ...]) -> Md:
        """Footnote marks."""
        return Md(self.footnotes.marks(evidence))

    def evidence(self, *keys: str) -> tuple[Evidence, ...]:
        """What a part of this record stands on."""
        assert self.entry is not None
        return self.library.evidence(self.entry, keys)

    def standing(self, part: Supported, *keys: str) -> Md:
        """How sure a part is, and on how many independent accounts it rests."""
        evidence = self.evidence(*keys)
        count = self.library.independent(evidence)
        words = self.say(f"standing.{part.standing}")
        # How many accounts a conclusion of ours rests on says little, unless it is one.
        if count == 1 or (count and part.standing != "inferred"):
            words += " · " + self.say("sources.one" if count == 1 else "sources.other", count=count)
        return Md(f'<span class="fb-standing fb-{part.standing}">{escape(words)}</span>')

    def sure(self, part: Supported, *keys: str) -> Md:
        """The same where a part is not established; of one that is, a word where it rests on one independent account."""
        if part.standing != "established":
            return self.standing(part, *keys)
        if self.library.independent(self.evidence(*keys)) != 1:
            return Md("")
        return Md(f"<small>({escape(self.say('sources.lone'))})</small>")

    def relation(self, account: Account) -> str:
        """How an account stands to the fact."""
        return self.say(f"relation.{account.relation}")

    def language(self, lang: str) -> str:
        """What a language is called."""
        return self.say.setting.language(lang)

    def foreign(self, text: str, lang: str) -> Md:
        """Words in another language."""
        return Md(foreign(text, lang, self.say.lang))

    def reference(self, source: Source) -> Md:
        """A source in the house style."""
        return Md(reference(source, self.say))

    def anchor(self, *keys: str) -> Md:
        """The address of a part within its page, as an attribute list's content."""
        return Md(self.library.anchor(keys))

    # ----- for templates: links -----

    def link(self, id: str, words: str | None = None, anchor: str = "") -> Md:
        """A link to a record's page, by its title; that of a source says its language."""
        entry = self.library.entries[id]
        shown, lang = self.say.escaped(words or self.title(entry)), ""
        if entry is self.entry:
            return Md(f"[{shown}](#{anchor})" if anchor else shown)
        if not words and (foreign := self._title_elsewhere(entry)):
            shown, lang = escape(foreign.title), f"{{ lang={foreign.language} }}"
        return Md(f"[{shown}]({self.address(id)}{'#' + anchor if anchor else ''}){lang}")

    def _title_elsewhere(self, entry: Entry) -> Source | None:
        """The source whose title is in another language than the page."""
        record = entry.record
        if not isinstance(record, Source) or record.title == "unknown" or record.language == self.say.lang:
            return None
        return record

    def link_path(self, path: str) -> Md:
        """A link to a record, or to the part of it that a path names."""
        found = self.library.resolve(path)
        assert found is not None
        entry, keys = found
        return self.link(
            entry.id, self.part_title(entry, keys), self.library.anchor(self.library.place(entry, keys))
        )

    def title(self, entry: Entry) -> str:
        """What a record is called in lists and links."""
        record = entry.record
        if isinstance(record, Source):
            return source_title(record, self.say)
        return self.label(record.title)

    def address(self, id: str) -> str:
        """A record's page as seen from this one."""
        return relative(path_of(self.library.entries[id], self.site.front), self.path)

    def index(self, collection: str) -> Md:
        """The address of a collection's index."""
        return Md(relative(f"{collection}/index.md", self.path))

    # ----- the voice of prose -----

    def text(self, text: str) -> str:
        """Words with the first mention of each term linked."""
        passage = self._passage
        if passage is None or isinstance(passage.words, Label):
            return self.say.escaped_inline(text)
        parts, end = [], 0
        for found in self.matcher.find(text):
            if found.term in self._mentioned or (self.entry and found.term == self.entry.id):
                continue
            self._mentioned.add(found.term)
            parts += [
                self._piece(text[end : found.start]),
                self._term(found.term, text[found.start : found.end]),
            ]
            end = found.end
        return "".join([*parts, self._piece(text[end:])]).strip(" ")

    def _piece(self, text: str) -> str:
        if not text.strip():
            return " " if text else ""
        return (
            (" " if text[0].isspace() else "")
            + self.say.escaped_inline(text)
            + (" " if text[-1].isspace() else "")
        )

    def _term(self, id: str, words: str) -> str:
        entry = self.library.entries[id]
        plain = " ".join(self._hover(entry).split())
        hover = (
            plain.replace("&", "&amp;")
            .replace("\\", "\\\\")
            .replace("`", "&#96;")
            .replace('"', "&quot;")
            .replace("<", "&lt;")
            .replace("|", "&#124;")
        )
        # A title holds no elements: what script shows of it in a box is marked there. A phrase holds neither sign.
        foreign = ";".join(f"{lang} {phrase}" for lang, phrase in self.say.foreign_in(plain))
        marked = f' data-foreign="{foreign}"' if foreign else ""
        return f'[{self.say.escaped_inline(words)}]({self.address(id)} "{hover}"){{ .fb-term{marked} }}'

    def _hover(self, entry: Entry) -> str:
        kept = (self._passage, self._passage_entry, self._cited)
        try:
            return self.plain(getattr(entry.record, "definition", None), entry)
        finally:
            self._passage, self._passage_entry, self._cited = kept

    def cite(self, node: Cite) -> str:
        """Footnote marks of a citation in prose."""
        return self.footnotes.marks(node.items)

    def reference_node(self, node: Ref) -> tuple[str, str]:
        """Words and address of a reference in prose."""
        self._linked(node.target, node.at, node.raw)
        id, _, rest = node.target.partition(".")
        if id not in self.library.entries:
            words = node.words or self._name_of(id)
            return words, relative(f"{id}.md" if id in OVERVIEWS else f"{id}/index.md", self.path)
        entry = self.library.entries[id]
        keys = tuple(rest.split(".")) if rest else ()
        words = node.words or self.part_title(entry, keys)
        anchor = f"#{self.library.anchor(self.library.place(entry, keys))}" if keys else ""
        if self.entry is entry:
            return words, anchor
        return words, self.address(id) + anchor

    def value_node(self, node: ValueRef) -> tuple[str, str]:
        """Words and footnote marks of a value in prose; sources that the text cites itself are not repeated."""
        valued = self.library.valued(node.path)
        assert valued is not None
        return self.value(valued.value), self.footnotes.marks(valued.evidence, but=self._cited.get(node.at))

    def words_of(self, node: Ref | ValueRef) -> str:
        """The words of a reference or a value."""
        if isinstance(node, Ref):
            id, _, rest = node.target.partition(".")
            if node.words:
                return node.words
            entry = self.library.entries.get(id)
            return (
                self.part_title(entry, tuple(rest.split(".")) if rest else ()) if entry else self._name_of(id)
            )
        valued = self.library.valued(node.path)
        return self.value(valued.value) if valued else ""

    def _name_of(self, page: str) -> str:
        """What a collection's index or a page over all records is called."""
        return self.say(f"overview.{page}" if page in OVERVIEWS else f"collection.{page}")

    def part_title(self, entry: Entry, keys: tuple[str, ...]) -> str:
        """What a part of any record is called."""
        for length in range(len(keys), 0, -1):
            part = entry.at(keys[:length])
            for name in ("label", "heading", "question", "role"):
                if isinstance(words := getattr(part, name, None), Words):
                    return self.label(words)
            if named := self._unlabelled(part):
                return named
        heading = f"heading.{keys[0]}" if keys else ""
        return self.say(heading) if heading in self.say.words else self.title(entry)

    def _unlabelled(self, part: Any) -> str:
        """What a part without a label of its own is called."""
        if isinstance(part, TimelineEvent):
            return self.say("part.timeline", date=self.date(part.date))
        if isinstance(part, Applied):
            return self.title(self.library.entries[part.regulation])
        if isinstance(part, Coverage):
            return self.label(self.site.conducts[part.conduct].label)
        if isinstance(part, Penalty):
            return self.say(f"penalty.{part.kind}")
        return ""

    def _linked(self, target: str, at: int | None, snippet: str) -> None:
        if self._passage and self._passage_entry:
            self.links.append(Link(target, self._passage_entry.id, self._passage.keys, at, snippet))


# prose.Voice names its two methods after the nodes; templates use the shorter names for what they print.
class _Voice:
    def __init__(self, writer: Writer) -> None:
        self.text, self.cite, self.words_of = writer.text, writer.cite, writer.words_of
        self.words = writer.say.escaped_inline
        self.reference, self.value = writer.reference_node, writer.value_node


def unique(entries: Iterable[Entry]) -> list[Entry]:
    """Entries without repetition, in order."""
    return list({entry.id: entry for entry in entries}.values())
