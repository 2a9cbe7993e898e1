"""The quotes of all evidence and the pages that they are from in; whether each still stands there out."""

from .extract import PageText, decoded, read_page
from .judge import asks_for_proof, judge, shown_gone
from .match import Folded, fold, places_of
from .report import looked_at, problems_of, tally_of, unknown_of
from .run import Plan, Quotes, Run, Way, plan_of, quotes_of, read_saved

__all__ = [
    "Folded",
    "PageText",
    "Plan",
    "Quotes",
    "Run",
    "Way",
    "asks_for_proof",
    "decoded",
    "fold",
    "judge",
    "looked_at",
    "places_of",
    "plan_of",
    "problems_of",
    "quotes_of",
    "read_page",
    "read_saved",
    "shown_gone",
    "tally_of",
    "unknown_of",
]
