"""Addresses outside the site in; what each answers, told as ok, moved, gone or unknown, out."""

from .judge import TextFragment, judge, text_fragments
from .report import as_data, tally_of, unknown_of
from .run import AT_ONCE, LIMITS, Visits, visit_all

__all__ = [
    "AT_ONCE",
    "LIMITS",
    "TextFragment",
    "Visits",
    "as_data",
    "judge",
    "tally_of",
    "text_fragments",
    "unknown_of",
    "visit_all",
]
