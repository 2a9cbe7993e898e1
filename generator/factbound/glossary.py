"""Terms in; a matcher that finds their first mentions in plain text.

A text is cut into tokens: a run of Latin letters and digits, a run of katakana, or any other single
character. A term matches where all its tokens follow one another, the longest first. So "art" is never
found in "party", a katakana word never inside a longer one, and kanji need no word boundaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from .library import Entry, Library
from .model import Label, Term
from .prose import Emphasis, Inline, Strong, Text, paragraphs

_TOKEN = re.compile(r"[^\W_\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]+|[\u30a1-\u30ff]+|\S|\s+")


class Found(NamedTuple):
    """A term in a text: its id, and where (characters from 0)."""

    term: str
    start: int
    end: int


class Matcher:
    """Finds terms in plain text. Built once for a language; cost grows with the text, not with the terms."""

    def __init__(self, terms: Mapping[str, Term], lang: str) -> None:
        forms: dict[tuple[str, ...], str | None] = {}
        for id, term in terms.items():
            if term.link == "manual":
                continue
            for form in forms_of(term, lang):
                forms.setdefault(_tokens(form), id)
            for longer in term.not_in:
                forms.setdefault(_tokens(longer), None)
        self._by_first: dict[str, list[tuple[tuple[str, ...], str | None]]] = {}
        for tokens, owner in sorted(forms.items(), key=lambda item: -len(item[0])):
            if tokens:
                self._by_first.setdefault(tokens[0], []).append((tokens, owner))

    def find(self, text: str) -> Iterator[Found]:
        """Every mention, left to right, none overlapping."""
        if not self._by_first:
            return
        pieces = list(_TOKEN.finditer(text))
        tokens = [_fold(piece[0]) for piece in pieces]
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


def mentioning(library: Library, lang: str) -> dict[str, list[Entry]]:
    """Term id -> the other records whose prose mentions it in a way that links to it."""
    matcher = Matcher(library.terms, lang)
    found: dict[str, dict[str, Entry]] = {}
    for entry in library.entries.values():
        for passage in entry.survey.passages:
            if isinstance(passage.words, Label) or passage.lang not in ("", lang):
                continue
            for inlines in paragraphs(passage.parsed.blocks):
                for text in _linkable(inlines):
                    for one in matcher.find(text):
                        if one.term != entry.id:
                            found.setdefault(one.term, {})[entry.id] = entry
    return {term: list(entries.values()) for term, entries in found.items()}


def _linkable(inlines: Iterable[Inline]) -> Iterator[str]:
    for node in inlines:
        if isinstance(node, Text):
            yield node.text
        elif isinstance(node, Emphasis | Strong):
            yield from _linkable(node.children)


def forms_of(term: Term, lang: str) -> Iterable[str]:
    """All words that stand for a term in a language; those of other languages too, since texts quote them."""
    own = (*term.forms.get(lang, ()), *term.aliases.get(lang, ()))
    foreign = (
        form
        for other in (term.forms, term.aliases)
        for key, forms in other.items()
        if key != lang
        for form in forms
    )
    return (*own, *foreign)


def _tokens(form: str) -> tuple[str, ...]:
    return tuple(_fold(piece) for piece in _TOKEN.findall(form.strip()))


def _fold(token: str) -> str:
    return " " if token.isspace() else token.casefold()
