"""Numbers typed in prose: what a language's words are read as, and what is said of one that a record holds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from factbound.values import (
    AnyValue,
    Count,
    Duration,
    Money,
    Percent,
    Quantity,
    Range,
    Ratio,
    Reader,
    Setting,
    Value,
    When,
)
from factbound.values.dates import Date

VALUE: TypeAdapter[Value] = TypeAdapter(AnyValue)
CURRENCIES = ("EUR", "GBP", "JPY", "USD")
QUALIFIERS = ("about", "over", "nearly", "under", "at-least", "at-most")
_UNITS = ("years", "months", "weeks", "days", "hours", "minutes")
ENGLISH_WORDS = {
    "date.about": "about {date}", "date.between": "between {start} and {end}", "range": "{low} to {high}", "number.unit": "{number} {unit}",
    "percent": "{number}%", "times": "{number} times", "typed.about": "around, some", "typed.over": "more than", "typed.percent": "per cent, percent",
    "typed.joins": "or", **{f"qualifier.{one}": f"{one.replace('-', ' ')} {{value}}" for one in QUALIFIERS},
    **{f"duration.{unit}.one": f"{{number}} {unit[:-1]}" for unit in _UNITS}, **{f"duration.{unit}.other": f"{{number}} {unit}" for unit in _UNITS},
}  # fmt: skip
JAPANESE_WORDS = {
    "date.about": "{date}頃", "range": "{low}から{high}", "number.unit": "{number}{unit}", "percent": "{number}%", "times": "{number}倍",
    "qualifier.about": "約{value}", "qualifier.over": "{value}超", "qualifier.nearly": "{value}近く", "qualifier.under": "{value}未満",
    "qualifier.at-least": "{value}以上", "qualifier.at-most": "{value}以下",
    **{f"duration.{unit}.other": f"{{number}}{name}" for unit, name in zip(_UNITS, ("年間", "か月", "週間", "日間", "時間", "分間"), strict=True)},
}  # fmt: skip
ENGLISH_NAMES = {
    "lamps": {"one": "lamp", "other": "lamps"},
    "ships": {"one": "ship", "other": "ships"},
    "JPY": {"other": "yen"},
}
JAPANESE_NAMES = {"lamps": {"other": "灯"}, "ships": {"other": "隻"}}
SETTINGS = {
    "en-GB": Setting("en-GB", ENGLISH_WORDS, ENGLISH_NAMES),
    "en-US": Setting("en-US", ENGLISH_WORDS, ENGLISH_NAMES),
    "ja-JP": Setting("ja-JP", JAPANESE_WORDS, JAPANESE_NAMES),
}
READERS = {locale: Reader(setting, CURRENCIES) for locale, setting in SETTINGS.items()}


def read(text: str, locale: str = "en-GB") -> list[tuple[str, Value]]:
    """The words of each value that stands in a text, and the value."""
    return [(text[one.start : one.end], one.value) for one in READERS[locale].find(text)]


def value(**data: object) -> Value:
    return VALUE.validate_python(data)


# ----- reading -----


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("They lit 14,678 lamps.", "14,678 lamps", value(number=14678, unit="lamps")),
        ("In all 18.43 million came.", "18.43 million", value(number=18430000)),
        ("He took ¥10 million.", "¥10 million", value(amount=10000000, currency="JPY")),
        ("He took about 10 million yen.", "about 10 million yen", value(amount=10000000, currency="JPY", qualifier="about")),
        ("He took some 10 million Japanese yen.", "some 10 million Japanese yen", value(amount=10000000, currency="JPY", qualifier="about")),
        ("More than 5,000 JPY each", "More than 5,000 JPY", value(amount=5000, currency="JPY", qualifier="over")),
        ("($70,000)", "$70,000", value(amount=70000, currency="USD")),
        ("It cost 70,000 US dollars.", "70,000 US dollars", value(amount=70000, currency="USD")),
        ("It cost 1 pound, or £1.50.", "£1.50", value(amount=1.5, currency="GBP")),
        ("A share of 96 %.", "96 %", value(percent=96)),
        ("96 per cent of them", "96 per cent", value(percent=96)),
        ("by −2.5%", "−2.5%", value(percent=-2.5)),
        ("On 14 April 2031 it", "14 April 2031", value(date="2031-04-14")),
        ("On April 14, 2031, it", "April 14, 2031", value(date="2031-04-14")),
        ("About 14 Apr 2031", "About 14 Apr 2031", value(date="2031-04-14~")),
        ("since 2031-04-14", "2031-04-14", value(date="2031-04-14")),
        ("It takes 1,000 to 5,000 yen.", "1,000 to 5,000 yen", value(amount={"from": 1000, "to": 5000}, currency="JPY")),
    ],
)  # fmt: skip
def test_english_is_read(text: str, words: str, expected: Value) -> None:
    assert (words, expected) in read(text)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("合計1,843万に達した", "1,843万", value(number=18430000)),
        ("約1000万円を得た", "約1000万円", value(amount=10000000, currency="JPY", qualifier="about")),
        ("１０００万円超", "１０００万円超", value(amount=10000000, currency="JPY", qualifier="over")),
        ("1億2000万円", "1億2000万円", value(amount=120000000, currency="JPY")),
        ("300灯以上が", "300灯以上", value(number=300, unit="lamps", qualifier="at-least")),
        ("全体の９６％", "９６％", value(percent=96)),
        ("2031年4月14日に", "2031年4月14日", value(date="2031-04-14")),
        ("2031年4月14日頃に", "2031年4月14日頃", value(date="2031-04-14~")),
        ("米ドルなら$70,000", "$70,000", value(amount=70000, currency="USD")),
    ],
)
def test_japanese_is_read(text: str, words: str, expected: Value) -> None:
    assert (words, expected) in read(text, "ja-JP")


@pytest.mark.parametrize(
    "text",
    [
        "call #8891", "section 474.17A", "Public Law 119-12x", "§175", "A$70,000", "a 48-hour watch", "v2.10", "between 90% and 95%",
        "24 or 25 January 2031", "90%–95%", "roughly 1,000 to around 5,000 yen", "no figure", "19:30", "the 2031-model", "https://example.org/123",
    ],
)  # fmt: skip
def test_what_is_no_single_figure_is_not_read(text: str) -> None:
    assert [
        words for words, found in read(text) if not (isinstance(found, Count) and found.number < 100)
    ] == []


def test_a_day_that_does_not_exist_is_none() -> None:
    assert [found for _words, found in read("On 31 April 2031.") if isinstance(found, When)] == []


numbers = st.integers(0, 10**12).map(Decimal) | st.decimals(0, 10**7, places=2)
ranges = st.tuples(numbers, numbers).map(lambda two: Range.model_construct(from_=min(two), to=max(two)))
figures = st.tuples(numbers | ranges, st.sampled_from([None, *QUALIFIERS]))
days = st.dates(Date.parse("1000").earliest, Date.parse("2999").latest)
typed_values: st.SearchStrategy[Value] = st.one_of(
    st.builds(lambda one, unit: Count.model_construct(number=one[0], qualifier=one[1], unit=unit), figures, st.sampled_from([None, "lamps", "ships"])),
    st.builds(lambda one, code: Money.model_construct(amount=one[0], qualifier=one[1], currency=code), figures, st.sampled_from(CURRENCIES)),
    st.builds(lambda one: Percent.model_construct(percent=one[0], qualifier=one[1]), figures),
    st.builds(lambda one: Ratio.model_construct(times=one[0], qualifier=one[1]), figures),
    st.builds(lambda one, unit: Duration.model_construct(duration=one[0], qualifier=one[1], unit=unit), figures, st.sampled_from(_UNITS)),
    st.builds(lambda day, sign: When.model_construct(date=Date.parse(day.isoformat() + sign)), days, st.sampled_from(["", "~"])),
)  # fmt: skip


@pytest.mark.parametrize("locale", SETTINGS)
@settings(max_examples=200)
@given(
    typed=typed_values, before=st.sampled_from(["", "x ", "("]), after=st.sampled_from(["", ".", ", x", ")"])
)
@example(typed=Percent.model_construct(percent=Decimal(0), qualifier=None), before="", after="")
def test_what_a_language_writes_it_reads_back(locale: str, typed: Value, before: str, after: str) -> None:
    words = SETTINGS[locale].value(typed)
    found = READERS[locale].find(f"{before}{words}{after}")
    assert [(one.start, one.end, one.value) for one in found] == [
        (len(before), len(before) + len(words), typed)
    ]


@pytest.mark.parametrize("locale", SETTINGS)
@settings(max_examples=300)
@given(
    text=st.text(st.sampled_from("0129,. $¥%–-:約万億円年月日 to andyenMay\n"), max_size=60)
    | st.text(max_size=60)
)
def test_no_text_is_too_much_to_read(locale: str, text: str) -> None:
    ends = 0
    for one in READERS[locale].find(text):
        assert ends <= one.start <= one.figure < one.end <= len(text)
        assert isinstance(one.value, Quantity | When)
        ends = one.end


def test_a_language_with_other_signs_is_read() -> None:
    german = Reader(Setting("de-DE", {"percent": "{number} %"}, {"lamps": {"other": "Lampen"}}), ["EUR"])
    text = "Am 14. April 2031 brannten 14.678 Lampen, 96,5 % davon für 1,5 Millionen Euro."
    assert [one.value for one in german.find(text)] == [
        value(date="2031-04-14"), value(number=14678, unit="lamps"), value(percent=96.5), value(amount=1500000, currency="EUR"),
    ]  # fmt: skip
