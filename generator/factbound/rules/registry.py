"""The table of all rules, and the one loop over it."""

from __future__ import annotations

from collections.abc import Iterable

from ..library import Entry, Library
from ..model import Accepted
from ..problems import Problem
from . import dates, evidence, laws, reading, references, texts
from .rule import Rule

RULES: dict[str, Rule] = {
    rule.id: rule for module in (reading, references, evidence, texts, dates, laws) for rule in module.RULES
}
"""Every rule by its id, in the order of the docs."""

BLOCKS_A_SITE = {"unsourced"}
"""Advice while a draft is written, but no build that writes a site accepts it."""


def check(library: Library) -> list[Problem]:
    """All problems of a project, sorted; advice that a record accepts is left out."""
    problems = list(library.problems)
    if library.site is not None:
        for rule in RULES.values():
            if rule.finds is not None:
                problems.extend(rule.finds(library))
    return sorted(set(_without_accepted(problems, library)))


def is_blocking(problem: Problem, *, strict: bool = False, writes_site: bool = False) -> bool:
    """Whether a problem stops a check or a build."""
    return problem.level == "error" or strict or (writes_site and problem.rule in BLOCKS_A_SITE)


def _accepted(entry: Entry) -> tuple[Accepted, ...]:
    return getattr(entry.record, "accepted", ())


def _without_accepted(problems: Iterable[Problem], library: Library) -> Iterable[Problem]:
    # `until` is looked at by the command that lists what is due: `check` never depends on the day.
    accepting = {entry.document.path: entry for entry in library.entries.values() if _accepted(entry)}
    used: set[tuple[str, int]] = set()
    for problem in problems:
        entry = accepting.get(problem.path)
        for index, one in enumerate(_accepted(entry) if entry else ()):
            if problem.level == "advice" and one.rule == problem.rule:
                used.add((problem.path, index))
                break
        else:
            yield problem
    for path, entry in accepting.items():
        for index, one in enumerate(_accepted(entry)):
            if (path, index) not in used:
                what = (
                    f"no advice of '{one.rule}' is left to accept"
                    if one.rule in RULES
                    else f"there is no rule '{one.rule}'"
                )
                yield entry.problem(
                    ("accepted", index, "rule"), "accepted-unused", what, "remove the entry", advice=True
                )
