"""Rules about guilt: a case says no more of a party than a court has decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..glossary import forms_of
from ..library import Entry, Library
from ..model import Case, Guilt, Label, Party, Regulation, Site
from ..problems import Problem
from ..prose import Cite, Code, Inline, Link, Ref, Text, Unlinked, paragraphs, sentences, walk
from ..yamlfile import Keys
from .rule import Rule
from .wording import HIDDEN, Wording, folded, place_of

_SHORTEST = 3
"""Characters of a role without its first word: "keeper" of "The keeper" means somebody, "A" of "Keeper A" nobody."""


class _Words(NamedTuple):
    """What one language has words for."""

    guilt: Wording
    people: Wording


def unproven(library: Library) -> Iterator[Problem]:
    """Sentences of a case with a word of guilt beside a party who is not convicted."""
    site, lists = library.site, _lists(library)
    assert site is not None
    for entry in library.collection("cases") if lists else ():
        case = entry.record
        assert isinstance(case, Case)
        if not any(_is_unproven(party, site) for party in case.parties.values()):
            continue
        for passage in entry.survey.passages:
            words = lists.get(passage.lang or site.languages[0].lang)
            if words is None or not words.guilt.may_stand_in(passage.text):
                continue
            subject = _subject(case, passage.keys)
            for inlines in paragraphs(passage.parsed.blocks):
                for sentence in sentences(inlines):
                    yield from _in_sentence(sentence, passage.keys, subject, words, entry, library)


def _in_sentence(
    sentence: list[Inline], keys: Keys, subject: Party | None, words: _Words, entry: Entry, library: Library
) -> Iterator[Problem]:
    """The words of guilt of one sentence, where it speaks of such a party."""
    site, case = library.site, entry.record
    assert site is not None and isinstance(case, Case)
    pieces = [_words_of(node, library) for node in sentence]
    text = "".join(pieces)
    places = list(words.guilt.find(text))
    parties, anybody = _meant(text, case, subject, words.people) if places else ((), "")
    party = next((one for one in parties if _is_unproven(one, site)), None)
    for found in places if party else ():
        assert party is not None
        role, verb = (_first(one, site) for one in (party.role, site.stages[party.stage].verb))
        yield entry.problem(
            keys,
            "guilt-unproven",
            f"{_beside(found.words, anybody, role)}, who {verb}",
            f"say at what stage they are: '{verb}', or add the expression to 'except-in' of 'guilt' in content/words.yml",
            offset=place_of(found, sentence, pieces),
            snippet=found.words.split()[0],
        )


def _beside(word: str, anybody: str, role: str) -> str:
    """How a word of guilt stands to a party: 'culprit' itself means somebody."""
    if folded(word) == folded(anybody):
        return f"'{word}' can mean '{role}'"
    return f"'{word}' stands beside " + (f"'{anybody}', which can mean '{role}'" if anybody else f"'{role}'")


def _lists(library: Library) -> dict[str, _Words]:
    return {
        lang: _Words(_guilt(listed, lang, library), Wording(listed.people))
        for lang, listed in (library.words.guilt if library.words else {}).items()
    }


def _guilt(listed: Guilt, lang: str, library: Library) -> Wording:
    words = Wording(listed.words)
    # Of all names only those that hold a word of guilt can hide one.
    names = [name for name in _names(library, lang) if words.may_stand_in(name)]
    return Wording(listed.words, (*listed.except_in, *names))


def _names(library: Library, lang: str) -> Iterator[str]:
    """Titles of laws, and words for the glossary's terms."""
    for entry in library.collection("regulations"):
        assert isinstance(entry.record, Regulation)
        for title in entry.record.title.by_lang.values():
            yield title
            # The place that the site adds to a title is no part of the name.
            yield re.sub(r"\s*\([^()]*\)$", "", title)
        if entry.record.original:
            yield entry.record.original.title
    for term in library.terms.values():
        yield from forms_of(term, lang)


def _is_unproven(party: Party, site: Site) -> bool:
    """Whether a party is at a stage, known to the site, at which no court has convicted."""
    return party.stage in site.stages and not site.stages[party.stage].convicted


