"""A written page in; what it is and what it is about, in schema.org's terms, out: JSON-LD for its head.

What is not known is left out, and so is every address while the site has none. A law's and a study's own dates are
never those of the page about it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from .citations import last_seen, source_title
from .export import LICENCE, data_files
from .library import Entry, Library
from .model import Jurisdiction, Regulation, Source, Statistic, Term
from .paths import built_path, path_of
from .problems import UNSEEN
from .strings import Strings
from .values import Date
from .writer import Writer

Node = dict[str, Any]

SOCIAL_CARD = "assets/social-card.png"
"""The picture that stands for a page where it is linked."""

_POINT = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
_ENCODINGS = {
    "csv": "text/csv", "json": "application/json", "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
}  # fmt: skip


class Describer:
    """Describes the pages of one site."""

    def __init__(
        self, library: Library, say: Strings, site_url: str, edits: Mapping[str, str] | None = None
    ) -> None:
        site = library.site
        assert site is not None
        self.library, self.site, self.say, self.edits = library, site, say, edits or {}
        self.base = site_url.rstrip("/") + "/" if site_url else ""

    def record(self, entry: Entry, writer: Writer, about: str) -> str:
        """Of a record's page, once its text is written: `writer` then knows what it cites."""
        path, title = path_of(entry, self.site.front), writer.title(entry)
        kind = "WebPage" if isinstance(entry.record, Source) else "Article"
        page = self._page(kind, path, title, about)
        page["dateModified"] = updated(self.library, entry, self.edits)
        page["citation"] = [
            self._cited(id) for id in dict.fromkeys(one.source for one in writer.footnotes.numbers)
        ]
        nodes = [page]
        if thing := self._thing(entry, writer, about):
            if self.base:
                thing["@id"] = f"{page['url']}#{thing['@type'].lower()}"
                page["mainEntity"] = {"@id": thing["@id"]}
            nodes.insert(0, thing)
        if entry.id == self.site.front:
            nodes.append(
                self._website()
                | {"description": self._words(self.site.description), "license": LICENCE["path"]}
            )
        else:
            within = "" if entry.collection == "pages" else entry.collection
            nodes.append(self._breadcrumbs(within, path, title))
        return _script(nodes)

    def overview(self, path: str, title: str, about: str) -> str:
        """Of a page over many records."""
        if path == "glossary/index.md":
            node = self._terms(about)
        elif path == "data.md":
            node = self._data(path, title, about)
        else:
            node = self._page("CollectionPage", path, title, about)
        return _script([node, self._breadcrumbs("", path, title)])

    # ----- pages -----

    def _page(self, kind: str, path: str, title: str, about: str) -> Node:
        name = "headline" if kind == "Article" else "name"
        page: Node = {
            "@type": kind, **self._at(path), name: title, "description": about, "inLanguage": self.say.lang,
            "isPartOf": self._website(), "license": LICENCE["path"],
        }  # fmt: skip
        if kind == "Article":
            # What search engines ask of an article, besides its day. The site answers for it, no single person.
            page["author"] = page["publisher"] = {**self._website(), "@type": "Organization"}
            page |= {"image": f"{self.base}{SOCIAL_CARD}"} if self.base else {}
        return page

    def _website(self) -> Node:
        return {"@type": "WebSite", "name": self._words(self.site.title), **self._at("index.md")}

    def _breadcrumbs(self, collection: str, path: str, title: str) -> Node:
        """The way to a page from the front page, by the index of its collection if it is in one."""
        steps = [(self._words(self.site.title), "index.md"), (title, path)]
        if collection:
            steps.insert(1, (self.say(f"collection.{collection}"), f"{collection}/index.md"))
        items = [
            {"@type": "ListItem", "position": number, "name": name, **self._at(target, "item")}
            for number, (name, target) in enumerate(steps, 1)
        ]
        return {"@type": "BreadcrumbList", "itemListElement": items}

    def _cited(self, id: str) -> Node:
        source = self.library.source(id)
        assert source is not None
        return {"@type": "CreativeWork", "name": source_title(source, self.say), "url": _linked(source)}

    # ----- what pages are about -----

    def _thing(self, entry: Entry, writer: Writer, about: str) -> Node | None:
        record = entry.record
        if isinstance(record, Term):
            return self._term(entry, record, about)
        if isinstance(record, Regulation):
            return self._law(record, writer, about)
        if isinstance(record, Statistic):
            return self._study(entry, record, writer, about)
        if isinstance(record, Source):
            return self._source(record)
        if isinstance(record, Jurisdiction):
            return {
                "@type": "Country" if record.kind == "country" else "AdministrativeArea",
                "name": self._words(record.title),
            }
        return None

    def _term(self, entry: Entry, term: Term, about: str) -> Node:
        title = self._words(term.title)
        names = [
            word if lang == self.say.lang else {"@value": word, "@language": lang}
            for table in (term.forms, term.aliases)
            for lang, words in table.items()
            for word in words
            if word.lower() != title.lower()
        ]
        return {
            "@type": "DefinedTerm", "termCode": entry.id, "name": title, "alternateName": names, "description": about,
            "inDefinedTermSet": self._term_set(),
        }  # fmt: skip

    def _terms(self, about: str) -> Node:
        terms = [
            {"@type": "DefinedTerm", "termCode": entry.id, "name": self._name_of(entry.id), **self._at(path_of(entry, ""))}
            for entry in self.library.collection("glossary")
        ]  # fmt: skip
        return self._term_set() | {"description": about, "inLanguage": self.say.lang, "hasDefinedTerm": terms}

    def _term_set(self) -> Node:
        return {
            "@type": "DefinedTermSet",
            "name": self.say("collection.glossary"),
            **self._at("glossary/index.md"),
        }

    def _law(self, law: Regulation, writer: Writer, about: str) -> Node:
        original = law.original
        return {
            "@type": "Legislation", "name": self._words(law.title), "description": about,
            "alternateName": {"@value": original.title, "@language": original.lang} if original else None,
            "legislationType": self.say(f"regulation.kind.{law.kind}"),
            "legislationJurisdiction": {"@type": "AdministrativeArea", "name": self._name_of(law.jurisdiction)},
            # A program takes it as it stands: what is alleged only, it is not told.
            "legislationLegalForce": f"https://schema.org/{'InForce' if law.status.value == 'in-force' else 'NotInForce'}"
            if law.status.standing == "established"
            else None,
            "legislationDateVersion": iso(law.status.as_of),
            "isPartOf": {"@type": "Legislation", "name": self._name_of(law.part_of)} if law.part_of else None,
            # The first version that we know need not be the law's first, so that days stand at the versions.
            "workExample": [
                {
                    "@type": "Legislation", "name": writer.label(version.label),
                    "legislationDate": iso(version.passed), "legislationDateOfApplicability": iso(version.in_force),
                }
                for version in law.history.values()
            ],
        }  # fmt: skip

    def _study(self, entry: Entry, study: Statistic, writer: Writer, about: str) -> Node:
        files = [f"data/statistics/{entry.id}.json"]
        files += [f"data/charts/{entry.id}-{slug}.csv" for slug in study.charts]
        labels = [writer.label(measure.label) for measure in study.measures.values() if measure.label]
        return {
            "@type": "Dataset", "name": self._words(study.title), "description": about,
            "creator": {"@type": "Organization", "name": self._words(study.measured_by)},
            "datePublished": iso(study.published), "temporalCoverage": iso(study.period),
            "variableMeasured": list(dict.fromkeys(labels)),
            # The study is not ours to license; the files are.
            "distribution": [file | {"license": LICENCE["path"]} for file in self._downloads(files)],
        }  # fmt: skip

    def _source(self, source: Source) -> Node:
        publisher = source.container_title or source.publisher
        return {
            "@type": "CreativeWork", "name": source_title(source, self.say), "inLanguage": source.language,
            "datePublished": iso(source.issued), "url": _linked(source),
            "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
        }  # fmt: skip

    def _data(self, path: str, title: str, about: str) -> Node:
        files = [f"data/{table}.csv" for table in data_files(self.library)]
        files += [f"data/bibliography.{ending}" for ending in ("json", "bib", "ris")]
        return {
            "@type": "Dataset", "name": f"{self._words(self.site.title)}: {title}", **self._at(path),
            "description": f"{self._words(self.site.description)} {about}", "inLanguage": self.say.lang,
            "license": LICENCE["path"], "isPartOf": self._website(), "distribution": self._downloads(files),
        }  # fmt: skip

    def _downloads(self, files: Iterable[str]) -> list[Node]:
        return [
            {"@type": "DataDownload", "contentUrl": self.base + file, "encodingFormat": _ENCODINGS[file.rpartition(".")[2]]}
            for file in files
            if self.base
        ]  # fmt: skip

    # ----- words and addresses -----

    def _at(self, path: str, key: str = "url") -> Node:
        return {key: self.base + built_path(path)} if self.base else {}

    def _words(self, words: Any) -> str:
        return " ".join(words.in_(self.say.lang, self.site.languages[0].lang)[0].split())

    def _name_of(self, id: str) -> str:
        record: Any = self.library.entries[id].record
        return self._words(record.title)


