"""A case sets no word of guilt beside somebody who is not convicted: the words of the real content, tried one by one and
in sentences made at random. What single sentences do stands in `tests/cases/rules/guilt-unproven*.yml`."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbound.library import Entry, Library
from factbound.model import Case, Guilt
from factbound.rules.guilt import unproven
from factbound.rules.wording import Wording
from factbound.strings import read_strings
from factbound.yamlfile import Document
from helpers import ROOT, library_of

LIBRARY = library_of(ROOT)
assert LIBRARY.site is not None and LIBRARY.words is not None
GUILT: dict[str, Guilt] = LIBRARY.words.guilt
CASE: dict[str, Any] = {
    "title": "The fair",
    "kind": "incident",
    "jurisdiction": "japan",
    "occurred": "2025-04-14",
    "checked": "unknown",
    "parties": {
        "keeper": {"role": {"en": "The keeper of lamps", "ja": "灯台守A"}, "stage": "charged"},
        "helper": {"role": {"en": "The helper", "ja": "助手"}, "stage": "convicted"},
        "singer": {"role": {"en": "The singer", "ja": "歌手"}, "stage": "acquitted", "final": "yes"},
        "porter": {"role": {"en": "The porter", "ja": "荷役"}, "stage": "dropped", "final": "yes"},
    },
}


def messages(library: Library = LIBRARY, **fields: Any) -> list[str]:
    """What the rule says of one invented case among the real laws and terms."""
    record = Case.model_validate({**CASE, **fields})
    entry = Entry("the-fair", "cases", record, Document("content/cases/the-fair.yml", ""))
    others = {id: one for id, one in library.entries.items() if one.collection != "cases"}
    return [
        problem.message
        for problem in unproven(dataclasses.replace(library, entries={**others, entry.id: entry}))
    ]


SENTENCES = {"en": "Last night {who} – {word}.", "ja": "昨夜{who}は{word}だという。"}
UNPROVEN = {
    "en": ("the keeper of lamps", "A Keeper  of lamps", "the singer", "a porter"),
    "ja": ("灯台守A", "歌手", "荷役"),
}


@pytest.mark.parametrize("lang", GUILT)
def test_each_word_of_guilt_beside_each_party_is_found(lang: str) -> None:
    whos = (*UNPROVEN[lang], *(who for who in GUILT[lang].people if who not in GUILT[lang].words))
    for word in GUILT[lang].words:
        texts = [SENTENCES[lang].format(who=who, word=word) for who in whos]
        unknown = {f"n{number}": {"en": "A fair.", lang: text} for number, text in enumerate(texts)}
        found = messages(unknown=unknown)
        assert [one.partition(" stands beside ")[0] for one in found] == [f"'{word}'"] * len(whos)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", {"perpetrator", "culprit", "offender", "wrongdoer", "criminals"}),
        ("ja", {"犯人", "犯罪者", "加害者"}),
    ],
)
def test_a_word_of_guilt_that_means_somebody_needs_nobody_beside_it(lang: str, words: set[str]) -> None:
    assert words <= {*GUILT[lang].words} & {*GUILT[lang].people}
    for word in words:
        text = {"en": "The {word} fled.", "ja": "{word}は逃げた。"}[lang].format(word=word)
        assert messages(unknown={"a": {"en": "A fair.", lang: text}}) == [
            f"'{word}' can mean 'The keeper of lamps', who was charged"
        ]


@pytest.mark.parametrize("lang", GUILT)
def test_each_word_of_guilt_is_found_in_a_fact_about_the_party(lang: str) -> None:
    for word in GUILT[lang].words:
        fact = {"says": {"en": "So it is.", lang: word}, "about": "keeper"}
        assert messages(facts={"lamp": fact}) == [
            f"'{word}' stands beside 'The keeper of lamps', who was charged"
        ]
        assert messages(facts={"lamp": {**fact, "about": "helper"}}) == []


@pytest.mark.parametrize(("lang", "helper"), [("en", "the helper"), ("ja", "助手")])
def test_no_word_of_guilt_is_found_beside_somebody_who_is_convicted(lang: str, helper: str) -> None:
    for word in GUILT[lang].words:
        text = SENTENCES[lang].format(who=helper, word=word)
        assert messages(summary={"en": "A fair.", lang: text}) == []


@pytest.mark.parametrize("lang", GUILT)
def test_each_excepted_expression_may_stand_beside_a_party(lang: str) -> None:
    for expression in GUILT[lang].except_in:
        fact = {"says": {"en": "So it is.", lang: expression}, "about": "keeper"}
        assert messages(facts={"lamp": fact}) == []
        assert any(Wording(GUILT[lang].words).find(expression)), f"'{expression}' excepts nothing"


def _holds(lang: str, text: str) -> bool:
    return any(Wording(GUILT[lang].words).find(text))


NEUTRAL = {
    "en": st.sampled_from([*GUILT["en"].people, "the keeper of lamps", "crimson", "commitment", "guiltless"])
    | st.text("abcdeginrst", min_size=1, max_size=9),
    "ja": st.sampled_from([*GUILT["ja"].people, "灯台守A", "助手"])
    | st.text("灯台港夜のはをだ犯", min_size=1, max_size=3),
}


@pytest.mark.parametrize("lang", GUILT)
@given(data=st.data())
def test_sentences_without_a_word_of_guilt_are_not_found(lang: str, data: st.DataObject) -> None:
    words = data.draw(st.lists(NEUTRAL[lang], min_size=1, max_size=12))
    text = (" " if lang == "en" else "").join(words)
    if not _holds(lang, text):
        assert messages(summary={"en": "A fair.", lang: f"{text}."}) == []


@given(
    words=st.lists(
        st.sampled_from(
            [*sorted({*GUILT["en"].words} - {*GUILT["en"].people}), "lamp", "the", "law", "is", "a"]
        ),
        min_size=1,
    )
)
def test_what_the_law_says_of_an_act_needs_no_conviction(words: list[str]) -> None:
    assert messages(summary=f"Selling lamps {' '.join(words)}.") == []


@given(title=st.text("ab é犯人灯A'", min_size=1).filter(str.strip), text=st.text("ab é犯人灯A'"))
def test_a_word_is_found_wherever_it_stands_alone(title: str, text: str) -> None:
    word = " ".join(title.split())
    assert any(Wording([word]).find(f"{text} {word} {text}"))
    assert not any(Wording([word], [f"x {word} x"]).find(f"x {word} x"))


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("broke the law", "He BROKE\u00a0the  law.", ("BROKE\u00a0the  law", 3)),
        ("guilty", "A gu\u00adil\u200bty man", ("gu\u00adil\u200bty", 2)),
        ("guilty", "\u200bｇｕＩｌｔｙ。", ("ｇｕＩｌｔｙ", 1)),
        ("ＡＩ灯", "新しいai\ufe0f灯だ", ("ai\ufe0f灯", 3)),
        ("ガス灯", "ｶﾞｽ灯", ("ｶﾞｽ灯", 0)),
        ("ガス灯", "カ灯", None),
    ],
)
def test_a_word_is_found_however_it_is_written(word: str, text: str, found: tuple[str, int] | None) -> None:
    assert next(Wording([word]).find(text), None) == found
    assert Wording([word]).may_stand_in(text) == (found is not None)


# ----- the theme -----

REVIEWED = {"coverage.regulated", "stage.presumed"}
"""What a law's page says of an act, never a case's page of somebody; and the presumption of innocence itself."""


def test_no_fixed_word_of_the_theme_speaks_of_guilt() -> None:
    assert LIBRARY.site is not None
    for language in LIBRARY.site.languages:
        strings = read_strings(ROOT / "theme" / "strings", language, LIBRARY.site)
        wording = Wording(GUILT[language.lang].words, GUILT[language.lang].except_in)
        found = {key for key, words in strings.words.items() if any(wording.find(words))}
        assert found == REVIEWED


def test_no_template_speaks_of_guilt() -> None:
    wording = Wording(GUILT["en"].words)
    for file in sorted((ROOT / "theme" / "pages").glob("*.j2")):
        words = re.sub(r"\{[{%].*?[%}]\}", "", file.read_text("utf-8"))
        assert [found[0] for found in wording.find(words)] == [], file.name
