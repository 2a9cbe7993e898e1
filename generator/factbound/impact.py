"""A source in; what would fall with it out: facts that stand on nothing else, facts that would stand on one account only,
and sentences that cite nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .library import Entry, Library
from .model import Account, Evidence, Fact, Supported
from .prose import Cite, paragraphs, sentences
from .yamlfile import Keys


@dataclass(frozen=True)
class Place:
    """A part of a record, or a sentence of its prose."""

    entry: Entry
    keys: Keys
    offset: int | None = None
    """Where in the text of the field its citation stands."""
    snippet: str = ""


@dataclass(frozen=True)
class Impact:
    """What leans on a source."""

    falls: tuple[Place, ...]
    """Facts, and other parts, that would lose their last support."""
    weakens: tuple[Place, ...]
    """Those that rest on more than one independent account, and would rest on one."""
    cited: tuple[Place, ...]
    """Sentences that cite nothing else."""
    copies: tuple[Entry, ...]
    """Sources that repeat its story, straight or by way of another."""


def impact(library: Library, source: str) -> Impact:
    """What would fall with a source, in the order of the files. Sources that repeat its story fall with it."""
    copies = [library.entries[id] for id in library.copies.get(source, ())]
    fallen = {source, *(entry.id for entry in copies)}
    leaning = _leaning(library, fallen)
    falls, weakens = [], []
    for place, before, after in _supports(library, leaning, fallen):
        if before and not after:
            falls.append(place)
        elif library.independent(before) > library.independent(after) == 1:
            weakens.append(place)
    cited = [place for entry in leaning for place in _only_cited(entry, fallen)]
    return Impact(tuple(falls), tuple(weakens), tuple(cited), tuple(copies))


def falling(library: Library, source: str) -> list[Place]:
    """The parts that would lose their last support with a source, without all the rest."""
    fallen = {source, *library.copies.get(source, ())}
    found = _supports(library, _leaning(library, fallen), fallen)
    return [place for place, before, after in found if before and not after]


def _supports(
    library: Library, leaning: list[Entry], fallen: set[str]
) -> Iterator[tuple[Place, tuple[Evidence, ...], tuple[Evidence, ...]]]:
    """Each part of these records, with what it stands on, and what would be left of that."""
    for entry in leaning:
        for keys, part in entry.survey.parts:
            if keys and isinstance(part, Supported | Account):
                yield Place(entry, keys), *_support(library, entry, tuple(map(str, keys)), part, fallen)


def _leaning(library: Library, sources: set[str]) -> list[Entry]:
    """The records that name one of these sources, and those that work values out of theirs."""
    found = {entry.id: entry for id in sources for entry, _mention in library.backlinks.get(id, ())}
    left = list(found)
    while left:
        for entry, mention in library.backlinks.get(left.pop(), ()):
            if "derive" in mention.keys and entry.id not in found:
                found[entry.id] = entry
                left.append(entry.id)
    return sorted(found.values(), key=lambda entry: entry.document.path)


def _support(
    library: Library,
    entry: Entry,
    keys: tuple[str, ...],
    part: Any,
    fallen: set[str],
    seen: frozenset[str] = frozenset(),
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """What a part stands on, and what is left of it; nothing where one of the values falls that it is worked out of."""
    before = library.evidence(entry, keys)
    after = tuple(one for one in before if one.source not in fallen)
    for path in part.derive.of if isinstance(part, Fact) and part.derive else ():
        valued = library.valued(path) if path not in seen else None
        if valued:
            at, way = valued.entry, valued.keys
            then, left = _support(library, at, way, at.at(way), fallen, seen | {path})
            if then and not left:
                return before or then, ()
    return before, after


def _only_cited(entry: Entry, fallen: set[str]) -> list[Place]:
    found = []
    for passage in entry.survey.passages:
        if not any(f"@{source}" in passage.text for source in fallen):
            continue
        for run in paragraphs(passage.parsed.blocks):
            for sentence in sentences(run):
                cites = [node for node in sentence if isinstance(node, Cite)]
                if cites and {item.source for node in cites for item in node.items} <= fallen:
                    found.append(Place(entry, passage.keys, cites[0].at, cites[0].raw))
    return found
