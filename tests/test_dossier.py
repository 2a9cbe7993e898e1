"""What became of the research file's rows: each stands on the site, or the list says why it does not."""

from __future__ import annotations

import re
from typing import TypedDict

import pytest
import yaml

from factbound.library import Library
from helpers import ROOT, library_of

LIST = ROOT / "tests" / "dossier.yml"
# "at" or "left-out": an entry has one of the two.
Row = TypedDict("Row", {"at": list[str], "left-out": str}, total=False)


def numbers(chapter: int, *ranges: tuple[int, int]) -> list[str]:
    """`1.01`, `1.02`, ...: the numbered rows of a chapter, by the first and the last of each table."""
    return [f"{chapter}.{number:02}" for first, last in ranges for number in range(first, last + 1)]


def names(chapter: int, words: str) -> list[str]:
    """`3.KR`, `3.UK-66B`, ...: the rows of a table without numbers."""
    return [f"{chapter}.{word}" for word in words.split()]


ROWS = [
    *numbers(1, (1, 27), (30, 34), (40, 48)),
    *numbers(2, (1, 12), (20, 25), (30, 42), (50, 51), (60, 66), (70, 74)),
    *names(3, "JP KR UK-66B UK-66E UK-CPA US-TIDA US-DEFIANCE US-STATES EU-DIR EU-ART50 EU-ART5 AU CN DK TW"),
    *names(3, "headline"),
    *numbers(4, (1, 13)),
    *names(5, "1 2 3 4 5"),
    *names(6, "japan-one-stop-centres japan-cure-time japan-police-sexual-crime-line"),
    *names(6, "japan-police-general-consultation internet-hotline-center safe-line sia-defamation-hotline"),
    *names(6, "illegal-harmful-information-center moj-human-rights-counselling paps stopncii-org"),
    *names(6, "take-it-down-ncmec revenge-porn-helpline cyber-civil-rights-initiative"),
    *names(6, "korea-digital-sex-crime-centre"),
    *names(
        7, "generative-ai deepfake sexual-deepfake obscenity-distribution public-display mosaic unaltered"
    ),
    *names(7, "non-consensual-intimate-image cyber-patrol ordinance administrative-fine summary-indictment"),
    *names(7, "referral-to-prosecutors kokinkei"),
    *(f"8.{number}" for number in range(1, 20)),
]
"""The rows of the research file, in its order."""


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    read: dict[str, Row] = yaml.safe_load(LIST.read_text("utf-8"))
    return read


@pytest.fixture(scope="module")
def library() -> Library:
    return library_of(ROOT)


def test_every_row_of_the_research_file_is_there_once_and_in_order() -> None:
    # Read as nodes: a mapping would keep only the last of two rows with one number.
    node = yaml.compose(LIST.read_text("utf-8"))
    assert isinstance(node, yaml.MappingNode)
    assert [key.value for key, _ in node.value] == ROWS


def test_a_row_stands_on_the_site_or_is_left_out(rows: dict[str, Row]) -> None:
    assert {id: list(row) for id, row in rows.items() if list(row) not in (["at"], ["left-out"])} == {}


def test_every_row_stands_where_the_list_says(rows: dict[str, Row], library: Library) -> None:
    lost = [(id, path) for id, row in rows.items() for path in row.get("at", []) if not library.resolve(path)]
    assert lost == []


def test_a_row_that_stands_on_the_site_names_its_places_once(rows: dict[str, Row]) -> None:
    places = {id: row["at"] for id, row in rows.items() if "at" in row}
    assert [id for id, paths in places.items() if not paths or len(set(paths)) < len(paths)] == []


def test_a_row_stands_in_a_record_that_tells_and_not_in_a_source(
    rows: dict[str, Row], library: Library
) -> None:
    sources = {id for id, entry in library.entries.items() if entry.collection == "sources"}
    assert sources
    assert [id for id, row in rows.items() if sources & {at.split(".")[0] for at in row.get("at", [])}] == []


def test_every_reason_is_a_sentence(rows: dict[str, Row]) -> None:
    reasons = {id: row["left-out"] for id, row in rows.items() if "left-out" in row}
    assert reasons
    assert {id: why for id, why in reasons.items() if not re.fullmatch(r"[A-Z]\S* .*\w\.", why)} == {}
