"""Dates (EDTF), amounts and quantities: read strictly, compared as ranges, set in a language."""

from .currencies import is_currency, likely_currency
from .dates import HOW_TO_DATE, Date, EdtfDate, KnownOrNot, likely_date
from .quantities import (
    VALUE_KINDS,
    AnyValue,
    Count,
    Duration,
    Money,
    Number,
    Percent,
    Qualifier,
    Quantity,
    Range,
    Rank,
    Rate,
    Ratio,
    Value,
    When,
    same_kind,
)
from .reading import TAG, plain_schema, plain_type
from .setting import Setting
from .typed import Reader, Typed

__all__ = [
    "HOW_TO_DATE", "TAG", "VALUE_KINDS", "AnyValue", "Count", "Date", "Duration", "EdtfDate", "KnownOrNot", "Money", "Number",
    "Percent", "Qualifier", "Quantity", "Range", "Rank", "Rate", "Ratio", "Reader", "Setting", "Typed", "Value", "When", "is_currency", "likely_currency", "likely_date", "plain_schema", "plain_type", "same_kind",
]  # fmt: skip
