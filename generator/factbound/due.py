"""The Library and a day in; what is to be looked at again out: nothing of it is wrong, and nothing of it fails a check."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .library import Entry, Library
from .model import Case, Evidence, Fact, Party, Regulation, Source
from .problems import Problem
from .values import Date
from .verified import Quoted
from .yamlfile import Keys

YEAR = datetime.timedelta(days=365)


@dataclass(frozen=True, order=True)
class Item:
    """Something to look at."""

    since: datetime.date
    """The day from which on it was due; later than today where it will be."""
    problem: Problem
    """Where, what, and what to do; its level is advice, its rule one of `due-…`."""


class ClockBehind(ValueError):
    """The day that counts as today lies before days that the content names as past."""


def due(library: Library, today: datetime.date, within: datetime.timedelta) -> list[Item]:
    """What is due by the end of `within`, longest overdue first.

    Raises ClockBehind where the content knows of a later day than today.
    """
    _refuse_a_clock_behind(library, today)
    horizon = today + within
    finders = (_reviews, _outcomes, _allegations, _laws, _privacy, _accepted, _quotes)
    items = {item for finder in finders for item in finder(library) if item.since <= horizon}
    return sorted(items)


def never_checked(library: Library) -> dict[str, list[Entry]]:
    """Collection with a review period -> its records of which no day is recorded on which they were checked."""
    site = library.site
    assert site is not None
    found = {
        name: [
            entry for entry in library.collection(name) if getattr(entry.record, "checked", None) == "unknown"
        ]
        for name in site.review
    }
    return {name: entries for name, entries in found.items() if entries}


def review_day(library: Library, entry: Entry) -> datetime.date | None:
    """The day by which a record is to be held against its sources again; None where there is no period or no day."""
    site, record = library.site, entry.record
    assert site is not None
    periods = {str(name): period for name, period in site.review.items()}
    period = getattr(record, "review", None) or periods.get(entry.collection)
    checked = getattr(record, "checked", None)
    if not period or not isinstance(checked, Date):
        return None
    return checked.latest + datetime.timedelta(days=int(period.removesuffix("d")))


def _refuse_a_clock_behind(library: Library, today: datetime.date) -> None:
    for entry in library.entries.values():
        record: Any = entry.record
        days = [getattr(record, "checked", None), getattr(record, "accessed", None)]
        days += [change.date for change in record.changes.values()]
        for day in days:
            if isinstance(day, Date) and day.earliest > today:
                raise ClockBehind(
                    f"today is {today}, and {entry.document.path} says that something was done on {day} (set the clock, or give --today)"
                )
    if (latest := library.verified.latest) and latest > today:
        raise ClockBehind(
            f"today is {today}, and quotes were verified on {latest} (set the clock, or give --today)"
        )


def _item(since: datetime.date, entry: Entry, keys: Keys, rule: str, what: str, todo: str) -> Item:
    return Item(since, entry.problem(keys, rule, what, todo, advice=True))


def _reviews(library: Library) -> Iterator[Item]:
    for entry in library.entries.values():
        if day := review_day(library, entry):
            what = f"was to be held against its sources again by {day}"
            yield _item(day, entry, ("checked",), "due-review", what, "do so, then set 'checked' to the day")


def _outcomes(library: Library) -> Iterator[Item]:
    """Parties with whom the law has not come to an end, a year on."""
    site = library.site
    assert site is not None
    for entry, keys, party in library.parts(Party):
        assert isinstance(entry.record, Case)
        stage = site.stages.get(party.stage)
        if party.final == "yes" or stage is None or stage.ends:
            continue
        reached = (party.stage_on or entry.record.occurred).latest
        if reached < datetime.date.max - YEAR:
            what = f"'{party.stage}' since {reached} or before, and nothing later is recorded"
            todo = "find out what became of it, and set 'stage' and 'final'"
            yield _item(reached + YEAR, entry, (*keys, "stage"), "due-outcome", what, todo)


def _allegations(library: Library) -> Iterator[Item]:
    """Records with facts that have been no more than alleged for a year: one item each, at the oldest."""
    oldest: dict[str, tuple[datetime.date, Entry, Keys]] = {}
    counts: dict[str, int] = {}
    for entry, keys, fact in library.parts(Fact):
        if fact.standing != "alleged":
            continue
        if day := _said(library, entry, keys, fact):
            counts[entry.id] = counts.get(entry.id, 0) + 1
            oldest[entry.id] = min(
                oldest.get(entry.id, (day, entry, keys)), (day, entry, keys), key=lambda one: one[0]
            )
    for id, (day, entry, keys) in oldest.items():
        what = "a fact is" if counts[id] == 1 else f"{counts[id]} facts are, this one first,"
        yield _item(
            day + YEAR, entry, (*keys, "standing"), "due-outcome", f"{what} alleged since {day} or before",
            "ask whether it was confirmed or dropped, and change 'standing' if so",
        )  # fmt: skip


def _said(library: Library, entry: Entry, keys: Keys, fact: Fact) -> datetime.date | None:
    """When something was alleged: the day on which it was said, else that of its newest source."""
    days = [fact.said_on] if fact.said_on else []
    for one in library.evidence(entry, tuple(map(str, keys))) if not days else ():
        source = library.source(one.source)
        if isinstance(source, Source) and isinstance(source.issued, Date):
            days.append(source.issued)
    found = max((day.latest for day in days), default=None)
    return found if found and found < datetime.date.max - YEAR else None


def _laws(library: Library) -> Iterator[Item]:
    """Laws of which a day has come since their status was looked at."""
    for entry in library.collection("regulations"):
        record = entry.record
        assert isinstance(record, Regulation)
        for slug, version in record.history.items():
            for step, date in (("passed", version.passed), ("in-force", version.in_force)):
                # A law that is in force as of a day has its earlier days behind it.
                if date and not date.latest <= record.status.as_of.latest and date.latest.year < 9999:
                    what = f"the day has come on which '{slug}' is {'passed' if step == 'passed' else 'in force'}, and 'status' is as of {record.status.as_of}"
                    todo = "look whether it came so, and renew 'status'"
                    yield _item(date.latest, entry, ("history", slug, step), "due-law", what, todo)


def _privacy(library: Library) -> Iterator[Item]:
    for entry in library.collection("cases"):
        record = entry.record
        assert isinstance(record, Case)
        told = any(party.age is not None or party.occupation for party in record.parties.values())
        if record.privacy_review and told:
            day = record.privacy_review.latest + datetime.timedelta(days=1)
            what = f"from {day} on its page shows no ages and occupations"
            yield _item(day, entry, ("privacy-review",), "due-privacy", what, "remove them from the file")


def _accepted(library: Library) -> Iterator[Item]:
    for entry in library.entries.values():
        for index, one in enumerate(getattr(entry.record, "accepted", ())):
            what = f"'{one.rule}' was accepted until {one.until}"
            todo = "mend what it advises, or accept it until a later day"
            yield _item(
                one.until + datetime.timedelta(days=1),
                entry,
                ("accepted", index, "until"),
                "due-acceptance",
                what,
                todo,
            )


def _quotes(library: Library) -> Iterator[Item]:
    for entry, keys, one in library.parts(Evidence):
        quoted = Quoted(one.source, one.quote or "", one.prefix or "", one.suffix or "")
        result = library.verified.results.get(quoted)
        if result and result.verdict in ("gone", "reworded"):
            what = f"'factbound verify' found the quote {result.verdict} on {result.asked}"
            todo = "read the source again, and correct the quote and what rests on it"
            yield _item(result.asked, entry, (*keys, "quote"), "due-quote", what, todo)
