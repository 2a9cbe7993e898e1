"""All values of a library in; those that a figure in a sentence can stand for out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from ...library import Entry, Library, Passage
from ...model import Account, Fact, Penalty, TimelineEvent, Version
from ...prose import Cite, Inline, Ref, ValueRef
from ...settings import Strict
from ...values import Count, Date, Money, Percent, Quantity, Range, Typed, Value, When

NUMBERS = re.compile(r"(?<![A-Za-z0-9_.-])\d[\d.,]*")
"""What may be a figure, and no part of an id."""
_HOLDERS: tuple[type[Strict], ...] = (Fact, Account, Version, Penalty, TimelineEvent)
"""What holds values; facts come before what repeats them."""


class Held(NamedTuple):
    """A value that a path leads to."""

    path: str
    entry: Entry
    keys: tuple[str, ...]
    value: Value
    kind: int
    """Of the part that holds it: facts come before what repeats them."""


class Near(NamedTuple):
    """What one sentence names."""

    paths: frozenset[str]
    records: frozenset[str]
    sources: frozenset[str]


def near_of(sentence: Iterable[Inline]) -> Near:
    """The paths, records and sources of a sentence's links, values and citations."""
    paths = {
        node.target if isinstance(node, Ref) else node.path
        for node in sentence
        if isinstance(node, Ref | ValueRef)
    }
    cited = {item.source for node in sentence if isinstance(node, Cite) for item in node.items}
    return Near(frozenset(paths), frozenset(path.partition(".")[0] for path in paths), frozenset(cited))


class HeldValues:
    """All values of all records, by what they say."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.currencies: set[str] = set()
        self.all = list(_held(library))
        self._by_figure: dict[object, list[Held]] = {}
        self._owners: set[str] = set()
        self._digits: set[str] = set()
        self._years: set[str] = set()
        for held in self.all:
            if figure := _figure(held.value):
                self._by_figure.setdefault(figure, []).append(held)
                self._owners.add(held.entry.id)
                self._note(held.value)

    def _note(self, value: Value) -> None:
        """Keep what a text must hold in which the value can stand."""
        if isinstance(value, When):
            self._years.add(str(value.date.earliest.year))
            return
        assert isinstance(value, Quantity)
        figure = value.figure
        self._digits |= {
            _bare(f"{one:f}")
            for one in ((figure.from_, figure.to) if isinstance(figure, Range) else (figure,))
        }
        if isinstance(value, Money):
            self.currencies.add(value.currency)

    def may_be_in(self, text: str, entry: Entry) -> bool:
        """A quick look that spares most texts the reading."""
        numbers = NUMBERS.findall(text)
        if not (numbers and (entry.id in self._owners or "[" in text or "{{" in text)):
            return False
        if not text.isascii():  # other signs for digits, and numbers in several pieces
            return True
        return any(_bare(number) in self._digits for number in numbers) or (
            len(numbers) > 1 and any(number.rstrip(".,") in self._years for number in numbers)
        )

    def fitting(self, typed: Typed, entry: Entry, passage: Passage, near: Near) -> list[Held]:
        """The values that a typed figure can stand for; several where it cannot be told which. None where what is said
        belongs to the part that holds the value itself."""
        ranked: dict[tuple[int, int], list[Held]] = {}
        for held in self._by_figure.get(_figure(typed.value), ()):
            if not _fits(typed.value, held.value):
                continue
            if held.entry is entry and tuple(map(str, passage.keys[: len(held.keys[:2])])) == held.keys[:2]:
                return []
            if rank := self._rank(held, entry, near):
                ranked.setdefault((rank, held.kind), []).append(held)
        return ranked[min(ranked)] if ranked else []

    def _rank(self, held: Held, entry: Entry, near: Near) -> int:
        """How close a value is to a sentence: named itself, of a named record, of its own record, of the same source."""
        if any(held.path == path or held.path.startswith(f"{path}.") for path in near.paths if "." in path):
            return 1
        if held.entry.id in near.records:
            return 2
        if self._is_date_of(near, held):
            return 0
        if held.entry is entry:
            return 3
        return 0 if near.sources.isdisjoint(self._sources(held)) else 4

    def of_kind(self, value: Value, records: Iterable[str], sources: Iterable[str]) -> list[Held]:
        """The values that count the same as one, of these records and of facts that stand on these sources."""
        kind = _kind(value)
        lists = [
            *(self._by_record.get((id, kind), ()) for id in records),
            *(self._by_source.get((id, kind), ()) for id in sources),
        ]
        return list({held.path: held for one in lists for held in one}.values())

    @cached_property
    def _by_record(self) -> dict[tuple[str, object], list[Held]]:
        found: dict[tuple[str, object], list[Held]] = {}
        for held in self.all:
            found.setdefault((held.entry.id, _kind(held.value)), []).append(held)
        return found

    @cached_property
    def _by_source(self) -> dict[tuple[str, object], list[Held]]:
        found: dict[tuple[str, object], list[Held]] = {}
        for held in self.all:
            for source in self._sources(held):
                found.setdefault((source, _kind(held.value)), []).append(held)
        return found

    def _sources(self, held: Held) -> set[str]:
        return {one.source for one in self.library.evidence(held.entry, held.keys)}

    def _is_date_of(self, near: Near, held: Held) -> bool:
        """Whether a day is that on which a cited source came out, which a sentence says of the source itself."""
        if not isinstance(held.value, When):
            return False
        issued = [source.issued for id in near.sources if (source := self.library.source(id))]
        return any(isinstance(date, Date) and date.text == held.value.date.text for date in issued)


def _held(library: Library) -> Iterator[Held]:
    for kind, holder in enumerate(_HOLDERS):
        for entry, keys, part in library.parts(holder):
            way = tuple(map(str, keys))
            for below, value in _values(library, part):
                yield Held(".".join((entry.id, *way, *below)), entry, (*way, *below), value, kind)


def _values(library: Library, part: Any) -> Iterator[tuple[tuple[str, ...], Value]]:
    """The values of a part of a record, with the way to each below its own path."""
    if isinstance(part, Penalty):
        named: dict[str, Any] = {"min": part.min, "max": part.max}
    elif isinstance(part, Version):
        named = {"": part.in_force, "passed": part.passed, "promulgated": part.promulgated}
    else:
        named = {"": part}
    for key, one in named.items():
        if one is not None and (value := library.value_of(one)) is not None:
            yield ((key,) if key else ()), value


def _figure(value: Value) -> object:
    """What two values have in common where they say the same, but for qualifier and unit; None for what is not looked for."""
    if isinstance(value, When):
        day = value.date
        return day.earliest if day.earliest == day.latest and not (day.interval or day.bounds) else None
    if isinstance(value, Count | Money | Percent):
        return type(value), value.figure, value.currency if isinstance(value, Money) else ""
    return None


def _kind(value: Value) -> object:
    """What two values of one kind have in common, whatever they say."""
    return type(value), value.measure if isinstance(value, Quantity) else ""


def _fits(typed: Value, held: Value) -> bool:
    if isinstance(typed, Count) and isinstance(held, Count) and typed.unit not in (None, held.unit):
        return False
    return qualifier_of(typed) in (None, qualifier_of(held))


def qualifier_of(value: Value) -> str | None:
    """How exact a value is; a day can be "about"."""
    if isinstance(value, When):
        return "about" if value.date.approximate else None
    return value.qualifier if isinstance(value, Quantity) else None


def _bare(number: str) -> str:
    return number.replace(",", "").replace(".", "").strip("0")
