"""Dates compared as ranges, quantities with what they count, and both in the words of a language."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from factbound.values import (
    AnyValue,
    Date,
    EdtfDate,
    KnownOrNot,
    Setting,
    Value,
    likely_currency,
    same_kind,
)

WORDS = {
    "date.unknown": "not recorded", "date.about": "about {date}", "date.period": "{start} to {end}",
    "date.since": "since {start}", "date.until": "until {end}", "date.between": "between {start} and {end}",
    "date.after": "after {start}", "date.before": "before {end}", "date.spring": "spring {year}",
    "date.winter": "winter {year}", "range": "{low} to {high}", "number.unit": "{number} {unit}",
    "percent": "{number}%", "times": "{number} times", "several.1": "several", "several.1000": "several thousand",
    "rank.1": "first", "rank.other": "number {number}", "duration.years.one": "{number} year",
    "duration.years.other": "{number} years", "duration.days.other": "{number} days",
    **{f"qualifier.{one}": f"{one} {{value}}" for one in ("about", "over", "nearly", "at-least")},
    "qualifier.several": "{value}",
}  # fmt: skip
NAMES = {"lamps": {"one": "lamp", "other": "lamps"}, "JPY": {"other": "yen"}}
ENGLISH = Setting("en-GB", WORDS, NAMES)
JAPANESE = Setting("ja", WORDS, {"lamps": {"other": "灯"}})

VALUE: TypeAdapter[Value] = TypeAdapter(AnyValue)
DATE: TypeAdapter[Date] = TypeAdapter(EdtfDate)
HOW = "write 2025, 2025-04, 2025-04-14, 2025-04~ for about, 2023-12/2024-11 for a period, 2024-10/.. for an open one"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def refusal(value: Any, adapter: TypeAdapter[Any] = VALUE) -> list[str]:
    """What is said of a value that cannot be read: where in it, and what to do."""
    with pytest.raises(ValidationError) as raised:
        adapter.validate_python(value)
    return [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in raised.value.errors()]


# ----- dates -----


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2031", "2031-01-01", "2031-12-31"),
        ("2031-04", "2031-04-01", "2031-04-30"),
        ("2032-02", "2032-02-01", "2032-02-29"),
        ("2031-04-14", "2031-04-14", "2031-04-14"),
        ("2031~", "2031-01-01", "2031-12-31"),
        ("2031-04-14?", "2031-04-14", "2031-04-14"),
        ("2031-04%", "2031-04-01", "2031-04-30"),
        ("2031-21", "2031-03-01", "2031-05-31"),
        ("2031-22", "2031-06-01", "2031-08-31"),
        ("2031-23", "2031-09-01", "2031-11-30"),
        ("2031-24", "2031-12-01", "2032-02-29"),
        ("2029-12/2031-11", "2029-12-01", "2031-11-30"),
        ("2031-04-14/2031-04-14", "2031-04-14", "2031-04-14"),
        ("2031-10/..", "2031-10-01", "9999-12-31"),
        ("2031-10/", "2031-10-01", "9999-12-31"),
        ("../2031-10", "0001-01-01", "2031-10-31"),
        ("/2031-10", "0001-01-01", "2031-10-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_date_is_the_days_that_it_may_mean(text: str, earliest: str, latest: str) -> None:
    date = Date.parse(text)
    assert (date.earliest, date.latest, date.text, str(date)) == (day(earliest), day(latest), text, text)


def test_a_year_may_be_a_number() -> None:
    assert Date.parse(2031) == Date.parse("2031")


def test_a_day_that_is_not_known_lies_between_two() -> None:
    date = Date.parse({"after": "2031-04-15", "before": "2031-09"})
    assert (date.earliest, date.latest) == (day("2031-04-15"), day("2031-09-30"))
    assert Date.parse({"after": 2031}).latest == datetime.date.max
    assert Date.parse({"before": 2031}).earliest == datetime.date.min


@pytest.mark.parametrize(
    ("value", "todo"),
    [
        (value, HOW)
        for value in ("April 2031", "14.04.2031", "2031-4", "31", "20310414", "2031-04-14T12:00", "2031--04", "", " 2031",
                      "2031\n", "２０３１", "../..", "/", "2031/2032/2033", "2031-04~~", 20310414, -5, 2031.5, True, None,
                      ["2031"])
    ] + [
        ("2031-13", f"there is no such day (month must be in 1..12): {HOW}"),
        ("2031-00", f"there is no such day (month must be in 1..12): {HOW}"),
        ("2031-20", f"there is no such day (month must be in 1..12): {HOW}"),
        ("2031-25", f"there is no such day (month must be in 1..12): {HOW}"),
        ("2031-02-29", f"there is no such day (day is out of range for month): {HOW}"),
        ("2031-04-00", f"there is no such day (day is out of range for month): {HOW}"),
        ("2031-21-01", f"there is no such day (day is out of range for month): {HOW}"),
        ("0000", f"there is no such day (year must be in 1..9999): {HOW}"),
        ("9999-24", f"there is no such day (year must be in 1..9999): {HOW}"),
        ("2031/2030-13", f"there is no such day (month must be in 1..12): {HOW}"),
        ("2031/2030", "a period cannot end before it begins: exchange the two dates"),
        ({}, "write {after: 2025-04-15, before: 2025-09-29}, or one of the two"),
        ({"after": "2031", "until": "2032"}, "write {after: 2025-04-15, before: 2025-09-29}, or one of the two"),
        ({"after": "2032", "before": "2031"}, "'after' lies later than 'before': exchange the two dates"),
        ({"after": None}, HOW),
        ({"after": ["2031"]}, HOW),
        ({"after": "2031/2032"}, HOW),
    ],
)  # fmt: skip
def test_a_date_that_is_none_is_refused_with_what_to_write(value: object, todo: str) -> None:
    with pytest.raises(ValueError) as raised:
        Date.parse(value)
    assert str(raised.value) == todo


def test_a_date_of_a_record_says_what_to_write() -> None:
    assert refusal("soon", DATE) == [f": {HOW}"]
    known: TypeAdapter[Any] = TypeAdapter(KnownOrNot)
    assert known.validate_python("unknown") == "unknown"
    assert known.validate_python("2031") == Date.parse("2031")
    assert refusal("never", known) == [f": {HOW}, or unknown"]
    assert refusal("2032/2031", known) == [": a period cannot end before it begins: exchange the two dates"]


@pytest.mark.parametrize(
    ("one", "other", "surely"),
    [
        ("2030", "2031", True),
        ("2031", "2031", False),
        ("2031-04", "2031", False),
        ("2031", "2031-04", False),
        ("2031-04-14", "2031-04-15", True),
        ("../2030", "2031/..", True),
        ("2030/..", "2031", False),
        ("2031-24", "2032-02", False),
        ("2031-24", "2032-03", True),
    ],
)
def test_one_date_is_before_another_only_when_no_day_of_both_can_be_the_same(
    one: str, other: str, surely: bool
) -> None:
    assert Date.parse(one).surely_before(Date.parse(other)) is surely


POINTS = st.builds(
    lambda date, length, sign: date.isoformat()[:length] + sign,
    st.dates(),
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "~", "?", "%"]),
) | st.builds("{:04}-{}{}".format, st.integers(1, 9998), st.integers(21, 24), st.sampled_from(["", "~"]))
ENDS = POINTS | st.sampled_from(["", ".."])


@settings(max_examples=300)
@given(POINTS | st.builds("{}/{}".format, ENDS, ENDS))
def test_a_date_keeps_its_text_and_begins_before_it_ends(text: str) -> None:
    try:
        date = Date.parse(text)
    except ValueError as error:
        assert str(error) in (HOW, "a period cannot end before it begins: exchange the two dates")
        assert "/" in text
        return
    assert date.text == text
    assert date.earliest <= date.latest
    assert Date.parse(date.text) == date
    assert not date.surely_before(date)


@settings(max_examples=300)
@given(POINTS, POINTS, POINTS)
def test_the_order_of_dates_is_one(first: str, second: str, third: str) -> None:
    a, b, c = map(Date.parse, (first, second, third))
    assert not (a.surely_before(b) and b.surely_before(a))
    assert not (a.surely_before(b) and b.surely_before(c)) or a.surely_before(c)
    if a.earliest <= b.latest:
        period = Date.parse(f"{first}/{second}")
        assert (period.earliest, period.latest) == (a.earliest, b.latest)


@settings(max_examples=300)
@given(st.text(max_size=12) | st.text("0123456789-/.~?%", max_size=22))
def test_any_other_text_is_refused_or_read(text: str) -> None:
    try:
        assert Date.parse(text).text == text
    except ValueError as error:
        assert HOW in str(error) or "exchange the two dates" in str(error)


# ----- quantities -----


@pytest.mark.parametrize(
    ("data", "english", "japanese"),
    [
        ({"number": 1, "unit": "lamps"}, "1 lamp", "1 灯"),
        ({"number": 2, "unit": "lamps"}, "2 lamps", "2 灯"),
        ({"number": 0, "unit": "lamps"}, "0 lamps", "0 灯"),
        ({"number": 2345}, "2,345", "2,345"),
        ({"number": 123456}, "123,456", "123,456"),
        ({"number": 10000}, "10,000", "1万"),
        ({"number": 2.5}, "2.5", "2.5"),
        ({"number": 1234567}, "1,234,567", "1,234,567"),
        ({"number": 1500000}, "1.5 million", "150万"),
        ({"number": 9, "unit": "quays"}, "9", "9"),
        ({"amount": 10000000, "currency": "JPY"}, "10 million yen", "1,000万 円"),
        ({"number": 18430000, "unit": "lamps"}, "18.43 million lamps", "1,843万 灯"),
        ({"number": 123400000}, "123.4 million", "1.234億"),
        ({"amount": 70000, "currency": "USD"}, "70,000 US dollars", "7万 米ドル"),
        ({"amount": 10560000, "currency": "JPY"}, "10.56 million yen", "1,056万 円"),
        ({"amount": 1, "currency": "GBP"}, "1 British pound", "1 英国ポンド"),
        ({"amount": 5, "currency": "XQQ"}, "5 XQQ", "5 XQQ"),
        ({"percent": 12.5}, "12.5%", "12.5%"),
        ({"times": 3}, "3 times", "3 times"),
        ({"rank": 1}, "first", "first"),
        ({"rank": 7}, "number 7", "number 7"),
        ({"duration": 1, "unit": "years"}, "1 year", "1 years"),
        ({"duration": {"from": 3, "to": 5}, "unit": "years"}, "3 to 5 years", "3 to 5 years"),
        ({"number": {"from": 1, "to": 2}, "unit": "lamps"}, "1 to 2 lamps", "1 to 2 灯"),
        ({"number": 30, "qualifier": "about", "unit": "lamps"}, "about 30 lamps", "about 30 灯"),
        ({"number": {"from": 5, "to": 6}, "qualifier": "over"}, "over 5 to 6", "over 5 to 6"),
        (
            {"number": 1000, "qualifier": "several", "unit": "lamps"},
            "several thousand lamps",
            "several thousand 灯",
        ),
        ({"date": "2031-04-14"}, "14 April 2031", "2031年4月14日"),
        ({"date": "2031-04"}, "April 2031", "2031年4月"),
        ({"date": 2031}, "2031", "2031年"),
    ],
)
def test_a_value_is_set_in_a_language(data: dict[str, Any], english: str, japanese: str) -> None:
    value = VALUE.validate_python(data)
    assert (ENGLISH.value(value), JAPANESE.value(value)) == (english, japanese)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2031-04-14~", "about 14 April 2031"),
        ("2031-21", "spring 2031"),
        ("2031-24~", "about winter 2031"),
        ("2029-12/2031-11", "December 2029 to November 2031"),
        ("2031-10/..", "since October 2031"),
        ("../2031-10~", "until about October 2031"),
        ({"after": "2031-04-15", "before": "2031-09-29"}, "between 15 April 2031 and 29 September 2031"),
        ({"after": 2031}, "after 2031"),
        ({"before": 2031}, "before 2031"),
        ("0987", "987"),
    ],
)
def test_a_date_is_set_in_a_language(text: object, expected: str) -> None:
    assert ENGLISH.date(Date.parse(text)) == expected


def test_a_day_that_was_not_written_down_says_so() -> None:
    assert ENGLISH.date("unknown") == "not recorded"


ONE_OF = "write a mapping with exactly one of: number, amount, percent, duration, times, date, rank, rate"
PLAIN = "write a number in plain digits, without separators or units: 10000000"
SEVERAL = "'several' goes with one of: 1, 10, 100, 1000, 10000, 100000, 1000000"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"number": 1, "percent": 2}, [f": {ONE_OF}"]),
        ({"unit": "lamps"}, [f": {ONE_OF}"]),
        (5, [f": {ONE_OF}"]),
        ({"number": "5"}, [f"kind:number.number.kind:one: {PLAIN}"]),
        ({"number": True}, [f"kind:number.number.kind:one: {PLAIN}"]),
        ({"number": {"from": 5, "to": 3}}, ["kind:number.number.kind:range: 'from' is larger than 'to': exchange the two numbers"]),
        ({"number": 500, "qualifier": "several"}, [f"kind:number: {SEVERAL}"]),
        ({"number": 2.5, "qualifier": "several"}, [f"kind:number: {SEVERAL}"]),
        ({"number": {"from": 10, "to": 100}, "qualifier": "several"}, [f"kind:number: {SEVERAL}"]),
        ({"rank": 0}, ["kind:rank.rank: Input should be greater than or equal to 1"]),
        ({"date": "soon"}, [f"kind:date.date: {HOW}"]),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_refused(data: object, said: list[str]) -> None:
    assert refusal(data) == said


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"number": 1}, {"number": 2}, True),
        ({"number": 1, "unit": "lamps"}, {"number": 1, "unit": "quays"}, False),
        ({"amount": 1, "currency": "JPY"}, {"amount": 1, "currency": "GBP"}, False),
        ({"duration": 1, "unit": "years"}, {"duration": 12, "unit": "months"}, False),
        ({"percent": 1}, {"percent": {"from": 1, "to": 2}}, True),
        ({"percent": 1}, {"times": 1}, False),
        ({"date": 2031}, {"date": 2032}, True),
        ({"rank": 1}, {"rank": 2}, True),
        ({"rank": 1}, {"number": 1}, False),
    ],
)
def test_values_of_one_kind_can_stand_for_the_same_thing(one: object, other: object, same: bool) -> None:
    assert same_kind(VALUE.validate_python(one), VALUE.validate_python(other)) is same


@settings(max_examples=200)
@given(st.integers(-(10**17), 10**17) | st.floats(-1e9, 1e9, allow_nan=False))
def test_a_number_keeps_every_digit(number: float) -> None:
    value = VALUE.validate_python({"percent": number})
    shown = ENGLISH.value(value).removesuffix("%").replace(",", "")
    assume("lion" not in shown)  # a round million is set in words
    assert Decimal(shown.replace("−", "-")) == Decimal(str(number))


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("YEN", "did you mean JPY?"),
        ("Euro", "did you mean EUR?"),
        ("euros", "did you mean EUR?"),
        ("eur", "did you mean EUR?"),
        ("won", "did you mean KPW or KRW?"),
        ("SKE", "did you mean SEK?"),
        ("dollar", ""),
        ("XYZ", ""),
    ],
)
def test_the_currency_that_a_word_is_likely_to_mean(word: str, said: str) -> None:
    assert likely_currency(word, ["SEK"]) == said
