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
_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%])?")
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
HOW_TO_DATE = "write 2025, 2025-04, 2025-04-14, 2025-04~ for about, 2023-12/2024-11 for a period, 2024-10/.. for an open one"


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
    approximate = bool(found[4])
    try:
        if month in SEASONS and day is None:
            # EDTF leaves a season's months to the reader; three months from March are what the north means.
            first = datetime.date(year, 3 * (month - 20), 1)
            last_month = first.month + 2
            ends_in = year + (last_month > 12)
            last_month = (last_month - 1) % 12 + 1
            return Date(
                text,
                first,
                datetime.date(ends_in, last_month, calendar.monthrange(ends_in, last_month)[1]),
                approximate,
            )
        first = datetime.date(year, month or 1, day or 1)
    except ValueError:
        raise ValueError(f"the calendar has no {text}: {HOW_TO_DATE}") from None
    last_month = month or 12
    last = first if day else datetime.date(year, last_month, calendar.monthrange(year, last_month)[1])
    return Date(text, first, last, approximate)


def _date_or_unknown(value: object) -> Date | Literal["unknown"]:
    return "unknown" if value == "unknown" else Date.parse(value)


_EDTF_SCHEMA = {
    "anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "object"}],
    "description": f"EDTF: {HOW_TO_DATE}",
}
EdtfDate = Annotated[Date, plain_type(Date.parse, _EDTF_SCHEMA)]
KnownOrNot = Annotated[Date | Literal["unknown"], plain_type(_date_or_unknown, _EDTF_SCHEMA)]
"""A date, or the word `unknown` where the day was not written down."""
