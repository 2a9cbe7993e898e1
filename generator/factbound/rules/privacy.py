"""Rules about persons: a name has its reason, and what is private falls away after a day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..library import Entry, Library
from ..model import Case, Evidence, Party
from ..problems import Problem
from ..yamlfile import Keys
from .rule import Rule
from .wording import Wording

_AGE = r"(?:\b(?:aged?|aged about)\s+{0}\b|(?<!\d){0}[\s-]*(?:years?[\s-]+old|year-olds?|jährig|Jahre alt|歳|才|岁|세)|\({0}\)|（{0}）)"
"""How an age is written in prose, where a bare number can count anything."""


def named_parties(library: Library) -> Iterator[Problem]:
    """A party's name without a reason, and a reason without a name."""
    rule = "name-unexplained"
    for entry, keys, party in library.parts(Party):
        # The message does not repeat the name.
        if party.name is not None and party.named is None:
            what = "a party is named and nothing says why"
            todo = "remove the name: the role is enough; or add 'named: <why this party is named>'"
            yield entry.problem((*keys, "name"), rule, what, todo)
        if party.named is not None and party.name is None:
            what = "'named' gives the reason for a name that is not there"
            yield entry.problem((*keys, "named"), rule, what, "remove it")


def never_reviewed(library: Library) -> Iterator[Problem]:
    """An age or an occupation in a case that has no day after which it falls away."""
    for entry, keys, party in library.parts(Party):
        assert isinstance(entry.record, Case)
        if entry.record.privacy_review is not None:
            continue
        for name, told in (("age", party.age), ("occupation", party.occupation)):
            if told is not None:
                what = f"the case tells an {name}, and no day on which it falls away"
                todo = "add 'privacy-review: <date>' to the case, such as two years after the report, or remove it"
                yield entry.problem((*keys, name), "privacy-review-missing", what, todo, at_key=True)


def kept_after_review(library: Library) -> Iterator[Problem]:
    """Quotes and sentences that repeat an age or an occupation, and would stay after it has fallen away."""
    for entry in library.collection("cases"):
        case = entry.record
        assert isinstance(case, Case)
        parties = [
            (party, Wording(party.occupation.by_lang.values() if party.occupation else ()))
            for party in case.parties.values()
            if party.age is not None or party.occupation
        ]
        for keys, text, is_quote in _texts(entry) if parties else ():
            if kept := next(filter(None, (_told(*party, text, is_quote) for party in parties)), ""):
                yield entry.problem(
                    keys,
                    "privacy-kept",
                    f"'{kept}' repeats an age or an occupation, and stays after it has fallen away",
                    "choose other words that lead to the passage"
                    if is_quote
                    else "leave it to 'age' and 'occupation' of the party, or remove it there",
                    advice=True,
                    offset=text.find(kept),
                    snippet=kept.split()[0],
                )


def _texts(entry: Entry) -> Iterator[tuple[Keys, str, bool]]:
    """What a case says beside its parties' own fields: its quotes, and the texts that stand on its page."""
    for keys, part in entry.survey.parts:
        if isinstance(part, Evidence):
            for name in ("quote", "prefix", "suffix"):
                if text := getattr(part, name):
                    yield (*keys, name), text, True
    for passage in entry.survey.passages:
        if passage.keys[2:3] != ("occupation",):
            yield passage.keys, passage.text, False


def _told(party: Party, occupation: Wording, text: str, is_quote: bool) -> str:
    """What a text repeats of a party, as it stands there."""
    # Most texts do not even hold the digits.
    if party.age is not None and str(party.age) in text:
        age = rf"(?<!\d){party.age}(?!\d)" if is_quote else _AGE.format(party.age)
        if found := re.search(age, text):
            return found[0]
    return next((one.words for one in occupation.find(text)), "") if occupation.may_stand_in(text) else ""


RULES = (
    Rule("name-unexplained", "error", "A party is called by its role. One that is named says why in `named`.", "name: A. Keeper", "name: A. Keeper\nnamed: As the minister, A. Keeper signed the order.", (named_parties,)),
    Rule("privacy-review-missing", "error", "A case that tells an age or an occupation names the day after which they fall away.", "parties: {keeper: {age: 40, …}}", "privacy-review: 2027-01-15\nparties: {keeper: {age: 40, …}}", (never_reviewed,)),
    Rule("privacy-kept", "advice", "No quote and no sentence of a case repeats an age or an occupation that falls away after the privacy review.", "parties: {keeper: {age: 40, …}}\nfacts: {lamp: {says: The 40-year-old keeper lit it., …}}", "parties: {keeper: {age: 40, …}}\nfacts: {lamp: {says: The keeper lit it., …}}", (kept_after_review,)),
)  # fmt: skip
