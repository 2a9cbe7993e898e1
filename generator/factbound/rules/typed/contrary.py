"""A sentence in; figures and days in it that come near to what a record which it names holds, and are not that, out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...library import Entry, Library, Passage
from ...model import Account, Fact
from ...problems import Problem
from ...prose import Inline, Ref, ValueRef
from ...values import Quantity, Value, When, same_kind
from .differing import agrees, differs
from .held import Held, HeldValues, near_of
from .languages import Language, Languages
from .repeated import figures_of, says_enough, sentences_with_figures

TODO = "correct one of the two; where it counts something else, hold it as a fact of its own and show that"
_NEAR = Decimal("0.25")
"""The part of a figure by which another may differ and still be taken for it."""
_DAYS = 31


def contrary(entry: Entry, passage: Passage, held: HeldValues, languages: Languages) -> Iterator[Problem]:
    """Figures in a passage that differ from what the records and sources that their sentence names say."""
    if "[[" not in passage.text and "[@" not in passage.text:
        return
    language = languages.of(passage)
    if language is None:
        return
    for sentence in sentences_with_figures(passage):
        yield from _in_sentence(sentence, entry, passage, held, language)


def _in_sentence(
    sentence: list[Inline], entry: Entry, passage: Passage, held: HeldValues, language: Language
) -> Iterator[Problem]:
    figures = list(figures_of(sentence, language))
    for typed, node in figures:
        if says_enough(typed, node.text) and not _is_compared(typed.value, sentence, passage, held.library):
            said = [other.value for other, _node in figures]
            if one := _nearest(typed.value, said, sentence, entry, held):
                yield differs(
                    entry,
                    passage,
                    node.at + typed.start,
                    node.text,
                    typed,
                    one.path,
                    one.value,
                    language,
                    TODO,
                )


def _is_compared(value: Value, sentence: list[Inline], passage: Passage, library: Library) -> bool:
    """Whether a value of the kind is shown beside it, or is that of the fact whose words these are."""
    paths = [node.path for node in sentence if isinstance(node, ValueRef)]
    shown = [valued.value for path in paths if (valued := library.valued(path))]
    own = library.value_of(passage.holder) if isinstance(passage.holder, Fact | Account) else None
    return any(same_kind(value, other) for other in (*shown, *([own] if own else [])))


def _nearest(
    value: Value, said: list[Value], sentence: list[Inline], entry: Entry, held: HeldValues
) -> Held | None:
    """The held value for which a typed one may be taken; None where it is one of those that are held."""
    near = near_of(sentence)
    paths = {node.target for node in sentence if isinstance(node, Ref) and "." in node.target}
    named = {node.target.partition(".")[0] for node in sentence if isinstance(node, Ref)}
    known = held.of_kind(value, named, near.sources)
    own = held.of_kind(value, {entry.id, *near.records}, ())
    if not known or agrees(value, [one.value for one in (*known, *own) if _is_single(one.value)]):
        return None
    left = [
        one
        for one in known
        if not any(same_kind(each, one.value) and agrees(each, [one.value]) for each in said)
    ]
    of_paths = [one for one in left if one.path in paths]
    if isinstance(value, When):
        # A record names many days: only of one that is linked to can it be said that another was meant.
        return next((one for one in of_paths if _may_be_taken_for(value, one.value)), None)
    close = [one for one in left if _may_be_taken_for(value, one.value)]
    return next(iter((*of_paths, *sorted(close, key=lambda one: _distance(value, one.value)))), None)


def _may_be_taken_for(typed: Value, held: Value) -> bool:
    """Whether one may be a slip for the other: a quarter more or less, or the same digits; of days, a month or one part."""
    if isinstance(typed, When) and isinstance(held, When):
        one, other = typed.date.earliest, held.date.earliest
        same = sum(a == b for a, b in zip(one.timetuple()[:3], other.timetuple()[:3], strict=True))
        return _is_single(held) and (same == 2 or abs((one - other).days) <= _DAYS)
    return _distance(typed, held) <= _NEAR or _digits(typed) == _digits(held) != []


def _is_single(value: Value) -> bool:
    """Whether a value is no period, which holds days that nobody meant."""
    return not isinstance(value, When) or value.date.earliest == value.date.latest


def _distance(typed: Value, held: Value) -> Decimal:
    one, other = _figure(typed), _figure(held)
    return abs(one - other) / abs(other) if one is not None and other else Decimal("Infinity")


def _digits(value: Value) -> list[int]:
    figure = _figure(value)
    return sorted(figure.normalize().as_tuple().digits) if figure else []


def _figure(value: Value) -> Decimal | None:
    return value.figure if isinstance(value, Quantity) and isinstance(value.figure, Decimal) else None
