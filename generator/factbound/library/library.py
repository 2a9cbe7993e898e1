"""The Library: what all records together say. Below it, no content file is opened again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from ..model import (
    Account,
    Block,
    Evidence,
    Fact,
    Penalty,
    Site,
    Source,
    Supported,
    Term,
    TimelineEvent,
    Version,
    WordList,
    Words,
)
from ..problems import Problem
from ..settings import Project, Strict
from ..values import Date, Quantity, Rank, Rate, Value, When
from ..verified import Verified
from ..yamlfile import Keys
from .derive import derive
from .entry import Entry, Mention

Part = TypeVar("Part", bound=Strict)


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
    unread: frozenset[str] = frozenset()
    """Ids whose file is there and could not become a record; that is said in `problems`."""
    verified: Verified = field(default_factory=Verified)
    """What `factbound verify` has found."""
    _valued: dict[str, Valued | None] = field(default_factory=dict, init=False, repr=False)
    _evidence: dict[tuple[str, tuple[Any, ...]], tuple[Evidence, ...]] = field(
        default_factory=dict, init=False, repr=False
    )
    """What was asked for once: pages ask for the same again and again."""

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
        return list(self._collections.get(name, ()))

    @cached_property
    def _collections(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries.values():
            found.setdefault(entry.collection, []).append(entry)
        return found

    def parts(self, kind: type[Part]) -> Iterator[tuple[Entry, Keys, Part]]:
        """Every part of all records that is of a kind, with its entry and its keys."""
        for found, parts in self._parts.items():
            if issubclass(found, kind):
                yield from parts

    @cached_property
    def _parts(self) -> Mapping[type[Strict], list[tuple[Entry, Keys, Any]]]:
        found: dict[type[Strict], list[tuple[Entry, Keys, Any]]] = {}
        for entry in self.entries.values():
            for keys, part in entry.survey.parts:
                found.setdefault(type(part), []).append((entry, keys, part))
        return found

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
        """All paths of a record that a page can address."""
        for key, value in entry.fields():
            if isinstance(value, dict):
                yield from (f"{entry.id}.{key}.{slug}" for slug in value if self.place(entry, (key, slug)))
            elif self.place(entry, (key,)):
                yield f"{entry.id}.{key}"

    def place(self, entry: Entry, keys: tuple[Any, ...]) -> tuple[str, ...]:
        """The part of a record that has an address of its own and holds a path: `facts.takings`, `status`, or nothing.

        Whatever is named by a slug has one, but for a passage without a heading; so has a single part that
        stands on evidence.
        """
        if not keys:
            return ()
        first = entry.at((str(keys[0]),))
        if not isinstance(first, dict):
            return (str(keys[0]),) if isinstance(first, Supported) else ()
        named = first.get(keys[1]) if len(keys) > 1 else None
        if not isinstance(named, Words | Strict) or (isinstance(named, Block) and named.heading is None):
            return ()
        return str(keys[0]), str(keys[1])

    def anchor(self, keys: tuple[str, ...]) -> str:
        """The anchor of such a part within its page."""
        return "-".join(keys)

    # ----- values -----

    def valued(self, path: str) -> Valued | None:
        """The value at a path: of a fact, measure or account, a day of an event or a law, the limit of a penalty.
        None where there is none."""
        if path not in self._valued:
            # Whatever asks for this path while its value is worked out stands on a circle, and has none.
            self._valued[path] = None
            self._valued[path] = self._look_up(path)
        return self._valued[path]

    def _look_up(self, path: str) -> Valued | None:
        found = self.resolve(path)
        if not found:
            return None
        entry, keys = found
        value = self.value_of(entry.at(keys))
        return None if value is None else Valued(entry, keys, value, self.evidence(entry, keys))

    def evidence(self, entry: Entry, keys: tuple[Any, ...]) -> tuple[Evidence, ...]:
        """What a part stands on: its own evidence, else that of what holds it, else the record's; for a derived
        value also that of the values that went in."""
        key = entry.document.path, tuple(keys)
        if key not in self._evidence:
            self._evidence[key] = self._look_for_evidence(entry, keys)
        return self._evidence[key]

    def _look_for_evidence(self, entry: Entry, keys: tuple[Any, ...]) -> tuple[Evidence, ...]:
        part = entry.at(keys)
        if isinstance(part, Fact) and part.derive and not part.evidence:
            found = [self.valued(path) for path in part.derive.of]
            return tuple(dict.fromkeys(one for valued in found if valued for one in valued.evidence))
        for length in range(len(keys), -1, -1):
            part = entry.at(keys[:length])
            if (evidence := getattr(part, "evidence", ())) and isinstance(part, Strict):
                return tuple(evidence)
        return ()

    def fact_value(self, fact: Fact) -> Value | None:
        """A fact's own value, or the one worked out for it. None where it cannot be worked out: unknown paths, other
        kinds, division by zero, a circle."""
        if fact.value is not None or fact.derive is None:
            return fact.value
        found = [self.valued(path) for path in fact.derive.of]
        values = [valued.value for valued in found if valued]
        return derive(fact.derive.op, values) if len(values) == len(found) else None

    def value_of(self, part: Any) -> Value | None:
        """The value that a part of a record leads with, if it has one."""
        if isinstance(part, Fact):
            return self.fact_value(part)
        if isinstance(part, Account):
            return part.value
        if isinstance(part, Penalty):
            return part.min if part.max is None else part.max
        if isinstance(part, Version):
            return _day(part.in_force)
        if isinstance(part, TimelineEvent):
            return _day(part.date)
        if isinstance(part, Date):
            return _day(part)
        return part if isinstance(part, Quantity | When | Rank | Rate) else None  # type: ignore[return-value]

    # ----- who refers to whom -----

    @cached_property
    def backlinks(self) -> dict[str, list[tuple[Entry, Mention]]]:
        """id -> the places in other records that name it, in the order of the records."""
        found: dict[str, list[tuple[Entry, Mention]]] = {}
        for entry in self.entries.values():
            for mention in entry.survey.mentions:
                target = mention.target.partition(".")[0]
                if target != entry.id:
                    found.setdefault(target, []).append((entry, mention))
        return found

    @property
    def of_site(self) -> list[Mention]:
        """What site.yml names: in its texts, as the front page, in the navigation."""
        if self.about is None or self.site is None:
            return []
        pages = enumerate(self.site.pages)
        return [
            *self.about.survey.mentions,
            Mention(self.site.front, ("front",), "field", "explainers"),
            *(Mention(page, ("pages", at), "field", "pages") for at, page in pages),
        ]

    def witness(self, source: str) -> str:
        """The source whose story a source repeats, or itself: one witness, however many copies."""
        return self.origins(source)[-1]

    def origins(self, source: str) -> list[str]:
        """A source, that whose story it repeats, that whose story this one repeats, and so on."""
        found = [source]
        while (record := self.source(found[-1])) and record.derives_from and record.derives_from not in found:
            found.append(record.derives_from)
        return found

    @cached_property
    def copies(self) -> dict[str, list[str]]:
        """A source -> those that repeat its story, straight or by way of another."""
        found: dict[str, list[str]] = {}
        for entry in self.collection("sources"):
            for origin in self.origins(entry.id)[1:]:
                found.setdefault(origin, []).append(entry.id)
        return found

    def independent(self, evidence: tuple[Evidence, ...]) -> int:
        """How many independent accounts a fact rests on: an agency counts once, whoever prints its text and when."""
        witnesses = set()
        for one in evidence:
            origin = self.witness(one.source)
            record = self.source(origin)
            witnesses.add(f"agency:{record.agency}" if record and record.agency else origin)
        return len(witnesses)

    @cached_property
    def terms(self) -> dict[str, Term]:
        """id -> term."""
        return {
            entry.id: entry.record for entry in self.collection("glossary") if isinstance(entry.record, Term)
        }

    def count_facts(self) -> int:
        """How many facts the content asserts: every part that stands on evidence."""
        return sum(1 for _ in self.parts(Supported))


def _day(date: Date | None) -> When | None:
    return When.model_construct(date=date) if date else None
