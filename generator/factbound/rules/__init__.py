"""Rules in a table, each one idea; the Library in, problems out."""

from .page import explanation, listing, page
from .registry import RULES, check, is_blocking, not_accepted
from .rule import Rule

__all__ = ["RULES", "Rule", "check", "explanation", "is_blocking", "listing", "not_accepted", "page"]
