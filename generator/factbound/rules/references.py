"""Rules about names: whatever is named exists, is of the right kind, and is used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..glossary import mentions, tokens_of
from ..library import RESERVED, Entry, Library, Mention
from ..model import (
    COLLECTIONS,
    Account,
    Applied,
    Case,
    Coverage,
    Explainer,
    Fact,
    Page,
    Party,
    Penalty,
    Regulation,
    Source,
    Term,
)
from ..problems import Mend, Problem, closest, nearest, suggest
from ..prose import Link, paragraphs, walk
from ..settings import Strict
from ..values import Count
from ..yamlfile import Keys
from .rule import Rule


def unknown_references(library: Library) -> Iterator[Problem]:
    """Ids and paths that lead nowhere."""
    for entry in library.all:
        for mention in entry.survey.mentions:
            if problem := _unresolved(library, entry, mention):
                yield problem


def _unresolved(library: Library, entry: Entry, mention: Mention) -> Problem | None:
    id, _, path = mention.target.partition(".")
    target = library.entries.get(id)
    if target is None:
        return _unknown_record(library, entry, mention, id)
    if mention.collection and target.collection != mention.collection:
        what = f"'{id}' is in {target.collection}, not in {mention.collection}"
        return _at(entry, mention, what, f"name a record of content/{mention.collection}/")
    if path and library.resolve(mention.target) is None:
        known = list(library.paths(target))
        todo = nearest(mention.target, known) or (
            f"'{id}' has {', '.join(known[:8])}" if known else f"'{id}' has no parts that can be named"
        )
        likely = closest(mention.target, known)
        return _at(entry, mention, f"'{mention.target}' leads to nothing", todo, (mention.target, likely))
    if mention.how == "value" and library.valued(mention.target) is None:
        if isinstance(part := target.at(tuple(path.split("."))), Fact) and part.derive:
            return None  # why it cannot be worked out is told where it should be, or of what it is worked out from
        return _at(
            entry,
            mention,
            f"'{mention.target}' has no value to show",
            _value_instead(library, mention, target),
        )
    if mention.how == "reference" and path:
        keys = tuple(path.split("."))
        place = library.place(target, keys)
        if place != keys:
            todo = f"link to {'.'.join((id, *place))}"
            return _at(entry, mention, f"'{mention.target}' has no place of its own on a page", todo)
    return None


def _value_instead(library: Library, mention: Mention, target: Entry) -> str:
    if library.place(target, tuple(mention.target.split(".")[1:])):
        return f"give it a 'value', or link to it with [[{mention.target}|words]]"
    known = [path for path in library.paths(target) if library.valued(path)]
    return (
        nearest(mention.target, known)
        or f"paths of '{target.id}' with a value: {', '.join(known[:8]) or 'none'}"
    )


def _unknown_record(library: Library, entry: Entry, mention: Mention, id: str) -> Problem | None:
    site = library.site
    assert site is not None
    if id in library.unread or (
        mention.how == "reference" and mention.target in (*site.collections, *site.overviews)
    ):
        return None
    if mention.how == "reference" and id in RESERVED:
        add = "add it to 'collections' in content/site.yml"
        todo = add if id in COLLECTIONS else "name a record or a collection"
        return _at(entry, mention, f"'{id}' has no page of its own", todo)
    kind = "source" if mention.collection == "sources" else "record"
    known = [one.id for one in library.entries.values() if mention.collection in ("", one.collection)]
    todo = nearest(id, known) or _where_to_add(mention, id)
    return _at(entry, mention, f"{kind} '{id}' does not exist", todo, (id, closest(id, known)))


def _where_to_add(mention: Mention, id: str) -> str:
    return f"add content/{mention.collection or '<collection>'}/{id}.yml, or correct the id"


def _at(entry: Entry, mention: Mention, what: str, todo: str, likely: tuple[str, str] = ("", "")) -> Problem:
    """`likely` is what is wrong and what was probably meant, empty where nothing is close."""
    rule = (
        "source-unknown"
        if mention.collection == "sources"
        else "value-unknown"
        if mention.how == "value"
        else "reference-unknown"
    )
    # A mapping whose keys are ids is wrong at the key.
    at_key = mention.keys[-1] == mention.target
    wrong, right = likely
    span = entry.document.literal(mention.keys, mention.at or 0, wrong) if right and not at_key else None
    mend = Mend(*span, right, sure=False) if span else None
    return entry.problem(
        mention.keys, rule, what, todo, offset=mention.at, snippet=mention.snippet, at_key=at_key, mend=mend
    )


def key_facts(library: Library) -> Iterator[Problem]:
    """Key facts without a value to show."""
    for entry in library.collection("explainers"):
        assert isinstance(entry.record, Explainer)
        for index, path in enumerate(entry.record.key_facts):
            if library.resolve(path) and library.valued(path) is None:
                yield entry.problem(
                    ("key-facts", index),
                    "value-unknown",
                    f"'{path}' has no value to show",
                    "give it a 'value', or name another fact",
                )


def keys_of_site(library: Library) -> Iterator[Problem]:
    """Stages, units, conducts and subjects that site.yml does not list."""
    site = library.site
    assert site is not None
    for entry, keys, party in library.parts(Party):
        yield from _unlisted(
            entry, (*keys, "stage"), party.stage, list(site.stages), "'stages' in content/site.yml"
        )
    for entry, keys, one in library.parts(Coverage):
        for name, given, known in (
            ("conduct", one.conduct, site.conducts),
            ("subject", one.subject, site.subjects),
        ):
            yield from _unlisted(entry, (*keys, name), given, list(known), f"'{name}s' in content/site.yml")
    units = list(site.units)
    for kind, names in ((Fact, ("value",)), (Account, ("value",)), (Penalty, ("min", "max"))):
        holder: type[Strict] = kind
        for entry, keys, part in library.parts(holder):
            for name in names:
                value = getattr(part, name)
                if isinstance(value, Count) and value.unit:
                    yield from _unlisted(
                        entry, (*keys, name, "unit"), value.unit, units, "'units' in content/site.yml"
                    )


def keys_of_record(library: Library) -> Iterator[Problem]:
    """Versions and parties that the record itself lacks."""
    for kind, names in ((Coverage, ("since",)), (Penalty, ("since", "until"))):
        holder: type[Strict] = kind
        for entry, keys, part in library.parts(holder):
            assert isinstance(entry.record, Regulation)
            history = list(entry.record.history)
            for name in names:
                yield from _unlisted(
                    entry, (*keys, name), getattr(part, name), history, "'history' of this record"
                )
    for entry, keys, fact in library.parts(Fact):
        if fact.about is not None:
            parties = list(entry.record.parties) if isinstance(entry.record, Case) else []
            yield from _unlisted(entry, (*keys, "about"), fact.about, parties, "'parties' of this record")


def applied_versions(library: Library) -> Iterator[Problem]:
    """A case that applies a version its law does not have."""
    for entry, keys, applied in library.parts(Applied):
        law = library.entries.get(applied.regulation)
        if law and isinstance(law.record, Regulation):
            where = f"'history' of {law.document.path}"
            yield from _unlisted(entry, (*keys, "version"), applied.version, list(law.record.history), where)


def _unlisted(entry: Entry, keys: Keys, given: str | None, known: list[str], where: str) -> Iterator[Problem]:
    if given is not None and given not in known:
        todo = suggest(given, known) if known else "add it there"
        yield entry.problem(keys, "key-unknown", f"'{given}' is not in {where}", todo)


def front_page(library: Library) -> Iterator[Problem]:
    """site.yml names a front page and pages that exist."""
    site, about = library.site, library.about
    assert site is not None and about is not None
    wanted: list[tuple[Keys, str, str]] = [(("front",), site.front, "explainers")]
    wanted += [(("pages", index), page, "pages") for index, page in enumerate(site.pages)]
    for keys, id, collection in wanted:
        entry = library.entries.get(id)
        if id not in library.unread and (entry is None or entry.collection != collection):
            todo = (
                nearest(id, [one.id for one in library.collection(collection)]) or "add it, or name another"
            )
            yield about.problem(keys, "reference-unknown", f"'{id}' is not in content/{collection}/", todo)


def former_ids(library: Library) -> Iterator[Problem]:
    """A former id that is somebody's id, or that two records claim."""
    claimed: dict[str, str] = {}
    for entry in library.entries.values():
        for index, former in enumerate(getattr(entry.record, "formerly", ())):
            if former in library.entries:
                what = f"is the id of {library.entries[former].document.path}"
                todo = "remove it: an address can lead to one page only"
            elif former in RESERVED:
                what, todo = f"is the name of {RESERVED[former]}", "remove it: no record can have had it"
            elif former in claimed:
                what, todo = f"is already a former id of {claimed[former]}", "keep it once"
            else:
                claimed[former] = entry.document.path
                continue
            yield entry.problem(("formerly", index), "formerly-clash", f"'{former}' {what}", todo)


