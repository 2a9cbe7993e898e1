"""Rules about values: a currency that there is, and no penalty of less than nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..library import Entry, Library
from ..model import Account, Fact, Penalty, Site
from ..problems import Problem
from ..settings import Strict
from ..values import Count, Money, Quantity, Range, Rate, Value, is_currency, likely_currency
from ..yamlfile import Keys
from .rule import Rule


def currencies(library: Library) -> Iterator[Problem]:
    """Codes that neither ISO 4217 has nor site.yml names."""
    assert library.site is not None
    named = library.site.currencies
    found = [
        (entry, (*keys, key), code) for entry, keys, value in _values(library) for key, code in _codes(value)
    ]
    real = {code for _entry, _keys, code in found if code in named or is_currency(code)}
    for entry, keys, code in found:
        if code not in real:
            todo = likely_currency(code, sorted(real | set(named))) or _OTHERWISE
            yield entry.problem(keys, "currency-unknown", f"'{code}' is no currency of ISO 4217", todo)


_OTHERWISE = "use its code, such as EUR, or name it under 'currencies' in content/site.yml"


def is_unlisted(value: Value | None, site: Site) -> bool:
    """Whether a value counts in what is told to be no unit or currency."""
    if isinstance(value, Count):
        return value.unit is not None and value.unit not in site.units
    return isinstance(value, Money) and not (value.currency in site.currencies or is_currency(value.currency))


def _codes(value: Value) -> tuple[tuple[str, str], ...]:
    if isinstance(value, Money):
        return (("currency", value.currency),)
    return (("from", value.from_), ("to", value.to)) if isinstance(value, Rate) else ()


def _values(library: Library) -> Iterator[tuple[Entry, Keys, Value]]:
    for kind, names in ((Fact, ("value",)), (Account, ("value",)), (Penalty, ("min", "max"))):
        holder: type[Strict] = kind
        for entry, keys, part in library.parts(holder):
            for name in names:
                if value := getattr(part, name):
                    yield entry, (*keys, name), value


def penalties(library: Library) -> Iterator[Problem]:
    """Amounts, terms and shares below 0 as what a law threatens, by itself or by an account of it."""
    for entry, keys, penalty in library.parts(Penalty):
        said: list[tuple[Keys, Value | None]] = [(("min",), penalty.min), (("max",), penalty.max)]
        said += [(("accounts", slug, "value"), one.value) for slug, one in penalty.accounts.items()]
        for below, value in said:
            if isinstance(value, Quantity) and (least := _least(value)) < 0:
                what, todo = (
                    f"a penalty cannot be below 0: {least}",
                    f"write {abs(least)}, or what the law says",
                )
                yield entry.problem((*keys, *below, value.holds), "penalty-negative", what, todo)


def _least(value: Quantity) -> Decimal:
    figure = value.figure
    return figure.from_ if isinstance(figure, Range) else figure


RULES = (
    Rule("currency-unknown", "error", "A currency is named by its code of ISO 4217, or by one of `currencies` in site.yml.", "value: {amount: 500, currency: YEN}", "value: {amount: 500, currency: JPY}", (currencies,)),
    Rule("penalty-negative", "error", "What a law threatens is not less than nothing.", "max: {amount: -500, currency: EUR}", "max: {amount: 500, currency: EUR}", (penalties,)),
)  # fmt: skip
