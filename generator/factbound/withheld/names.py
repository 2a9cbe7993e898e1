"""A list of names and a text in; the lines on which one of them stands out, however it is written there.

What it cannot do stands in docs/withheld.md: it knows the spellings that are listed and no others.
"""

from __future__ import annotations

import html
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import permutations
from pathlib import Path
from urllib.parse import unquote_to_bytes

VARIABLE = "FACTBOUND_WITHHELD"
NOT_CHECKED = (
    f"NAMES WERE NOT CHECKED: {VARIABLE} is not set (give it the path of a file with a name on each line)"
)


def not_checked(environment: Mapping[str, str] = os.environ) -> str:
    """What is said where no list is given; louder in a CI build, whose log nobody reads to the end."""
    if environment.get("GITHUB_ACTIONS"):
        return f"::warning title=Names were not checked::{NOT_CHECKED}"
    if environment.get("CI"):
        rule = "#" * len(NOT_CHECKED)
        return f"{rule}\n{NOT_CHECKED}\n{rule}"
    return NOT_CHECKED


def read_names(environment: Mapping[str, str] = os.environ) -> Names | None:
    """The names that are withheld, one a line, `#` begins a comment; None where no list is given.

    Raises ValueError where the list cannot be read or holds no name.
    """
    path = environment.get(VARIABLE, "").strip()
    if not path:
        return None
    try:
        lines = Path(path).read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ValueError(f"{VARIABLE}: the list cannot be read; save it as UTF-8") from None
    except OSError as error:
        raise ValueError(
            f"{VARIABLE}: the list cannot be read ({type(error).__name__}); check the path"
        ) from None
    names = Names(line.partition("#")[0] for line in lines)
    if not names:
        raise ValueError(f"{VARIABLE}: the list holds no name (write one on each line)")
    return names


class Names:
    """Names that must stand nowhere."""

    def __init__(self, listed: Iterable[str] = ()) -> None:
        names = map(_Name, listed)
        self._names = [name for name in names if name.parts]

    def __bool__(self) -> bool:
        return bool(self._names)

    def find(self, text: str) -> list[tuple[int, int]]:
        """Where names stand: the lines, from 1, on which each begins and ends."""
        if not self:
            return []
        found: set[tuple[int, int]] = set()
        folded = _folded(_unescaped(text))
        # A reading over each character parts the characters themselves; other asides stand between whole parts.
        may_be_parted = "<rt" in folded
        for reading in dict.fromkeys((folded, _MARKUP.sub(_joined, folded))):
            letters = _letters(reading)
            may_be_parted = may_be_parted or any(name.has_its_parts_in(letters) for name in self._names)
            found.update(self._lines(reading, letters))
        if may_be_parted:
            bare = _MARKUP.sub(_joined, _ASIDE.sub(_joined, folded))
            found.update(self._lines(bare, _letters(bare)))
        return sorted(found)

    def _lines(self, reading: str, letters: bytes) -> Iterator[tuple[int, int]]:
        for name in self._names:
            if name.may_stand_in(letters):
                yield from name.lines(reading)

    def stand_in(self, text: str) -> bool:
        """Whether one of them stands in a text."""
        return bool(self.find(text))

    def shown(self, path: str) -> str:
        """A path that can be told: it ends before the file or folder that is called by a name."""
        steps = path.split("/")
        if not self.stand_in(path):
            return path
        while self.stand_in("/".join(steps)):
            steps.pop()
        return "/".join([*steps, "…"])


# ----- a text as a reader finds it -----

_ESCAPE = re.compile(
    r"\\u[0-9a-fA-F]{4}(?:\\u[0-9a-fA-F]{4})*|\\U[0-9a-fA-F]{8}|\\x[0-9a-fA-F]{2}"
    r"|&#?\w{1,32};|&#(?:[0-9]{2,7}|[xX][0-9a-fA-F]{2,6})|%[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*"
)
_DEEPEST = 3
"""Escapes in escapes, as of HTML in JSON in a page, are read this often."""
_MARKUP = re.compile(
    r"<!--(?s:.*?)-->|</?[a-zA-Z][^<>]*>"  # a comment, a tag
    r"|\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"  # where a link leads
    r"|\[[@^][^\[\]]*\]"  # a citation, a footnote
)
_ASIDE = re.compile(
    r"<r[tp]\b[^<>]*>[^<>]*|\([\s\u3041-\u30ff]{1,40}\)"  # how a word is read, over it or after it
    r"|\"[\w-]{1,40}\"[ \t]*:|^[ \t-]*[\w-]{1,40}:(?=\s)",  # what JSON or YAML calls a part
    re.MULTILINE,
)
"""What stands between the parts of a name and says something about one of them."""
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_UNSEEN = re.compile(
    r"[\u00ad\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef・]"
)
"""Signs that take no room, as soft hyphens, joiners and variants of a sign; and the dot between parts of a name."""
_SIGN = re.compile(r"[^\w\x00-\x7f]")
_NEW_LINE = re.compile(rb"\\[nrt]")
_NO_LETTERS = bytes(sign for sign in range(128) if not chr(sign).isalpha())


