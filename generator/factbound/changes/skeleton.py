"""A change and the day in; the note for readers that is to be added, ready to be put in and reworded, out."""

from __future__ import annotations

import datetime
import re

from .compare import Change

_NOT_SAID = ("qualifier",)
"""Keys of a value that say nothing to readers by themselves."""


_SAID = ("after", "before", "from", "to")
"""Keys that belong to what a value says."""


def how_to_note(change: Change, day: datetime.date | None) -> str:
    """What to add where, with the record's own values. Without a day it is left to the editor."""
    note = f'{_name(change, day)}: {{date: {day or "…"}, kind: update, says: "{_says(change)}"}}'
    otherwise = "'kind: correction' where the site was wrong"
    if getattr(change.entry.record, "changes", {}):
        return f"tell them under 'changes:', in your own words: {note}; {otherwise}"
    return f"tell them at the end of the file, in your own words: changes: {{{note}}}; {otherwise}"


def _name(change: Change, day: datetime.date | None) -> str:
    """A name that no other note has: of the part that changed, with the day."""
    slugs = [
        key for key in change.keys if isinstance(key, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)
    ]
    return f"{slugs[-1] if slugs else change.name}-{day or 'DATE'}"


def _says(change: Change) -> str:
    what = change.name if not change.keys else f"{change.keys[-1]}, {change.name}"
    return f"{str(what).capitalize()}: it was {_plainly(change.old)} and is {_plainly(change.new)}."


def _plainly(told: str) -> str:
    """A value as words: `{amount: 700, currency: EUR}` is `700 EUR`."""
    if not told.startswith("{") or "{" in told[1:]:
        return re.sub(r'["\\\[\]{}]', "", told)
    pairs = (pair.partition(": ") for pair in told[1:-1].split(", "))
    return " ".join(
        f"{key} {value}" if key in _SAID else value for key, _colon, value in pairs if key not in _NOT_SAID
    )
