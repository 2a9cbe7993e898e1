"""Rules about time: an order of dates that is impossible. Ranges are compared, so a rule fires only where no
reading of the dates fits; future dates are legal; none depends on today."""

from __future__ import annotations

from collections.abc import Iterator

from ..library import Entry, Library
from ..model import Applied, Case, Party, Penalty, Regulation, Source, Version
from ..problems import Problem
from ..values import Date
from ..yamlfile import Keys
from .rule import Rule


def impossible_orders(library: Library) -> Iterator[Problem]:
    """Pairs of days in the wrong order."""
    for entry, keys, version in library.parts(Version):
        passed = ((*keys, "passed"), version.passed)
        yield from _order(entry, passed, ((*keys, "promulgated"), version.promulgated))
        yield from _order(entry, passed, ((*keys, "in-force"), version.in_force))
    for entry in library.collection("sources"):
        source = entry.record
        assert isinstance(source, Source)
        issued: _Dated = (("issued",), source.issued)
        yield from _order(entry, issued, (("accessed",), source.accessed))
        if source.archive:
            yield from _order(entry, issued, (("archive", "date"), source.archive.date))
    for entry, keys, party in library.parts(Party):
        assert isinstance(entry.record, Case)
        yield from _order(
            entry, (("occurred",), entry.record.occurred), ((*keys, "stage-on"), party.stage_on)
        )


_Dated = tuple[Keys, Date | str | None]


def _order(entry: Entry, first: _Dated, second: _Dated) -> Iterator[Problem]:
    (keys, one), (other_keys, other) = first, second
    if isinstance(one, Date) and isinstance(other, Date) and other.surely_before(one):
        what = f"'{other_keys[-1]}' ({other}) lies before '{keys[-1]}' ({one})"
        yield entry.problem(other_keys, "date-order", what, "correct one of the two")


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


def penalties_in_order(library: Library) -> Iterator[Problem]:
    """Penalties that ended with a version no later than the one that brought them."""
    for entry, keys, penalty in library.parts(Penalty):
        assert isinstance(entry.record, Regulation)
        history = list(entry.record.history)
        if not {penalty.since, penalty.until} <= set(history):
            continue
        assert penalty.since is not None and penalty.until is not None
        if history.index(penalty.until) <= history.index(penalty.since):
            yield entry.problem(
                (*keys, "until"),
                "date-order",
                f"'until' ({penalty.until}) is no later version than 'since' ({penalty.since})",
                "name the version that ended it",
            )


def applied_in_force(library: Library) -> Iterator[Problem]:
    """A case that applies a law's version to acts on days when it was not in force."""
    for entry, keys, applied in library.parts(Applied):
        if what := _not_in_force(library, applied):
            yield entry.problem(
                (*keys, "version"),
                "law-of-the-day",
                f"'{applied.version}' {what}, and the acts are of {applied.acts}",
                "name the version in force on the day of the acts",
            )


def _not_in_force(library: Library, applied: Applied) -> str:
    law = library.entries.get(applied.regulation)
    if law is None or not isinstance(law.record, Regulation) or applied.version not in law.record.history:
        return ""
    history = law.record.history
    version, slugs = history[applied.version], list(history)
    following = [history[slug].in_force for slug in slugs[slugs.index(applied.version) + 1 :]]
    replaced = next((date for date in following if date), None)
    if version.in_force and applied.acts.surely_before(version.in_force):
        return f"was not in force before {version.in_force}"
    if replaced and replaced.surely_before(applied.acts):
        return f"was replaced on {replaced}"
    return ""


RULES = (
    Rule("date-order", "error", "Days, and versions of a law, stand in an order that is possible.", "passed: 2025-06-04\nin-force: 2024-01-01", "passed: 2025-05-28\nin-force: 2025-06-04", (impossible_orders, versions_in_order, penalties_in_order)),
    Rule("law-of-the-day", "error", "The law applies to a case as it stood on the day of the acts.", "acts: 2024-10\nversion: since-2025", "acts: 2024-10\nversion: amended-2011", (applied_in_force,)),
)  # fmt: skip
