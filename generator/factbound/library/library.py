"""The Library: what all records together say. Below it, no content file is opened again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property
from typing import Any, NamedTuple

from ..model import Evidence, Fact, Penalty, Site, Source, Supported, Term, Version, WordList
from ..problems import Problem
from ..settings import Project, Strict
from ..values import Count, Date, Duration, Money, Percent, Quantity, Rank, Ratio, Value, When, same_kind
from .entry import Entry, Mention


class Valued(NamedTuple):
    """A value that a path leads to, with what it stands on."""

    entry: Entry
    keys: tuple[str, ...]
    value: Value
    evidence: tuple[Evidence, ...]


@dataclass
class Library:
    """All content of a project."""

    project: Project
    about: Entry | None
    """site.yml with its file; None only where it could not be read."""
    words: WordList | None
    entries: dict[str, Entry]
    """id -> entry, of all collections and hand-written pages."""
    problems: list[Problem] = field(default_factory=list)
    """What was wrong with single files."""

    @property
    def site(self) -> Site | None:
        """What the site is about."""
        return self.about.record if self.about and isinstance(self.about.record, Site) else None

    @property
    def all(self) -> list[Entry]:
        """Every entry, and site.yml, whose texts are held to the same rules."""
        return [*self.entries.values(), *([self.about] if self.about else [])]

    def collection(self, name: str) -> list[Entry]:
        """The entries of one collection, in the order of their ids."""
        return [entry for entry in self.entries.values() if entry.collection == name]

    def source(self, id: str) -> Source | None:
        """A source's record."""
        entry = self.entries.get(id)
        return entry.record if entry and isinstance(entry.record, Source) else None

    def text_of(self, path: str) -> str | None:
        """The text of a content file, for showing the line of a problem."""
        if path in self._texts:
            return self._texts[path]
        file = self.project.root / path
        try:
            return file.read_text("utf-8", "replace") if file.is_file() else None
        except OSError:
            return None

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {entry.document.path: entry.document.text for entry in self.all}

    # ----- paths -----

    def resolve(self, path: str) -> tuple[Entry, tuple[str, ...]] | None:
        """The record that a path names and the keys inside it, or None where it leads nowhere."""
        id, *keys = path.split(".")
        entry = self.entries.get(id)
        if entry is None or (keys and entry.at(tuple(keys)) is None):
            return None
        return entry, tuple(keys)

    def paths(self, entry: Entry) -> Iterator[str]:
        """All paths of a record that a page can address: the named parts of its mappings."""
        for keys, _part in entry.survey.parts:
            if len(keys) == 2 and all(isinstance(key, str) for key in keys):
                yield ".".join((entry.id, *map(str, keys)))

    def place(self, entry: Entry, keys: tuple[Any, ...]) -> tuple[str, ...]:
        """The part of a record that has an address of its own and holds a path: `facts.takings`, `status`, or nothing."""
        if not keys or keys[0] in ("evidence", "related"):
            return ()
        length = 2 if isinstance(entry.at((str(keys[0]),)), dict) else 1
        return tuple(map(str, keys[:length]))

    def anchor(self, keys: tuple[str, ...]) -> str:
        """The anchor of such a part within its page."""
        return "-".join(keys)

    # ----- values -----

    def valued(self, path: str) -> Valued | None:
        """The value at a path: of a fact or measure, a day of a law, the limit of a penalty. None where there is none."""
        found = self.resolve(path)
        if not found:
            return None
        entry, keys = found
        part: Any = entry.at(keys)
        value = self._value(part, (path,))
        if value is None:
            return None
        return Valued(entry, keys, value, self.evidence(entry, keys))

    def evidence(self, entry: Entry, keys: tuple[Any, ...]) -> tuple[Evidence, ...]:
        """What a part stands on: its own evidence, else that of what holds it, else the record's; for a derived
        value also that of the values that went in."""
        part = entry.at(keys)
        if isinstance(part, Fact) and part.derive and not part.evidence:
            found = [self.valued(path) for path in part.derive.of]
            return tuple(dict.fromkeys(one for valued in found if valued for one in valued.evidence))
        for length in range(len(keys), -1, -1):
            part = entry.at(keys[:length])
            if (evidence := getattr(part, "evidence", ())) and isinstance(part, Strict):
                return tuple(evidence)
        return ()

    def value_of(self, part: Any) -> Value | None:
        """The value of any part that has one: a fact, a measure, a penalty, a version."""
        return self._value(part, ())

    def fact_value(self, fact: Fact) -> Value | None:
        """A fact's own value, or the one worked out for it."""
        return self._value(fact, ())

    def _value(self, part: Any, trail: tuple[str, ...]) -> Value | None:
        if isinstance(part, Fact):
            return part.value if part.value is not None else self.derived(part, trail)
        if isinstance(part, Penalty):
            return part.max if part.max is not None else part.min
        if isinstance(part, Date):
            return When.model_construct(date=part)
        if isinstance(part, Version):
            return When.model_construct(date=part.in_force) if part.in_force else None
        return part if isinstance(part, Count | Money | Percent | Duration | Ratio | When | Rank) else None

    def derived(self, fact: Fact, trail: tuple[str, ...] = ()) -> Value | None:
        """Work out a derived value. None where it cannot be: unknown paths, other kinds, division by zero, a circle."""
        if fact.derive is None:
            return None
        values: list[Value] = []
        for path in fact.derive.of:
            found = self.resolve(path)
            if not found or path in trail:
                return None
            value = self._value(found[0].at(found[1]), (*trail, path))
            if value is None:
                return None
            values.append(value)
        return _derive(fact.derive.op, values)

    # ----- who refers to whom -----

    @cached_property
    def backlinks(self) -> dict[str, list[tuple[Entry, Mention]]]:
        """id -> the places in other records that name it, in the order of the records."""
        found: dict[str, list[tuple[Entry, Mention]]] = {}
        for entry in self.entries.values():
            for mention in entry.survey.mentions:
                target = mention.target.split(".")[0]
                if target != entry.id:
                    found.setdefault(target, []).append((entry, mention))
        return found

    def witness(self, source: str) -> str:
        """The source whose story a source repeats, or itself: one witness, however many copies."""
        seen = {source}
        while (record := self.source(source)) and record.derives_from and record.derives_from not in seen:
            source = record.derives_from
            seen.add(source)
        return source

    def independent(self, evidence: tuple[Evidence, ...]) -> int:
        """How many independent accounts a fact rests on: an agency's story counts once, whoever prints it."""
        witnesses = set()
        for one in evidence:
            origin = self.witness(one.source)
            record = self.source(origin)
            witnesses.add(f"agency:{record.agency}:{record.issued}" if record and record.agency else origin)
        return len(witnesses)

    @cached_property
    def terms(self) -> dict[str, Term]:
        """id -> term."""
        return {
            entry.id: entry.record for entry in self.collection("glossary") if isinstance(entry.record, Term)
        }

    def count_facts(self) -> int:
        """How many facts the content asserts: every part that stands on evidence."""
        return sum(
            isinstance(part, Supported)
            for entry in self.entries.values()
            for _keys, part in entry.survey.parts
        )


