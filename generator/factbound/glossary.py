"""Terms in; a matcher that finds their mentions in plain text.

A text is cut into tokens: a run of letters and digits, a run of katakana, a run of spaces, or any other single
character. A term matches where all its tokens follow one another, the longest first. So "art" is never found in
"party", a katakana word never inside a longer one, and kanji need no word boundaries. Capitals, full-width and
half-width characters, and typographic apostrophes and hyphens make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from .library import Entry, Library
from .model import Term
from .prose import Emphasis, Heading, Inline, Strong, Text, paragraphs

_MARKS = "\u0300-\u036f\u3099\u309a"
"""Accents that are written after the letter they belong to; a letter is never cut off from them."""
_TOKEN = re.compile(
    # Letters and digits, full-width ones too, but no kana, no kanji and no signs of either.
    rf"(?:[^\W_\u3000-\u30ff\u31f0-\u9fff\uf900-\ufaff\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uffef"
    rf"\U00020000-\U0003ffff]|[{_MARKS}])+"
    # Katakana, half-width too; the middle dot parts words.
    rf"|[\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f{_MARKS}]+"
    rf"|\s+|\S[{_MARKS}]*"
)
_ASCII_TOKEN = re.compile(r"[a-z0-9]+|\s+|\S")
_ALIKE = str.maketrans("’‘‐‑", "''--")


class Found(NamedTuple):
    """A term in a text: its id, and where (characters from 0)."""

    term: str
    start: int
    end: int


class Matcher:
    """Finds terms in plain text. Built once for a language; cost grows with the text, not with the terms."""

    def __init__(self, terms: Mapping[str, Term], lang: str) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str | None]]] = {}
        for tokens, owner in sorted(_forms(terms, lang).items(), key=lambda item: -len(item[0])):
            self._by_first.setdefault(tokens[0], []).append((tokens, owner))

    def find(self, text: str) -> Iterator[Found]:
        """Every mention, left to right, none overlapping."""
        pattern, tokens = _cut(text)
        if self._by_first.keys().isdisjoint(tokens):
            return
        # Only a text that may hold a term pays for the places of its tokens.
        pieces = list(pattern.finditer(text.lower() if pattern is _ASCII_TOKEN else text))
        at = 0
        while at < len(tokens):
            step = 1
            for wanted, owner in self._by_first.get(tokens[at], ()):
                if tuple(tokens[at : at + len(wanted)]) == wanted:
                    step = len(wanted)
                    if owner is not None:
                        yield Found(owner, pieces[at].start(), pieces[at + step - 1].end())
                    break
            at += step


def mentions(library: Library, lang: str) -> Iterator[tuple[str, Entry]]:
    """Each term that the prose of another record mentions in a way that links to it, with that record."""
    matcher = Matcher(library.terms, lang)
    for entry in library.entries.values():
        for term in mentioned(entry, matcher, lang):
            yield term, entry


def mentioned(entry: Entry, matcher: Matcher, lang: str) -> Iterator[str]:
    """The terms that a record's prose mentions in a way that links to them."""
    return (found.term for found in _places(entry, matcher, lang) if found.term != entry.id)


def _places(entry: Entry, matcher: Matcher, lang: str) -> Iterator[Found]:
    for passage in entry.survey.passages:
        if passage.words.mode == "label" or passage.lang not in ("", lang):
            continue
        blocks = [block for block in passage.parsed.blocks if not isinstance(block, Heading)]
        for inlines in paragraphs(blocks):
            for text in _linkable(inlines):
                yield from matcher.find(text)


def places(library: Library, matcher: Matcher, lang: str) -> dict[str, tuple[Found, ...]]:
    """Record -> the places of all terms in its prose, its own too; each counts from the start of a piece of text."""
    return {entry.id: tuple(_places(entry, matcher, lang)) for entry in library.all}


def mentioning(
    library: Library, lang: str, known: Mapping[str, tuple[Found, ...]] | None = None
) -> dict[str, list[Entry]]:
    """Term id -> the other records whose prose mentions it in a way that links to it; `known` is what `places` finds."""
    known = known or places(library, Matcher(library.terms, lang), lang)
    found: dict[str, list[Entry]] = {}
    for entry in library.entries.values():
        for term in dict.fromkeys(place.term for place in known[entry.id]):
            if term != entry.id:
                found.setdefault(term, []).append(entry)
    return found


def _linkable(inlines: Iterable[Inline]) -> Iterator[str]:
    for node in inlines:
        if isinstance(node, Text):
            yield node.text
        elif isinstance(node, Emphasis | Strong):
            yield from _linkable(node.children)


def forms_of(term: Term, lang: str) -> Iterable[str]:
    """All words that stand for a term in a language; those of other languages too, since texts quote them."""
    return (*_own(term, lang), *_foreign(term, lang))


def _own(term: Term, lang: str) -> tuple[str, ...]:
    return (*term.forms.get(lang, ()), *term.aliases.get(lang, ()))


def _foreign(term: Term, lang: str) -> Iterator[str]:
    for table in (term.forms, term.aliases):
        for key, forms in table.items():
            if key != lang:
                yield from forms


def _forms(terms: Mapping[str, Term], lang: str) -> dict[tuple[str, ...], str | None]:
    """Tokens -> the term that they stand for, or None for a longer word that is no mention.

    A word of the language itself goes before one of another language, and any term's word before an exception.
    """
    linked = {id: term for id, term in terms.items() if term.link == "auto"}
    found: dict[tuple[str, ...], str | None] = {}
    for words_of in (_own, _foreign):
        for id, term in linked.items():
            for form in words_of(term, lang):
                found.setdefault(tokens_of(form), id)
    for term in linked.values():
        for longer in term.not_in:
            found.setdefault(tokens_of(longer), None)
    found.pop((), None)
    return found


def tokens_of(form: str) -> tuple[str, ...]:
    """The tokens of a word; two words with the same tokens are the same word to the matcher."""
    return tuple(_cut(form.strip())[1])


def _cut(text: str) -> tuple[re.Pattern[str], list[str]]:
    """The tokens of a text, folded, and the pattern that cut it."""
    if text.isascii():
        tokens = _ASCII_TOKEN.findall(text.lower())
        plain = "  " not in text and text.isprintable()
        return _ASCII_TOKEN, tokens if plain else [" " if one.isspace() else one for one in tokens]
    return _TOKEN, [_fold(token) for token in _TOKEN.findall(text)]


def _fold(token: str) -> str:
    if token.isspace():
        return " "
    return unicodedata.normalize("NFKC", token).casefold().translate(_ALIKE)
