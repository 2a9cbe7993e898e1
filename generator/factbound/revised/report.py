"""A project and a revision in; all that is told of what changed between that state and the present one out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from ..changes import Change, Comparison, Lost, compare, find_untold, new_notes, project_at
from ..library import Entry, Library, load, why_no_id
from ..settings import Addresses, Project
from ..strings import Strings, read_strings
from .reading import NotMade, compare_pages, read_both
from .settings import other_settings, settings_told
from .tell import leaning, leanings, listed, note_of, sort_of, told
from .teller import Teller
from .told import Leaning, Reading, RecordChange, Report, Told, Unnoted


class NotTold(ValueError):
    """Nothing can be told of a change, since the site's settings cannot be read; the message says of which state."""


def report_of(project: Project, revision: str, addresses: Addresses, today: datetime.date) -> Report:
    """What changed since a revision, in words.

    Raises NoRevision as `changes.library_at` does; NotTold; MissingString where the theme has no strings.
    """
    with project_at(project, revision) as earlier:
        now = load(project)
        then = load(earlier, like=now)
        for library, state in ((now, "now"), (then, f"at {revision}")):
            if library.site is None:
                raise NotTold(f"content/site.yml cannot be read {state}")
        tellers = _Tellers(then, now, today)
        pages, remarks, why = _pages(then, now, tellers.now.say, addresses, today)
    found = compare(then, now)
    records = tuple(_records(found, tellers))
    unnoted = tuple(_unnoted(found, tellers, records))
    remarks = (*_unread(then, now, revision), *_settings(tellers), *remarks)
    return Report(
        revision, records, unnoted, pages, remarks, tuple(settings_told(tellers.then, tellers.now)),
        compared=not (then.unread or now.unread or why), right=not (now.unread or (why and why.now)),
    )  # fmt: skip


class _Tellers:
    """Who tells of each state, in the words that the present theme has."""

    def __init__(self, then: Library, now: Library, today: datetime.date) -> None:
        self.then = Teller(then, _strings(then, now.project), today)
        self.now = Teller(now, _strings(now, now.project), today)


def _strings(library: Library, project: Project) -> Strings:
    assert library.site is not None
    return read_strings(project.theme / "strings", library.site.languages[0], library.site)


# ----- pages -----


def _pages(
    then: Library, now: Library, say: Strings, addresses: Addresses, today: datetime.date
) -> tuple[tuple[Reading, ...], tuple[str, ...], NotMade | None]:
    """The pages that read otherwise, what is to be said of them, and what kept them from being compared."""
    try:
        both = read_both(then, now, today)
    except NotMade as error:
        return (), (f"Pages are not compared: {error}.",), error
    remarks = (
        ()
        if both.theirs
        else ("What the theme changes is left out: the earlier one does not work with this program.",)
    )
    return compare_pages(both, say, addresses), remarks, None


# ----- records -----


def _records(found: Comparison, tellers: _Tellers) -> Iterator[RecordChange]:
    for entry in found.added:
        yield _new(entry, tellers.now)
    for old, new in found.pairs:
        record = _changed(old, new, tellers)
        if record.how == "renamed" or record.told or record.sources or record.notes:
            yield record
    for entry in found.removed:
        yield _gone(entry, tellers.then)


def _new(entry: Entry, teller: Teller) -> RecordChange:
    lean = tuple(
        leaning(entry, teller, keys, source, gained=True) for keys, source in sorted(leanings(entry, teller))
    )
    return RecordChange(
        entry.id, teller.kind(entry), teller.record(entry.id), entry.document.path, "added", "", tuple(listed(entry, teller)), lean
    )  # fmt: skip


def _gone(entry: Entry, teller: Teller) -> RecordChange:
    said = tuple(replace(one, how="removed", old=one.new, new="") for one in listed(entry, teller))
    return RecordChange(
        entry.id, teller.kind(entry), teller.record(entry.id), entry.document.path, "removed", "", said
    )


