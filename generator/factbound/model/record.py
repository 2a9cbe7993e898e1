"""What records hold, whatever they are about."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from ..settings import Strict
from ..values import EdtfDate, KnownOrNot, plain_type
from .evidence import Evidence, Fact
from .words import Days, Label, Line, Prose, Slug, Words


class Change(Strict):
    """A dated note for readers about a change of this record."""

    date: EdtfDate
    """The day on which this record changed."""
    kind: Literal["update", "correction"]
    """`update` where the matter itself moved on, `correction` where the site was wrong."""
    says: Line
    """What changed, in the reader's words: what stood here, and what is so. Example: 'The takings were given as 12
    million yen; the report says about 10 million.'"""


def _day(value: object) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(str(value))
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:  # 20270131 is a day to Python, and a number to others
        raise ValueError("write a day: 2027-01-31")
    return day


_DAY = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
Day = Annotated[datetime.date, plain_type(_day, _DAY)]


class Accepted(Strict):
    """One piece of advice that is accepted, with an end."""

    rule: Slug
    """The id of the rule, as advice shows it in brackets."""
    because: str
    """Why it is accepted. Example: The record that uses it is being written."""
    until: Day
    """The last day on which it is accepted. Example: 2027-01-31"""


class Block(Strict):
    """A passage of a page."""

    heading: Label | None = None
    """What the passage is called; without one it has no address. Example: Where the lanterns came from"""
    says: Prose
    """The passage: paragraphs, lists and quotes, each sentence with a figure or a date cited. Example: The lanterns
    were lit in spring [@example-gazette]."""
    editorial: bool = False
    """True where it holds explanation or opinion of ours and so needs no citation in each paragraph."""


class Titled(Strict):
    """What every record with a page of its own may hold."""

    refers: ClassVar[Mapping[str, str]] = {"related": ""}
    """Fields that hold ids or paths -> the collection that they must be in, empty for any."""

    title: Label
    """What the page is called. Example: The lanterns of the quay"""
    summary: Line | None = None
    """The page in one or two sentences, the answer first; it stands at the head and in search results. Example: A
    keeper sold lanterns on the quay. Nobody has been convicted."""
    evidence: tuple[Evidence, ...] = ()
    """Where the summary is from, and each field that has no evidence of its own."""
    related: tuple[Slug, ...] = ()
    """Ids of other records that a reader of this one may want."""
    keywords: tuple[str, ...] = ()
    """Other words under which readers search for this page. Example: [is it legal, lamp law]"""
    checked: KnownOrNot
    """The day on which an editor last held the record against its sources, or `unknown`."""
    review: Days | None = None
    """How long after `checked` it is to be looked at again, such as 90d; without it, its collection's period counts."""
    formerly: tuple[Slug, ...] = ()
    """Ids that this record had; their addresses lead here."""
    changes: dict[Slug, Change] = {}
    """Notes for readers about what has changed here, newest first."""
    accepted: tuple[Accepted, ...] = ()
    """Pieces of advice that are accepted for this record."""


class Record(Titled):
    """What every record of a collection may hold."""

    sections: dict[Slug, Block] = {}
    """Passages of the page, in order."""
    facts: dict[Slug, Fact] = {}
    """What is said to be so, each under a name that never changes: it is the address of the fact."""
    unknown: dict[Slug, Line] = {}
    """What is not known, each a sentence. Example: {price: What the lanterns were sold for was not found.}"""


class Body(Words):
    """A hand-written page's Markdown."""

    mode = "page"


class Page(Titled):
    """A page written by hand: front matter, then Markdown with the same inline syntax."""

    body: Body
    """The Markdown after the front matter; it is written below it, and is no key."""
