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
    """What the page calls them, and never a name. Example: Keeper A Example: the buyer"""
    name: Label | None = None
    """Left out, but for somebody whose name belongs to the matter, such as a minister in an official act. Example:
    The Example Harbour Company"""
    named: Line | None = None
    """Why this party is named; a name stands nowhere without it. Example: The company published the report under its
    name."""
    age: Annotated[int, Field(ge=0, le=130)] | None = None
    """At the time of the report, in years; dropped after `privacy-review`. Example: 44"""
    occupation: Label | None = None
    """As reported, in general terms; dropped after `privacy-review`. Never together with a town. Example: office
    worker"""
    says: Line | None = None
    """What is reported about them. Example: Police say that they sold the lanterns."""
    stage: Slug
    """How far the law has gone with them: a key of `stages` in site.yml."""
    stage_on: EdtfDate | None = None
    """When they reached it."""
    final: YesNo = "unknown"
    """Whether the outcome can no longer be appealed: "yes", "no" or unknown (in quotes: yes and no alone are traps)."""


class TimelineEvent(Supported):
    """One day or period of what happened."""

    date: EdtfDate
    """When it happened."""
    says: Line
    """What happened, in a sentence. Example: The keeper was charged."""


class Applied(Supported):
    """A law as it was applied to this case."""

    refers: ClassVar = {"regulation": "regulations"}

    regulation: Slug
    """The law, or better the provision of it."""
    acts: EdtfDate
    """When the acts took place: the law applies as it stood then."""
    version: Slug
    """The version in force at that time: a key of the regulation's `history`. Example: as-passed"""
    says: Line | None = None
    """How it was applied. Example: Prosecutors relied on its second paragraph."""


class Case(Record):
    """An incident, a court's ruling, or an event that stands beside them."""

    refers: ClassVar = {**Record.refers, "jurisdiction": "jurisdictions"}

    kind: Literal["incident", "ruling", "event"]
    """`incident` for what happened, `ruling` for what a court decided, `event` for what stands beside them, such as a
    warning or a statement."""
    jurisdiction: Slug
    """Where it is or was dealt with."""
    occurred: EdtfDate
    """The day or the period of it."""
    parties: dict[Slug, Party] = {}
    """Who is in it, by role; each under a name that never changes."""
    law: dict[Slug, Applied] = {}
    """Under which provisions it is or was dealt with."""
    timeline: dict[Slug, TimelineEvent] = {}
    """What happened when, oldest first."""
    privacy_review: EdtfDate | None = None
    """After this day ages and occupations are dropped from the page and from the data."""

    def is_past_review(self, today: datetime.date) -> bool:
        """Whether ages and occupations are no longer shown."""
        return self.privacy_review is not None and self.privacy_review.latest < today


class Measure(Fact):
    """One figure of a study."""

    refers: ClassVar = {"by": {"jurisdiction": "jurisdictions"}}

    by: dict[str, str] = {}
    """What it is broken down by, such as a jurisdiction or a year. Example: {jurisdiction: example-land, year:
    "2025"}"""


class Chart(Strict):
    """Figures of this study drawn together."""

    title: Label
    """What is compared, with the unit. Example: Lanterns lit each year"""
    kind: Literal["bars", "shares", "series"]
    """`bars` from zero, `shares` of a hundred, `series` over time."""
    measures: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Keys of `measures`, in the order in which they are drawn; all count the same thing. Example: [lit-2024,
    lit-2025]"""
    highlight: Slug | None = None
    """The one that the reader is to find first. Example: lit-2025"""


class Statistic(Record):
    """A study or a count, with its figures."""

    measured_by: Label
    """Who measured it, as they call themselves. Example: Example Harbour Office"""
    published: KnownOrNot
    """When it was published."""
    population: Line
    """What was counted, out of what. Example: Lanterns lit on the quays of the harbour, out of all that hang
    there."""
    period: KnownOrNot
    """The time to which the figures belong."""
    method: Line
    """How it was measured. Example: Keepers counted at nightfall on one day of each month."""
    measures: Annotated[dict[Slug, Measure], Field(min_length=1)]
    """Its figures, each under a name that never changes."""
    charts: dict[Slug, Chart] = {}
    """Drawings of figures of the same kind."""
    caveats: dict[Slug, Fact] = {}
    """What limits the figures."""
    does_not_show: Annotated[dict[Slug, Line], Field(min_length=1)]
    """What a reader might take from the figures and must not, each a sentence. Example: {safety: A lantern that is
    lit need not be seen from the sea.}"""