def _changed(old: Entry, new: Entry, tellers: _Tellers) -> RecordChange:
    said = tuple(told(old, new, tellers.then, tellers.now))
    sources: tuple[Leaning, ...] = ()
    notes: tuple[str, ...] = ()
    if old.record != new.record:
        sources = tuple(_sources(old, new, tellers))
        notes = tuple(note_of(note, tellers.now) for note in new_notes(old, new).values())
    moved = old.id != new.id
    return RecordChange(
        new.id, tellers.now.kind(new), tellers.now.record(new.id), new.document.path,
        "renamed" if moved else "changed", old.id if moved else "", said, sources, notes,
    )  # fmt: skip


def _sources(old: Entry, new: Entry, tellers: _Tellers) -> Iterator[Leaning]:
    """The sources that parts which stay have gained and lost; a renamed source is the same."""
    now = tellers.now.library
    renamed = {
        former: entry.id for entry in now.entries.values() for former in getattr(entry.record, "formerly", ())
    }
    before = {(keys, renamed.get(source, source)): source for keys, source in leanings(old, tellers.then)}
    after = leanings(new, tellers.now)
    for keys, source in sorted(after - set(before)):
        if not keys or old.at(keys) is not None:
            yield leaning(new, tellers.now, keys, source, gained=True)
    for key in sorted(set(before) - after):
        keys = key[0]
        if not keys or new.at(keys) is not None:
            yield leaning(old, tellers.then, keys, before[key], gained=False)


# ----- what readers were not told -----


def _unnoted(found: Comparison, tellers: _Tellers, records: tuple[RecordChange, ...]) -> Iterator[Unnoted]:
    said = {(record.id, one.at): one for record in records for one in record.told if one.at}
    for cause, problem in find_untold(found):
        teller = tellers.now
        if isinstance(cause, Change):
            what = _change(
                cause, said.get((cause.entry.id, (*map(str, cause.keys), cause.name))), tellers.now
            )
            entry, todo = cause.entry, "add a note that says what changed, as an update or as a correction"
        elif isinstance(cause, Lost):
            entry = cause.entry
            part = _part(entry, tuple(map(str, cause.keys)), tellers.now)
            what = f"{part} no longer stands on {tellers.then.record(cause.source)}"
            todo = (
                "restore the source, remove what stood on it, or say why in a note of the kind “correction”"
            )
        else:
            entry, keys = cause
            teller = teller if keys else tellers.then
            old = tellers.then.library.entries.get(entry.id, entry)
            what = f"{tellers.then.part(old, keys)} ({sort_of(keys)}) is gone" if keys else "the page is gone"
            todo = "links that readers have kept lead nowhere now: keep its name, or accept that"
        yield Unnoted(
            teller.record(entry.id), what, todo, problem.path, problem.line, problem.level == "error"
        )


def _change(change: Change, one: Told | None, teller: Teller) -> str:
    if one is None:
        return f"{_part(change.entry, tuple(map(str, change.keys)), teller)}: {change.old} → {change.new}"
    of = f"{one.part}, {one.field}" if one.part else one.field[:1].upper() + one.field[1:]
    return f"{of}: {one.old} → {one.new}"


def _part(entry: Entry, keys: tuple[str, ...], teller: Teller) -> str:
    place = teller.library.place(entry, keys)
    return teller.part(entry, place) if place else "the page as a whole"


# ----- what could not be compared, and what is no record -----


def _unread(then: Library, now: Library, revision: str) -> Iterator[str]:
    for library, state in ((now, "now"), (then, f"at {revision}")):
        misnamed = {id for id in library.unread if why_no_id(id)}
        if misnamed:
            todo = " (factbound check says how to name it)" if library is now else ""
            yield f"Not taken in {state} because of the file's name: {', '.join(sorted(misnamed))}{todo}."
        if others := library.unread - misnamed:
            yield f"Not compared, since it cannot be read {state}: {', '.join(sorted(others))}."


def _settings(tellers: _Tellers) -> Iterator[str]:
    then, now = tellers.then.library, tellers.now.library
    if keys := other_settings(tellers.then, tellers.now):
        yield f"The site's settings have changed (content/site.yml): {', '.join(keys)}."
    if then.words != now.words:
        yield "The list of words that the site does not use has changed (content/words.yml)."
    if then.verified != now.verified:
        yield "It is noted anew which quotes were seen on their pages (content/_verified.json)."
