"""What the site is about, and the words that it does not use."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from ..settings import Strict
from .record import Day
from .words import Days, Label, Lang, Line, Slug, Web

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


OverviewName = Literal["timeline", "compare", "differences", "unknown", "changes", "data", "print"]


SCRIPTS = {
    "Jpan": r"\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f",
    "Hani": r"\u3005-\u3007\u3400-\u9fff\uf900-\ufaff",
    "Kore": r"\u1100-\u11ff\uac00-\ud7af",
    "Cyrl": r"\u0400-\u052f",
    "Grek": r"\u0370-\u03ff",
    "Hebr": r"\u0590-\u05ff",
    "Arab": r"\u0600-\u06ff",
    "Deva": r"\u0900-\u097f",
    "Thai": r"\u0e00-\u0e7f",
}
"""Script (ISO 15924) -> its characters, as the inside of a regular expression's brackets (Unicode blocks)."""
Script = Literal["Jpan", "Hani", "Kore", "Cyrl", "Grek", "Hebr", "Arab", "Deva", "Thai"]


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
    """True where a court has found the party guilty: from then on words of guilt may stand beside it."""
    ends: bool = False
    """True where nothing more is to be expected of the law, whether or not `final` is known."""
    note: Line | None = None
    """What a reader must know: the presumption of innocence, what the stage means. It stands on the page of a case until a
    conviction is final; where there is none, and after a conviction, the page says so in words of its own."""


class Dimension(Strict):
    """One value of a dimension along which regulations are compared."""

    label: Label
    explains: Label | None = None


class IgnoredLink(Strict):
    """An address outside the site for which `factbound links --external` does not ask."""

    address: Web
    """The address, and with it all that go on below it: https://example.org/ is all of that host."""
    because: str
    """Why it is not asked for."""
    owner: str
    """Who looks after the entry: a role or an account of the project, no private person's name."""
    until: Day
    """The last day on which it is not asked for. From then on it is, and the entry is an error of that command."""


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
    scripts: dict[Script, Lang] = {}
    """Script (ISO 15924) -> the language of words that stand in it in texts of another language."""
    review: dict[CollectionName, Days] = {}
    """Collection -> how long after `checked`, of sources after `accessed`, its records are looked at again, such as 180d."""
    links_ignored: dict[Slug, IgnoredLink] = {}
    """Links that `factbound links --external` leaves unasked, each under a name of its own."""
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


class Guilt(Strict):
    """Words that say that somebody did what the law punishes, in one language."""

    words: Annotated[tuple[str, ...], Field(min_length=1)]
    """Each form of each word. None of them stands beside a party of a case who is not convicted."""
    people: tuple[str, ...] = ()
    """Words that can mean any party: "he", "the accused". The role of a party means that party without standing here."""
    except_in: tuple[str, ...] = ()
    """Longer expressions in which a word may stand: "not guilty", "criminal law". Titles of laws and terms of the
    glossary need not be listed."""


class WordList(Strict):
    """`content/words.yml`: words that the site does not use, and words that a party's stage must allow."""

    words: dict[str, Word] = {}
    guilt: dict[Lang, Guilt] = {}
    """Language -> its words of guilt."""
