"""Rules about time: an order of dates that is impossible. Ranges are compared, so a rule fires only where no
reading of the dates fits; future dates are legal; none depends on today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..library import Library
from ..model import Applied, Archive, Case, Party, Regulation, Source, TimelineEvent, Version
from ..problems import Problem
from ..values import Date
from ..yamlfile import Keys
from .rule import Rule

_ORDERS: dict[type, tuple[tuple[str, str], ...]] = {
    Version: (("passed", "promulgated"), ("passed", "in_force")),
    Source: (("issued", "accessed"),),
}
"""Model -> pairs of fields of which the first cannot lie after the second."""


def impossible_orders(library: Library) -> Iterator[Problem]:
    """Pairs of days in the wrong order."""
    for entry in library.entries.values():
        record = entry.record
        for keys, part in entry.survey.parts:
            for first, second in _ORDERS.get(type(part), ()):
                if problem := _order(
                    entry,
                    (*keys, first.replace("_", "-")),
                    getattr(part, first),
                    (*keys, second.replace("_", "-")),
                    getattr(part, second),
                ):
                    yield problem
            pair: tuple[Keys, Date | str, Keys, Date | str] | None = None
            if isinstance(part, Archive) and isinstance(record, Source):
                pair = (("issued",), record.issued, (*keys, "date"), part.date)
            elif isinstance(part, Party) and isinstance(record, Case) and part.stage_on:
                pair = (("occurred",), record.occurred, (*keys, "stage-on"), part.stage_on)
            if pair and (problem := _order(entry, *pair)):
                yield problem
            if (
                isinstance(part, TimelineEvent)
                and part.date.bounds is None
                and part.date.interval == (None, None)
            ):
                yield entry.problem(
                    (*keys, "date"), "date-order", "the period has no ends", "give one of them"
                )


def _order(
    entry: Any, first_keys: Keys, first: Date | str | None, second_keys: Keys, second: Date | str | None
) -> Problem | None:
    if isinstance(first, Date) and isinstance(second, Date) and second.surely_before(first):
        one, other = first_keys[-1], second_keys[-1]
        problem: Problem = entry.problem(
            second_keys,
            "date-order",
            f"'{other}' ({second}) lies before '{one}' ({first})",
            "correct one of the two",
        )
        return problem
    return None


def versions_in_order(library: Library) -> Iterator[Problem]:
    """Versions of a law that are not listed oldest first."""
    for entry in library.collection("regulations"):
        assert isinstance(entry.record, Regulation)
        before: tuple[str, Date] | None = None
        for slug, version in entry.record.history.items():
            if version.in_force is None:
                continue
            if before and version.in_force.surely_before(before[1]):
                yield entry.problem(
                    ("history", slug, "in-force"),
                    "date-order",
                    f"'{slug}' ({version.in_force}) stands after '{before[0]}' ({before[1]}) and came earlier",
                    "list the versions oldest first",
                )
            before = (slug, version.in_force)


def applied_in_force(library: Library) -> Iterator[Problem]:
    """A case that applies a law's version to acts on days when it was not in force."""
    for entry in library.collection("cases"):
        assert isinstance(entry.record, Case)
        for slug, applied in entry.record.law.items():
            problem = _not_in_force(library, entry, slug, applied)
            if problem:
                yield problem


def _not_in_force(library: Library, entry: Any, slug: str, applied: Applied) -> Problem | None:
    law = library.entries.get(applied.regulation)
    if law is None or not isinstance(law.record, Regulation) or applied.version not in law.record.history:
        return None
    slugs = list(law.record.history)
    version = law.record.history[applied.version]
    following = [law.record.history[one].in_force for one in slugs[slugs.index(applied.version) + 1 :]]
    replaced = next((date for date in following if date), None)
    if version.in_force and applied.acts.surely_before(version.in_force):
        what, todo = (
            f"was not in force before {version.in_force}",
            "name the version in force on the day of the acts",
        )
    elif replaced and replaced.surely_before(applied.acts):
        what, todo = f"was replaced on {replaced}", "name the version in force on the day of the acts"
    else:
        return None
    problem: Problem = entry.problem(
        ("law", slug, "version"),
        "law-of-the-day",
        f"'{applied.version}' {what}, and the acts are of {applied.acts}",
        todo,
    )
    return problem


RULES = (
    Rule("date-order", "error", "Days stand in an order that is possible.", "passed: 2025-06-04\nin-force: 2024-01-01", "passed: 2025-05-28\nin-force: 2025-06-04", impossible_orders),
    Rule("history-order", "error", "Versions of a law are listed oldest first; reported as date-order.", "history: {v2025: …, v2011: …}", "history: {v2011: …, v2025: …}", versions_in_order),
    Rule("law-of-the-day", "error", "The law applies to a case as it stood on the day of the acts.", "acts: 2024-10\nversion: since-2025", "acts: 2024-10\nversion: amended-2011", applied_in_force),
)  # fmt: skip
