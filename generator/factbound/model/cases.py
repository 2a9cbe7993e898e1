"""Cases and statistics: what happened, and how often."""

from __future__ import annotations

import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ..settings import Strict
from ..values import EdtfDate, KnownOrNot
from .evidence import Fact, Supported
from .record import Record
from .words import Label, Line, Slug, YesNo


class Party(Supported):
    """Somebody in a case, by role; by name only for a reason that the page gives."""

    role: Label
    """What the page calls them: "Keeper A", "the buyer"."""
    name: Label | None = None
    """Left out, but for somebody whose name belongs to the matter, such as a minister in an official act."""
    named: Line | None = None
    """Why this party is named; a name stands nowhere without it."""
    age: Annotated[int, Field(ge=0, le=130)] | None = None
    """At the time of the report, in years; dropped after `privacy-review`."""
    occupation: Label | None = None
    """As reported, in general terms; dropped after `privacy-review`. Never together with a town."""
    says: Line | None = None
    """What is reported about them."""
    stage: Slug
    """How far the law has gone with them: a key of `stages` in site.yml."""
    stage_on: EdtfDate | None = None
    """When they reached it."""
    final: YesNo = "unknown"
    """Whether the outcome can no longer be appealed: "yes", "no" or unknown (in quotes: yes and no alone are traps)."""


class TimelineEvent(Supported):
    """One day or period of what happened."""

    date: EdtfDate
    says: Line


class Applied(Supported):
    """A law as it was applied to this case."""

    refers: ClassVar = {"regulation": "regulations"}

    regulation: Slug
    acts: EdtfDate
    """When the acts took place: the law applies as it stood then."""
    version: Slug
    """The version in force at that time: a key of the regulation's `history`."""
    says: Line | None = None


class Case(Record):
    """An incident, a court's ruling, or an event that stands beside them."""

    refers: ClassVar = {**Record.refers, "jurisdiction": "jurisdictions"}

    kind: Literal["incident", "ruling", "event"]
    jurisdiction: Slug
    occurred: EdtfDate
    """The day or the period of it."""
    parties: dict[Slug, Party] = {}
    law: dict[Slug, Applied] = {}
    """Under which provisions it is or was dealt with."""
    timeline: dict[Slug, TimelineEvent] = {}
    privacy_review: EdtfDate | None = None
    """After this day ages and occupations are dropped from the page and from the data."""

    def is_past_review(self, today: datetime.date) -> bool:
        """Whether ages and occupations are no longer shown."""
        return self.privacy_review is not None and self.privacy_review.latest < today


class Measure(Fact):
    """One figure of a study."""

    refers: ClassVar = {"by": {"jurisdiction": "jurisdictions"}}

    by: dict[str, str] = {}
    """What it is broken down by: `jurisdiction: example-land`, `year: "2025"`."""


class Chart(Strict):
    """Figures of this study drawn together."""

    title: Label
    """What is compared, with the unit."""
    kind: Literal["bars", "shares", "series"]
    """`bars` from zero, `shares` of a hundred, `series` over time."""
    measures: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Keys of `measures`, in the order in which they are drawn; all count the same thing."""
    highlight: Slug | None = None
    """The one that the reader is to find first."""


class Statistic(Record):
    """A study or a count, with its figures."""

    measured_by: Label
    """Who measured it, as they call themselves."""
    published: KnownOrNot
    population: Line
    """What was counted, out of what."""
    period: KnownOrNot
    """The time to which the figures belong."""
    method: Line
    """How it was measured."""
    measures: Annotated[dict[Slug, Measure], Field(min_length=1)]
    charts: dict[Slug, Chart] = {}
    """Drawings of figures of the same kind."""
    caveats: dict[Slug, Fact] = {}
    """What limits the figures."""
    does_not_show: Annotated[dict[Slug, Line], Field(min_length=1)]
    """What a reader might take from the figures and must not, each a sentence."""
