"""A list of words in; the places of a text where they stand out, whatever their capitals, width and invisible signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from ..prose import Inline

HIDDEN = "\ufffc"
"""Stands for what is no word of a sentence: the name of another record, a value."""
_LETTER = r"(?=[^\W_])[\0-\u0dff\u1e00-\u1fff]"
"""A letter or digit of a script that sets words apart by spaces."""
_EDGE = f"(?-i:(?<!{_LETTER})|(?!{_LETTER}))"
"""Where a word can begin or end: anywhere but between two such letters."""
_UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff"
_ODD = re.compile(
    rf"[{_UNSEEN}]|[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]|[\uff66-\uff9d][\uff9e\uff9f]?|[\uff9e\uff9f]"
)
"""Signs that take no room, full-width letters and digits, half-width kana with their mark."""


class Found(NamedTuple):
    """A place of a word."""

    words: str
    """As they stand there."""
    at: int


class Wording:
    """Words of one language, and longer expressions in which they do not count."""

    def __init__(self, words: Iterable[str], except_in: Iterable[str] = ()) -> None:
        words = [_plain(word)[0] for word in words]
        given = (*words, *(_plain(word)[0] for word in except_in))
        self.given = {" ".join(word.split()) for word in given} - {""}
        self.words = set(map(folded, words)) - {""}
        self.beginnings = {word.split(" ")[0] for word in self.words}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Made when a text first needs the search: many lists never meet one that does."""
        longest_first = sorted(self.given, key=lambda word: (-len(word), word))
        listed = "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first)
        return re.compile(f"{_EDGE}(?:{listed or '(?!)'}){_EDGE}", re.IGNORECASE)

    def may_stand_in(self, text: str) -> bool:
        """A quick look that spares most texts the search; in the text as written a word can be wrapped or escaped."""
        text = _plain(text)[0].casefold().replace("\\", "")
        if "\n" in text:
            text += text.replace("\n", "")
        return any(map(text.__contains__, self.beginnings))

    def find(self, text: str) -> Iterator[Found]:
        """Each place of a word, left to right."""
        plain, places = _plain(text)
        for found in self.pattern.finditer(plain):
            if folded(found[0]) in self.words:
                start, end = places[found.start()], places[found.end()]
                yield Found(text[start:end], start)


def _plain(text: str) -> tuple[str, range | list[int]]:
    """A text without what makes no difference to its words, and where each of its characters and its end was."""
    if text.isascii() or not _ODD.search(text):
        return text, range(len(text) + 1)
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for odd in _ODD.finditer(text):
        meant = "" if re.match(f"[{_UNSEEN}]", odd[0]) else unicodedata.normalize("NFKC", odd[0])
        pieces += text[at : odd.start()], meant
        places += [*range(at, odd.start()), *[odd.start()] * len(meant)]
        at = odd.end()
    return "".join([*pieces, text[at:]]), [*places, *range(at, len(text) + 1)]


def place_of(found: Found, nodes: Iterable[Inline], pieces: Iterable[str]) -> int:
    """Where a place of some nodes' words, joined, is in the text as written, or a little before it."""
    at = found.at
    for node, piece in zip(nodes, pieces, strict=True):
        if at < len(piece):
            return node.at + at
        at -= len(piece)
    return 0


def folded(word: str) -> str:
    """A word without the capitals, the runs of spaces and the other signs that make no difference."""
    return " ".join(_plain(word)[0].casefold().split())
