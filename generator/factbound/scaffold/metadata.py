"""A page of the web in; what it says of itself, as the keys of a source, with where each was found, out.

Three ways are read, the most exact first: data of schema.org (JSON-LD), tags of scholarly pages (citation_…) and Dublin Core, and
Open Graph; then what any page has: its title, its language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from ..library import likely_id
from ..verify import decoded

_TYPES = {
    "newsarticle": "article-newspaper", "reportagenewsarticle": "article-newspaper", "analysisnewsarticle": "article-newspaper",
    "opinionnewsarticle": "article-newspaper", "scholarlyarticle": "article-journal", "medicalscholarlyarticle": "article-journal",
    "blogposting": "post-weblog", "report": "report", "legislation": "legislation", "dataset": "dataset", "book": "book",
    "article": "article", "webpage": "webpage",
}  # fmt: skip
"""Type of schema.org -> type of CSL."""
_META = {
    "title": ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title"),
    "author": ("citation_author", "dc.creator", "dcterms.creator", "author"),
    "publisher": ("citation_publisher", "dc.publisher", "dcterms.publisher"),
    "container-title": ("citation_journal_title", "og:site_name"),
    "issued": ("citation_publication_date", "citation_date", "dc.date", "dcterms.issued", "article:published_time", "date"),
    "language": ("citation_language", "dc.language", "dcterms.language", "og:locale"),
}  # fmt: skip
"""Key of a source -> names of `<meta>`, the most exact first."""
_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?![\d-])")
_LANGUAGE = re.compile(r"([a-zA-Z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}))?")
_IS_ADDRESS = re.compile("https?://")


class Said(NamedTuple):
    """One thing that a page says of itself."""

    key: str
    """Of a source."""
    value: str
    """As `--set` takes it."""
    where: str
    """Where on the page it stands: `og:title`."""
    is_guess: bool = False
    """Where the page says something near to it only."""


def said_by(body: bytes, content_type: str, url: str) -> list[Said]:
    """What an HTML page says of itself, each key once; of a PDF, its address alone."""
    if b"%PDF-" in body[:1024]:
        return [Said("URL", url, "its address")]
    tree = LexborHTMLParser(decoded(body, content_type))
    found: dict[str, Said] = {}
    for one in (*_of_data(tree), *_of_tags(tree), *_of_page(tree, url)):
        value = " ".join(one.value.split())
        if value:
            found.setdefault(one.key, one._replace(value=value))
    if "publisher" in found and found["publisher"].value == getattr(
        found.get("container-title"), "value", ""
    ):
        del found["publisher"]
    return list(found.values())


def id_for(said: Iterable[Said], url: str) -> str:
    """An id for such a source: who published it, and when."""
    values = {one.key: one.value for one in said}
    labels = [
        one for one in (urlsplit(url).hostname or "").split(".")[:-1] if not re.fullmatch(r"www\d*", one)
    ]
    names = (
        values.get("container-title", ""),
        values.get("publisher", ""),
        max(labels, key=len, default="source"),
    )
    who = next(filter(None, map(likely_id, names)), "source")
    return likely_id(f"{who}-{values.get('issued', '')}")


# ----- JSON-LD -----


def _of_data(tree: LexborHTMLParser) -> Iterator[Said]:
    """What the thing that the page is about says, by schema.org."""
    things = [
        thing for node in tree.css('script[type="application/ld+json" i]') for thing in _things(node.text())
    ]
    known = [(thing, kind) for thing in things for kind in _kinds(thing) if kind.lower() in _TYPES]
    for thing, kind in sorted(known, key=lambda one: list(_TYPES).index(one[1].lower()))[:1]:
        where = f"schema.org's {kind}"
        yield Said("type", _TYPES[kind.lower()], where, is_guess=True)
        yield Said("title", _text(thing.get("headline") or thing.get("name")), where)
        yield Said("author", _listed(_names(thing.get("author"))), where)
        yield Said("publisher", next(_names(thing.get("publisher")), ""), where)
        yield Said("container-title", next(_names(thing.get("isPartOf")), ""), where)
        yield Said("issued", _day(_text(thing.get("datePublished"))), where)
        yield Said("language", _tag(next(_names(thing.get("inLanguage")), "")), where)


def _things(text: str) -> Iterator[dict[str, Any]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    for one in data if isinstance(data, list) else [data]:
        graph = one.get("@graph") if isinstance(one, dict) else None
        for thing in graph if isinstance(graph, list) else [one]:
            if isinstance(thing, dict):
                yield thing


def _kinds(thing: dict[str, Any]) -> list[str]:
    kinds = thing.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _names(value: Any) -> Iterator[str]:
    """The names of people, of bodies, of whatever is given as text or as a thing with a name."""
    for one in value if isinstance(value, list) else [value]:
        if name := _text(one.get("name") if isinstance(one, dict) else one):
            yield name


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


# ----- tags -----


def _of_tags(tree: LexborHTMLParser) -> Iterator[Said]:
    tags: dict[str, list[str]] = {}
    for node in tree.css("meta[content]"):
        name = node.attributes.get("name") or node.attributes.get("property") or ""
        tags.setdefault(name.lower(), []).append(node.attributes.get("content") or "")
    for key, names in _META.items():
        for name in names:
            # Some pages give the address of an author instead of a name.
            values = [one for one in tags.get(name, ()) if one.strip() and not _IS_ADDRESS.match(one)]
            if values:
                yield Said(key, _listed(values) if key == "author" else _form(key, values[0]), name)


def _of_page(tree: LexborHTMLParser, url: str) -> Iterator[Said]:
    canonical = tree.css_first("link[rel=canonical][href]")
    address = urljoin(url, canonical.attributes.get("href") or "") if canonical else url
    # One that leads to another host is a copy's, or a mistake.
    same = urlsplit(address).hostname == urlsplit(url).hostname
    yield Said(
        "URL", address if same else url, "its canonical address" if same and canonical else "its address"
    )
    if title := tree.css_first("title"):
        yield Said("title", title.text(), "<title>", is_guess=True)
    if html := tree.css_first("html[lang]"):
        yield Said("language", _tag(html.attributes.get("lang") or ""), "<html lang>", is_guess=True)
    yield Said("type", "webpage", "what any page is", is_guess=True)


def _form(key: str, value: str) -> str:
    return _day(value) if key == "issued" else _tag(value) if key == "language" else value


def _listed(names: Iterable[str]) -> str:
    """Names as a list in YAML."""
    each = list(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
    return json.dumps(each, ensure_ascii=False) if each else ""


def _day(value: str) -> str:
    """2031-08-15 of a day or a moment; of a moment, the day where it was written."""
    found = _DATE.match(value.strip())
    return "-".join(part.zfill(2) for part in found.groups() if part) if found else ""


def _tag(value: str) -> str:
    """en-GB of en_gb."""
    found = _LANGUAGE.fullmatch(value.strip())
    if not found:
        return ""
    language, script, region = found.groups()
    parts = (language.lower(), script and script.title(), region and region.upper())
    return "-".join(part for part in parts if part)
