"""Prose in; figures in the words of a link to a value, or of a fact, that differ from it out.

What a sentence says beside its links and citations is held against the records in `contrary`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from ...library import Entry, Library, Passage
from ...model import Account, Fact
from ...problems import Problem
from ...prose import Ref, Text, paragraphs, walk
from ...values import Count, Money, Percent, Quantity, Range, Typed, Value, When, same_kind
from .held import NUMBERS
from .languages import Language, Languages
from .repeated import SMALLEST, runs


def differing(entry: Entry, passage: Passage, library: Library, languages: Languages) -> Iterator[Problem]:
    """Figures in the words of a reference, or of a fact, other than the one that it holds."""
    yield from _in_references(entry, passage, library, languages)
    yield from _in_own_words(entry, passage, library, languages)


def _in_references(
    entry: Entry, passage: Passage, library: Library, languages: Languages
) -> Iterator[Problem]:
    for run in paragraphs(passage.parsed.blocks) if "[[" in passage.text else ():
        for node in walk(run):
            if not isinstance(node, Ref) or "." not in node.target or not NUMBERS.search(node.words):
                continue
            valued, language = library.valued(node.target), languages.of(passage)
            if valued is None or language is None:
                continue
            part = valued.entry.at(valued.keys)
            typed = _only([one for one in language.find(node.words) if _comparable(one.value, valued.value)])
            if typed and not agrees(typed.value, [valued.value, *_other_values(part)]):
                yield differs(entry, passage, node.at, node.words, typed, node.target, valued.value, language)


def _in_own_words(
    entry: Entry, passage: Passage, library: Library, languages: Languages
) -> Iterator[Problem]:
    part = passage.holder
    if not isinstance(part, Fact | Account) or passage.words is not part.says:
        return
    value = library.value_of(part)
    language = languages.of(passage) if isinstance(value, Count | Money | Percent | When) else None
    if value is None or language is None:
        return
    texts = [node for run in runs(passage.parsed.blocks) for node in walk(run) if isinstance(node, Text)]
    said = [
        (typed, node)
        for node in texts
        for typed in language.find(node.text)
        if type(typed.value) is type(value)
    ]
    # "42 of the 120 lamps" says 42 without its unit.
    if any(agrees(typed.value, [value, *_other_values(part)]) for typed, _node in said):
        return
    found = [(typed, node) for typed, node in said if _comparable(typed.value, value)]
    if len(found) == 1:
        typed, node = found[0]
        yield differs(entry, passage, node.at + typed.start, node.text, typed, "its 'value'", value, language)


def differs(
    entry: Entry,
    passage: Passage,
    at: int,
    text: str,
    typed: Typed,
    holder: str,
    value: Value,
    language: Language,
    todo: str = "correct one of the two, or give the other figure as an account",
) -> Problem:
    """What is said of words that stand for another value than the one that a place holds."""
    words = text[typed.start : typed.end]
    return entry.problem(
        passage.keys,
        "number-contradicts",
        f"'{words}' differs from {holder}, which is '{language.setting.value(value)}'",
        todo,
        advice=True,
        offset=at,
        snippet=words,
    )


def _comparable(typed: Value, held: Value) -> bool:
    if isinstance(typed, Count):
        return same_kind(typed, held) and isinstance(typed.number, Decimal) and typed.number >= SMALLEST
    return isinstance(typed, Money | Percent | When) and same_kind(typed, held)


def agrees(typed: Value, values: Iterable[Value]) -> bool:
    """Whether a typed value is one of these, rounded as it may be."""
    for value in values:
        if isinstance(value, When) and isinstance(typed, When):
            if not (typed.date.surely_before(value.date) or value.date.surely_before(typed.date)):
                return True
        elif (
            isinstance(value, Quantity)
            and isinstance(typed, Quantity)
            and _rounds_to(value.figure, typed.figure)
        ):
            return True
    return False


def _rounds_to(held: Decimal | Range, typed: Decimal | Range) -> bool:
    if isinstance(typed, Range):
        return held == typed
    if isinstance(held, Range):
        return held.from_ <= typed <= held.to
    last = typed.normalize().as_tuple().exponent
    assert isinstance(last, int)
    # "10 million" of 10.56 million, not of 18.
    return abs(held - typed) < Decimal(1).scaleb(last) and abs(held - typed) * 10 <= abs(held)


def _other_values(part: Any) -> list[Value]:
    return [account.value for account in getattr(part, "accounts", {}).values() if account.value is not None]


def _only(found: list[Typed]) -> Typed | None:
    return found[0] if len(found) == 1 else None
