"""Rules in a table, each one idea; the Library in, problems out."""

from .registry import RULES, check, is_blocking
from .rule import Rule

__all__ = ["RULES", "Rule", "check", "is_blocking"]
