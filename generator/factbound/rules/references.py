"""Rules about names: whatever is named exists, is of the right kind, and is used."""

from __future__ import annotations

from collections.abc import Iterator

from ..glossary import mentioning
from ..library import Entry, Library, Mention
from ..model import COLLECTIONS, Case, Coverage, Page, Party, Penalty, Regulation, Source, Term
from ..problems import Problem, nearest, suggest
from ..prose import Link, paragraphs, walk
from ..values import Count
from ..yamlfile import Keys
from .rule import Rule

SECTIONS = frozenset({*COLLECTIONS, "pages"})
"""Names that [[…]] may use for the index of a collection."""


def unknown_references(library: Library) -> Iterator[Problem]:
    """Ids and paths that lead nowhere."""
    for entry in library.all:
        for mention in entry.survey.mentions:
            if problem := _unresolved(library, entry, mention):
                yield problem


def _unresolved(library: Library, entry: Entry, mention: Mention) -> Problem | None:
    where = {"offset": mention.at, "snippet": mention.snippet}
    rule = (
        "source-unknown"
        if mention.collection == "sources"
        else "value-unknown"
        if mention.how == "value"
        else "reference-unknown"
    )
    id, _, path = mention.target.partition(".")
    target = library.entries.get(id)
    if target is None:
        if mention.how == "reference" and mention.target in SECTIONS:
            return None
        known = [
            one.id
            for one in library.entries.values()
            if not mention.collection or one.collection == mention.collection
        ]
        kind = "source" if mention.collection == "sources" else "record"
        todo = (
            nearest(id, known)
            or f"add content/{mention.collection or '<collection>'}/{id}.yml, or correct the id"
        )
        return entry.problem(mention.keys, rule, f"{kind} '{id}' does not exist", todo, **where)
    if mention.collection and target.collection != mention.collection:
        return entry.problem(
            mention.keys,
            rule,
            f"'{id}' is in {target.collection}, not in {mention.collection}",
            f"name a record of content/{mention.collection}/",
            **where,
        )
    if path and library.resolve(mention.target) is None:
        known = list(library.paths(target))
        todo = nearest(mention.target, known) or (
            f"'{id}' has {', '.join(known[:8])}" if known else f"'{id}' has no parts that can be named"
        )
        return entry.problem(mention.keys, rule, f"'{mention.target}' leads to nothing", todo, **where)
    if mention.how == "value" and library.valued(mention.target) is None:
        return entry.problem(
            mention.keys,
            rule,
            f"'{mention.target}' has no value to show",
            f"give it a 'value', or link to it with [[{mention.target}|words]]",
            **where,
        )
    if mention.how == "reference" and len(path.split(".")) > 2:
        return entry.problem(
            mention.keys,
            rule,
            f"'{mention.target}' has no place of its own on a page",
            f"link to {'.'.join(mention.target.split('.')[:3])}",
            **where,
        )
    return None


def keys_of_site(library: Library) -> Iterator[Problem]:
    """Stages, units, conducts, subjects that site.yml does not list; versions and parties that the record lacks."""
    site = library.site
    assert site is not None
    for entry in library.entries.values():
        record = entry.record
        history = list(record.history) if isinstance(record, Regulation) else []
        parties = list(record.parties) if isinstance(record, Case) else []
        for keys, part in entry.survey.parts:
            wanted: list[tuple[str, str | None, list[str], str]] = []
            if isinstance(part, Party):
                wanted = [("stage", part.stage, list(site.stages), "'stages' in content/site.yml")]
            elif isinstance(part, Coverage):
                wanted = [
                    ("conduct", part.conduct, list(site.conducts), "'conducts' in content/site.yml"),
                    ("subject", part.subject, list(site.subjects), "'subjects' in content/site.yml"),
                    ("since", part.since, history, "'history' of this record"),
                ]
            elif isinstance(part, Penalty):
                wanted = [
                    (name, getattr(part, name), history, "'history' of this record")
                    for name in ("since", "until")
                ]
            else:
                if (about := getattr(part, "about", None)) is not None:
                    wanted = [("about", about, parties, "'parties' of this record")]
            for key in ("value", "max", "min"):
                value = getattr(part, key, None)
                if isinstance(value, Count) and value.unit:
                    wanted.append(
                        (f"{key}.unit", value.unit, list(site.units), "'units' in content/site.yml")
                    )
            for name, given, known, where in wanted:
                if given is not None and given not in known:
                    yield entry.problem(
                        (*keys, *name.split(".")),
                        "key-unknown",
                        f"'{given}' is not in {where}",
                        suggest(given, known) if known else "add it there",
                    )


def applied_versions(library: Library) -> Iterator[Problem]:
    """A case that applies a version its law does not have."""
    for entry in library.collection("cases"):
        assert isinstance(entry.record, Case)
        for slug, applied in entry.record.law.items():
            law = library.entries.get(applied.regulation)
            if law and isinstance(law.record, Regulation) and applied.version not in law.record.history:
                known = list(law.record.history)
                yield entry.problem(
                    ("law", slug, "version"),
                    "key-unknown",
                    f"'{applied.version}' is not in 'history' of {law.document.path}",
                    suggest(applied.version, known),
                )


def front_page(library: Library) -> Iterator[Problem]:
    """site.yml names a front page, pages and a language that exist."""
    site, about = library.site, library.about
    assert site is not None and about is not None
    wanted: list[tuple[Keys, str, str]] = [(("front",), site.front, "explainers")]
    wanted += [(("pages", index), page, "pages") for index, page in enumerate(site.pages)]
    for keys, id, collection in wanted:
        entry = library.entries.get(id)
        if entry is None or entry.collection != collection:
            todo = (
                nearest(id, [one.id for one in library.collection(collection)]) or "add it, or name another"
            )
            yield about.problem(keys, "reference-unknown", f"'{id}' is not in content/{collection}/", todo)


