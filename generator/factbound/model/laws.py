"""Regulations and jurisdictions; names follow ELI and schema.org/Legislation."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ..settings import Strict
from ..values import AnyValue, EdtfDate
from .evidence import Account, Fact, Supported
from .record import Record
from .words import Label, Lang, Line, Slug


class Version(Supported):
    """A dated state of a law."""

    label: Label
    """What this version is called. Example: As amended in June 2025"""
    says: Line | None = None
    """What changed with it. Example: It added lamps to lanterns."""
    passed: EdtfDate | None = None
    """When it was passed."""
    promulgated: EdtfDate | None = None
    """When it was made public officially."""
    in_force: EdtfDate | None = None
    """Since when it applies; a day to come is right too."""
    because: Line | None = None
    """Why the site leads with these days rather than with an account that contradicts them. Example: The gazette of
    laws prints the day."""
    accounts: dict[Slug, Account] = {}
    """What other sources say of it."""


class Penalty(Supported):
    """What a law threatens, as data."""

    kind: Literal[
        "prison",
        "fine",
        "petty-fine",
        "administrative-fine",
        "order",
        "turnover-share",
        "damages",
        "publication",
    ]
    """What is threatened: `fine` after a conviction, `administrative-fine` by an authority, `turnover-share` a share
    of what a company takes in, `order` to do or stop something."""
    label: Label | None = None
    """What the law itself calls it, where that matters. Example: imprisonment with work"""
    for_: Line
    """For which conduct. Example: Selling a lantern without a licence"""
    min: AnyValue | None = None
    """The least; left out where the law names none."""
    max: AnyValue | None = None
    """The most; left out where the law names none."""
    with_: Literal["and", "or", "and-or"] | None = None
    """How it joins the penalty before it."""
    since: Slug | None = None
    """The version that brought it: a key of `history`. Example: as-amended"""
    until: Slug | None = None
    """The version that ended it. Example: as-amended"""
    says: Line | None = None
    """What else there is to it, in a sentence. Example: Half as much for a first offence."""
    because: Line | None = None
    """Why the site leads with this rather than with an account that contradicts it. Example: The text of the law says
    so."""
    accounts: dict[Slug, Account] = {}
    """What other sources say of it."""


class Coverage(Supported):
    """Whether a law punishes one kind of conduct with one kind of subject."""

    conduct: Slug
    """A key of `conducts` in site.yml."""
    subject: Slug
    """A key of `subjects` in site.yml."""
    answer: Literal["punished", "not-punished", "partly", "regulated", "unclear"]
    """`punished` by a criminal penalty; `regulated` where there is a duty, an administrative fine or a civil claim and no
    crime; `partly` where only some of the conduct is punished."""
    since: Slug | None = None
    """The version that brought it: a key of `history`. Example: as-amended"""
    says: Line | None = None
    """Why the answer is what it is, in a sentence. Example: Section 7 names lamps."""


class Status(Supported):
    """Where a law stands, as of a day."""

    value: Literal["in-force", "passed", "bill", "proposal", "repealed", "not-in-force"]
    """Where it stood on that day."""
    as_of: EdtfDate
    """The day for which this was known."""


class Original(Strict):
    """A title as it is written in its own language."""

    lang: Lang
    """The language of the law."""
    title: str
    """The title as the law has it. Example: Havenwet"""


class Regulation(Record):
    """A law, or one provision of it."""

    refers: ClassVar = {**Record.refers, "jurisdiction": "jurisdictions", "part_of": "regulations"}

    level: Literal["instrument", "provision"]
    """`instrument` for a whole law, `provision` for one section of it."""
    part_of: Slug | None = None
    """The instrument to which a provision belongs."""
    original: Original | None = None
    """The title in the language of the law, where that is not the site's."""
    kind: Literal["code", "act", "ordinance", "directive", "regulation", "measure", "bill", "guideline"]
    """What sort of law it is."""
    jurisdiction: Slug
    """Whose law it is."""
    status: Status
    """Whether it is in force, and for which day that was known."""
    protects: Fact
    """What the law protects: the difference at the heart of any comparison."""
    history: Annotated[dict[Slug, Version], Field(min_length=1)]
    """Dated versions, oldest first."""
    coverage: dict[Slug, Coverage] = {}
    """Its answers for the comparison: one for each kind of conduct with one kind of subject."""
    penalties: dict[Slug, Penalty] = {}
    """What it threatens."""
    exceptions: dict[Slug, Fact] = {}
    """What it leaves out."""


class Jurisdiction(Record):
    """A country, a part of one, or a union of them: where law is made."""

    refers: ClassVar = {**Record.refers, "part_of": "jurisdictions"}

    kind: Literal["country", "subnational", "supranational"]
    """`subnational` for a part of a country, `supranational` for a union of countries."""
    part_of: Slug | None = None
    """What it is a part of."""