def _linked(source: Source) -> str | None:
    return source.URL if source.link == "yes" else None


def updated(library: Library, entry: Entry, edits: Mapping[str, str]) -> str:
    """The newest day that a record itself names: of a change, or on which it was held against its sources; else the
    day of the last edit of its file.

    In ISO 8601; empty where none is known.
    """
    record: Any = entry.record
    days = [change.date for change in record.changes.values()]
    days.append(last_seen(library, entry.id) if isinstance(record, Source) else record.checked)
    known = [day for day in days if isinstance(day, Date) and not day.interval and iso(day)]
    if not known:
        return edits.get(entry.document.path, "")
    return iso(max(known, key=lambda day: (day.latest, day.earliest)))


def iso(date: Date | str | None) -> str:
    """A day, month or year, or a period, in ISO 8601; empty where the date is vague or not known."""
    if not isinstance(date, Date) or date.bounds or date.approximate:
        return ""
    if date.interval:
        ends = [iso(end) if end else ".." for end in date.interval]
        return "/".join(ends) if all(ends) else ""
    return date.text if _POINT.fullmatch(date.text) else ""


def _script(nodes: list[Node]) -> str:
    """The text of a script element; nothing in it can end that element."""
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": _filled(nodes)},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return UNSEEN.sub(" ", text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _filled(value: Any) -> Any:
    """The same without what is empty."""
    if isinstance(value, dict):
        return {key: _filled(one) for key, one in value.items() if one not in ("", None, [])}
    return [_filled(one) for one in value] if isinstance(value, list) else value
