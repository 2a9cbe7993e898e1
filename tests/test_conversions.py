"""An amount in another currency: worked out at a rate that is a fact of its own, with its day and its source."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from factbound.library import Library
from factbound.pages import make_files, make_pages
from factbound.rules import check
from factbound.settings import Addresses
from factbound.values import Money
from helpers import DAY, FAIR, FAIR_HEAD, a_source, lay

CASE = f"""\
{FAIR_HEAD}facts:
  takings: {{label: Takings, value: {{amount: AMOUNT, currency: CURRENCY}}}}
  rate:
    label: The rate
    value: {{rate: 150.2, from: USD, to: JPY, day: 2025-04-14}}
    evidence: [{{source: example-bank}}]
  abroad:
    label: Takings abroad
    derive: {{op: convert, of: [the-fair.facts.takings, the-fair.facts.rate]}}
    standing: inferred
"""
BANK = a_source("Rates of the day", "Example Bank", "dataset")


def fair(root: Path, amount: int | str, currency: str) -> Library:
    case = CASE.replace("AMOUNT", str(amount)).replace("CURRENCY", currency)
    return lay(root, {FAIR: case, "content/sources/example-bank.yml": BANK})


@pytest.mark.parametrize(
    ("amount", "currency", "there", "unit"),
    [(10_000_000, "JPY", 66600, "USD"), (1000, "USD", 150000, "JPY"), (3, "USD", 451, "JPY")],
)
def test_an_amount_is_converted_in_both_directions_to_three_digits(
    amount: int, currency: str, there: int, unit: str, tmp_path: Path
) -> None:
    valued = fair(tmp_path, amount, currency).valued("the-fair.facts.abroad")
    assert valued is not None
    value = valued.value
    assert isinstance(value, Money)
    assert (value.amount, value.currency, value.qualifier) == (Decimal(there), unit, "about")
    assert [one.source for one in valued.evidence] == ["example-gazette", "example-bank"]


def test_a_range_is_converted_by_both_its_ends(tmp_path: Path) -> None:
    pages = make_pages(fair(tmp_path, "{from: 1000000, to: 5000000}", "JPY"), "en", today=DAY)
    text = next(page.markdown for page in pages if page.path == "cases/the-fair.md")
    assert "about 6,660 to 33,300 US dollars" in text


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "to: JPY", "to: USD",
            "11:12: error[wrong-value]: 'value' cannot be '{rate: 150.2, from: USD, to: USD, day: 2025-04-14}' "
            "(give 'from' and 'to' two currencies)",
        ),
        (
            "currency: JPY", "currency: JPY, qualifier: several",
            "15:13: error[derived]: 'convert' cannot be worked out of the-fair.facts.takings, the-fair.facts.rate "
            "(use the path of an amount, not of 'several', then that of a rate from or to its currency)",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_converted_is_told(old: str, new: str, problem: str, tmp_path: Path) -> None:
    text = CASE.replace("AMOUNT", "1000").replace("CURRENCY", "JPY").replace(old, new)
    library = lay(tmp_path, {"content/cases/the-fair.yml": text, "content/sources/example-bank.yml": BANK})
    errors = [str(one) for one in check(library) if one.level == "error"]
    assert errors == [f"content/cases/the-fair.yml:{problem}"]


def test_a_page_names_the_rate_its_day_and_its_source(tmp_path: Path) -> None:
    pages = make_pages(fair(tmp_path, 10_000_000, "JPY"), "en", today=DAY)
    text = next(page.markdown for page in pages if page.path == "cases/the-fair.md")
    line = next(line for line in text.splitlines() if line.startswith("**Takings abroad"))
    assert "about 66,600 US dollars" in line
    assert (
        "Converted from: [Takings](#facts-takings), [The rate](#facts-rate): 1 US dollar = 150.2 Japanese yen (14 April 2025)[^"
        in line
    )
    assert "“Rates of the day”, Example Bank" in text


def test_a_rate_is_data_too(tmp_path: Path) -> None:
    library = fair(tmp_path, 10_000_000, "JPY")
    facts = make_files(library, "en", Addresses(), today=DAY)["data/facts.csv"].splitlines()
    row = next(line for line in facts if line.startswith("the-fair.facts.rate"))
    assert ",150.2,,JPY for 1 USD,,2025-04-14," in row
