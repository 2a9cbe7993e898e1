"""The Library in, all pages of the site out: a pure function. A page is its path, its Markdown, the record it
came from and its links."""

from __future__ import annotations

import html
import json
import re
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError, TemplateSyntaxError

from .export import exports
from .glossary import Matcher, mentioning
from .indexes import index_groups
from .library import Entry, Library
from .model import Case, Explainer, Source, Statistic, Words
from .model import Page as HandWritten
from .overviews import CONTEXTS, drawings
from .prose import escape, url
from .settings import Addresses
from .strings import Strings, read_strings
from .templates import environment
from .writer import Link, Writer, built_path, path_of, unique

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


def make_pages(library: Library, lang: str, addresses: Addresses | None = None) -> list[Page]:
    """Every page in one language, in the order of the collections. The library has no problems that block.

    Raises MissingString where the theme lacks a fixed word.
    """
    return list(_Maker(library, lang, addresses or Addresses()).pages())


def make_files(library: Library, lang: str, addresses: Addresses) -> dict[str, str]:
    """Path in the site -> text of all that readers can take away besides the pages."""
    maker = _Maker(library, lang, addresses)
    return exports(library, maker.say, maker.writer("index.md", None).plain, addresses)


@dataclass(frozen=True)
class Section:
    """A collection or a hand-written page in the navigation."""

    title: str
    path: str


def navigation(library: Library, lang: str) -> list[Section]:
    """What the site's navigation holds: the front page, the indexes, the pages over all records, hand-written ones. No records:
    a navigation of all pages on every page would grow with their square."""
    maker = _Maker(library, lang, Addresses())
    sections = [Section(maker.say("nav.front"), "index.md")]
    sections += [
        Section(maker.say(f"collection.{name}"), f"{name}/index.md") for name in maker.site.collections
    ]
    sections += [Section(maker.say(f"overview.{name}"), f"{name}.md") for name in maker.site.overviews]
    for id in maker.site.pages:
        record = library.entries[id].record
        assert isinstance(record, HandWritten)
        sections.append(Section(maker.writer(f"{id}.md", None).label(record.title), f"{id}.md"))
    return sections


def override_words(library: Library, lang: str) -> dict[str, str]:
    """The fixed words that the theme's overrides print, as HTML."""
    say = _Maker(library, lang, Addresses()).say
    return {name: html.escape(say(f"override.{name}")) for name in ("breadcrumbs", "edit", "correct")}


class TemplateMistake(Exception):
    """A template of the theme cannot be rendered; the message says where and why."""


class _Maker:
    def __init__(self, library: Library, lang: str, addresses: Addresses) -> None:
        site = library.site
        assert site is not None
        self.library, self.site, self.addresses = library, site, addresses
        language = next(one for one in site.languages if one.lang == lang)
        self.say: Strings = read_strings(library.project.theme / "strings", language, site)
        self.matcher = Matcher(library.terms, lang)
        self.templates: Environment = environment(library.project)

    @cached_property
    def mentioning(self) -> dict[str, list[Entry]]:
        """Term -> who mentions it; searched for only when pages are made, not for the navigation or the data."""
        return mentioning(self.library, self.say.lang)

    def writer(self, path: str, entry: Entry | None) -> Writer:
        return Writer(self.library, self.say, self.matcher, path, entry)

    def pages(self) -> Iterator[Page]:
        for entry in self.library.entries.values():
            yield self.record_page(entry)
        for collection in self.site.collections:
            yield self.index_page(collection)
        for name in self.site.overviews:
            yield self.overview_page(name)
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
        return Page(
            path, title, _with_meta(meta, text, "search:\n  exclude: true\n"), entry.document.path, (), 0
        )

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
            escape=escape, url=url, backlinks=self.backlinks(entry), **self.extras(entry, writer),
        )  # fmt: skip
        summary = (
            getattr(record, "definition", None)
            or getattr(record, "summary", None)
            or getattr(record, "for_", None)
        )
        about = (
            writer.plain(summary)
            if isinstance(summary, Words)
            else self.say("description.source", title=title)
        )
        meta: dict[str, object] = {
            "title": html.escape(title),
            "description": html.escape(" ".join(about.split())),
        }
        if entry.collection != "pages" and path != "index.md":
            meta["section"] = entry.collection
            meta["section_title"] = self.say(f"collection.{entry.collection}")
        meta["kind"] = name
        meta["source"] = entry.document.path
        return Page(
            path,
            title,
            _with_meta(meta, text),
            entry.document.path,
            tuple(writer.links),
            len(writer.footnotes.numbers),
        )

    def extras(self, entry: Entry, writer: Writer) -> dict[str, object]:
        """What one kind of page asks for beyond its record."""
        record = entry.record
        if isinstance(record, Case):
            stages = dict.fromkeys(party.stage for party in record.parties.values())
            notes = [
                (id, (self.say("stage.title", label=writer.label(stage.label)), stage.note))
                for id in stages
                if (stage := self.site.stages[id]).note
            ]
            return {
                "stage_notes": notes,
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
            }
        if isinstance(record, Statistic):
            return {"charts": partial(drawings, self.library, entry, writer)}
        if isinstance(record, Explainer):
            return {"key_fact": lambda path: self.key_fact(path, writer)}
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
        try:
            return self.templates.get_template(f"{name}.md.j2").render(**context)
        except TemplateError as error:
            raise TemplateMistake(_template_line(error, name)) from error

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
        text = self.render(template, p=writer, say=self.say, site=self.site, url=url, **context)
        meta = {"title": html.escape(title), "description": html.escape(about), "kind": template}
        return Page(
            writer.path, title, _with_meta(meta, text), "", tuple(writer.links), len(writer.footnotes.numbers)
        )


def _template_line(error: TemplateError, name: str) -> str:
    if isinstance(error, TemplateSyntaxError):
        return f"theme/pages/{error.name}:{error.lineno}: {error.message}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else f"{name}.md.j2"
    return f"theme/pages/{where}: {error.message}"


def _with_meta(meta: Mapping[str, object], text: str, more: str = "") -> str:
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()]
    body = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", _keep_break, text)).strip()
    return "---\n" + "\n".join(lines) + "\n" + more + "---\n\n" + body + "\n"


def _keep_break(found: re.Match[str]) -> str:
    return "  \n" if found[0] == "  \n" else "\n"
