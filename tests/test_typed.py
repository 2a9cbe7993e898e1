"""Numbers typed in prose: what a language's words are read as, and what is said of one that a record holds."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from factbound.problems import Problem
from factbound.rules import check
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
from helpers import ROOT, lay

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
        ("They took $1.5M.", "$1.5M", value(amount=1500000, currency="USD")),
        ("Some took £10m in all", "£10m", value(amount=10000000, currency="GBP")),
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
        "10 km", "a 10k-run", "call #8891", "section 474.17A", "Public Law 119-12x", "§175", "A$70,000", "a 48-hour watch", "v2.10", "between 90% and 95%",
        "24 or 25 January 2031", "90%–95%", "roughly 1,000 to around 5,000 yen", "no figure", "19:30", "the 2031-model", "https://example.org/123",
    ],
)  # fmt: skip
def test_what_is_no_single_figure_is_not_read(text: str) -> None:
    assert [words for words, found in read(text) if len(words) > 2 or not isinstance(found, Count)] == []


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
    assert [one.value for one in german.find("Es kostet 1,5 Mio. Euro.")] == [
        value(amount=1500000, currency="EUR")
    ]


# ----- what is said of it -----

QUAY = """\
title: The lanterns of the quay
summary: {summary}
kind: incident
jurisdiction: example-land
occurred: 2025-04-14
facts:
  takings:
    says: {says}
    value: {{amount: 10000, currency: EUR, qualifier: about}}
    accounts:
      gazette: {{says: The gazette has over 12.5 million euros., value: {{amount: 12500000, currency: EUR, qualifier: over}}, relation: differs, evidence: [{{source: example-gazette}}]}}
  lamps: {{value: {{number: 14678, unit: lamps}}}}
  few: {{value: {{number: 12, unit: lamps}}}}
  plain: {{value: {{number: 45438}}}}
  share: {{value: {{percent: 96}}}}
  years: {{value: {{percent: {{from: 90, to: 95}}}}}}
  arrest: {{value: {{date: 2025-04-14}}}}
  seen: {{value: {{date: 2025-04-12~}}}}
timeline:
  dusk: {{date: 2025-04-14, says: The lanterns were lit.}}
evidence: [{{source: example-gazette}}]
checked: unknown
sections:
  first: {{editorial: true, says: {prose}}}
