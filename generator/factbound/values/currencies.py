"""A code for a currency in; whether ISO 4217 has it and, if not, which is likely to be meant, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from ..problems import closest

_OFFERED = 3
"""Where more currencies have a name, as dollars do, none is offered: the first would be as wrong as the last."""


def is_currency(code: str) -> bool:
    """Whether a code is of ISO 4217, or was."""
    return code in _names()


def likely_currency(word: str, used: Iterable[str] = ()) -> str:
    """`did you mean JPY?` for a currency's English name, a code in small letters, or one like those that are used."""
    word = word.strip()
    if is_currency(word.upper()):
        return f"did you mean {word.upper()}?"
    one = word.lower().removesuffix("s")
    same = [code for code, name in _names().items() if name.lower() in (word.lower(), one)]
    codes = same or _named(one) or [near for near in (closest(word.upper(), used),) if near]
    return f"did you mean {' or '.join(sorted(codes))}?" if 0 < len(codes) <= _OFFERED else ""


def _named(word: str) -> list[str]:
    """Those with a word in their names; the name of one that is no longer used ends with its years."""
    within = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    return [code for code, name in _names().items() if within.search(name) and not re.search("[0-9]", name)]


@cache
def _names() -> Mapping[str, str]:
    # Babel is imported where it is used: most records are read without it.
    from babel import Locale

    names: Mapping[str, str] = Locale("en").currencies
    return names