def refused_links(library: Library) -> Iterator[Problem]:
    """Prose that links to a source which is not to be linked."""
    refused = {
        _address(entry.record.URL): entry.id
        for entry in library.collection("sources")
        if isinstance(entry.record, Source) and entry.record.link == "no" and entry.record.URL
    }
    for entry in library.all if refused else ():
        for passage in entry.survey.passages:
            if "](" not in passage.text:
                continue
            for inlines in paragraphs(passage.parsed.blocks):
                for node in walk(inlines):
                    if isinstance(node, Link) and (id := refused.get(_address(node.url))):
                        yield entry.problem(
                            passage.keys,
                            "link-refused",
                            f"'{node.url}' is the address of '{id}', which is not to be linked",
                            f"cite it with [@{id}]",
                            offset=node.at,
                            snippet=node.url,
                        )


def _address(url: str) -> str:
    # The same page, however it is written.
    return re.sub(r"^https?://(?:www\.)?", "", url.partition("#")[0]).rstrip("/").lower()


def refused_archives(library: Library) -> Iterator[Problem]:
    """A source that is not to be linked, and whose archived copy would be."""
    for entry in library.collection("sources"):
        source = entry.record
        if isinstance(source, Source) and source.link == "no" and source.archive:
            yield entry.problem(
                ("archive",),
                "link-refused",
                "the source is not to be linked, and its archived copy would be",
                "remove 'archive', or 'link' with 'because'",
                at_key=True,
            )


