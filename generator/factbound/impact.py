"""A source in; what would fall with it out: facts that stand on nothing else, facts that would stand on one account only,
and sentences that cite nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .library import Entry, Library
from .model import Account, Evidence, Supported
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
    """Those that would rest on one independent account."""
    cited: tuple[Place, ...]
    """Sentences that cite nothing else."""
    copies: tuple[Entry, ...]
    """Sources that repeat its story."""


def impact(library: Library, source: str) -> Impact:
    """What would fall with a source, in the order of the records."""
    cited: list[Place] = []
    weakens = []
    for entry in _leaning(library, source):
        for place in _parts(library, entry, source):
            if library.independent(_rest(library, place, source)) == 1:
                weakens.append(place)
        cited += _only_cited(entry, source)
    copies = [
        entry
        for entry in library.collection("sources")
        if getattr(entry.record, "derives_from", None) == source
    ]
    return Impact(falling(library, source), tuple(weakens), tuple(cited), tuple(copies))


def falling(library: Library, source: str) -> tuple[Place, ...]:
    """The parts of records that would lose their last support with a source."""
    return tuple(
        place
        for entry in _leaning(library, source)
        for place in _parts(library, entry, source)
        if not _rest(library, place, source)
    )


def _leaning(library: Library, source: str) -> Iterable[Entry]:
    return {entry.id: entry for entry, _mention in library.backlinks.get(source, ())}.values()


def _rest(library: Library, place: Place, source: str) -> tuple[Evidence, ...]:
    """What a part would still stand on."""
    found = library.evidence(place.entry, tuple(map(str, place.keys)))
    return tuple(one for one in found if one.source != source)


def _parts(library: Library, entry: Entry, source: str) -> list[Place]:
    """The parts of a record that stand on a source, by their own evidence or by that of their record."""
    return [
        Place(entry, keys)
        for keys, part in entry.survey.parts
        if keys
        and isinstance(part, Supported | Account)
        and any(one.source == source for one in library.evidence(entry, tuple(map(str, keys))))
    ]


def _only_cited(entry: Entry, source: str) -> list[Place]:
    found = []
    for passage in entry.survey.passages:
        if f"@{source}" not in passage.text:
            continue
        for run in paragraphs(passage.parsed.blocks):
            for sentence in sentences(run):
                cites = [node for node in sentence if isinstance(node, Cite)]
                if cites and {item.source for node in cites for item in node.items} == {source}:
                    found.append(Place(entry, passage.keys, cites[0].at, cites[0].raw))
    return found
