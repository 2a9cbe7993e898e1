"""A language's words in; the amounts, shares, numbers and days that are typed in them out: `Setting`, backwards."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from .dates import Date
from .quantities import Count, Duration, Money, Percent, Quantity, Range, Ratio, Value, When, same_kind
from .setting import Setting


class Typed(NamedTuple):
    """A value that stands in a text as words."""

    start: int
    """Where it begins, a qualifier such as "about" included; in characters from 0."""
    figure: int
    """Where the figure itself begins."""
    end: int
    value: Value


# One sign for one, so that places stay.
_NARROW = str.maketrans("０１２３４５６７８９％，．￥＄", "0123456789%,.¥$")
_SIGNS = "$£¥\u20a0-\u20cf"
_BEFORE = rf"(?<![0-9a-z_#/:§№第.,{_SIGNS}-])"
"""What stands before a figure that is one: of a law's number, an address or a word it is a part."""
_AFTER = r"(?![a-z_]|[.,:/'’-]?\d|-[a-z])"
_TAKEN = "\N{REPLACEMENT CHARACTER}"
_REACH = 60
"""Characters before a figure among which its qualifier is looked for."""
_JOINS = frozenset("–—-~〜～/")
"""Signs that make one statement of two figures; the words that do stand among a language's strings."""
_DATE_PARTS = re.compile(r"'([^']*)'|(d+|M+|L+|y+|[A-Za-z]+)|(\s+)|(.)")
_FIELDS = {
    "d": "(?P<day>[0-9]{1,2})",
    "M": "(?P<month>[0-9]{1,2})",
    "MMM": r"(?P<month>[^\s\d,/()]{1,30})",
    "y": "(?P<year>[0-9]{4})",
}
_ISO = re.compile(r"(?<![\w/-])(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![\w/-])")
_UNITS = ("years", "months", "weeks", "days", "hours", "minutes")


