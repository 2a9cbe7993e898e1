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
    """The word as it stands in texts, per language, with its other forms. Example: {en: [lantern, lanterns], ja:
    [提灯]}"""
    aliases: dict[Lang, tuple[str, ...]] = {}
    """Other words for the same thing, which link here too. Example: {en: [hand lamp]}"""
    reading: dict[Lang, str] = {}
    """How it is read, for Japanese in kana or in Latin letters. Example: {ja: chōchin}"""
    not_in: tuple[str, ...] = ()
    """Longer words that contain it and mean something else. Example: [magic lantern]"""
    definition: Line
    """The meaning in at most 300 characters, which a hover shows. Example: A lamp with a case around it."""
    not_the_same_as: dict[Slug, Line] = {}
    """Terms with which it is confused, each with the difference. Example: {lamp: A lamp has no case around it.}"""
    link: Literal["auto", "manual"] = "auto"
    """`manual`: only [[id]] links to it, since the word is also used in other senses."""


class Question(Strict):
    """A reader's question with its answer."""

    refers: ClassVar = {"see": ""}

    question: Label
    """As a reader would ask it. Example: Who lit the lanterns?"""
    answer: Line
    """The answer itself, first, in one paragraph. Example: The keepers did, the office says [@example-gazette]."""
    says: Prose | None = None
    """What else there is to it. Example: They had done so every night since spring [@example-gazette]."""
    editorial: bool = False
    """True where `says` explains rather than reports, and so needs no citation in each paragraph."""
    see: tuple[Path, ...] = ()
    """Records where it is told in full."""


class Explainer(Record):
    """The story in questions and answers."""

    refers: ClassVar = {**Record.refers, "key_facts": "", "main": ""}

    questions: Annotated[dict[Slug, Question], Field(min_length=1)]
    """The story, question by question."""
    key_facts: tuple[Path, ...] = ()
    """Paths of facts with a value that are shown at the head."""
    main: Slug | None = None
    """The record that the story is about."""


class Help(Record):
    """A service for people affected."""

    refers: ClassVar = {**Record.refers, "jurisdiction": "jurisdictions"}

    for_: Line
    """For what. Example: When a lantern falls on your boat"""
    who: Line
    """For whom. Example: Anybody in the harbour"""
    jurisdiction: Slug | None = None
    """Where; left out for everywhere."""
    provider: Label | None = None
    """Who runs it. Example: Example Harbour Office"""
    phone: str | None = None
    """In quotes: a number that begins with # would be dropped. Example: '#8891'"""
    url: Web | None = None
    """Of its own page."""
    hours: Line | None = None
    """When it answers. Example: Every day, 10:00 to 22:00"""
    languages: tuple[Lang, ...] = ()
    """In which it answers. Example: [en, ja]"""
    order: int = 100
    """Services are listed by this, lowest first, then by title. Example: 10"""
