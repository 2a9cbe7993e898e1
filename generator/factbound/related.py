"""The Library in; for each record the others that a reader may want next, with the reason, out.

Two records are near each other where they stand on the same sources, name the same law or use the same terms; what
only a few records share says more than what all share.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .library import Entry, Library
from .strings import Strings

MOST = 5
COMMON = 40
"""What more records than this share says nothing about any two of them."""
_KINDS = {"sources": "sources", "regulations": "law", "glossary": "terms"}
"""Collection of what is shared -> what the reason calls it."""
_LEFT_OUT = {"sources", "pages", "jurisdictions"}
"""Collections whose pages are lists already, or stand outside the matter."""


class Near(NamedTuple):
    """A record that a reader of another may want next."""

    entry: Entry
    shared: Mapping[str, tuple[str, ...]]
    """`sources`, `law`, `terms` -> the ids of what both share, rarest first."""

    def reason(self, say: Strings) -> str:
        """Why it is near, in a few words."""
        return ", ".join(
            say(f"shared.{kind}.{'one' if len(ids) == 1 else 'other'}", count=len(ids))
            for kind, ids in self.shared.items()
        )


class Nearness:
    """Who shares what with whom; made once for a library."""

    def __init__(self, library: Library, mentioning: Mapping[str, list[Entry]]) -> None:
        self._library = library
        self._users: dict[str, list[str]] = {}
        """What can be shared -> the records that share it."""
        self._uses: dict[str, list[str]] = {}
        for thing, users in _used(library, mentioning):
            if 1 < len(users) <= COMMON:
                self._users[thing] = users
                for user in users:
                    self._uses.setdefault(user, []).append(thing)

    def shown(self, entry: Entry, front: str) -> list[Near]:
        """Those that the record's page shows: not what its editor named, nor what every page leads to."""
        if entry.collection in ("sources", "pages"):
            return []
        led_to = {front} if entry.collection != "explainers" else set()
        return self.of(entry, {*getattr(entry.record, "related", ()), *led_to})

    def of(self, entry: Entry, but: set[str]) -> list[Near]:
        """The nearest records, nearest first, without those whose ids are given."""
        shared: dict[str, list[str]] = {}
        for thing in self._uses.get(entry.id, ()):
            for other in (*self._users[thing], thing):
                if other != entry.id and other not in but and self._can_be_shown(other):
                    shared.setdefault(other, []).append(thing)
        ranked = sorted(shared, key=lambda id: (-sum(map(self._weight, shared[id])), id))
        return [Near(self._library.entries[id], self._by_kind(shared[id], id)) for id in ranked[:MOST]]

    def _can_be_shown(self, id: str) -> bool:
        return self._library.entries[id].collection not in _LEFT_OUT

    def _weight(self, thing: str) -> float:
        return 1 / len(self._users[thing])

    def _by_kind(self, things: list[str], near: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for thing in sorted(things, key=lambda one: (-self._weight(one), one)):
            if thing != near or len(things) == 1:
                found.setdefault(_KINDS[self._library.entries[thing].collection], []).append(thing)
        return {kind: tuple(ids) for kind, ids in found.items()}


def _used(library: Library, mentioning: Mapping[str, list[Entry]]) -> Iterator[tuple[str, list[str]]]:
    for entry in library.entries.values():
        if entry.collection not in _KINDS:
            continue
        users = [
            *(one.id for one, _mention in library.backlinks.get(entry.id, ())),
            *(one.id for one in mentioning.get(entry.id, ())),
        ]
        yield entry.id, [id for id in dict.fromkeys(users) if library.entries[id].collection not in _LEFT_OUT]
