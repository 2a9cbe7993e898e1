"""The Library in, all pages of the site out: a pure function. A page is its path, its Markdown, the record it
came from and its links."""

from __future__ import annotations

import datetime
import html
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from jinja2 import Environment

from .citations import tab_title
from .due import review_day
from .editing import editing_pages
from .export import exports
from .findable import UNSOUGHT, list_meta, search_meta
from .glance import glance, glance_at_all
from .glossary import Found, Matcher, mentioning, places
from .impact import falling
from .indexes import index_groups, neighbours
from .jsonld import Describer, updated
from .library import Entry, Library
from .model import Case, Explainer, Source, Statistic, Words
from .model import Page as HandWritten
from .overviews import CONTEXTS, drawings
from .paths import built_path, path_of
from .prose import escape, url
from .related import Nearness
from .settings import Addresses
from .strings import Strings, read_strings
from .templates import environment, rendered, with_meta
from .values import Date
from .writer import Link, Writer, unique

_TEMPLATES = {
    "cases": "case", "statistics": "statistic", "regulations": "regulation", "jurisdictions": "jurisdiction", "glossary": "term",
    "sources": "source", "explainers": "explainer", "help": "help", "pages": "page",
}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """One page of the site, before a builder makes HTML of it."""

    path: str
    """Relative to the pages' root, ending in .md."""
    title: str
    """Plain text."""
    markdown: str
    """Front matter and text."""
    source: str
    """The content file that an editor changes, relative to the project; empty for an index."""
    links: tuple[Link, ...]
    citations: int
    """How many footnotes it has."""
    about: str = ""
    """A sentence for lists of pages; empty where it stands in none."""


def make_pages(
    library: Library,
    lang: str,
    addresses: Addresses | None = None,
    *,
    today: datetime.date,
    edits: Mapping[str, str] | None = None,
    of: Callable[[str], bool] = lambda path: True,
) -> list[Page]:
    """Every page in one language that is wanted, by its path, in the order of the collections; pages that only lead to
    another always are. `edits`: the day of each file's last edit, as `last_edits` gives it.

    The library has no problems that block. Raises MissingString where the theme lacks a fixed word.
    """
    return list(Maker(library, lang, addresses or Addresses(), today, edits or {}).pages(of))


def make_page(library: Library, lang: str, id: str, *, today: datetime.date) -> Page:
    """The page of one record. The library has no problems that block.

    Raises MissingString, TemplateMistake.
    """
    return Maker(library, lang, Addresses(), today).record_page(library.entries[id])


def make_files(library: Library, lang: str, addresses: Addresses, *, today: datetime.date) -> dict[str, str]:
    """Path in the site -> text of all that readers can take away besides the pages."""
    maker = Maker(library, lang, addresses, today)
    return exports(library, maker.say, maker.writer("index.md", None).plain, addresses, today)


def built_from(pages: list[Page]) -> dict[str, str]:
    """File of the built site, page or copy -> the content file from which it was made."""
    return {
        file: page.source
        for page in pages
        if page.source
        for file in (f"{built_path(page.path)}index.html", page.path)
    }


@dataclass(frozen=True)
class Section:
    """A collection or a hand-written page in the navigation."""

    title: str
    path: str


def navigation(library: Library, lang: str) -> list[Section]:
    """What the site's navigation holds: the front page, the indexes, the pages over all records, hand-written ones. No records:
    a navigation of all pages on every page would grow with their square."""
    site, say = library.site, strings_of(library, lang)
    assert site is not None
    sections = [Section(say("nav.front"), "index.md")]
    sections += [Section(say(f"collection.{name}"), f"{name}/index.md") for name in site.collections]
    sections += [Section(say(f"overview.{name}"), f"{name}.md") for name in site.overviews]
    for id in site.pages:
        record = library.entries[id].record
        assert isinstance(record, HandWritten)
        title, _lang = record.title.in_(lang, site.languages[0].lang)
        sections.append(Section(" ".join(title.split()), f"{id}.md"))
    return sections


OVERRIDE_WORDS = ("breadcrumbs", "edit", "correct", "editors", "help", "lost_title", "lost_text")


def override_words(library: Library, lang: str) -> dict[str, str]:
    """The fixed words that the theme's overrides print, as HTML."""
    say = strings_of(library, lang)
    return {name: html.escape(say(f"override.{name}")) for name in OVERRIDE_WORDS}


def strings_of(library: Library, lang: str) -> Strings:
    """The fixed words of one of the site's languages."""
    site = library.site
    assert site is not None
    language = next(one for one in site.languages if one.lang == lang)
    return read_strings(library.project.theme / "strings", language, site)


