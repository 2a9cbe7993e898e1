"""Values in; the words of a language out, by its locale (Unicode CLDR, by way of Babel)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from .dates import SEASONS, Date
from .quantities import Count, Duration, Money, Percent, Quantity, Range, Rank, Rate, Ratio, Value, When


@dataclass(frozen=True)
class Setting:
    """How one language sets values: its locale, and names that a site gives to units and currencies."""

    locale: str
    """BCP 47, such as en-GB."""
    words: Mapping[str, str]
    """The fixed words of that language: `qualifier.about`, `date.after`, ..."""
    names: Mapping[str, Mapping[str, str]]
    """`visits` or `JPY` -> plural category (`one`, `other`) -> name."""

    def language(self, lang: str) -> str:
        """What a language is called, by Unicode CLDR; its tag where that has no name for it."""
        return _babel_language(lang, self.locale)

    def value(self, value: Value) -> str:
        """A value as plain text, qualifier and unit included."""
        if isinstance(value, When):
            return self.date(value.date)
        if isinstance(value, Rank):
            return self._ordinal(value.rank)
        if isinstance(value, Rate):
            one = self._with_unit(_money(Decimal(1), value.from_), Decimal(1))
            other = self._with_unit(_money(value.rate, value.to), value.rate)
            return self.words["rate"].format(one=one, other=other, date=self.date(value.day))
        return self._qualified(value)

    def date(self, date: Date | Literal["unknown"]) -> str:
        """A date as plain text; `unknown` as the language's word for it."""
        if isinstance(date, str):
            return self.words["date.unknown"]
        if date.interval:
            start, end = date.interval
            if start and end:
                return self.words["date.period"].format(start=self.date(start), end=self.date(end))
            return (
                self.words["date.since"].format(start=self.date(start))
                if start
                else self.words["date.until"].format(end=self.date(end or "unknown"))
            )
        if date.bounds:
            after, before = date.bounds
            if after and before:
                return self.words["date.between"].format(start=self.date(after), end=self.date(before))
            return (
                self.words["date.after"].format(start=self.date(after))
                if after
                else self.words["date.before"].format(end=self.date(before or "unknown"))
            )
        plain = self._day(date)
        return self.words["date.about"].format(date=plain) if date.approximate else plain

    def _day(self, date: Date) -> str:
        bare = date.text.rstrip("~?%")
        if len(bare) == 7 and int(bare[5:]) in SEASONS:
            return self.words[f"date.{SEASONS[int(bare[5:])]}"].format(year=int(bare[:4]))
        return _babel_date(date.earliest, {4: "y", 7: "yMMMM", 10: "yMMMMd"}[len(bare)], self.locale)

    def _qualified(self, value: Quantity) -> str:
        figure, qualifier = value.figure, value.qualifier
        if isinstance(figure, Range):
            low, high = self._with_unit(value, figure.from_, bare=True), self._with_unit(value, figure.to)
            plain = self.words["range"].format(low=low, high=high)
        elif qualifier == "several":
            return self._with_unit(value, figure, figure_text=self.words[f"several.{int(figure)}"])
        else:
            plain = self._with_unit(value, figure)
        return self.words[f"qualifier.{qualifier}"].format(value=plain) if qualifier else plain

    def _with_unit(
        self, value: Quantity, figure: Decimal, *, bare: bool = False, figure_text: str = ""
    ) -> str:
        number = figure_text or _babel_number(figure, self.locale)
        if bare:
            return number
        if isinstance(value, Percent):
            return self.words["percent"].format(number=number)
        if isinstance(value, Ratio):
            return self.words["times"].format(number=number)
        if isinstance(value, Duration):
            return self.words[f"duration.{value.unit}.{_plural(figure, self.locale)}"].format(number=number)
        if isinstance(value, Money):
            name = self._name(value.currency, figure) or _babel_currency(value.currency, figure, self.locale)
        else:
            name = self._name(value.unit, figure) if isinstance(value, Count) and value.unit else ""
        return self.words["number.unit"].format(number=number, unit=name) if name else number

    def _name(self, key: str, figure: Decimal) -> str:
        forms = self.names.get(key)
        return "" if forms is None else forms.get(_plural(figure, self.locale)) or forms["other"]

    def _ordinal(self, rank: int) -> str:
        return self.words.get(f"rank.{rank}") or self.words["rank.other"].format(number=rank)


def _money(amount: Decimal, currency: str) -> Money:
    return Money.model_construct(amount=amount, currency=currency)


# Babel is imported where it is used: `check` never sets a value and should not wait for it.


@lru_cache(maxsize=4096)
def _babel_date(day: datetime.date, skeleton: str, locale: str) -> str:
    from babel.dates import format_date, format_skeleton

    if skeleton == "y":
        return str(day.year) if not locale.startswith("ja") else f"{day.year}年"
    if skeleton == "yMMMMd":
        return format_date(day, format="long", locale=locale.replace("-", "_"))
    return str(format_skeleton(skeleton, day, locale=locale.replace("-", "_")))


@lru_cache(maxsize=4096)
def _babel_number(number: Decimal, locale: str) -> str:
    from babel import Locale
    from babel.numbers import format_compact_decimal, format_decimal

    name = locale.replace("-", "_")
    kinds = Locale.parse(name).compact_decimal_formats
    digits = len(number.normalize().as_tuple().digits)
    compact = abs(number) >= (10_000 if locale.startswith("ja") else 1_000_000)
    if compact and digits <= 5:
        # Japanese, Chinese and Korean have one kind only: their short words are the usual ones.
        kind: Literal["long", "short"] = "long" if "long" in kinds else "short"
        words = format_compact_decimal(number, format_type=kind, locale=name, fraction_digits=4)
        # Unicode sets no groups before a short word: 1843万, where Japanese readers expect 1,843万.
        return re.sub("^-?[0-9]{4,}", lambda found: format_decimal(int(found[0]), locale=name), words)
    return str(format_decimal(number, locale=name, decimal_quantization=False))


@lru_cache(maxsize=256)
def _babel_currency(code: str, count: Decimal, locale: str) -> str:
    from babel.numbers import get_currency_name

    return str(get_currency_name(code, count=count, locale=locale.replace("-", "_")))


@lru_cache(maxsize=1024)
def _plural(number: Decimal, locale: str) -> str:
    from babel import Locale

    return str(Locale.parse(locale, sep="-").plural_form(number))


@lru_cache(maxsize=256)
def _babel_language(lang: str, locale: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(lang, sep="-").get_display_name(locale.replace("-", "_")) or lang
    except (UnknownLocaleError, ValueError):
        return lang