def _derive(op: str, values: list[Value]) -> Value | None:
    first = values[0]
    numbers = [value.figure for value in values if isinstance(value, Quantity)]
    figures = [number for number in numbers if isinstance(number, Decimal)]
    if len(figures) != len(values) or not isinstance(first, Quantity):
        return None
    same = all(same_kind(first, other) for other in values)
    if op == "rank":
        return (
            Rank.model_construct(rank=1 + sum(figure > figures[0] for figure in figures[1:]))
            if same
            else None
        )
    qualifier = "about" if any(isinstance(value, Quantity) and value.qualifier for value in values) else None
    if op == "sum" or op == "difference":
        total = sum(figures) if op == "sum" else figures[0] - sum(figures[1:])
        return _like(first, Decimal(total), qualifier) if same else None
    if len(figures) != 2 or figures[1] == 0:
        return None
    if op == "percent-change":
        return (
            _rounded(Percent, "percent", (figures[0] - figures[1]) / figures[1] * 100, qualifier)
            if same
            else None
        )
    if same:
        return _rounded(Ratio, "times", figures[0] / figures[1], qualifier)
    if isinstance(first, Money) and isinstance(values[1], Count):
        return _rounded(Money, "amount", figures[0] / figures[1], qualifier, currency=first.currency)
    return None


def _like(first: Quantity, figure: Decimal, qualifier: str | None) -> Value:
    name = {Count: "number", Money: "amount", Percent: "percent", Ratio: "times"}.get(type(first), "duration")
    made: Value = first.model_copy(update={name: figure, "qualifier": qualifier})  # type: ignore[assignment]
    return made


def _rounded(kind: Any, name: str, figure: Decimal, qualifier: str | None, **rest: Any) -> Value:
    # Three significant digits: no source here is more exact than that.
    exact = figure
    if figure:
        figure = figure.quantize(Decimal(1).scaleb(figure.adjusted() - 2), ROUND_HALF_EVEN)
    fields = {
        name: figure.normalize() + 0,
        "qualifier": qualifier or ("about" if figure != exact else None),
        **rest,
    }
    made: Value = kind.model_construct(**fields)
    return made
