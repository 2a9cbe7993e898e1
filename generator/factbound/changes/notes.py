"""What changed in; problems out, where a reader was not told or a fact lost what it stood on."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from ..library import Entry, Library
from ..model import Change as Note
from ..problems import Problem
from .compare import Change, Comparison, Lost, compare
from .skeleton import how_to_note

Gone = tuple[Entry, tuple[str, ...]]
"""A record, and the keys of the part that it no longer has; none of them where the record itself is gone."""


class Untold(NamedTuple):
    """Something that readers were not told, and the problem that says so."""

    cause: Change | Lost | Gone
    problem: Problem


def untold(then: Library, now: Library, day: datetime.date | None = None) -> list[Problem]:
    """Changes without a note for readers, sources removed under what stays, and addresses that are gone.

    The day is that of the notes that are proposed.
    """
    return sorted({one.problem for one in find_untold(compare(then, now), day)})


def find_untold(found: Comparison, day: datetime.date | None = None) -> Iterator[Untold]:
    """The same with what made each of them."""
    noted: dict[str, set[str]] = {
        new.id: {note.kind for note in new_notes(old, new).values()} for old, new in found.pairs
    }
    yield from _unnoted(found, noted, day)
    yield from _unsupported(found.lost, noted)
    yield from _gone(found)


def new_notes(old: Entry, new: Entry) -> dict[str, Note]:
    """The notes that a record has now and had not then."""
    before = getattr(old.record, "changes", {})
    return {slug: note for slug, note in getattr(new.record, "changes", {}).items() if slug not in before}


def _unnoted(found: Comparison, noted: dict[str, set[str]], day: datetime.date | None) -> Iterator[Untold]:
    for change in found.changes:
        if not noted[change.entry.id]:
            yield Untold(change, _problem_of(change, how_to_note(change, day)))


def _problem_of(change: Change, todo: str) -> Problem:
    keys = (*change.keys, change.name)
    path = ".".join(map(str, keys))
    return change.entry.problem(
        keys, "change-unnoted", f"'{path}' was {change.old} and is {change.new}, and no note tells readers",
        todo, at_key=change.new == "nothing",
    )  # fmt: skip


def _unsupported(lost: tuple[Lost, ...], noted: dict[str, set[str]]) -> Iterator[Untold]:
    for one in lost:
        # A correction says why a source no longer counts.
        if "correction" in noted[one.entry.id]:
            continue
        what = f"'{'.'.join(map(str, one.keys))}'" if one.keys else "the record"
        how = (
            f"its account '{one.account}' of '{one.source}' is gone"
            if one.account
            else f"no longer stands on '{one.source}'"
        )
        problem = one.entry.problem(
            one.keys, "evidence-removed", f"{what} stays and {how}",
            "restore the source, remove what stood on it, or say why in a note of kind 'correction'", at_key=True,
        )  # fmt: skip
        yield Untold(one, problem)


def _gone(found: Comparison) -> Iterator[Untold]:
    for entry, keys in found.parts_removed:
        problem = entry.problem(
            keys[:1] if entry.at(keys[:1]) else (), "address-removed",
            f"'{'.'.join((entry.id, *keys))}' is gone, and readers may have linked to it",
            "keep the name and say what is so now, or accept that old links lead to the page only", at_key=True, advice=True,
        )  # fmt: skip
        yield Untold((entry, keys), problem)
    for entry in found.removed:
        problem = Problem(
            entry.document.path, 1, 1, "advice", "address-removed", f"'{entry.id}' is gone, and readers may have linked to it",
            f"name it in 'formerly' of the record that takes its place: formerly: [{entry.id}]",
        )  # fmt: skip
        yield Untold((entry, ()), problem)