class Reader:
    """Finds what one language has typed: whatever a Setting of it writes, and other usual ways to write the same.

    It reads counts, money, shares, lengths of time and multiples, with their qualifiers and ranges, and single days.
    """

    def __init__(self, setting: Setting, currencies: Iterable[str] = ()) -> None:
        """`currencies` are the ISO 4217 codes that the site counts in; others are not known."""
        from babel import Locale

        self.words = setting.words
        self.names = setting.names
        self.locale = Locale.parse(setting.locale, sep="-")
        self.currencies = sorted({*currencies, *(key for key in setting.names if key.isupper())})

    def find(self, text: str) -> list[Typed]:
        """Every value of a text that can be told, left to right; none of several that are one statement together."""
        text = _lower(text.translate(_NARROW))
        found: list[Typed] = []
        rest = text
        for read in (*map(self._days, self._date_patterns), self._amounts):
            more = list(read(rest))
            rest = _without(rest, more)
            found += [self._qualified(one, text) for one in more]
        return self._joined(sorted(found), text)

    # ----- days -----

    def _days(self, pattern: re.Pattern[str]) -> Callable[[str], Iterator[Typed]]:
        """A function that finds the days that are written in one way."""

        def read(text: str) -> Iterator[Typed]:
            for found in pattern.finditer(text):
                month = found["month"]
                number = int(month) if month.isdigit() else self._months.get(_folded(month).rstrip("."), 0)
                with contextlib.suppress(ValueError):  # there is no such day
                    day = datetime.date(int(found["year"]), number, int(found["day"]))
                    value = When.model_construct(date=Date.parse(day.isoformat()))
                    yield Typed(found.start(), found.start(), found.end(), value)

        return read

    @cached_property
    def _months(self) -> dict[str, int]:
        return {
            _folded(name).rstrip("."): number
            for context in ("format", "stand-alone")
            for width in ("wide", "abbreviated")
            for number, name in self.locale.months[context][width].items()
        }

    @cached_property
    def _date_patterns(self) -> list[re.Pattern[str]]:
        """Unicode's ways of writing a day in this language, here and elsewhere, and ISO 8601."""
        from babel import Locale

        locales = dict.fromkeys((self.locale, Locale(self.locale.language)))
        formats = [locale.date_formats[name].pattern for locale in locales for name in ("long", "medium")]
        return [*filter(None, map(_date_pattern, dict.fromkeys(formats))), _ISO]

    # ----- amounts -----

    def _amounts(self, text: str) -> Iterator[Typed]:
        for found in self._amount.finditer(text):
            figure = self._figure(found["number"])
            kind, fields = (
                self._prefixes[_folded(found["prefix"])]
                if found["prefix"]
                else self._suffixes[_folded(found["suffix"])]
                if found["suffix"]
                else (Count, {"unit": None})
            )
            number = -figure if found["minus"] else figure
            value = kind.model_construct(**{kind.holds: number, "qualifier": None, **fields})
            yield Typed(found.start(), found.start(), found.end(), value)

    def _figure(self, words: str) -> Decimal:
        """`18.43 million`, `1億2000万`: the sum of its numbers, each times its magnitude."""
        return sum(
            (
                Decimal(re.sub(self._group, "", number).replace(self._decimal, "."))
                * self._magnitudes.get(_folded(word), 1)
                for number, word in self._counted.findall(words)
            ),
            Decimal(),
        )

    @cached_property
    def _decimal(self) -> str:
        from babel.numbers import get_decimal_symbol

        return get_decimal_symbol(self.locale)

    @cached_property
    def _group(self) -> str:
        """A pattern for what sets groups of digits apart."""
        from babel.numbers import get_group_symbol

        sign = get_group_symbol(self.locale)
        return "[ \u00a0\u202f]" if sign.isspace() else "['’]" if sign == "’" else re.escape(sign)

    @cached_property
    def _magnitudes(self) -> dict[str, int]:
        """`million` -> 1,000,000, by the same forms of Unicode in which a Setting sets round numbers, and the short ones."""
        forms = self.locale.compact_decimal_formats
        found: dict[str, int] = {}
        for table in (*forms.get("long", {}).values(), *forms["short"].values()):
            for power, pattern in table.items():
                written = pattern.pattern.replace("'", "")
                word = written.strip("0").strip()
                if word and written.startswith("0"):
                    found.setdefault(_folded(word), int(power) // 10 ** (written.count("0") - 1))
        return found

    @cached_property
    def _counted(self) -> re.Pattern[str]:
        """One number with its magnitude."""
        return re.compile(rf"({self._number})(?:\s?({_either(self._magnitudes)}))?")

    @cached_property
    def _number(self) -> str:
        grouped = rf"[0-9]{{1,3}}(?:{self._group}[0-9]{{2,3}}){{0,9}}{self._group}[0-9]{{3}}"
        return rf"(?:{grouped}|[0-9]{{1,30}})(?:{re.escape(self._decimal)}[0-9]{{1,30}})?"

    @cached_property
    def _amount(self) -> re.Pattern[str]:
        number, magnitude = self._number, f"(?:{_either(self._magnitudes)})"
        return re.compile(
            rf"{_BEFORE}(?:(?P<prefix>{_either(self._prefixes)})\s?|(?P<minus>(?<!\S)[-−])?)"
            rf"(?P<number>{number}(?:\s?{magnitude}(?:{number}{magnitude})*(?:{number})?)?)"
            rf"(?(prefix)|(?:\s?(?P<suffix>{_either(self._suffixes)}))?){_AFTER}",
        )

    @cached_property
    def _prefixes(self) -> dict[str, tuple[type[Any], dict[str, Any]]]:
        from babel.numbers import get_currency_symbol

        found: dict[str, tuple[type[Any], dict[str, Any]]] = {}
        shared: dict[str, int] = {}
        for code in self.currencies:
            symbol = get_currency_symbol(code, self.locale).translate(_NARROW)
            # "US$" where others are called dollar too; "$" alone is the one that this site counts in.
            short = symbol.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or symbol
            shared[short] = shared.get(short, 0) + (short != symbol)
            for sign in (code, symbol, short):
                found.setdefault(_folded(sign), (Money, {"currency": code}))
        for sign, times in shared.items():
            if times > 1:
                found.pop(sign, None)
        return found

    @cached_property
    def _suffixes(self) -> dict[str, tuple[type[Any], dict[str, Any]]]:
        from babel.numbers import get_currency_name

        found: dict[str, tuple[type[Any], dict[str, Any]]] = {}

        def add(word: str, kind: type[Quantity], **fields: Any) -> None:
            if word.strip():
                found.setdefault(_folded(word.strip().translate(_NARROW)), (kind, fields))

        for key, forms in self.names.items():
            for name in forms.values():
                if key.isupper():
                    add(name, Money, currency=key)
                else:
                    add(name, Count, unit=key)
        for code in self.currencies:
            add(code, Money, currency=code)
            for count in (1, 2):
                add(get_currency_name(code, count=count, locale=self.locale), Money, currency=code)
        for word in (_after_number(self.words.get("percent", "")), *self._listed("percent")):
            add(word, Percent)
        add(_after_number(self.words.get("times", "")), Ratio)
        for unit in _UNITS:
            for key, pattern in self.words.items():
                if key.startswith(f"duration.{unit}."):
                    add(_after_number(pattern), Duration, unit=unit)
        return found

    def _listed(self, key: str) -> list[str]:
        return [word.strip() for word in self.words.get(f"typed.{key}", "").split(",") if word.strip()]

    # ----- qualifiers and ranges -----

    def _qualified(self, one: Typed, text: str) -> Typed:
        (before, after), of = self._qualifier_patterns, self._qualifiers
        if found := before.search(text, max(0, one.start - _REACH), one.start):
            return Typed(found.start(), one.start, one.end, _with(one.value, of[_folded(found[1]), ""]))
        if found := after.match(text, one.end):
            return Typed(one.start, one.start, found.end(), _with(one.value, of["", _folded(found[1])]))
        return one

    @cached_property
    def _qualifiers(self) -> dict[tuple[str, str], str]:
        """The words before a value, or those after it, that say how exact it is."""
        found = {}
        for key, pattern in self.words.items():
            kind, _, qualifier = key.partition(".")
            if kind == "qualifier" and qualifier != "several":
                ways = [pattern, *self._listed(qualifier)]
                if qualifier == "about":
                    ways.append(self.words.get("date.about", pattern).replace("{date}", "{value}"))
                for way in ways:
                    before, _, after = way.partition("{value}")
                    found[_folded(before), _folded(after)] = qualifier
        return found

    @cached_property
    def _qualifier_patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        before = _either(words for words, other in self._qualifiers if words and not other)
        after = _either(words for other, words in self._qualifiers if words and not other)
        return re.compile(rf"(?<![a-z])({before})\s?\Z"), re.compile(rf"\s?({after})")

    def _joined(self, found: list[Typed], text: str) -> list[Typed]:
        """Two figures with the language's word for a range between them as one; none of others that are one together."""
        kept: list[Typed] = []
        alone = True
        for one in found:
            if not kept or not self._belong(kept[-1], one, text):
                kept = kept if alone else kept[:-1]
                kept.append(one)
                alone = True
            elif (
                alone
                and (both := _range(kept[-1], one))
                and _between(kept[-1], one, text) == self._range_word
            ):
                kept[-1] = both
            else:
                kept[-1], alone = one, False
        return kept if alone else kept[:-1]

    def _belong(self, one: Typed, other: Typed, text: str) -> bool:
        if not (isinstance(one.value, Count) or same_kind(one.value, other.value)):
            return False
        between = _between(one, other, text)
        opening, closing = self._between_words
        return between in self._joins or (
            between == closing
            and text[max(0, one.start - _REACH) : one.start].rstrip().lower().endswith(opening)
        )

    @cached_property
    def _range_word(self) -> str:
        return re.sub(r".*\{low\}|\{high\}.*", "", self.words.get("range", "")).strip().lower()

    @cached_property
    def _between_words(self) -> tuple[str, str]:
        opening, _, rest = self.words.get("date.between", "").partition("{start}")
        return opening.strip().lower(), rest.partition("{end}")[0].strip().lower()

    @cached_property
    def _joins(self) -> frozenset[str]:
        return _JOINS | {self._range_word, *self._listed("joins")} - {""}


def _between(one: Typed, other: Typed, text: str) -> str:
    return text[one.end : other.start].strip().lower()


def _date_pattern(written: str) -> re.Pattern[str] | None:
    """Unicode's `d MMMM y` as a pattern; None for one with an era or a weekday."""
    pattern = ""
    for quoted, field, space, sign in _DATE_PARTS.findall(written):
        named = "MMM" if field[:3] in ("MMM", "LLL") else field[:1].replace("L", "M")
        if named and named not in _FIELDS:
            return None
        pattern += (
            _FIELDS[named]
            if named
            else r"\s+"
            if space
            else re.escape((quoted or sign).lower()) + "?" * (sign == ",")
        )
    return re.compile(rf"(?<![0-9a-z]){pattern}(?![0-9a-z])")


def _without(text: str, found: list[Typed]) -> str:
    """A text in which what was found cannot be read as something else; places stay."""
    pieces, end = [], 0
    for one in found:
        pieces += [text[end : one.start], _TAKEN * (one.end - one.start)]
        end = one.end
    return "".join([*pieces, text[end:]])


def _with(value: Value, qualifier: str) -> Value:
    if not isinstance(value, When):
        return value.model_copy(update={"qualifier": qualifier})
    return When.model_construct(date=Date.parse(f"{value.date}~")) if qualifier == "about" else value


def _range(low: Typed, high: Typed) -> Typed | None:
    """The range of a bare number and a number with what both count; a qualifier stands before both or after both."""
    one, other = low.value, high.value
    if not isinstance(one, Count) or one.unit or not isinstance(other, Quantity) or high.start < high.figure:
        return None
    if (
        not isinstance(one.number, Decimal)
        or not isinstance(other.figure, Decimal)
        or one.number > other.figure
    ):
        return None
    both = Range.model_construct(from_=one.number, to=other.figure)
    value: Any = other.model_copy(update={other.holds: both, "qualifier": one.qualifier or other.qualifier})
    return Typed(low.start, low.figure, high.end, value)


def _words(text: str) -> str:
    return r"\s+".join(map(re.escape, text.split()))


def _either(words: Iterable[str]) -> str:
    """A pattern for any of these, the longest first, none of which ends within a word."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return (
        "|".join(_words(word) + (r"(?![a-z])" if word[-1:].isalpha() else "") for word in longest_first)
        or "(?!)"
    )


def _after_number(pattern: str) -> str:
    return pattern.partition("{number}")[2]


def _folded(word: str) -> str:
    return " ".join(_lower(word).split())


def _lower(text: str) -> str:
    """Small letters, sign for sign."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(one.lower()[:1] for one in text)