"""


def found(
    root: Path, prose: str = "A.", says: str = "Some money.", summary: str = "Somebody sold lanterns."
) -> list[Problem]:
    """What the two rules say of a case with these texts."""
    text = QUAY.format(prose=repr(prose), says=repr(says), summary=repr(summary))
    problems = check(lay(root, {"content/cases/lantern-quay.yml": text}))
    return [one for one in problems if one.rule in ("typed-number", "number-contradicts")]


@pytest.mark.parametrize(
    ("prose", "paths", "mended"),
    [
        ("They took about 10,000 euros [@example-gazette].", ["facts.takings"], True),
        ("They took about €10,000 [@example-gazette].", ["facts.takings"], True),
        ("They took around 10,000 euros [@example-gazette].", ["facts.takings"], True),
        ("They took 10,000 euros [@example-gazette].", ["facts.takings"], False),
        ("About 10,000 euros were taken [@example-gazette].", ["facts.takings"], False),
        ("It may be more than 12.5 million euros [@example-gazette].", ["facts.takings.accounts.gazette"], True),
        ("They lit 14,678 lamps [@example-gazette].", ["facts.lamps"], True),
        ("They lit 14,678 old lamps [@example-gazette].", ["facts.lamps"], False),
        ("A share of 96 per cent [@example-gazette].", ["facts.share"], True),
        ("Of **96%** of all [@example-gazette].", ["facts.share"], True),
        ("From 90% to 95% [@example-gazette].", [], False),
        ("It was 14 April 2025 [@example-gazette].", ["facts.arrest"], True),
        ("From about 12 April 2025 on [@example-gazette].", ["facts.seen"], True),
    ],
)  # fmt: skip
def test_a_value_of_the_record_itself_is_shown_from_there(
    prose: str, paths: list[str], mended: bool, tmp_path: Path
) -> None:
    problems = found(tmp_path, prose)
    assert [one.todo.partition(", which")[0] for one in problems] == [
        f"write {{{{ lantern-quay.{path} }}}}" for path in paths
    ]
    assert [one.mend is not None for one in problems] == [mended] * len(paths)


@pytest.mark.parametrize(
    "prose",
    [
        "They lit 12 lamps [@example-gazette].",
        "They lit 19,000 lamps [@example-gazette].",
        "They took over 10,000 euros [@example-gazette].",
        "They took 10,000 pounds [@example-gazette].",
        'The gazette wrote "about 10,000 euros" [@example-gazette].',
        "> They took about 10,000 euros [@example-gazette].",
        "The code `96%` and [96%](https://example.org/) [@example-gazette].",
        "Standard GB 45438 and call #45438 [@example-gazette].",
        "In 2025 and on 14 April [@example-gazette].",
        "They took {{ lantern-quay.facts.takings }}.",
    ],
)
def test_what_is_another_thing_stays(prose: str, tmp_path: Path) -> None:
    assert found(tmp_path, prose) == []


TAKINGS = "lantern-quay.facts.takings, which is 'about 10,000 euros'"
ARREST = "lantern-quay.facts.arrest, which is '14 April 2025'"


@pytest.mark.parametrize(
    ("prose", "said"),
    [
        # Near to a value of a fact on the source that is cited: a quarter more or less, or the same digits.
        ("They took about 12,000 euros [@example-gazette].", f"'about 12,000 euros' differs from {TAKINGS}"),
        ("They took about €100,000 [@example-gazette].", f"'about €100,000' differs from {TAKINGS}"),
        ("They lit 14,768 lamps [@example-gazette].", "'14,768 lamps' differs from lantern-quay.facts.lamps, which is '14,678 lamps'"),
        ("A share of 69% [@example-gazette].", "'69%' differs from lantern-quay.facts.share, which is '96%'"),
        # Of a record that is linked to.
        ("They took 11,000 euros, see [[lantern-quay|the case]].", f"'11,000 euros' differs from {TAKINGS}"),
        # Of a fact that is linked to: any other figure, and a day near to its own.
        ("They took 25,000 euros, see [[lantern-quay.facts.takings|there]].", f"'25,000 euros' differs from {TAKINGS}"),
        ("The [[lantern-quay.facts.arrest|arrests]] were on 16 April 2025 [@example-gazette].", f"'16 April 2025' differs from {ARREST}"),
        ("The [[lantern-quay.facts.arrest|arrests]] were on 14 April 2026 [@example-gazette].", f"'14 April 2026' differs from {ARREST}"),
    ],
)  # fmt: skip
def test_what_comes_near_to_a_value_and_is_another_contradicts_it(
    prose: str, said: str, tmp_path: Path
) -> None:
    assert [(one.rule, one.message) for one in found(tmp_path, prose)] == [("number-contradicts", said)]


@pytest.mark.parametrize(
    "prose",
    [
        "They paid 500 euros for each [@example-gazette].",
        "They took 12,000 pounds [@example-gazette].",
        "They lit 14,768 [@example-gazette].",
        "They took {{ lantern-quay.facts.takings }}, not 12,000 euros [@example-gazette].",
        "They took 12,000 euros, says [[harbour-act|a law]].",
        "The [[lantern-quay.facts.arrest|arrests]] led to a trial on 3 March 2027 [@example-gazette].",
        "It was 16 April 2025 [@example-gazette].",
        "They took 5,000 to 12,000 euros [@example-gazette].",
    ],
)  # fmt: skip
def test_what_counts_another_thing_contradicts_nothing(prose: str, tmp_path: Path) -> None:
    assert found(tmp_path, prose) == []


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("says: The arrest was on 15 April 2025., value: {date: 2025-04-14}", ["'15 April 2025' differs from its 'value', which is '14 April 2025'"]),
        ("says: The arrest was on 14 April 2025., value: {date: 2025-04-14}", []),
        ("says: 'In April 2025, on 20 April 2025.', value: {date: 2025-04}", []),
        ("says: 'They lit 15,678 lamps.', value: {number: 14678, unit: lamps}", ["'15,678 lamps' differs from its 'value', which is '14,678 lamps'"]),
        ("says: They lit 42 of the 79 lamps., value: {number: 42, unit: lamps}", []),
        ("says: They lit 42 of the 120 lamps., value: {number: 42, unit: lamps}", []),
    ],
)  # fmt: skip
def test_a_fact_says_its_own_day_and_count(fact: str, said: list[str], tmp_path: Path) -> None:
    case = (
        "title: The fair\nkind: incident\njurisdiction: example-land\noccurred: 2025-04-14\nchecked: unknown\n"
        f"evidence: [{{source: example-gazette}}]\nfacts:\n  one: {{{fact}}}\n"
    )
    problems = check(lay(tmp_path, {"content/cases/the-fair.yml": case}))
    assert [one.message for one in problems] == said


def test_a_unit_that_is_not_counted_is_no_unit(tmp_path: Path) -> None:
    assert [one.mend for one in found(tmp_path, "In all 14,678 [@example-gazette].")] == [None]


def test_several_values_that_say_the_same_are_all_named(tmp_path: Path) -> None:
    files = {
        "content/regulations/quay-act.yml": "title: The Quay Act\nlevel: instrument\nkind: act\njurisdiction: example-land\n"
        "status: {value: in-force, as-of: 2025-05-01}\nprotects: {says: Quays.}\nevidence: [{source: example-gazette}]\nchecked: unknown\n"
        "history:\n  first: {label: As passed, promulgated: 2001-06-01, in-force: 2001-06-01}\nsummary: It applies from 1 June 2001.\n"
    }
    [problem] = [one for one in check(lay(tmp_path, files)) if one.rule == "typed-number"]
    assert (
        problem.message
        == "'1 June 2001' is typed, and quay-act.history.first and quay-act.history.first.promulgated hold it"
    )
    assert problem.mend is None


@pytest.mark.parametrize(
    ("says", "differs"),
    [
        ("They took about 10,000 euros.", False),
        ("They took nearly 10,100 euros.", True),
        ("They took 12,000 euros.", True),
        ("They took 12.5 million euros.", False),
        ("They took 12,000 euros, not 10,000 euros.", False),
        ("They took 12,000 pounds.", False),
        ("They took 8,000 to 9,000 euros.", True),
    ],
)
def test_a_fact_says_its_own_value(says: str, differs: bool, tmp_path: Path) -> None:
    assert [one.rule for one in found(tmp_path, says=says)] == ["number-contradicts"] * differs


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("[[lantern-quay.facts.takings|10,000 euros]]", []),
        ("[[lantern-quay.facts.takings|12,500,000 euros]]", []),
        ("[[lantern-quay.facts.takings|12,000 euros]]", ["'12,000 euros' differs from lantern-quay.facts.takings, which is 'about 10,000 euros'"]),
        ("[[lantern-quay.facts.lamps|15,678 lamps]]", ["'15,678 lamps' differs from lantern-quay.facts.lamps, which is '14,678 lamps'"]),
        ("[[lantern-quay.facts.lamps|all 300 ships]]", []),
        ("[[lantern-quay.facts.lamps|12 of them]]", []),
        ("[[lantern-quay.facts.arrest|15 April 2025]]", ["'15 April 2025' differs from lantern-quay.facts.arrest, which is '14 April 2025'"]),
        ("[[lantern-quay|12,000 euros]]", []),
    ],
)  # fmt: skip
def test_the_words_of_a_link_say_what_it_leads_to(link: str, said: list[str], tmp_path: Path) -> None:
    assert [one.message for one in found(tmp_path, f"See {link} [@example-gazette].")] == said


SITE = yaml.safe_load((ROOT / "tests" / "cases" / "base.yml").read_text("utf-8"))["content/site.yml"]
BOTH = SITE.replace("name: English}", "name: English}\n  - {lang: ja, locale: ja-JP, name: 日本語}").replace(
    "other: lamps}", "other: lamps}, ja: {other: 灯}"
)


@pytest.mark.parametrize(
    ("prose", "said"),
    [
        ("約1万ユーロを得た", "'約1万ユーロ' is typed, and lantern-quay.facts.takings holds it"),
        ("１万４６７８灯がともった", "'１万４６７８灯' is typed, and lantern-quay.facts.lamps holds it"),
        ("2025年4月14日に逮捕された", "'2025年4月14日' is typed, and lantern-quay.facts.arrest holds it"),
        ("全体の96パーセントだった", "'96パーセント' is typed, and lantern-quay.facts.share holds it"),
        (
            "およそ1万2000ユーロを得た",
            "'およそ1万2000ユーロ' differs from lantern-quay.facts.takings, which is '約1万ユーロ'",
        ),
        ("全体の69%だった", "'69%' differs from lantern-quay.facts.share, which is '96%'"),
    ],
)
def test_japanese_prose_is_checked_too(prose: str, said: str, tmp_path: Path) -> None:
    text = QUAY.format(
        prose=f"{{en: A lamp., ja: '{prose}[@example-gazette]。'}}", says="Some money.", summary="Lanterns."
    )
    problems = check(lay(tmp_path, {"content/cases/lantern-quay.yml": text, "content/site.yml": BOTH}))
    assert [one.message for one in problems if one.rule in ("typed-number", "number-contradicts")] == [said]


def test_a_language_without_strings_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "theme" / "strings").mkdir(parents=True)
    assert found(tmp_path, "They took about 10,000 euros [@example-gazette].") == []


@pytest.mark.parametrize(
    "locale",
    ["ar-EG", "bn-BD", "de-CH", "fa-IR", "fr-FR", "hi-IN", "ko-KR", "pt-BR", "ru-RU", "th-TH", "zh-Hant-TW"],
)
def test_other_languages_are_read_as_far_as_unicode_knows_them(locale: str) -> None:
    setting = Setting(
        locale, {"percent": "{number} %", "number.unit": "{number} {unit}"}, {"lamps": {"other": "L"}}
    )
    for written in (value(number=14678, unit="lamps"), value(percent=12.5)):
        assert written in [one.value for one in Reader(setting, CURRENCIES).find(setting.value(written))]


def test_a_note_of_a_change_keeps_its_figures(tmp_path: Path) -> None:
    """When the value changes again, the note still says what was so on its day."""
    text = QUAY.format(prose="A.", says="Some money.", summary="Somebody sold lanterns.")
    text += "changes: {first: {date: 2025-05-01, kind: correction, says: 'They took about 10,000 euros [@example-gazette].'}}\n"
    problems = check(lay(tmp_path, {"content/cases/lantern-quay.yml": text}))
    assert [one for one in problems if one.rule in ("typed-number", "number-contradicts")] == []
