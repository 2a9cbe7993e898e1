"""The quotes of all evidence and the pages that they are from in; whether each still stands there out."""

from .extract import decoded
from .judge import judge
from .report import looked_at, problems_of, tally_of, unknown_of
from .run import Plan, Quotes, Run, Way, plan_of, quotes_of, read_saved

__all__ = [
    "Plan",
    "Quotes",
    "Run",
    "Way",
    "decoded",
    "judge",
    "looked_at",
    "plan_of",
    "problems_of",
    "quotes_of",
    "read_saved",
    "tally_of",
    "unknown_of",
]