def former_ids(library: Library) -> Iterator[Problem]:
    """A former id that is somebody's id, or that two records claim."""
    claimed: dict[str, Entry] = {}
    for entry in library.entries.values():
        for index, former in enumerate(getattr(entry.record, "formerly", ())):
            if former in library.entries:
                yield entry.problem(
                    ("formerly", index),
                    "formerly-clash",
                    f"'{former}' is the id of {library.entries[former].document.path}",
                    "remove it: an address can lead to one page only",
                )
            elif former in claimed:
                yield entry.problem(
                    ("formerly", index),
                    "formerly-clash",
                    f"'{former}' is already a former id of {claimed[former].document.path}",
                    "keep it in one of the two records",
                )
            else:
                claimed[former] = entry


def refused_links(library: Library) -> Iterator[Problem]:
    """Prose that links to a source which is not to be linked."""
    refused = {
        entry.record.URL: entry.id
        for entry in library.collection("sources")
        if isinstance(entry.record, Source) and entry.record.link == "no" and entry.record.URL
    }
    for entry in library.entries.values() if refused else ():
        for passage in entry.survey.passages:
            for inlines in paragraphs(passage.parsed.blocks):
                for node in walk(inlines):
                    if isinstance(node, Link) and (id := refused.get(node.url)):
                        yield entry.problem(
                            passage.keys,
                            "link-refused",
                            f"'{node.url}' is the address of '{id}', which is not to be linked",
                            f"cite it with [@{id}]",
                            offset=node.at,
                            snippet=node.url,
                        )


def unused_sources(library: Library) -> Iterator[Problem]:
    """Sources that no record cites."""
    for entry in library.collection("sources"):
        if entry.id not in library.backlinks:
            yield entry.problem(
                (),
                "source-unused",
                f"nothing cites the source '{entry.id}'",
                "cite it, or remove the file",
                advice=True,
            )


def unused_terms(library: Library) -> Iterator[Problem]:
    """Terms that no text mentions."""
    site = library.site
    assert site is not None
    mentioned = mentioning(library, site.languages[0].lang)
    for entry in library.collection("glossary"):
        if entry.id not in library.backlinks and entry.id not in mentioned:
            yield entry.problem(
                (),
                "term-unused",
                f"no text mentions the term '{entry.id}'",
                "use one of its forms, link to it, or remove the file",
                advice=True,
            )


def double_forms(library: Library) -> Iterator[Problem]:
    """Two terms that claim the same word."""
    owners: dict[tuple[str, str], Entry] = {}
    for entry in library.collection("glossary"):
        term = entry.record
        assert isinstance(term, Term)
        if term.link == "manual":
            continue
        for name, table in (("forms", term.forms), ("aliases", term.aliases)):
            for lang, forms in table.items():
                for index, form in enumerate(forms):
                    other = owners.setdefault((lang, form.casefold()), entry)
                    if other is not entry:
                        keys: Keys = (name, lang, index)
                        yield entry.problem(
                            keys,
                            "term-double",
                            f"'{form}' is already a form of {other.document.path}",
                            "keep it in one of the two, or set 'link: manual' in one",
                        )


def page_without_index(library: Library) -> Iterator[Problem]:
    """A hand-written page that no navigation and no text leads to."""
    site = library.site
    assert site is not None
    for entry in library.collection("pages"):
        assert isinstance(entry.record, Page)
        if entry.id not in site.pages and entry.id not in library.backlinks:
            yield entry.problem(
                (),
                "page-unreachable",
                f"nothing leads to the page '{entry.id}'",
                "add it to 'pages' in content/site.yml, or link to it",
                advice=True,
            )


RULES = (
    Rule("reference-unknown", "error", "Whatever is named by its id or path exists.", "related: [deepfaek]", "related: [deepfake]", unknown_references),
    Rule("source-unknown", "error", "A cited source has a file in content/sources/.", "[@example-gazete]", "[@example-gazette]"),
    Rule("value-unknown", "error", "A path in {{ }} leads to a value.", "{{ harbour-case.facts.taking }}", "{{ harbour-case.facts.takings }}"),
    Rule("key-unknown", "error", "Stages, units, conducts and subjects are listed in site.yml, versions and parties in the record.", "stage: arested", "stage: arrested", keys_of_site),
    Rule("version-unknown", "error", "A case applies a version that its law has; reported as key-unknown.", "version: amended-2012", "version: amended-2011", applied_versions),
    Rule("front-page", "error", "site.yml names a front page and pages that exist; reported as reference-unknown.", "front: the-stroy", "front: the-story", front_page),
    Rule("formerly-clash", "error", "A former id belongs to one record and is no record's id.", "formerly: [deepfake]", "formerly: [deep-fake]", former_ids),
    Rule("link-refused", "error", "A source that is not to be linked is not linked in prose either.", "[the copy](https://example.org/copy)", "[@example-copy]", refused_links),
    Rule("source-unused", "advice", "Every source is cited by something.", "content/sources/forgotten.yml", "evidence: [{source: forgotten}]", unused_sources),
    Rule("term-unused", "advice", "Every term is mentioned by something.", "content/glossary/forgotten.yml", "says: The forgotten word is used here.", unused_terms),
    Rule("term-double", "error", "A word is a form of one term only.", "forms: {en: [fake]} in two files", "forms: {en: [forgery]} in one of them", double_forms),
    Rule("page-unreachable", "advice", "A hand-written page is in the navigation or linked.", "pages: []", "pages: [about]", page_without_index),
)  # fmt: skip
