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


EachOnce = Field(json_schema_extra={"uniqueItems": True})


def _languages(languages: tuple[Language, ...]) -> tuple[Language, ...]:
    _each_once(tuple(language.lang for language in languages))
    return languages


Plurals = Annotated[
    dict[str, str],
    AfterValidator(_plurals),
    Field(json_schema_extra={"propertyNames": {"enum": list(_PLURALS)}, "required": ["other"]}),
]
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
    """Its tag."""
    locale: Lang
    """Whose dates and numbers it uses, such as en-GB. Example: en-GB"""
    name: str
    """What it calls itself. Example: English"""


class Stage(Strict):
    """How far the law has gone with a party."""

    label: Label
    """What it is called. Example: Charged"""
    verb: Label
    """How a sentence says it, and all that a page may say of somebody at this stage. Example: was charged"""
    convicted: bool = False
    """True where a court has found the party guilty: from then on words of guilt may stand beside it."""
    ends: bool = False
    """True where nothing more is to be expected of the law, whether or not `final` is known."""
    note: Line | None = None
    """What a reader must know: the presumption of innocence, what the stage means. It stands on the page of a case
    until a conviction is final; where there is none, and after a conviction, the page says so in words of its own.
    Example: A charge is what prosecutors allege. Everyone is presumed innocent until a court has decided."""


class Dimension(Strict):
    """One value of a dimension along which regulations are compared."""

    label: Label
    """What it is called. Example: Selling a lantern"""
    explains: Label | None = None
    """What counts as it, where the label leaves that open. Example: For money or for nothing"""


class IgnoredLink(Strict):
    """An address outside the site for which `factbound links --external` does not ask."""

    address: Web
    """The address, and with it all that go on below it. Example: https://example.org/news/"""
    because: str
    """Why it is not asked for. Example: It refuses programs; an editor looks at it."""
    owner: str
    """Who looks after the entry: a role or an account of the project, no private person's name. Example: news desk"""
    until: Day
    """The last day on which it is not asked for. From then on it is, and the entry is an error of that command.
    Example: 2027-06-30"""


class Site(Strict):
    """What this site is about: `content/site.yml`."""

    title: Label
    """What the site is called. Example: The harbour lanterns"""
    description: Label
    """What it is about, in a sentence or two. Example: What is known of the lanterns in the harbour, and who says
    so."""
    languages: Annotated[tuple[Language, ...], Field(min_length=1), AfterValidator(_languages)]
    """The first one is that of plain text in YAML."""
    front: Slug
    """The explainer that is the front page."""
    collections: Annotated[
        tuple[CollectionName, ...], Field(min_length=1), AfterValidator(_each_once), EachOnce
    ]
    """Their order in the navigation. Example: [cases, glossary, sources]"""
    pages: Annotated[tuple[Slug, ...], AfterValidator(_each_once), EachOnce] = ()
    """Hand-written pages in the navigation, in order."""
    overviews: tuple[OverviewName, ...] = ()
    """Pages over all records, in the order of the navigation. Example: [timeline, unknown, changes]"""
    stages: dict[Slug, Stage]
    """How far the law can go with a party, each under the name that `stage` uses."""
    conducts: dict[Slug, Dimension]
    """What laws punish, as the comparison's rows. Example: {selling: {label: Selling a lantern}}"""
    subjects: dict[Slug, Dimension]
    """With regard to whom or what. Example: {lamps: {label: Lamps}}"""
    units: dict[str, dict[Lang, Plurals]] = {}
    """What is counted: unit, language, plural category of Unicode (`one`, `other` and so on), name. Example: {lamps:
    {en: {one: lamp, other: lamps}}}"""
    currencies: dict[str, dict[Lang, Plurals]] = {}
    """Names for currencies where a language's usual one is too long. Example: {JPY: {en: {other: yen}}}"""
    scripts: dict[Script, Lang] = {}
    """Script (ISO 15924) and the language of words that stand in it in texts of another language. Example: {Jpan:
    ja}"""
    review: dict[CollectionName, Days] = {}
    """How long after `checked`, of sources after `accessed`, the records of a collection are looked at again.
    Example: {cases: 180d, help: 90d}"""
    links_ignored: dict[Slug, IgnoredLink] = {}
    """Links that `factbound links --external` leaves unasked, each under a name of its own. Example: {gazette: {address:
    'https://example.org/', because: It refuses programs., owner: news desk, until: 2027-06-30}}"""
    help_note: Line | None = None
    """Stands on every page about harm and leads to help. Example: 'There is help: [[help|services that
    answer]].'"""
    licence: Label | None = None
    """Under which the texts may be used. Example: Text under CC BY 4.0"""


class Word(Strict):
    """A word that the site does not use."""

    lang: Lang
    """The language in which it is not used."""
    use: str
    """What to write instead. Example: lantern"""
    because: str
    """Why it is not used. Example: It takes the side of those who sell them."""
    except_in: tuple[str, ...] = ()
    """Longer expressions in which it may stand: the title of a law or a work. Example: [The Lamp Act]"""


class Guilt(Strict):
    """Words that say that somebody did what the law punishes, in one language."""

    words: Annotated[tuple[str, ...], Field(min_length=1)]
    """Each form of each word. None of them stands beside a party of a case who is not convicted. Example: [guilty,
    culprit, culprits]"""
    people: tuple[str, ...] = ()
    """Words that can mean any party; of the words of guilt those that do, such as "the culprit". The role of a party
    means that party without standing here. Example: [he, she, the accused]"""
    except_in: tuple[str, ...] = ()
    """Longer expressions in which a word may stand. Titles of laws and terms of the glossary need not be listed.
    Example: [not guilty, criminal law]"""


class WordList(Strict):
    """`content/words.yml`: words that the site does not use, and words that a party's stage must allow."""

    words: dict[str, Word] = {}
    """Word and what to write instead. Example: {lamp: {lang: en, use: lantern, because: That is what the law calls
    it.}}"""
    guilt: dict[Lang, Guilt] = {}
    """Language -> its words of guilt."""
