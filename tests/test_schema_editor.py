"""What an editor sees who opens this folder: yaml-language-server is asked as an editor's program asks it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from factbound.library import Library
from factbound.schema import offered
from helpers import ROOT, library_of
from language_server import LanguageServer, settings_of

HEAD = "# yaml-language-server: $schema=../_schema/cases.json\n"
CASE = """\
title: The fair
kind: event
jurisdiction: japan
occurred: 2025-04-14
checked: unknown
evidence:
  - source: example-gazette
"""
CASES = "content/cases/*.yml"


@pytest.fixture(scope="module")
def folder() -> Iterator[LanguageServer]:
    """This folder, opened by a program that follows its settings."""
    server = LanguageServer(ROOT, settings_of(ROOT))
    yield server
    server.close()


@pytest.fixture(scope="module")
def bare() -> Iterator[LanguageServer]:
    """This folder, opened by a program that knows nothing of settings."""
    server = LanguageServer(ROOT, {})
    yield server
    server.close()


@pytest.fixture(scope="module")
def library() -> Library:
    return library_of(ROOT)


def listed(library: Library, name: str) -> dict[str, str]:
    """Ids of the content, with what is said of each. Those of records that are newer than the list may be missing."""
    return offered(library)[name]


# ----- completion -----


def test_the_words_of_an_enumeration_are_offered(folder: LanguageServer) -> None:
    assert list(folder.offers(CASES, CASE.replace("kind: event", "kind: ‸"))) == [
        "incident",
        "ruling",
        "event",
    ]


def test_the_keys_of_a_record_are_offered_with_their_guidelines(folder: LanguageServer) -> None:
    found = folder.offers(CASES, CASE + "‸")
    assert {"summary", "facts", "parties", "privacy-review"} <= set(found)
    assert {"title", "kind"}.isdisjoint(found), "they stand there already"
    assert (
        found["privacy-review"]
        == "After this day ages and occupations are dropped from the page and from the data."
    )


def test_the_keys_of_a_part_are_offered(folder: LanguageServer) -> None:
    found = folder.offers(CASES, CASE + "parties:\n  keeper:\n    role: The keeper\n    ‸")
    assert set(found) >= {"stage", "stage-on", "final", "says", "evidence", "standing"}


@pytest.mark.parametrize(
    ("path", "text", "name", "id"),
    [
        (CASES, CASE.replace("example-gazette", "‸"), "sources", "jt-kyodo"),
        (CASES, CASE.replace("japan", "‸"), "jurisdictions", "japan"),
        (CASES, CASE + "parties:\n  keeper:\n    stage: ‸\n", "stages", "charged"),
        (CASES, CASE + "law:\n  first:\n    regulation: ‸\n", "regulations", "penal-code-175"),
        ("content/glossary/*.yml", "title: Lantern\nnot-the-same-as:\n  ‸", "glossary", "deepfake"),
        (
            "content/explainers/*.yml",
            "title: The fair\nkey-facts:\n  - ‸",
            "values",
            "celebrity-deepfakes-2025.facts.takings",
        ),
    ],
    ids=["source", "jurisdiction", "stage", "regulation", "term", "value"],
)
def test_ids_are_offered_where_a_field_takes_one(
    folder: LanguageServer, library: Library, path: str, text: str, name: str, id: str
) -> None:
    known, found = listed(library, name), folder.offers(path, text)
    assert id in known and id in found
    assert len(set(known) & set(found)) > 0.8 * len(known)
    if name != "glossary":  # keys are offered without a word on each
        assert found[id] == known[id]


def test_ids_of_terms_and_of_all_records_are_offered_among_the_related(folder: LanguageServer) -> None:
    found = folder.offers(CASES, CASE + "related:\n  - ‸")
    assert {"deepfake", "penal-code-175", "japan"} <= set(found)


def test_nothing_is_written_that_nobody_chose(folder: LanguageServer) -> None:
    # An example beside a description would be inserted with its key.
    inserted = folder.inserts("content/statistics/*.yml", "‸")
    assert {key: inserted[key].strip() for key in ("title", "measured-by", "checked")} == {
        "title": "title:", "measured-by": "measured-by:", "checked": "checked:",
    }  # fmt: skip


# ----- help -----


def test_a_field_explains_itself(folder: LanguageServer) -> None:
    text = folder.explains("content/statistics/*.yml", "title: The fair\nmeasured‸-by: The office\n")
    assert text.startswith("Who measured it, as they call themselves.")
    assert "Example:\n\n```yaml\nExample Harbour Office\n```" in text


def test_a_word_of_an_enumeration_is_explained_with_the_others(folder: LanguageServer) -> None:
    text = folder.explains(CASES, CASE.replace("kind: event", "kind: ev‸ent"))
    assert "for what happened" in text
    assert "* `event`\n* `incident`\n* `ruling`\n" in text


def test_an_id_says_what_stands_behind_it(folder: LanguageServer, library: Library) -> None:
    known = listed(library, "sources")["jt-kyodo"]
    text = folder.explains(CASES, CASE.replace("example-gazette", "jt-ky‸odo"))
    assert known.split(" (")[0] in text.replace("\\", "")


# ----- red lines -----


def test_a_right_record_has_none(folder: LanguageServer) -> None:
    assert folder.marks(CASES, CASE) == []


@pytest.mark.parametrize(
    "path",
    ["cases/tokyo-ai-posters-2025", "regulations/penal-code-175", "glossary/deepfake", "sources/jt-kyodo"],
)
def test_records_of_this_site_have_none(folder: LanguageServer, path: str) -> None:
    collection = path.partition("/")[0]
    text = (ROOT / "content" / f"{path}.yml").read_text("utf-8")
    assert folder.marks(f"content/{collection}/*.yml", text) == []


def test_mistakes_are_marked_where_they_are(folder: LanguageServer) -> None:
    wrong = "titel: The fair\nparties:\n  keeper:\n    role: The keeper\n    stage: charged\n    final: maybe\nfacts:\n  takings:\n    says: So.\n    value: {amount: five, currency: JPY}\n"
    assert folder.marks(CASES, CASE + wrong) == [
        (8, 1, "Property titel is not allowed."),
        (13, 12, 'Value is not accepted. Valid values: "yes", "no", "unknown".'),
        (17, 21, 'Incorrect type. Expected "number | Range".'),
    ]


def test_what_is_missing_is_marked_at_the_record(folder: LanguageServer) -> None:
    assert folder.marks(CASES, CASE.replace("kind: event\n", "")) == [(1, 1, 'Missing property "kind".')]


def test_an_id_that_is_newer_than_the_list_is_not_marked(folder: LanguageServer) -> None:
    assert folder.marks(CASES, CASE.replace("example-gazette", "a-new-source")) == []
    assert [line for line, *_ in folder.marks(CASES, CASE.replace("example-gazette", "A new source"))] == [7]


# ----- without settings -----


def test_the_first_line_of_a_file_is_enough(bare: LanguageServer) -> None:
    assert list(bare.offers(CASES, HEAD + CASE.replace("kind: event", "kind: ‸"))) == [
        "incident",
        "ruling",
        "event",
    ]
    assert "jt-kyodo" in bare.offers(CASES, HEAD + CASE.replace("example-gazette", "‸"))
    assert bare.marks(CASES, HEAD + "titel: The fair\n" + CASE) == [(2, 1, "Property titel is not allowed.")]
    assert bare.marks(CASES, "titel: The fair\n") == [], "and without it there is no help"
