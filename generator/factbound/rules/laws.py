"""Rules about laws and places, and what they are a part of."""

from __future__ import annotations

from collections.abc import Iterator

from ..library import Library
from ..model import Jurisdiction, Regulation
from ..problems import Problem
from .rule import Rule


def circles(library: Library) -> Iterator[Problem]:
    """A part that is, by way of others, a part of itself; a source that derives from itself."""
    for collection, name in (
        ("regulations", "part_of"),
        ("jurisdictions", "part_of"),
        ("sources", "derives_from"),
    ):
        for entry in library.collection(collection):
            seen, here = [entry.id], getattr(entry.record, name)
            while here and here in library.entries and here not in seen:
                seen.append(here)
                here = getattr(library.entries[here].record, name, None)
            if here == entry.id:
                key = name.replace("_", "-")
                yield entry.problem(
                    (key,),
                    "circle",
                    f"'{key}' leads back to '{entry.id}' ({' → '.join([*seen, entry.id])})",
                    "remove one of the steps",
                )


def levels(library: Library) -> Iterator[Problem]:
    """A provision without its instrument, a part of a country without its country."""
    for entry in library.entries.values():
        record = entry.record
        if isinstance(record, Regulation) and record.level == "provision" and record.part_of is None:
            yield entry.problem(
                ("level",),
                "part-of-missing",
                "a provision does not say to which instrument it belongs",
                "add 'part-of: <id>'",
            )
        if isinstance(record, Jurisdiction) and record.kind == "subnational" and record.part_of is None:
            yield entry.problem(
                ("kind",),
                "part-of-missing",
                "a part of a country does not say of which",
                "add 'part-of: <id>'",
            )


def statuses(library: Library) -> Iterator[Problem]:
    """A law that is said not to be in force as of a day on which its last version was."""
    for entry in library.collection("regulations"):
        record = entry.record
        assert isinstance(record, Regulation)
        status, last = record.status, list(record.history.values())[-1].in_force
        waits = status.value in ("passed", "bill", "proposal")
        if waits and last and last.surely_before(status.as_of):
            yield entry.problem(
                ("status", "value"),
                "status-date",
                f"'{status.value}' as of {status.as_of}, and the last version is in force since {last}",
                "write 'in-force', or correct one of the days",
            )


RULES = (
    Rule("circle", "error", "Nothing is part of itself, and no source derives from itself.", "part-of: harbour-act (in harbour-act)", "part-of: laws-of-example-land", (circles,)),
    Rule("part-of-missing", "error", "A provision names its instrument, a part of a country its country.", "level: provision", "level: provision\npart-of: harbour-act", (levels,)),
    Rule("status-date", "error", "A law is not said to wait for a day that has come by then.", "status: {value: passed, as-of: 2026-07}\nhistory: {first: {in-force: 2026-06-29, …}}", "status: {value: in-force, as-of: 2026-07}", (statuses,)),
)  # fmt: skip
