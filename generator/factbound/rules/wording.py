"""A list of words in; the places of a text where they stand out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_LETTER = r"(?=[^\W_])[\0-\u0dff\u1e00-\u1fff]"
"""A letter or digit of a script that sets words apart by spaces."""
_EDGE = f"(?-i:(?<!{_LETTER})|(?!{_LETTER}))"
"""Where a word can begin or end: anywhere but between two such letters."""


class Wording:
    """Words of one language, and longer expressions in which they do not count."""

    def __init__(self, words: Iterable[str], except_in: Iterable[str] = ()) -> None:
        given = {" ".join(word.split()) for word in (*words, *except_in)} - {""}
        self.words = set(map(folded, words)) - {""}
        longest_first = sorted(given, key=lambda word: (-len(word), word))
        listed = "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first)
        self.pattern = re.compile(f"{_EDGE}(?:{listed or '(?!)'}){_EDGE}", re.IGNORECASE)
        self.beginnings = {word.split(" ")[0] for word in self.words}

    def may_stand_in(self, text: str) -> bool:
        """A quick look that spares most texts the search; in the text as written a word can be wrapped or escaped."""
        text = text.casefold().replace("\\", "")
        if "\n" in text:
            text += text.replace("\n", "")
        return any(word in text for word in self.beginnings)

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Each place of a word, left to right."""
        return (found for found in self.pattern.finditer(text) if folded(found[0]) in self.words)


def folded(word: str) -> str:
    """A word without the capitals and the runs of spaces that make no difference."""
    return " ".join(word.casefold().split())
