"""A scalar as it is written in the file, and its value, in; where each character of the value is written, out.

YAML folds, cuts and indents white space and turns escapes into characters; all other characters keep their
order. So the ones that are not white space are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_DOUBLE = re.compile(r"\\(?:x..|u.{4}|U.{8}|.)|\S", re.DOTALL)
_SINGLE = re.compile(r"''|\S")
_PLAIN = re.compile(r"\S")
_BLANK_ESCAPES = "\n\t ntvfr_NLP"


def as_written(raw: str, value: str) -> Sequence[int]:
    """For each offset in a value, and for its end: where in the scalar, as it is written, that stands."""
    if raw == value:
        return range(len(value) + 1)
    visible = _visible(raw)
    here = next(visible, 0)
    places = []
    for char in value:
        places.append(here)
        if not char.isspace():
            here = next(visible, here)
    return [*places, here]


def _visible(raw: str) -> Iterator[int]:
    """Where each character of the value that is not white space begins."""
    style = raw[:1]
    if style == '"':
        for found in _DOUBLE.finditer(raw, 1):
            if not _is_blank(found[0]):
                yield found.start()
    elif style == "'":
        yield from (found.start() for found in _SINGLE.finditer(raw, 1))
    else:
        text_begins = raw.find("\n") + 1 if style in ("|", ">") else 0
        yield from (found.start() for found in _PLAIN.finditer(raw, text_begins))


def _is_blank(piece: str) -> bool:
    if piece[0] != "\\":
        return False
    return chr(int(piece[2:], 16)).isspace() if piece[1] in "xuU" else piece[1] in _BLANK_ESCAPES
