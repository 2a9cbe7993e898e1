"""What changed in; problems out, where a reader was not told or a fact lost what it stood on."""

from __future__ import annotations

from collections.abc import Iterator

from ..library import Entry, Library
from ..problems import Problem
from .compare import Change, Comparison, Lost, compare


def untold(then: Library, now: Library) -> list[Problem]:
    """Changes without a note for readers, sources removed under what stays, and addresses that are gone."""
    found = compare(then, now)
    noted = {new.id: _new_notes(old, new) for old, new in found.pairs}
    problems = [*_unnoted(found, noted), *_unsupported(found.lost, noted), *_gone(found)]
    return sorted(set(problems))


def _new_notes(old: Entry, new: Entry) -> set[str]:
    """The kinds of the notes that a record has now and had not then."""
    before = getattr(old.record, "changes", {})
    return {note.kind for slug, note in getattr(new.record, "changes", {}).items() if slug not in before}


def _unnoted(found: Comparison, noted: dict[str, set[str]]) -> Iterator[Problem]:
    for change in found.changes:
        if not noted[change.entry.id]:
            yield _problem_of(change)


def _problem_of(change: Change) -> Problem:
    keys = (*change.keys, change.name)
    path = ".".join(map(str, keys))
    return change.entry.problem(
        keys, "change-unnoted", f"'{path}' was {change.old} and is {change.new}, and no note tells readers",
        "add a note to 'changes': a date, 'update' or 'correction', and what changed", at_key=change.new == "nothing",
    )  # fmt: skip


def _unsupported(lost: tuple[Lost, ...], noted: dict[str, set[str]]) -> Iterator[Problem]:
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
        yield one.entry.problem(
            one.keys, "evidence-removed", f"{what} stays and {how}",
            "restore the source, remove what stood on it, or say why in a note of kind 'correction'", at_key=True,
        )  # fmt: skip


def _gone(found: Comparison) -> Iterator[Problem]:
    for entry, keys in found.parts_removed:
        yield entry.problem(
            keys[:1] if entry.at(keys[:1]) else (), "address-removed",
            f"'{'.'.join((entry.id, *keys))}' is gone, and readers may have linked to it",
            "keep the name and say what is so now, or accept that old links lead to the page only", at_key=True, advice=True,
        )  # fmt: skip
    for entry in found.removed:
        yield Problem(
            entry.document.path, 1, 1, "advice", "address-removed", f"'{entry.id}' is gone, and readers may have linked to it",
            f"name it in 'formerly' of the record that takes its place: formerly: [{entry.id}]",
        )  # fmt: skip
