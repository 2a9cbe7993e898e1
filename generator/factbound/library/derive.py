"""Values in; the value that is worked out from them out, or None where there is none."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from ..values import Count, Money, Percent, Quantity, Range, Rank, Rate, Ratio, Value, same_kind


def derive(op: str, values: list[Value]) -> Value | None:
    """Work out `op` of plain figures; see `Derive` for what each operation means.

    What went in with a qualifier, and what had to be rounded, comes out as "about". Nothing is worked out of "several".
    """
    first = values[0]
    if any(isinstance(value, Quantity) and value.qualifier == "several" for value in values):
        return None
    if op == "convert":
        return _converted(*values) if len(values) == 2 else None
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


def _converted(amount: Value, rate: Value) -> Value | None:
    """An amount at a rate that leads from its currency to another, in either direction; a range by both its ends."""
    if not isinstance(amount, Money) or not isinstance(rate, Rate):
        return None
    if amount.currency not in (rate.from_, rate.to):
        return None
    forth = amount.currency == rate.from_

    def there(figure: Decimal) -> Decimal:
        return _three_digits(figure * rate.rate if forth else figure / rate.rate)

    figure = amount.figure
    return Money.model_construct(
        amount=Range.model_construct(from_=there(figure.from_), to=there(figure.to))
        if isinstance(figure, Range)
        else there(figure),
        currency=rate.to if forth else rate.from_,
        qualifier="about",
    )


def _like(first: Quantity, figure: Decimal, qualifier: str | None) -> Value:
    made: Value = first.model_copy(update={first.holds: figure, "qualifier": qualifier})  # type: ignore[assignment]
    return made


def _rounded(kind: Any, name: str, exact: Decimal, qualifier: str | None, **rest: Any) -> Value:
    figure = _three_digits(exact)
    fields = {name: figure, "qualifier": qualifier or ("about" if figure != exact else None), **rest}
    made: Value = kind.model_construct(**fields)
    return made


def _three_digits(figure: Decimal) -> Decimal:
    """No source here is more exact than three significant digits."""
    if figure:
        figure = figure.quantize(Decimal(1).scaleb(figure.adjusted() - 2), ROUND_HALF_EVEN)
    return figure.normalize() + 0
