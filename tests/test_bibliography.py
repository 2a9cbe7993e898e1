"""The bibliography is read back by other people's programs."""

from __future__ import annotations

import io
import json

import pytest
import rispy
from pybtex.database import parse_string

from factbound.bibliography import bibtex, csl_json, ris
from factbound.model import Source

GAZETTE = Source.model_validate(
    {
        "type": "article-newspaper", "title": "Lanterns & quays: 100% lit_up {again}", "language": "en", "author": ("A. Keeper", "B. Harbour"),
        "container-title": "Example Gazette", "issued": "2031-04-15", "accessed": "2031-05-01", "read": "publisher",
        "URL": "https://gazette.example/lanterns_1",
    }
)  # fmt: skip
WIRE = Source.model_validate(
    {
        "type": "article-newspaper", "title": "unknown", "title-translated": "Lanterns on the quay", "language": "ja", "agency": "Example Wire",
        "issued": "2031-04~", "accessed": "unknown", "read": "copy", "link": "no", "because": "a copy", "URL": "https://copy.example/",
    }
)  # fmt: skip
SOURCES = {"gazette": GAZETTE, "wire": WIRE}


def test_csl_json_has_names_dates_and_no_made_up_titles() -> None:
    gazette, wire = json.loads(csl_json(SOURCES))
    assert gazette == {
        "id": "gazette", "type": "article-newspaper", "title": "Lanterns & quays: 100% lit_up {again}",
        "author": [{"literal": "A. Keeper"}, {"literal": "B. Harbour"}], "container-title": "Example Gazette",
        "issued": {"date-parts": [[2031, 4, 15]]}, "accessed": {"date-parts": [[2031, 5, 1]]},
        "URL": "https://gazette.example/lanterns_1", "language": "en",
    }  # fmt: skip
    assert wire == {
        "id": "wire", "type": "article-newspaper", "author": [{"literal": "Example Wire"}],
        "issued": {"date-parts": [[2031, 4]], "circa": True}, "language": "ja",
        "note": "Title in English, by us: Lanterns on the quay. Only a copy or summary by others was read",
    }  # fmt: skip


def test_bibtex_is_read_back_by_pybtex() -> None:
    entries = parse_string(bibtex(SOURCES), "bibtex").entries
    gazette, wire = entries["gazette"], entries["wire"]
    assert [str(person) for person in gazette.persons["author"]] == ["{A. Keeper}", "{B. Harbour}"]
    assert gazette.fields["title"] == r"{Lanterns \& quays: 100\% lit\_up \{again\}}"
    assert (gazette.fields["year"], gazette.fields["month"], gazette.fields["day"]) == ("2031", "April", "15")
    assert gazette.fields["url"] == "https://gazette.example/lanterns_1"
    assert "title" not in wire.fields and "url" not in wire.fields


def test_ris_is_read_back_by_rispy() -> None:
    gazette, wire = rispy.load(io.StringIO(ris(SOURCES)))
    assert (gazette["type_of_reference"], gazette["title"], gazette["authors"]) == (
        "NEWS",
        GAZETTE.title,
        ["A. Keeper", "B. Harbour"],
    )
    assert (gazette["year"], gazette["date"], gazette["urls"]) == (
        "2031",
        "2031/04/15",
        ["https://gazette.example/lanterns_1"],
    )
    assert "title" not in wire and "urls" not in wire


@pytest.mark.parametrize("issued", ["2031", "2031-22", "2031/2032", "unknown"])
def test_days_that_are_no_days_are_not_made_up(issued: str) -> None:
    source = Source.model_validate(
        {**GAZETTE.model_dump(by_alias=True), "issued": issued, "accessed": "unknown"}
    )
    entry = parse_string(bibtex({"x": source}), "bibtex").entries["x"]
    assert "month" not in entry.fields and "day" not in entry.fields
    assert "DA  -" not in ris({"x": source})
