"""What the site is about, and the words that it does not use."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from ..settings import Strict
from .words import Label, Lang, Line, Slug

CollectionName = Literal[
    "cases", "statistics", "regulations", "jurisdictions", "glossary", "sources", "explainers", "help"
]
_PLURALS = ("zero", "one", "two", "few", "many", "other")


def _plurals(forms: dict[str, str]) -> dict[str, str]:
    if "other" not in forms or not set(forms) <= set(_PLURALS):
        todo = f"give it an 'other' and, where the language needs them, {', '.join(_PLURALS[:-1])}"
        raise PydanticCustomError("value", "{todo}", {"todo": todo})
    return forms


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise PydanticCustomError("value", "{todo}", {"todo": f"name '{twice}' only once"})
    return names


def _languages(languages: tuple[Language, ...]) -> tuple[Language, ...]:
    _each_once(tuple(language.lang for language in languages))
    return languages


Plurals = Annotated[dict[str, str], AfterValidator(_plurals)]
"""Plural category of Unicode (`one`, `other`, …) -> the name of a thing in that number."""
Days = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*d$")]
"""A number of days, such as 180d."""


OverviewName = Literal["timeline", "compare", "differences", "unknown", "changes", "data"]


class Language(Strict):
    """A language that the site is written in."""

    lang: Lang
    locale: Lang
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
    languages: Annotated[tuple[Language, ...], Field(min_length=1), AfterValidator(_languages)]
    """The first one is that of plain text in YAML."""
    front: Slug
    """The explainer that is the front page."""
    collections: Annotated[tuple[CollectionName, ...], Field(min_length=1), AfterValidator(_each_once)]
    """Their order in the navigation."""
    pages: Annotated[tuple[Slug, ...], AfterValidator(_each_once)] = ()
    """Hand-written pages in the navigation, in order."""
    overviews: tuple[OverviewName, ...] = ()
    """Pages over all records, in the order of the navigation."""
    stages: dict[Slug, Stage]
    conducts: dict[Slug, Dimension]
    """What laws punish, as the comparison's rows."""
    subjects: dict[Slug, Dimension]
    """With regard to whom or what."""
    units: dict[str, dict[Lang, Plurals]] = {}
    """What is counted: unit -> language -> plural category (`one`, `other`) -> name."""
    currencies: dict[str, dict[Lang, Plurals]] = {}
    """Names for currencies where a language's usual one is too long: JPY -> en -> other -> yen."""
    review: dict[CollectionName, Days] = {}
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