def _unescaped(text: str) -> str:
    for _ in range(_DEEPEST if "\\" in text or "&" in text or "%" in text else 0):
        before, text = text, _ESCAPE.sub(_read, text)
        if text == before:
            break
    return text


def _read(found: re.Match[str]) -> str:
    return _meaning(found[0])


@lru_cache(10_000)
def _meaning(raw: str) -> str:
    """The characters that an escape of YAML, JSON, HTML or an address stands for; itself where it stands for none."""
    try:
        if raw[0] == "&":
            meant = html.unescape(raw)
        elif raw[0] == "%":
            meant = unquote_to_bytes(raw).decode("utf-8")
        else:
            # JSON writes what lies beyond four digits in two halves.
            halves = raw.encode("ascii").decode("unicode_escape")
            meant = halves.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeError:
        return raw
    return meant.replace("\n", " ")


def _joined(found: re.Match[str]) -> str:
    return "*" + "\n" * found[0].count("\n")


def _folded(text: str) -> str:
    """Text without case, width and accents, in as many lines; of other signs than letters only ASCII's are left."""
    return text.lower() if text.isascii() else _NOT_ASCII.sub(_plain, text.lower())


def _plain(found: re.Match[str]) -> str:
    return _plain_run(found[0])


@lru_cache(10_000)
def _plain_run(run: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", run).casefold())
    composed = unicodedata.normalize("NFC", _ACCENTS.sub("", folded))
    # An asterisk may stand within a word, a comma between two.
    return _SIGN.sub(",", _UNSEEN.sub("*", composed))


def _letters(reading: str) -> bytes:
    """All letters of a text, without anything between them: where a name's are not, the name is not."""
    text = reading.encode("utf-8", "replace")
    letters = text.translate(None, _NO_LETTERS)
    if b"\\" not in text:
        return letters
    return letters + b" " + _NEW_LINE.sub(b"", text).translate(None, _NO_LETTERS)


# ----- a name -----

_PART = re.compile(r"[^\W_]+")
_WIDE = r"\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
"""Signs of scripts that are written without spaces."""
_IS_WIDE = re.compile(f"[{_WIDE}]")
_LETTER = rf"[^\W\d_{_WIDE}]"
_WITHIN = r"(?:[*_~`\\]|[-\\]\n[\s>#]*)*"
"""What may stand between two letters of a part: signs of markup, and a line that is broken in the middle of a word."""
_WITHIN_WIDE = r"[\W_]*"
_BETWEEN = r"(?:[\W\d_]|(?<=\\)[nrt])*"
"""What may stand between two parts: anything but letters; the mark of a footnote is a digit, that of a new line `\\n`."""
_SPACED = r"[\W_]+"
_MOST_PARTS = 4
"""More orders than those of four parts are not looked for; of longer names each part may come first."""
_FEWEST_SPACED = 5
"""Fewer letters, s u c h, would be found in ordinary text."""


class _Name:
    def __init__(self, listed: str) -> None:
        self.parts = tuple(_PART.findall(_folded(listed)))
        self._orders = _orders(self.parts)
        self._letters = [_letters("".join(order)) for order in self._orders]
        self._parts_letters = [_letters(part) for part in self.parts]
        self._longest = max(self._parts_letters, key=len, default=b"")

    def may_stand_in(self, letters: bytes) -> bool:
        """Whether the letters of a text, with nothing between them, hold those of the name."""
        return self._longest in letters and any(order in letters for order in self._letters)

    def has_its_parts_in(self, letters: bytes) -> bool:
        """Whether all parts stand there, wherever."""
        return self._longest in letters and all(part in letters for part in self._parts_letters)

    def lines(self, reading: str) -> Iterator[tuple[int, int]]:
        for found in self._pattern.finditer(reading):
            first = reading.count("\n", 0, found.start()) + 1
            yield first, first + found[0].count("\n")

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # Made for the few names whose letters stand in a text at all.
        return re.compile("|".join(form for order in self._orders for form in _forms(order)))


def _orders(parts: tuple[str, ...]) -> list[tuple[str, ...]]:
    if len(parts) <= _MOST_PARTS:
        return list(dict.fromkeys(permutations(parts)))
    return [(*parts[turn:], *parts[:turn]) for turn in range(len(parts))]


def _forms(order: tuple[str, ...]) -> Iterator[str]:
    letters = "".join(order)
    first, last = letters[0], letters[-1]
    # Latin names end where their letters end; between kanji there is no such place. What stands before the first
    # letter is looked at after it: a pattern that begins with a letter is found much faster.
    begins = "" if _IS_WIDE.match(first) else rf"(?:(?<!{_LETTER}{first})|(?<=\\[nrt]{first}))"
    ends = "" if _IS_WIDE.match(last) else rf"(?!{_LETTER})"
    yield first + begins + _BETWEEN.join(map(_part, order))[1:] + ends
    if len(letters) >= _FEWEST_SPACED and not _IS_WIDE.search(letters):
        yield first + begins + _SPACED.join(letters)[1:] + ends


def _part(part: str) -> str:
    return (_WITHIN_WIDE if _IS_WIDE.search(part) else _WITHIN).join(part)
