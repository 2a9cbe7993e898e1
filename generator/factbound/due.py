"""The Library and a day in; what is to be looked at again out: nothing of it is wrong, and nothing of it fails a check."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .library import Entry, Library
from .model import Accepted, Case, Evidence, Fact, Party, Regulation, Source
from .problems import Problem
from .values import Date
from .verified import Quoted
from .yamlfile import Keys

YEAR = 365


@dataclass(frozen=True, order=True)
class Item:
    """Something to look at."""

    since: datetime.date
    """The day from which on it was due; later than today where it will be."""
    problem: Problem
    """Where, what, and what to do; its level is advice, its rule one of `due-…`."""


class ClockBehind(ValueError):
    """The day that counts as today lies more than a day before days that the content names as past."""


def due(library: Library, today: datetime.date, within: int) -> list[Item]:
    """What is due by the end of `within` days, longest overdue first; without what a record accepts on that day.

    Raises ClockBehind, as `refuse_a_clock_behind` does.
    """
    refuse_a_clock_behind(library, today)
    horizon = _later(today, within)
    finders = (_reviews, _outcomes, _allegations, _laws, _privacy, _acceptances, _quotes)
    accepted = {
        (entry.document.path, one.rule)
        for entry in library.entries.values()
        for one in _accepted(entry)
        if one.until >= today
    }
    items = {
        item
        for finder in finders
        for item in finder(library)
        if item.since <= horizon and (item.problem.path, item.problem.rule) not in accepted
    }
    return sorted(items)


def never_checked(library: Library) -> dict[str, list[Entry]]:
    """Collection with a review period -> its records of which no day is recorded on which they were checked."""
    site = library.site
    assert site is not None
    found = {
        name: [entry for entry in library.collection(name) if _looked_at(entry)[1] == "unknown"]
        for name in site.review
    }
    return {name: entries for name, entries in found.items() if entries}


def review_day(library: Library, entry: Entry) -> datetime.date | None:
    """The day by which a record is to be held against its sources again; None where there is no period or no day."""
    site = library.site
    assert site is not None
    periods = {str(name): period for name, period in site.review.items()}
    period = getattr(entry.record, "review", None) or periods.get(entry.collection)
    day = _looked_at(entry)[1]
    if not period or not isinstance(day, Date):
        return None
    return _later(day.latest, int(period.removesuffix("d")))


def _looked_at(entry: Entry) -> tuple[str, object]:
    """The field that says when a record was last held against what it stands on, and its day; a source has its own."""
    name = "accessed" if isinstance(entry.record, Source) else "checked"
    return name, getattr(entry.record, name, None)


def _later(day: datetime.date, days: int) -> datetime.date:
    """So many days later; the last day that there is where that lies beyond it, as after an open period."""
    return day + datetime.timedelta(days=min(days, (datetime.date.max - day).days))


def _accepted(entry: Entry) -> tuple[Accepted, ...]:
    return getattr(entry.record, "accepted", ())


def refuse_a_clock_behind(library: Library, today: datetime.date) -> None:
    """Raise ClockBehind where the content knows of a later day than today; it is tomorrow already elsewhere on earth."""
    days = [
        (day.earliest, f"{entry.document.path} speaks of {day} as past")
        for entry in library.entries.values()
        for day in _past_days(entry)
        if isinstance(day, Date)
    ]
    if latest := library.verified.latest:
        days.append((latest, f"quotes were verified on {latest}"))
    newest, why = max(days, default=(today, ""))
    if newest > _later(today, 1):
        raise ClockBehind(
            f"today is {today}, and {why} (correct that day, or set the clock, or give --today)"
        )


def _past_days(entry: Entry) -> Iterator[object]:
    """Days on which somebody looked or wrote: none of them can lie ahead."""
    record: Any = entry.record
    yield _looked_at(entry)[1]
    yield from (change.date for change in record.changes.values())
    if isinstance(record, Regulation):
        yield record.status.as_of
    if isinstance(record, Source) and record.archive:
        yield record.archive.date


def _item(since: datetime.date, entry: Entry, keys: Keys, rule: str, what: str, todo: str) -> Item:
    return Item(since, entry.problem(keys, rule, what, todo, advice=True))


def _reviews(library: Library) -> Iterator[Item]:
    for entry in library.entries.values():
        if day := review_day(library, entry):
            name, looked = _looked_at(entry)
            again = "look at its page" if isinstance(entry.record, Source) else "hold it against its sources"
            what = f"'{name}' is {looked}, and its review is due by {day}"
            yield _item(
                day, entry, (name,), "due-review", what, f"{again} again, then set '{name}' to the day"
            )


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
        what = f"'{party.stage}' since {reached} or before, and nothing later is recorded"
        todo = "find out what became of it, and set 'stage' and 'final'"
        yield _item(_later(reached, YEAR), entry, (*keys, "stage"), "due-outcome", what, todo)


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
        what = (
            "a fact is alleged" if counts[id] == 1 else f"{counts[id]} facts are alleged, this one longest,"
        )
        yield _item(
            _later(day, YEAR), entry, (*keys, "standing"), "due-outcome", f"{what} since {day} or before",
            "ask whether it was confirmed or dropped, and change 'standing' if so",
        )  # fmt: skip


def _said(library: Library, entry: Entry, keys: Keys, fact: Fact) -> datetime.date | None:
    """When something was alleged: the day on which it was said, else that of its newest source, else of the case."""
    days = [fact.said_on] if fact.said_on else []
    for one in library.evidence(entry, tuple(map(str, keys))) if not days else ():
        source = library.source(one.source)
        if isinstance(source, Source) and isinstance(source.issued, Date):
            days.append(source.issued)
    if not days and isinstance(entry.record, Case):
        days.append(entry.record.occurred)
    return max((day.latest for day in days), default=None)


def _laws(library: Library) -> Iterator[Item]:
    """Laws of which a day has come since their status was looked at."""
    for entry in library.collection("regulations"):
        assert isinstance(entry.record, Regulation)
        status = entry.record.status
        for slug, version in entry.record.history.items():
            for step in ("passed", "promulgated", "in-force"):
                date: Date | None = getattr(version, step.replace("-", "_"))
                waits = step == "in-force" and status.value in ("proposal", "bill", "passed")
                if date and (waits or date.latest > status.as_of.latest):
                    what = f"'{step}' of '{slug}' is {date}, and 'status' is '{status.value}' as of {status.as_of}"
                    todo = "look whether it came so, and renew 'status'"
                    yield _item(date.latest, entry, ("history", slug, step), "due-law", what, todo)


def _privacy(library: Library) -> Iterator[Item]:
    for entry in library.collection("cases"):
        record = entry.record
        assert isinstance(record, Case)
        told = any(party.age is not None or party.occupation for party in record.parties.values())
        if record.privacy_review and told:
            day = _later(record.privacy_review.latest, 1)
            what = f"from {day} on its page shows no ages and occupations"
            yield _item(day, entry, ("privacy-review",), "due-privacy", what, "remove them from the file")


def _acceptances(library: Library) -> Iterator[Item]:
    for entry in library.entries.values():
        for index, one in enumerate(_accepted(entry)):
            what = f"'{one.rule}' is accepted until {one.until}"
            todo = "mend what it advises, or accept it until a later day"
            keys = ("accepted", index, "until")
            yield _item(_later(one.until, 1), entry, keys, "due-acceptance", what, todo)
    for name, ignored in (library.site.links_ignored if library.site else {}).items():
        assert library.about is not None
        what = f"links to {ignored.address} are left unasked until {ignored.until}"
        todo = "look at them, and remove the entry or give it a later day"
        keys_of = ("links-ignored", name, "until")
        yield _item(_later(ignored.until, 1), library.about, keys_of, "due-acceptance", what, todo)


def _quotes(library: Library) -> Iterator[Item]:
    for entry, keys, one in library.parts(Evidence):
        quoted = Quoted(one.source, one.quote or "", one.prefix or "", one.suffix or "")
        result = library.verified.results.get(quoted)
        if result and result.verdict in ("gone", "reworded"):
            what = f"'factbound verify' found the quote {result.verdict} on {result.asked}"
            todo = "read the source again, and correct the quote and what rests on it"
            yield _item(result.asked, entry, (*keys, "quote"), "due-quote", what, todo)
