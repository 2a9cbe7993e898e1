"""EDTF dates (ISO 8601-2): the days that a date may mean, compared as ranges."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from .reading import plain_type

_MIN, _MAX = datetime.date.min, datetime.date.max
_TEXT = "[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?[~?%]?"
_SINGLE = {
    "anyOf": [
        {"type": "string", "pattern": f"^{_TEXT}$"},
        {"type": "integer", "minimum": 1000, "maximum": 9999},
    ]
}
_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%])?")
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
HOW_TO_DATE = "write 2025, 2025-04, 2025-04-14, 2025-04~ for about, 2023-12/2024-11 for a period, 2024-10/.. for an open one"

_OTHERWISE = re.compile(
    r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月(?:([0-9]{1,2})日)?)"
)


def likely_date(text: str) -> str:
    """The day or month, in EDTF, that numbers with the year first plainly mean: 2025/4/14, 2025.4.14, 2025年4月14日.

    Empty where a text is none, or means no day that there is.
    """
    found = _OTHERWISE.fullmatch(text.strip())
    if not found:
        return ""
    year, _sign, *rest = found.groups()
    date = "-".join([year, *(one.zfill(2) for one in rest if one)])
    try:
        return Date.parse(date).text
    except ValueError:
        return ""


@dataclass(frozen=True)
class Date:
    """An EDTF date (ISO 8601-2, levels 0 and 1): the days it may mean, and how it was written."""

    text: str
    earliest: datetime.date
    latest: datetime.date
    approximate: bool = False
    interval: tuple[Date | None, Date | None] | None = None
    """Both ends of a period; None for an end that is open."""
    bounds: tuple[Date | None, Date | None] | None = None
    """The days after and before which something happened, where the day itself is not known."""

    @classmethod
    def parse(cls, value: object) -> Date:
        """Read EDTF text (a bare year may be a number), or a mapping with `after` and/or `before`.

        Raises ValueError with what to write instead.
        """
        if isinstance(value, dict):
            return cls._bounded(value)
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        if not isinstance(text, str):
            raise ValueError(HOW_TO_DATE)
        if "/" not in text:
            return _point(text)
        ends = text.split("/")
        if len(ends) != 2 or (ends[0] in ("", "..") and ends[1] in ("", "..")):
            raise ValueError(HOW_TO_DATE)
        start, end = (None if one in ("", "..") else _point(one) for one in ends)
        if start and end and start.earliest > end.latest:
            raise ValueError("a period cannot end before it begins: exchange the two dates")
        return cls(
            text, start.earliest if start else _MIN, end.latest if end else _MAX, interval=(start, end)
        )

    @classmethod
    def _bounded(cls, value: Mapping[str, object]) -> Date:
        if not value or not set(value) <= {"after", "before"}:
            raise ValueError("write {after: 2025-04-15, before: 2025-09-29}, or one of the two")
        after, before = (_point(str(value[key])) if key in value else None for key in ("after", "before"))
        if after and before and after.earliest > before.latest:
            raise ValueError("'after' lies later than 'before': exchange the two dates")
        text = "/".join((after.text if after else "..", before.text if before else ".."))
        return cls(
            text, after.earliest if after else _MIN, before.latest if before else _MAX, bounds=(after, before)
        )

    def surely_before(self, other: Date) -> bool:
        """Whether no day that this may mean reaches a day that the other may mean."""
        return self.latest < other.earliest

    def __str__(self) -> str:
        return self.text


def _point(text: str) -> Date:
    found = _POINT.fullmatch(text)
    if not found:
        raise ValueError(HOW_TO_DATE)
    year, month, day = (int(part) if part else None for part in found.group(1, 2, 3))
    assert year is not None
    try:
        if month in SEASONS and day is None:
            first, last = _season(year, month)
        elif day is not None:
            first = last = datetime.date(year, month or 0, day)
        else:
            first = datetime.date(year, 1 if month is None else month, 1)
            last = _last_day(year, 12 if month is None else month)
    except ValueError:
        raise ValueError(f"there is no such day ({_why(year, month)}): {HOW_TO_DATE}") from None
    return Date(text, first, last, approximate=bool(found[4]))


def _season(year: int, season: int) -> tuple[datetime.date, datetime.date]:
    # EDTF leaves a season's months to the reader; three months from March are what the north means.
    begins = 3 * (season - 20)
    ends = begins + 2
    return datetime.date(year, begins, 1), _last_day(year + (ends > 12), (ends - 1) % 12 + 1)


def _last_day(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _why(year: int, month: int | None) -> str:
    # Python's own words differ from version to version.
    if month is not None and not 1 <= month <= 12 and month not in SEASONS:
        return "month must be in 1..12"
    if year == 0 or (year == 9999 and month in SEASONS):
        return "year must be in 1..9999"
    return "day is out of range for month"


def _date_or_unknown(value: object) -> Date | Literal["unknown"]:
    try:
        return "unknown" if value == "unknown" else Date.parse(value)
    except ValueError as error:
        raise ValueError(f"{error}{', or unknown' if HOW_TO_DATE in str(error) else ''}") from None


_EXAMPLES = [2025, "2025-04", "2025-04-14", "2025-04~", "2023-12/2024-11", "2024-10/.."]
_SCHEMA = {
    "anyOf": [
        {"type": "string", "pattern": f"^(?:{_TEXT}|{_TEXT}/(?:{_TEXT}|\\.\\.)?|(?:\\.\\.)?/{_TEXT})$"},
        {"type": "integer", "minimum": 1000, "maximum": 9999},
        {
            "type": "object",
            "properties": {
                "after": {**_SINGLE, "description": "A day or month after which it happened."},
                "before": {**_SINGLE, "description": "A day or month before which it happened."},
            },
            "additionalProperties": False,
            "minProperties": 1,
        },
    ]
}
EdtfDate = Annotated[Date, plain_type(Date.parse, {**_SCHEMA, "examples": _EXAMPLES})]
KnownOrNot = Annotated[
    Date | Literal["unknown"],
    plain_type(
        _date_or_unknown,
        {"anyOf": [*_SCHEMA["anyOf"], {"const": "unknown"}], "examples": [*_EXAMPLES, "unknown"]},
    ),
]
"""A date, or the word `unknown` where the day was not written down."""
