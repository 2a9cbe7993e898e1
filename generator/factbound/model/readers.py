"""What readers come for: terms, explainers, help."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ..settings import Strict
from .record import Record
from .words import Label, Lang, Line, Path, Prose, Slug, Web


class Term(Record):
    """A word of the glossary."""

    refers: ClassVar = {**Record.refers, "not_the_same_as": "glossary"}

    forms: Annotated[dict[Lang, Annotated[tuple[str, ...], Field(min_length=1)]], Field(min_length=1)]
    """The word as it stands in texts, per language, with its other forms: [lighthouse, lighthouses]."""
    aliases: dict[Lang, tuple[str, ...]] = {}
    """Other words for the same thing, which link here too."""
    reading: dict[Lang, str] = {}
    """How it is read, for Japanese in kana or in Latin letters."""
    not_in: tuple[str, ...] = ()
    """Longer words that contain it and mean something else."""
    definition: Line
    """The meaning in at most 300 characters, which a hover shows."""
    not_the_same_as: dict[Slug, Line] = {}
    """Terms with which it is confused, each with the difference."""
    link: Literal["auto", "manual"] = "auto"
    """`manual`: only [[id]] links to it, since the word is also used in other senses."""


class Question(Strict):
    """A reader's question with its answer."""

    refers: ClassVar = {"see": ""}

    question: Label
    answer: Line
    """The answer itself, first, in one paragraph."""
    says: Prose | None = None
    """What else there is to it."""
    editorial: bool = False
    """True where `says` explains rather than reports, and so needs no citation in each paragraph."""
    see: tuple[Path, ...] = ()
    """Records where it is told in full."""


class Explainer(Record):
    """The story in questions and answers."""

    refers: ClassVar = {**Record.refers, "key_facts": "", "main": ""}

    questions: Annotated[dict[Slug, Question], Field(min_length=1)]
    key_facts: tuple[Path, ...] = ()
    """Paths of facts with a value that are shown at the head."""
    main: Slug | None = None
    """The record that the story is about."""


class Help(Record):
    """A service for people affected."""

    refers: ClassVar = {**Record.refers, "jurisdiction": "jurisdictions"}

    for_: Line
    """For what."""
    who: Line
    """For whom."""
    jurisdiction: Slug | None = None
    """Where; left out for everywhere."""
    provider: Label | None = None
    """Who runs it."""
    phone: str | None = None
    """In quotes: a number that begins with # would be dropped."""
    url: Web | None = None
    hours: Line | None = None
    languages: tuple[Lang, ...] = ()
    order: int = 100
    """Services are listed by this, lowest first, then by title."""
