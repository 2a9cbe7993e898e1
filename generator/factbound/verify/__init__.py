"""The quotes of all evidence and the pages that they are from in; whether each still stands there out."""

from .extract import PageText, decoded, read_page
from .judge import instead, judge
from .match import Folded, fold, places_of
from .report import looked_at, problems_of, tally_of, unknown_of
from .run import Plan, Quotes, Run, Way, plan_of, quotes_of, read_saved, strangers

__all__ = [
    "Folded",
    "PageText",
    "Plan",
    "Quotes",
    "Run",
    "Way",
    "decoded",
    "fold",
    "instead",
    "judge",
    "looked_at",
    "places_of",
    "plan_of",
    "problems_of",
    "quotes_of",
    "read_page",
    "read_saved",
    "strangers",
    "tally_of",
    "unknown_of",
]