class Maker:
    """Makes the pages of a library in one language."""

    def __init__(
        self,
        library: Library,
        lang: str,
        addresses: Addresses,
        today: datetime.date,
        edits: Mapping[str, str] | None = None,
    ) -> None:
        site = library.site
        assert site is not None
        self.library, self.site, self.addresses, self.today = library, site, addresses, today
        self.edits = edits or {}
        self.say = strings_of(library, lang)
        self.matcher = Matcher(library.terms, lang)
        self.templates: Environment = environment(library.project, self.say.escaped)

    @cached_property
    def describer(self) -> Describer:
        return Describer(self.library, self.say, self.addresses.site, self.edits)

    @cached_property
    def places(self) -> dict[str, tuple[Found, ...]]:
        """Record -> where it mentions terms; searched for only when pages are made, not for the navigation or the data."""
        return places(self.library, self.matcher, self.say.lang)

    @cached_property
    def mentioning(self) -> dict[str, list[Entry]]:
        """Term -> who mentions it."""
        return mentioning(self.library, self.say.lang, self.places)

    def writer(self, path: str, entry: Entry | None) -> Writer:
        return Writer(self.library, self.say, self.matcher, path, entry, self.today)

    def pages(self, of: Callable[[str], bool]) -> Iterator[Page]:
        for entry in self.library.entries.values():
            if of(path_of(entry, self.site.front)):
                yield self.record_page(entry)
        for collection in (name for name in self.site.collections if of(f"{name}/index.md")):
            yield self.index_page(collection)
        for name in (name for name in self.site.overviews if of(f"{name}.md")):
            yield self.overview_page(name)
        for path, title, meta, template, context in editing_pages(self.say) if of("editing/") else ():
            text = self.render(template, say=self.say, title=title, **context)
            yield Page(path, title, with_meta(meta, text, UNSOUGHT), "", (), 0)
        for entry in self.library.entries.values():
            for former in getattr(entry.record, "formerly", ()):
                yield self.moved_page(entry, former)

    def moved_page(self, entry: Entry, former: str) -> Page:
        """A page at an address that a record had before, which leads to where it is now."""
        path = f"{former}.md" if entry.collection == "pages" else f"{entry.collection}/{former}.md"
        writer = self.writer(path, None)
        title, address = writer.title(entry), writer.address(entry.id)
        meta: dict[str, object] = {
            "title": html.escape(title),
            "kind": "moved",
            "moved_to": built_path(path_of(entry, self.site.front)),
        }
        text = f"# {escape(title)}\n\n{escape(self.say('moved'))} [{escape(title)}]({address})"
        return Page(path, title, with_meta(meta, text, UNSOUGHT), entry.document.path, (), 0)

    # ----- a record -----

    def record_page(self, entry: Entry) -> Page:
        path = path_of(entry, self.site.front)
        writer = self.writer(path, entry)
        record: Any = entry.record
        title = writer.title(entry)
        name = _TEMPLATES[entry.collection]
        text = self.render(
            name,
            p=writer, say=self.say, record=record, site=self.site, site_entry=self.library.about, title=title,
            escape=escape, url=url, backlinks=self.backlinks(entry), glance=partial(glance, self.library, writer, entry, self.edits),
            overdue=self.overdue(entry), near=self.nearness.shown(entry, self.site.front), beside=self.beside.get(entry.id, (None, None)), **self.extras(entry, writer),
        )  # fmt: skip
        summary = (
            getattr(record, "definition", None)
            or getattr(record, "summary", None)
            or getattr(record, "for_", None)
        )
        about = self.say("description.source", title=title) if isinstance(record, Source) else title
        if isinstance(summary, Words):
            about = writer.plain(summary)
        about = " ".join(about.split())
        tab = tab_title(record, self.say) if isinstance(record, Source) else title
        meta: dict[str, object] = {"title": html.escape(tab), "description": html.escape(about)}
        if entry.collection != "pages" and path != "index.md":
            meta["section"] = entry.collection
            meta["section_title"] = self.say(f"collection.{entry.collection}")
        meta["kind"] = name
        meta["editing"] = f"{entry.collection}/"
        meta["source"] = entry.document.path
        meta["updated"] = updated(self.library, entry, self.edits)
        meta["jsonld"] = self.describer.record(entry, writer, about)
        return Page(
            path,
            title,
            with_meta(meta, text, search_meta(entry, self.library.terms, self.say.lang)),
            entry.document.path,
            tuple(writer.links),
            len(writer.footnotes.numbers),
            about,
        )

    def extras(self, entry: Entry, writer: Writer) -> dict[str, object]:
        """What one kind of page asks for beyond its record."""
        record = entry.record
        if isinstance(record, Case):
            # The presumption of innocence ends only with a conviction that is final.
            stages = [
                self.site.stages[id]
                for id in dict.fromkeys(party.stage for party in record.parties.values())
                if not self.site.stages[id].convicted
                or any(party.final != "yes" for party in record.parties.values() if party.stage == id)
            ]
            return {
                "stages": stages,
                "past_review": record.is_past_review(self.today),
                "laws": {
                    one.regulation: self.library.entries[one.regulation].record for one in record.law.values()
                },
            }
        if isinstance(record, Source):
            return {
                "copies": [
                    one
                    for one, mention in self.library.backlinks.get(entry.id, ())
                    if mention.keys == ("derives-from",)
                ],
                "supports": self.supports(entry),
                "fell": self.fell(entry),
            }
        if isinstance(record, Statistic):
            return {"charts": partial(drawings, self.library, entry, writer)}
        if isinstance(record, Explainer):
            story = self.library.entries.get(record.main or "")
            return {
                "front": entry.id == self.site.front,
                "story": story if story and isinstance(story.record, Case) else None,
                "key_fact": lambda path: self.key_fact(path, writer),
            }
        if entry.collection == "jurisdictions":
            named = unique(one for one, _mention in self.library.backlinks.get(entry.id, ()))
            members = [
                (name, [one for one in named if one.collection == name])
                for name in ("regulations", "cases", "statistics", "help", "jurisdictions")
            ]
            return {"members": [(name, found) for name, found in members if found]}
        return {}

    def key_fact(self, path: str, writer: Writer) -> tuple[str, str, tuple[Any, ...]]:
        valued = self.library.valued(path)
        assert valued is not None, path
        return writer.value(valued.value), path, valued.evidence

    def backlinks(self, entry: Entry) -> list[Entry]:
        """Records that name this one, or whose prose mentions it as a term, in the order of the collections."""
        found = unique(
            [
                *(one for one, _mention in self.library.backlinks.get(entry.id, ())),
                *self.mentioning.get(entry.id, ()),
            ]
        )
        order = {name: number for number, name in enumerate((*self.site.collections, "pages"))}
        return sorted(
            (one for one in found if one.collection in order), key=lambda one: order[one.collection]
        )

    def overdue(self, entry: Entry) -> Date | None:
        """The day by which a record was to be looked at again, if that day has passed."""
        day = review_day(self.library, entry)
        return Date.parse(day.isoformat()) if day and day < self.today else None

    @cached_property
    def nearness(self) -> Nearness:
        return Nearness(self.library, self.mentioning)

    @cached_property
    def beside(self) -> dict[str, tuple[Entry | None, Entry | None]]:
        return neighbours(self.library, self.site.collections, self.writer("index.md", None))

    def fell(self, entry: Entry) -> list[str]:
        """The paths of the parts that would lose their last support with a source."""
        places = (
            (place.entry, self.library.place(place.entry, place.keys))
            for place in falling(self.library, entry.id)
        )
        return list(dict.fromkeys(".".join((one.id, *keys)) for one, keys in places if keys))

    def supports(self, entry: Entry) -> list[tuple[Entry, list[str]]]:
        """Who leans on a source: record -> the paths of its parts that do."""
        found: dict[str, tuple[Entry, list[str]]] = {}
        for one, mention in self.library.backlinks.get(entry.id, ()):
            paths = found.setdefault(one.id, (one, []))[1]
            place = self.library.place(one, mention.keys)
            if one.collection == "sources":
                continue
            path = ".".join((one.id, *place))
            if place and path not in paths:
                paths.append(path)
        return list(found.values())

    def render(self, name: str, **context: object) -> str:
        """One page's Markdown; a template's mistake at its file and line.

        Raises TemplateMistake.
        """
        return rendered(self.templates, name, **context)

    # ----- pages over many records -----

    def index_page(self, collection: str) -> Page:
        """The index of a collection."""
        writer = self.writer(f"{collection}/index.md", None)
        title, about = self.say(f"collection.{collection}"), self.say(f"collection.{collection}.about")
        context = {"collection": collection, "groups": index_groups(self.library, collection, writer)}
        return self._plain_page(writer, "index", title, about, context)

    def overview_page(self, name: str) -> Page:
        """The timeline, the comparison, and other pages over all records."""
        writer = self.writer(f"{name}.md", None)
        title, about = self.say(f"overview.{name}"), self.say(f"overview.{name}.about")
        return self._plain_page(writer, name, title, about, CONTEXTS[name](self.library, writer))

    def _plain_page(
        self, writer: Writer, template: str, title: str, about: str, context: Mapping[str, object]
    ) -> Page:
        story, collection = context.get("front"), str(context.get("collection", ""))
        strip = (
            partial(glance, self.library, writer, story, self.edits)
            if isinstance(story, Entry)
            else partial(glance_at_all, self.library, writer, self.edits, collection)
        )
        text = self.render(template, p=writer, say=self.say, site=self.site, url=url, glance=strip, **context)
        meta = {
            "title": html.escape(title),
            "description": html.escape(about),
            "kind": template,
            "editing": "",
        }
        meta["jsonld"] = self.describer.overview(writer.path, title, about)
        key = f"found-by.{writer.path.split('/')[0].removesuffix('.md')}"
        text = with_meta(
            meta, text, list_meta(title, self.say(key).split(", ") if key in self.say.words else ())
        )
        return Page(writer.path, title, text, "", tuple(writer.links), len(writer.footnotes.numbers), about)
