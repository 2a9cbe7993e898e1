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
    """"As amended in June 2025"."""
    says: Line | None = None
    """What changed with it."""
    passed: EdtfDate | None = None
    promulgated: EdtfDate | None = None
    in_force: EdtfDate | None = None
    because: Line | None = None
    """Why the site leads with these days rather than with an account that contradicts them."""
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
    label: Label | None = None
    """What the law itself calls it, where that matters."""
    for_: Line
    """For which conduct."""
    min: AnyValue | None = None
    max: AnyValue | None = None
    with_: Literal["and", "or", "and-or"] | None = None
    """How it joins the penalty before it."""
    since: Slug | None = None
    """The version that brought it: a key of `history`."""
    until: Slug | None = None
    """The version that ended it."""
    says: Line | None = None
    because: Line | None = None
    """Why the site leads with this rather than with an account that contradicts it."""
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
    """The version that brought it: a key of `history`."""
    says: Line | None = None


class Status(Supported):
    """Where a law stands, as of a day."""

    value: Literal["in-force", "passed", "bill", "proposal", "repealed", "not-in-force"]
    as_of: EdtfDate
    """The day for which this was known."""


class Original(Strict):
    """A title as it is written in its own language."""

    lang: Lang
    title: str


class Regulation(Record):
    """A law, or one provision of it."""

    refers: ClassVar = {**Record.refers, "jurisdiction": "jurisdictions", "part_of": "regulations"}

    level: Literal["instrument", "provision"]
    part_of: Slug | None = None
    """The instrument to which a provision belongs."""
    original: Original | None = None
    """The title in the language of the law."""
    kind: Literal["code", "act", "ordinance", "directive", "regulation", "measure", "bill", "guideline"]
    jurisdiction: Slug
    status: Status
    protects: Fact
    """What the law protects: the difference at the heart of any comparison."""
    history: Annotated[dict[Slug, Version], Field(min_length=1)]
    """Dated versions, oldest first."""
    coverage: dict[Slug, Coverage] = {}
    penalties: dict[Slug, Penalty] = {}
    exceptions: dict[Slug, Fact] = {}


class Jurisdiction(Record):
    """A country, a part of one, or a union of them: where law is made."""

    refers: ClassVar = {**Record.refers, "part_of": "jurisdictions"}

    kind: Literal["country", "subnational", "supranational"]
    part_of: Slug | None = None