def _subject(case: Case, keys: Keys) -> Party | None:
    """The party to which a passage belongs: what is said of it, and the facts about it."""
    mapping, slug = (*keys, "", "")[:2]
    if mapping == "facts":
        slug = case.facts[str(slug)].about or ""
    return case.parties.get(str(slug)) if mapping in ("parties", "facts") else None


def _meant(text: str, case: Case, subject: Party | None, people: Wording) -> tuple[Iterable[Party], str]:
    """The parties of whom a sentence speaks: those it names, else the one to whom the passage belongs, else any,
    with the word that can mean any."""
    called = _called(case)
    if named := [party for found in Wording(called).find(text) for party in called[folded(found.words)]]:
        return named, ""
    if subject:
        return [subject], ""
    anybody = next(people.find(text), None)
    return (case.parties.values(), anybody.words) if anybody else ((), "")


def _called(case: Case) -> Mapping[str, list[Party]]:
    """What the parties are called, also without an article or a first name."""
    called: dict[str, list[Party]] = {}
    for party in case.parties.values():
        for words in (party.role, party.name):
            for name in map(folded, words.by_lang.values() if words else ()):
                called.setdefault(name, []).append(party)
                if len(short := name.partition(" ")[2]) >= _SHORTEST:
                    called.setdefault(short, []).append(party)
    return called


def _words_of(node: Inline, library: Library) -> str:
    """The words of a sentence's node, but for names: a link to a law or a term has the words of its name."""
    if isinstance(node, Text | Unlinked | Code):
        return node.text
    if isinstance(node, Link):
        return "".join(one.text for one in walk(node.children) if isinstance(one, Text | Unlinked | Code))
    if isinstance(node, Ref):
        target = library.entries.get(node.target)
        is_name = target is not None and target.collection in ("regulations", "glossary")
        return HIDDEN if is_name else node.words or HIDDEN
    return "" if isinstance(node, Cite) else HIDDEN


def _first(words: Label, site: Site) -> str:
    lang = site.languages[0].lang
    return " ".join(words.in_(lang, lang)[0].split())


def unlisted(library: Library) -> Iterator[Problem]:
    """Languages of the site without words of guilt, where somebody in a case is not convicted."""
    site, about, lists = library.site, library.about, _lists(library)
    assert site is not None and about is not None
    if not any(_is_unproven(party, site) for _entry, _keys, party in library.parts(Party)):
        return
    for index, language in enumerate(site.languages):
        if language.lang not in lists:
            yield about.problem(
                ("languages", index, "lang"),
                "guilt-unlisted",
                f"no words of guilt are listed in '{language.lang}', so that in this language nothing keeps a case from calling somebody guilty",
                f"add 'guilt: {{{language.lang}: {{words: […], people: […]}}}}' to content/words.yml",
            )


def guilty_stages(library: Library) -> Iterator[Problem]:
    """Stages without a conviction whose own words speak of guilt."""
    site, about, lists = library.site, library.about, _lists(library)
    assert site is not None and about is not None
    for id, stage in site.stages.items():
        for name, label in (("label", stage.label), ("verb", stage.verb)):
            for lang, text in label.by_lang.items() if not stage.convicted else ():
                words = lists.get(lang or site.languages[0].lang)
                for found in words.guilt.find(text) if words else ():
                    yield about.problem(
                        ("stages", id, name, lang) if lang else ("stages", id, name),
                        "guilt-unproven",
                        f"'{found.words}' in the {name} of '{id}', a stage at which nobody is convicted",
                        "say only how far the law has gone, or add 'convicted: true'",
                        offset=found.at,
                        snippet=found.words.split()[0],
                    )


RULES = (
    Rule("guilt-unproven", "error", "A case says of nobody who is not convicted what only a conviction could say; the words stand under `guilt` in words.yml.", "says: The keeper committed the crime.", "says: The keeper was charged with it.", (unproven, guilty_stages)),
    Rule("guilt-unlisted", "error", "Where somebody in a case is not convicted, words.yml lists words of guilt in each language of the site.", "languages: [{lang: en, …}, {lang: fr, …}]   # words.yml has guilt: {en: …}", "guilt: {en: {words: [guilty, …]}, fr: {words: [coupable, …]}}   # in words.yml", (unlisted,)),
)  # fmt: skip
