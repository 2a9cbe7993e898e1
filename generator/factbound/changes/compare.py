"""Two Libraries in; the facts that changed between them out, by what the YAML says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..library import Entry, Library, likely_id
from ..model import Account, Evidence, Supported
from ..yamlfile import Keys

WATCHED = (
    "stage", "stage-on", "final", "value", "derive", "standing", "as-of", "answer", "kind", "min", "max", "with", "since", "until",
    "passed", "promulgated", "in-force", "date", "relation", "about", "said-on", "acts", "version",
)  # fmt: skip
"""Keys of a part that say how things are: a reader who saw them before is told when they change. Words are not among
them, since better words are no other fact."""

WATCHED_IN_RECORDS = ("occurred", "published", "period")
"""The same of a record itself: days that pages show as values."""


@dataclass(frozen=True)
class Change:
    """One key of one part that says something else than before."""

    entry: Entry
    """The record as it is now."""
    keys: Keys
    """Of the part, without the watched key."""
    name: str
    """The watched key."""
    old: str
    new: str


@dataclass(frozen=True)
class Lost:
    """A source that no longer stands under something that stays."""

    entry: Entry
    keys: Keys
    """Of the part whose evidence it was; empty for the record's own."""
    source: str
    account: str = ""
    """Of the account that is gone with it, where the part told what the source says beside its own."""


@dataclass(frozen=True)
class Comparison:
    """What changed between two states of the content."""

    pairs: tuple[tuple[Entry, Entry], ...]
    """Records of both states, then and now, renamed ones by their former id."""
    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    """Records that are gone, as they were; not those that have another id now."""
    changes: tuple[Change, ...]
    lost: tuple[Lost, ...]
    parts_removed: tuple[tuple[Entry, tuple[str, ...]], ...]
    """Parts with an address of their own that their record no longer has."""


def compare(then: Library, now: Library) -> Comparison:
    """What the present content says otherwise than an earlier one."""
    former = {old: entry for entry in now.entries.values() for old in getattr(entry.record, "formerly", ())}
    found = {id: now.entries.get(id) or former.get(id) for id in then.entries}
    pairs = tuple((then.entries[id], entry) for id, entry in found.items() if entry is not None)
    known = {entry.id for _old, entry in pairs}
    # A record that is the same in both states, file and all, says and holds nothing else.
    others = [(old, new) for old, new in pairs if old is not new]
    # A file whose name is no id, as one with capitals, is no record: it is neither gone with that name nor new without it.
    unread, unread_now = _meant(then), _meant(now)
    gone = [id for id, entry in found.items() if entry is None and id not in unread_now]
    return Comparison(
        pairs,
        tuple(entry for id, entry in now.entries.items() if id not in known and id not in unread),
        tuple(then.entries[id] for id in gone),
        tuple(change for old, new in others for change in _changes(old, new)),
        tuple(lost for old, new in others for lost in _lost(then, now, old, new, former)),
        tuple((new, keys) for old, new in others for keys in _removed(then, old, new)),
    )


def _meant(library: Library) -> set[str]:
    """The ids of files that are no record, as they are and as they are likely to be meant."""
    return {*library.unread, *map(likely_id, library.unread)}


def _parts(entry: Entry) -> Iterator[tuple[Keys, Any]]:
    return (
        (keys, part) for keys, part in entry.survey.parts if keys and isinstance(part, Supported | Account)
    )


def _places(old: Entry, new: Entry) -> Iterator[tuple[Keys, Keys]]:
    """The record and each of its parts: where it was, and where it would be now."""
    moved = _moved(old, new)
    yield (), ()
    for keys, _part in _parts(old):
        yield keys, (*moved.get(keys[:2], keys[:2]), *keys[2:])


def _moved(old: Entry, new: Entry) -> dict[Keys, Keys]:
    """Parts that have another key now, known again by what they are called or say."""
    come = {(keys[0], called): keys for keys, called in _called(new) if old.at(_way(keys)) is None}
    return {
        keys: come[keys[0], called]
        for keys, called in _called(old)
        if (keys[0], called) in come and new.at(_way(keys)) is None
    }


def _called(entry: Entry) -> Iterator[tuple[Keys, str]]:
    for keys, part in _parts(entry):
        words = next(filter(None, (getattr(part, name, None) for name in ("role", "label", "says"))), None)
        if len(keys) == 2 and words:
            yield keys, str(words.by_lang)


def _way(keys: Keys) -> tuple[str, ...]:
    return tuple(map(str, keys))


def _changes(old: Entry, new: Entry) -> Iterator[Change]:
    for was, keys in _places(old, new):
        before, after = _written(old, was), _written(new, keys)
        if after is None or before is None:
            continue
        for name in WATCHED if keys else WATCHED_IN_RECORDS:
            one, other = before.get(name, _default(name)), after.get(name, _default(name))
            if _plain(one) != _plain(other):
                yield Change(new, keys, name, told(one), told(other))


def _default(name: str) -> str | None:
    return {"standing": "established", "final": "unknown"}.get(name)


def _written(entry: Entry, keys: Keys) -> Mapping[str, Any] | None:
    """What the YAML holds at a place, where that is a mapping."""
    found: Any = entry.document.data
    for key in keys:
        try:
            found = found[key]
        except (KeyError, IndexError, TypeError):
            return None
    return found if isinstance(found, Mapping) else None


def _plain(value: Any) -> Any:
    """A value without what makes no difference: the order of keys, and quotes around a number."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else told(value)


def told(value: Any) -> str:
    """What YAML holds, on one line as an editor would write it."""
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {told(one)}" for key, one in value.items()) + "}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(told, value)) + "]"
    return str(value)


def _lost(then: Library, now: Library, old: Entry, new: Entry, former: Mapping[str, Entry]) -> Iterator[Lost]:
    """Sources that stood under the record, one of its parts or an account of it, and do not any more."""
    for was, keys in _places(old, new):
        before = old.at(_way(was)) if was else old.record
        part = new.at(_way(keys)) if keys else new.record
        if before is None or part is None:
            continue
        # A part that gave up its own evidence still stands on that of its record.
        after = {one.source for one in now.evidence(new, _way(keys))}
        lost = [Lost(new, keys, source) for source in _sources_then(then, old, _way(was), before, part)]
        accounts = getattr(part, "accounts", {})
        beside = {one.source for account in accounts.values() for one in account.evidence}
        gone = [
            Lost(new, keys, one.source, slug)
            for slug, account in getattr(before, "accounts", {}).items()
            if slug not in accounts
            for one in account.evidence
            if not {one.source, _renamed(one.source, former)} & beside
        ]
        for one in {one.source: one for one in (*gone, *lost)}.values():
            if not {one.source, _renamed(one.source, former)} & after:
                yield one


def _sources_then(then: Library, old: Entry, way: tuple[str, ...], before: Any, part: Any) -> list[str]:
    """The sources of a part's own evidence, and of its record's where it has its own now; what is worked out has none."""
    evidence: tuple[Evidence, ...] = tuple(getattr(before, "evidence", ()))
    has_own = bool(getattr(part, "evidence", None))
    if not evidence and has_own and not getattr(before, "derive", None):
        evidence = then.evidence(old, way)
    return [one.source for one in evidence]


def _renamed(source: str, former: Mapping[str, Entry]) -> str:
    entry = former.get(source)
    return entry.id if entry else source


def _removed(then: Library, old: Entry, new: Entry) -> Iterator[tuple[str, ...]]:
    addresses = dict.fromkeys(then.place(old, keys) for keys, _part in old.survey.parts if keys)
    for place in addresses:
        if place and new.at(place) is None:
            yield place
