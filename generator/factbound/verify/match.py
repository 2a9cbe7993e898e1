"""A quote and a page's words in; where the quote stands, or the passage that is nearest to it, out.

Both are folded first: spaces, full-width signs, typographic quotes and dashes and capitals make no difference, nor does
what cannot be seen.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

NEAR = 70
"""Of 100: how like a quote a passage must be to count as the quote reworded. One word of six changed is 80."""

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼʹ`´‹›＇", "'"),
        **dict.fromkeys("“”„‟″«»〝〞〟＂", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        **dict.fromkeys("〜～∼", "~"),
        "⋯": "...",
    }
)
_UNSEEN = re.compile("[\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Joiners of letters, and what chooses between forms of a sign."""
_JOINED = frozenset(
    sign
    for first, last in (
        (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF),
        (0x2E80, 0xA4CF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0x20000, 0x31FFF),
    )
    for sign in range(first, last + 1)
)  # fmt: skip
"""Scripts that are written without spaces between words: Thai, Lao, Burmese, Khmer; kana and Chinese characters, with
their punctuation."""


_NUMBER = re.compile(r"\d[.,]\d")
_LONGEST_WORD = 30


@dataclass(frozen=True)
class Folded:
    """A text as it is compared."""

    text: str
    places: list[int]
    """For each character, where in `original` it is from."""
    original: str


def fold(text: str) -> Folded:
    """Leave of a text what is compared."""
    # Composed first: so that the order of marks over a letter is one, and the same for whoever typed them.
    text = unicodedata.normalize("NFC", text)
    signs: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        for one in _folded(sign):
            if one == " " and (not signs or signs[-1] == " " or ord(signs[-1]) in _JOINED):
                continue
            if signs and signs[-1] == " " and ord(one) in _JOINED:
                signs.pop()
                places.pop()
            signs.append(one)
            places.append(at)
    if signs and signs[-1] == " ":
        signs.pop()
        places.pop()
    return Folded("".join(signs), places, text)


@cache
def _folded(sign: str) -> str:
    if sign.isspace() or unicodedata.category(sign) in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    if unicodedata.category(sign) in ("Cf", "Co", "Cs") or _UNSEEN.fullmatch(sign):
        return ""
    spread = unicodedata.normalize("NFKD", sign.translate(_SIGNS)).casefold()
    return unicodedata.normalize("NFKD", spread).translate(_SIGNS)


def places_of(page: Folded, quote: str, prefix: str = "", suffix: str = "") -> list[int]:
    """Where a quote stands, as whole words, between the words that must adjoin it."""
    words, before, after = (fold(text).text for text in (quote, prefix, suffix))
    found, at = [], page.text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if _follows(page.text, at, before) and _precedes(page.text, end, after):
            found.append(at)
        at = page.text.find(words, at + 1)
    return found


def nearest(page: Folded, quote: str) -> str:
    """The passage that is most like a quote, as the page has it; empty where none is."""
    words = fold(quote).text
    if len(page.text) < len(words):
        return " ".join(page.original.split()) if fuzz.ratio(words, page.text) >= NEAR else ""
    found = fuzz.partial_ratio_alignment(words, page.text, score_cutoff=NEAR)
    if not words or found is None:
        return ""
    # A little more on both sides: words may have been put in.
    more = len(words) // 4
    start = _start_of_word(page.text, max(0, found.dest_start - more))
    end = _end_of_word(page.text, min(len(page.text), found.dest_end + more))
    passage = page.original[page.places[start] : page.places[end - 1] + 1]
    return " ".join(passage.split())


def _start_of_word(text: str, at: int) -> int:
    return next((place for place in range(at, max(-1, at - _LONGEST_WORD), -1) if _parts(text, place)), at)


def _end_of_word(text: str, at: int) -> int:
    return next(
        (place for place in range(at, min(len(text) + 1, at + _LONGEST_WORD)) if _parts(text, place)), at
    )


def _follows(text: str, at: int, words: str) -> bool:
    """Whether a place in a text comes right after some words, or after the end of any where none are given."""
    end = at - 1 if words and text[at - 1 : at] == " " else at
    start = end - len(words)
    return _parts(text, at) and start >= 0 and text.startswith(words, start) and _parts(text, start)


def _precedes(text: str, at: int, words: str) -> bool:
    """Whether a place in a text comes right before some words."""
    start = at + 1 if words and text[at : at + 1] == " " else at
    return _parts(text, at) and text.startswith(words, start) and _parts(text, start + len(words))


def _parts(text: str, at: int) -> bool:
    """Whether a place in a text lies between two words and not within one: `1,262` is one word."""
    before, after = text[max(0, at - 2) : at], text[at : at + 2]
    if not before or not after:
        return True
    if unicodedata.combining(after[0]):
        return False
    if ord(before[-1]) in _JOINED or ord(after[0]) in _JOINED:
        return True
    if _is_of_word(before[-1]) and _is_of_word(after[0]):
        return False
    return not _NUMBER.fullmatch(before[-1] + after) and not _NUMBER.fullmatch(before + after[0])


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or unicodedata.combining(sign) > 0
