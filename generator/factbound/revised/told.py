"""What is told of a change: the types that are printed as Markdown and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

How = Literal["added", "changed", "removed"]


@dataclass(frozen=True)
class Told:
    """One thing that is said, no longer said, or said otherwise."""

    how: How
    path: str
    """Of the part: `the-fair.facts.takings`, or the record's id."""
    sort: str
    """What sort of part it is: `fact`, `party`, `version`; empty for the record itself."""
    part: str
    """What the page calls it; empty for the record itself."""
    field: str = ""
    """What of it is otherwise, in words; empty where the part as a whole came or went."""
    old: str = ""
    new: str = ""
    moved: bool = False
    """Whether it is the stage of a party or the status of a law."""
    at: tuple[str, ...] = ()
    """The keys of the field in its record."""


@dataclass(frozen=True)
class Leaning:
    """A source that a part now stands on, or no longer does."""

    path: str
    part: str
    """What the page calls the part; empty for the record itself."""
    source: str
    title: str
    gained: bool


@dataclass(frozen=True)
class Unnoted:
    """A change of which no note tells readers, in words, with the line at which an editor adds one."""

    record: str
    what: str
    todo: str
    path: str
    line: int
    blocks: bool
    """Whether `factbound check --base` refuses it."""


@dataclass(frozen=True)
class RecordChange:
    """All that is told of one record."""

    id: str
    kind: str
    """`case`, `source`, `law`: as pages call it."""
    title: str
    file: str
    how: Literal["added", "changed", "removed", "renamed"]
    formerly: str = ""
    """The id that a renamed one had."""
    told: tuple[Told, ...] = ()
    sources: tuple[Leaning, ...] = ()
    notes: tuple[str, ...] = ()
    """New notes for readers, as they stand on the page."""


@dataclass(frozen=True)
class Reading:
    """A page that is new, gone, or reads otherwise."""

    path: str
    """Of the page, relative to the pages' root."""
    address: str
    """Within the site, or in full where it is known where the site stands."""
    title: str
    group: str
    """What the list of a report calls pages of its sort."""
    how: How
    aside: bool = False
    """True where only what opens beside a link, or the way to the page before or after, is otherwise."""


@dataclass(frozen=True)
class Report:
    """All that is told of a change."""

    base: str
    """The revision, as it was given."""
    records: tuple[RecordChange, ...]
    unnoted: tuple[Unnoted, ...]
    pages: tuple[Reading, ...]
    remarks: tuple[str, ...]
    """What could not be compared, and why."""
    settings: tuple[Told, ...] = ()
    """What every page shows around its text, and shows otherwise now."""
    compared: bool = True
    """Whether all of both states was compared."""
    right: bool = True
    """False where the present content is wrong, so that something of it could not be compared."""
