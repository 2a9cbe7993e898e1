"""Which words of a text are mentions of a term: `tests/cases/glossary/<why>.yml` holds terms, texts, and in each text
the terms that are found with the words that stand for them."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from factbound.glossary import Found, Matcher, forms_of, mentioning, tokens_of
from factbound.model import Term
from helpers import ROOT, lay

CASES = [
    pytest.param(case["terms"], one["text"], one["found"], id=f"{file.stem}-{number}")
    for file in sorted((ROOT / "tests" / "cases" / "glossary").glob("*.yml"))
    for case in [yaml.safe_load(file.read_text("utf-8"))]
    for number, one in enumerate(case["texts"], 1)
]


def term(fields: dict[str, Any]) -> Term:
    lists = {
        key: {lang: tuple(forms) for lang, forms in value.items()} if isinstance(value, dict) else value
        for key, value in fields.items()
    }
    not_in = {"not-in": tuple(fields["not-in"])} if "not-in" in fields else {}
    return Term.model_validate({"title": "A", "definition": "B.", "checked": "unknown", **lists, **not_in})


def found_in(text: str, terms: dict[str, Any], lang: str = "en") -> list[Found]:
    return list(Matcher({id: term(fields) for id, fields in terms.items()}, lang).find(text))


@pytest.mark.parametrize(("terms", "text", "expected"), CASES)
def test_mentions_are_found(terms: dict[str, Any], text: str, expected: list[list[str]]) -> None:
    assert [[one.term, text[one.start : one.end]] for one in found_in(text, terms)] == expected


def test_without_terms_nothing_is_found() -> None:
    assert found_in("A lamp.", {}) == []


def test_the_forms_of_a_language_come_first() -> None:
    lamp = term({"forms": {"ja": ["灯"], "en": ["lamp"]}, "aliases": {"en": ["lantern"]}})
    assert list(forms_of(lamp, "en")) == ["lamp", "lantern", "灯"]
    assert list(forms_of(lamp, "ja")) == ["灯", "lamp", "lantern"]


LETTERS = "abAB Ａｂ灯台ランプーｶﾞがか々・、.-’'5５\u0301\u3099é"
FORMS = st.lists(st.text(LETTERS, min_size=1, max_size=4), min_size=1, max_size=6)


@given(forms=FORMS, text=st.text(LETTERS, max_size=40))
def test_mentions_are_words_of_a_term_and_never_overlap(forms: list[str], text: str) -> None:
    terms = {f"t{number}": {"forms": {"en": [form]}} for number, form in enumerate(forms)}
    end = 0
    for found in found_in(text, terms):
        assert end <= found.start < found.end <= len(text)
        end = found.end
        form = forms[int(found.term[1:])]
        assert tokens_of(text[found.start : found.end]) == tokens_of(form)


@given(form=st.text(LETTERS, min_size=1, max_size=6).filter(str.strip))
def test_a_word_alone_is_found_whole(form: str) -> None:
    assert found_in(f"  {form}\n", {"a": {"forms": {"en": [form]}}})[0].term == "a"


@given(text=st.text(max_size=30))
def test_every_text_is_its_tokens(text: str) -> None:
    found = found_in(text, {"a": {"forms": {"en": [text or "a"]}}})
    assert [text[one.start : one.end] for one in found] == ([text.strip()] if tokens_of(text) else [])


@given(word=st.text(LETTERS, min_size=1, max_size=6))
def test_the_shape_of_characters_makes_no_difference(word: str) -> None:
    composed = unicodedata.normalize("NFC", word)
    assert "".join(tokens_of(composed)) == "".join(tokens_of(word))


# ----- in the prose of records -----

QUAY = "title: Quay\nforms: {en: [jetty]}\ndefinition: Where ships lie, on a jetty.\nchecked: unknown\n"
CASE = "title: The fair\nkind: incident\njurisdiction: example-land\noccurred: 2025\nchecked: unknown\n"


@pytest.mark.parametrize(
    "body",
    [
        "The jetty.", "It is a *jetty* or a **jetty**.", "- the jetty", "> the jetty", "| Where |\n| --- |\n| A jetty |",
    ],
)  # fmt: skip
def test_a_mention_in_prose_links(body: str, tmp_path: Path) -> None:
    page = f"---\ntitle: About\nchecked: unknown\n---\n{body}\n"
    library = lay(tmp_path, {"content/glossary/quay.yml": QUAY, "content/pages/about.md": page})
    assert [entry.id for entry in mentioning(library, "en")["quay"]] == ["about"]


@pytest.mark.parametrize(
    "body",
    [
        "## The jetty", "The `jetty`.", "[The jetty](https://example.org/)", "The [[!jetty]].", "[[lantern|The jetty]]",
        "![A jetty](images/jetty.png)",
    ],
)  # fmt: skip
def test_no_mention_where_nothing_links(body: str, tmp_path: Path) -> None:
    page = f"---\ntitle: The jetty\nchecked: unknown\n---\n{body}\n"
    library = lay(tmp_path, {"content/glossary/quay.yml": QUAY, "content/pages/about.md": page})
    assert "quay" not in mentioning(library, "en")


def test_a_term_is_not_mentioned_by_its_own_page(tmp_path: Path) -> None:
    assert "quay" not in mentioning(lay(tmp_path, {"content/glossary/quay.yml": QUAY}), "en")


def test_texts_of_another_language_are_not_searched(tmp_path: Path) -> None:
    case = CASE + "summary: {en: The quay., fr: Le jetty.}\n"
    library = lay(tmp_path, {"content/glossary/quay.yml": QUAY, "content/cases/the-fair.yml": case})
    assert "quay" not in mentioning(library, "en")
    assert [entry.id for entry in mentioning(library, "fr")["quay"]] == ["the-fair"]
