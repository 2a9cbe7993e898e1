"""What the site is about, and the words that it does not use."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..settings import Strict
from .words import Label, Lang, Line, Slug


class Language(Strict):
    """A language that the site is written in."""

    lang: Lang
    locale: str
    """Whose dates and numbers it uses, such as en-GB."""
    name: str


class Stage(Strict):
    """How far the law has gone with a party."""

    label: Label
    verb: Label
    """How a sentence says it: "has been summarily indicted"."""
    convicted: bool = False
    """True where a court has found the party guilty."""
    note: Line | None = None
    """What a reader must know: the presumption of innocence, what the stage means."""


class Dimension(Strict):
    """One value of a dimension along which regulations are compared."""

    label: Label
    explains: Label | None = None


class Site(Strict):
    """What this site is about: `content/site.yml`."""

    title: Label
    description: Label
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    """The first one is that of plain text in YAML."""
    front: Slug
    """The explainer that is the front page."""
    collections: Annotated[
        tuple[
            Literal[
                "cases",
                "statistics",
                "regulations",
                "jurisdictions",
                "glossary",
                "sources",
                "explainers",
                "help",
            ],
            ...,
        ],
        Field(min_length=1),
    ]
    """Their order in the navigation."""
    pages: tuple[Slug, ...] = ()
    """Hand-written pages in the navigation, in order."""
    overviews: tuple[Literal["timeline", "compare", "differences", "unknown", "changes", "data"], ...] = ()
    """Pages over all records, in the order of the navigation."""
    stages: dict[Slug, Stage]
    conducts: dict[Slug, Dimension]
    """What laws punish, as the comparison's rows."""
    subjects: dict[Slug, Dimension]
    """With regard to whom or what."""
    units: dict[str, dict[Lang, dict[str, str]]] = {}
    """What is counted: unit -> language -> plural category (`one`, `other`) -> name."""
    currencies: dict[str, dict[Lang, dict[str, str]]] = {}
    """Names for currencies where a language's usual one is too long: JPY -> en -> other -> yen."""
    review: dict[str, str] = {}
    """Collection -> how often its records are looked at again, such as 180d."""
    help_note: Line | None = None
    """Stands on every page about harm and leads to help."""
    licence: Label | None = None
    """Under which the texts may be used."""


class Word(Strict):
    """A word that the site does not use."""

    lang: Lang
    use: str
    """What to write instead."""
    because: str
    except_in: tuple[str, ...] = ()
    """Longer expressions in which it may stand: the title of a law or a work."""


class WordList(Strict):
    """`content/words.yml`: words that the site does not use."""

    words: dict[str, Word]
