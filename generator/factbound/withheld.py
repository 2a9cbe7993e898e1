"""Names that must stand nowhere: a list from outside the repository, and every content file held against it.

What it cannot do: it knows the spellings that are listed and no others, so each romanisation and each script of
a name is a line of its own; it reads text, not pictures.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from .library import Library
from .problems import Problem

VARIABLE = "FACTBOUND_WITHHELD"
NOT_CHECKED = (
    f"NAMES WERE NOT CHECKED: {VARIABLE} is not set (give it the path of a file with a name on each line)"
)
_PARTS = re.compile(r"[^\W_]+")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ACCENTS = re.compile(r"[\u0300-\u036f]")


def read_names(environment: Mapping[str, str] = os.environ) -> list[str] | None:
    """The names that are withheld, one a line, `#` begins a comment; None where no list is given.

    Raises ValueError where the list cannot be read or holds no name.
    """
    path = environment.get(VARIABLE, "").strip()
    if not path:
        return None
    try:
        lines = Path(path).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(
            f"{VARIABLE}: the list cannot be read ({type(error).__name__}); check the path"
        ) from None
    names = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not names:
        raise ValueError(f"{VARIABLE}: the list holds no name (write one on each line)")
    return names


def find_names(library: Library, names: list[str]) -> Iterator[Problem]:
    """Places where a withheld name stands, in any case, spacing, width and order. The message does not repeat it."""
    pattern = re.compile("|".join(form for name in names for form in _forms(name)) or r"(?!)")
    for entry in library.all:
        text = "\n".join(map(_folded, entry.document.text.split("\n")))
        for line in sorted({text.count("\n", 0, found.start()) + 1 for found in pattern.finditer(text)}):
            todo = "remove it: the site names nobody who is on the list"
            yield Problem(
                entry.document.path,
                line,
                1,
                "error",
                "name-withheld",
                "a name that is withheld stands here",
                todo,
            )


def _forms(name: str) -> Iterator[str]:
    """Patterns of a name as listed and with its first part last."""
    parts = _PARTS.findall(_folded(name))
    for ordered in dict.fromkeys((tuple(parts), tuple([*parts[1:], *parts[:1]]))):
        joined = r"[\W_]*".join(map(_part, ordered))
        # Latin names end where their letters end; between kanji there is no such place.
        yield joined if _WIDE.search(joined) else rf"(?<![^\W\d_]){joined}(?![^\W\d_])"


def _part(part: str) -> str:
    return r"[\s・]*".join(part) if _WIDE.search(part) else re.escape(part)


def _folded(text: str) -> str:
    """Text without case, width and accents."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", plain))