def unused_sources(library: Library) -> Iterator[Problem]:
    """Sources that no record cites. Not asked while a record cannot be read: what it cites is not known."""
    if library.unread:
        return
    named = _named(library)
    for entry in library.collection("sources"):
        if entry.id not in named:
            yield entry.problem(
                (),
                "source-unused",
                f"nothing cites the source '{entry.id}'",
                "cite it, or remove the file",
                advice=True,
            )


def unused_terms(library: Library) -> Iterator[Problem]:
    """Terms that no text mentions. Not asked while a record cannot be read."""
    site = library.site
    assert site is not None
    if library.unread:
        return
    named = _named(library)
    unused = {entry.id: entry for entry in library.collection("glossary") if entry.id not in named}
    for language in site.languages:
        # The search through all texts ends as soon as every term was found.
        for term, _entry in mentions(library, language.lang) if unused else ():
            if unused.pop(term, None) and not unused:
                break
    for entry in unused.values():
        yield entry.problem(
            (),
            "term-unused",
            f"no text mentions the term '{entry.id}'",
            "use one of its forms, link to it, or remove the file",
            advice=True,
        )


def _named(library: Library) -> set[str]:
    """Ids that another record or site.yml names."""
    about = library.about.survey.mentions if library.about else ()
    return {*library.backlinks, *(mention.target.partition(".")[0] for mention in about)}


def double_forms(library: Library) -> Iterator[Problem]:
    """Two terms that claim the same word."""
    owners: dict[tuple[str, tuple[str, ...]], Entry] = {}
    for entry in library.collection("glossary"):
        term = entry.record
        assert isinstance(term, Term)
        if term.link == "manual":
            continue
        for name, table in (("forms", term.forms), ("aliases", term.aliases)):
            for lang, forms in table.items():
                for index, form in enumerate(forms):
                    other = owners.setdefault((lang, tokens_of(form)), entry)
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
    named = _named(library)
    for entry in library.collection("pages"):
        assert isinstance(entry.record, Page)
        if entry.id not in site.pages and entry.id not in named:
            yield entry.problem(
                (),
                "page-unreachable",
                f"nothing leads to the page '{entry.id}'",
                "add it to 'pages' in content/site.yml, or link to it",
                advice=True,
            )


RULES = (
    Rule("reference-unknown", "error", "Whatever is named by its id or path exists, and has a place on a page.", "related: [lighthuose]", "related: [lighthouse]", (unknown_references, front_page)),
    Rule("source-unknown", "error", "A cited source has a file in content/sources/.", "[@example-gazete]", "[@example-gazette]", (unknown_references,)),
    Rule("value-unknown", "error", "A path in {{ }}, or among an explainer's key facts, leads to a value.", "{{ harbour-case.facts.taking }}", "{{ harbour-case.facts.takings }}", (unknown_references, key_facts)),
    Rule("key-unknown", "error", "Stages, units, conducts and subjects are listed in site.yml; parties and versions in their record.", "stage: chraged", "stage: charged", (keys_of_site, keys_of_record, applied_versions)),
    Rule("formerly-clash", "error", "A former id belongs to one record and is no record's id.", "formerly: [lighthouse]", "formerly: [light-house]", (former_ids,)),
    Rule("link-refused", "error", "A source that is not to be linked is not linked in prose either.", "[the copy](https://example.org/copy)", "[@example-copy]", (refused_links, refused_archives)),
    Rule("source-unused", "advice", "Every source is cited by something.", "content/sources/forgotten.yml", "evidence: [{source: forgotten}]", (unused_sources,)),
    Rule("term-unused", "advice", "Every term is mentioned by something.", "content/glossary/forgotten.yml", "says: The forgotten word is used here.", (unused_terms,)),
    Rule("term-double", "error", "A word is a form of one term only.", "forms: {en: [lamp]} in two files", "forms: {en: [lantern]} in one of them", (double_forms,)),
    Rule("page-unreachable", "advice", "A hand-written page is in the navigation or linked.", "pages: []", "pages: [about]", (page_without_index,)),
)  # fmt: skip
