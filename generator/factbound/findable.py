"""A record in; how the site's search finds its page out: the words that lead to it first, and how it ranks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .glossary import forms_of
from .library import Entry
from .model import Help, Jurisdiction, Regulation, Term

BOOST = {
    "glossary": 4,
    "explainers": 3,
    "help": 2,
    "regulations": 2,
    "jurisdictions": 2,
    "cases": 1,
    "statistics": 1,
    "sources": 0.2,
}
"""How much a page's text counts against that of others: what explains before what reports, sources last."""
BOOST_OF_LISTS = 10
"""The same of a page over many records, of which hardly more than the title is searched."""

UNSOUGHT = "search:\n  exclude: true\n"
"""Front matter of a page that searches leave out."""


def search_words(entry: Entry, lang: str) -> list[str]:
    """Words that lead straight to a record's page: of a term all its forms and aliases, of a law its own title, of a place
    its name, of help its number, and what its editor wrote down as `keywords`."""
    record: Any = entry.record
    words = [*getattr(record, "keywords", ())]
    if isinstance(record, Term):
        words += forms_of(record, lang)
    elif isinstance(record, Regulation) and record.original:
        words.append(record.original.title)
    elif isinstance(record, Jurisdiction):
        words += record.title.by_lang.values()
    elif isinstance(record, Help) and record.phone:
        words.append(record.phone.strip("#"))
    return list(dict.fromkeys(words))


def search_meta(entry: Entry, terms: Mapping[str, Term], lang: str) -> str:
    """The same as lines of front matter, by the names that Material's search knows."""
    boost = BOOST.get(entry.collection, 1)
    if isinstance(entry.record, Term) and _is_part(entry.id, terms, lang):
        boost *= 1.7
    return f"search:\n  boost: {boost}\n" + found_by(search_words(entry, lang))


def list_meta(title: str, words: Iterable[str] = ()) -> str:
    """The same lines for a page over many records, and the words by which people ask for it."""
    return f"search:\n  boost: {BOOST_OF_LISTS}\n" + found_by([title, *words])


def _is_part(id: str, terms: Mapping[str, Term], lang: str) -> bool:
    """Whether another term is a longer word around this one: who searches for the short one means it."""
    own = [form.casefold() for form in forms_of(terms[id], lang)]
    return any(
        one in form.casefold()
        for other, term in terms.items()
        if other != id
        for form in forms_of(term, lang)
        for one in own
    )


def found_by(words: Iterable[str]) -> str:
    """Lines of front matter that let a page be found by words before all others."""
    lines = [f"  - {_quoted(word)}\n" for word in words]
    return "tags:\n" + "".join(lines) if lines else ""


def _quoted(word: str) -> str:
    return "'" + " ".join(word.split()).replace("'", "''") + "'"
