"""A value that a field does not take in; what the editor is likely to mean by it, as they would write it, out.

Each function returns an empty string where several things could be meant.
"""

from __future__ import annotations

import re
import unicodedata
from typing import get_args

from ..values import Date, Qualifier, likely_date

_SEPARATED = re.compile(r"[-+]?[0-9]{1,3}(?:([,'_ \u00a0\u202f])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]+)?")
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_SIGNS = " %$€£¥~≈+\u00a0\u202f"
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})")
_WITH_MONTH = (
    re.compile(r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\.? )?(?P<month>[A-Za-z]{3,9})\.?,? (?P<year>[0-9]{4})"),
    re.compile(r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<year>[0-9]{4})"),
)  # fmt: skip

_SPEAKING = ("source", "role", "says", "value", "question", "label", "url")
"""Keys for which a text that stands alone is likely to be meant."""


def number(text: str) -> str:
    """A number in plain digits: of `14,678`, `１２`, `12%` or `¥500`."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _SEPARATED.fullmatch(plain):
        plain = re.sub(r"[,'_ ]", "", plain)
    plain = plain.strip(_SIGNS)
    return plain.lstrip("0") or "0" if _NUMBER.fullmatch(plain) and not plain.startswith("0.") else ""


def quantity(key: str, text: str) -> str:
    """A number under its key, with what else its text says: `about 50`, `10-20`."""
    if plain := number(text):
        return f"{key}: {plain}"
    first, _, rest = text.strip().partition(" ")
    if first.lower() in get_args(Qualifier) and (plain := number(rest)):
        return f"{key}: {plain}, qualifier: {first.lower()}"
    ends = [number(end) for end in re.split(r"\s*(?:-|–|\bto\b)\s*", text.strip())]
    if len(ends) == 2 and all(ends):
        return f"{key}: {{from: {ends[0]}, to: {ends[1]}}}"
    return ""


def value(given: object) -> str:
    """A whole mapping for a figure or a day that stands alone: `{number: 5, unit: …}`."""
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        return ""
    text = str(given)
    plain = number(text)
    if not plain:
        day = date(given) or _edtf(text)
        return f"{{date: {day}}}" if day else ""
    return f"{{percent: {plain}}}" if text.rstrip().endswith(("%", "％")) else f"{{number: {plain}, unit: …}}"


def _edtf(text: str) -> str:
    try:
        return Date.parse(text).text
    except ValueError:
        return ""


def date(given: object) -> str:
    """A day or month in EDTF: of `2025/4/14`, `14 April 2025`, `April 2025`, `14/04/2025`."""
    text = str(given).strip() if isinstance(given, str | int) else ""
    if found := re.fullmatch(r"([12][0-9]{3})([01][0-9])([0-3][0-9])", text):
        return likely_date("-".join(found.groups()))
    if found := _DAY_FIRST.fullmatch(text):
        one, _sign, other, year = found.groups()
        either = {likely_date(f"{year}-{month}-{day}") for day, month in ((one, other), (other, one))} - {""}
        return either.pop() if len(either) == 1 else ""
    for pattern in _WITH_MONTH:
        if (found := pattern.fullmatch(text)) and (month := _month(found["month"])):
            year, day = found["year"], found["day"]
            return likely_date(f"{year}-{month}-{day}") if day else f"{year}-{month:02}"
    return likely_date(text)


def two_dates(given: object) -> tuple[str, str] | None:
    """Both days that `5/3/2025` can mean."""
    found = _DAY_FIRST.fullmatch(given.strip()) if isinstance(given, str) else None
    if not found or date(given):
        return None
    one, _sign, other, year = found.groups()
    days = likely_date(f"{year}-{other}-{one}"), likely_date(f"{year}-{one}-{other}")
    return days if all(days) else None


def _month(name: str) -> int:
    """The number of an English month, short or long; 0 for another word."""
    word = name.lower()
    return next((number for number, long in enumerate(_MONTHS, 1) if word in (long, long[:3], long[:4])), 0)


def mapping(given: object, required: list[str]) -> str:
    """A mapping around what stands alone: `{source: example-gazette}`."""
    if not isinstance(given, str) or not 0 < len(given) <= 60 or re.search(r"[:#\[\]{},\n\"']", given):
        return ""
    first = next((key for key in _SPEAKING if key in required), None)
    others = "".join(f", {key}: …" for key in required if key != first)
    return f"{{{first}: {given}{others}}}" if first else ""
