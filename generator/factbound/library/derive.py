"""Values in; the value that is worked out from them out, or None where there is none."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from ..values import Count, Money, Percent, Quantity, Range, Rank, Rate, Ratio, Value, same_kind


def derive(op: str, values: list[Value]) -> Value | None:
    """Work out `op` of plain figures; see `Derive` for what each operation means.

    What went in with a qualifier, and what had to be rounded, comes out as "about".
    """
    first = values[0]
    if op == "convert":
        return _converted(values)
    numbers = [value.figure for value in values if isinstance(value, Quantity)]
    figures = [number for number in numbers if isinstance(number, Decimal)]
    if len(figures) != len(values) or not isinstance(first, Quantity):
        return None
    same = all(same_kind(first, other) for other in values)
    if op == "rank":
        return (
            Rank.model_construct(rank=1 + sum(figure > figures[0] for figure in figures[1:]))
            if same
            else None
        )
    qualifier = "about" if any(isinstance(value, Quantity) and value.qualifier for value in values) else None
    if op == "sum":
        return _like(first, sum(figures, Decimal()), qualifier) if same else None
    if len(figures) != 2:
        return None
    if op == "difference":
        return _like(first, figures[0] - figures[1], qualifier) if same else None
    if figures[1] == 0:
        return None
    if op == "percent-change":
        return (
            _rounded(Percent, "percent", (figures[0] - figures[1]) / figures[1] * 100, qualifier)
            if same
            else None
        )
    if same:
        return _rounded(Ratio, "times", figures[0] / figures[1], qualifier)
    if isinstance(first, Money) and isinstance(values[1], Count):
        return _rounded(Money, "amount", figures[0] / figures[1], qualifier, currency=first.currency)
    return None


def _converted(values: list[Value]) -> Value | None:
    """An amount at a rate that leads from its currency to another, in either direction."""
    if len(values) != 2:
        return None
    amount, rate = values
    if not isinstance(amount, Money) or not isinstance(rate, Rate) or isinstance(amount.figure, Range):
        return None
    if amount.currency == rate.from_:
        return _rounded(Money, "amount", amount.figure * rate.rate, "about", currency=rate.to)
    if amount.currency == rate.to:
        return _rounded(Money, "amount", amount.figure / rate.rate, "about", currency=rate.from_)
    return None


def _like(first: Quantity, figure: Decimal, qualifier: str | None) -> Value:
    made: Value = first.model_copy(update={first.holds: figure, "qualifier": qualifier})  # type: ignore[assignment]
    return made


def _rounded(kind: Any, name: str, figure: Decimal, qualifier: str | None, **rest: Any) -> Value:
    # Three significant digits: no source here is more exact than that.
    exact = figure
    if figure:
        figure = figure.quantize(Decimal(1).scaleb(figure.adjusted() - 2), ROUND_HALF_EVEN)
    fields = {
        name: figure.normalize() + 0,
        "qualifier": qualifier or ("about" if figure != exact else None),
        **rest,
    }
    made: Value = kind.model_construct(**fields)
    return made
