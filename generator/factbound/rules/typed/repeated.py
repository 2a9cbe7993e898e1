"""Prose in; the figures and days in it that a record holds out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...library import Entry, Passage
from ...problems import Mend, Problem
from ...prose import Block, Inline, Items, Quote, Text, paragraphs, sentences, walk
from ...values import Count, Money, Percent, Range, Setting, Typed, Value, When
from .held import NUMBERS, Held, HeldValues, near_of, qualifier_of
from .languages import Language, Languages

SMALLEST = 100
"""A count below it says too little to tell what it counts."""
_YEAR = re.compile(r"[12]\d{3}")
_NAMED = re.compile(r"[A-Z][\w.]*\s\Z")
"""A word with a capital before a bare number: Article 175, Act No. 126."""
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|「[^」]*」|『[^』]*』")


def repeated(entry: Entry, passage: Passage, held: HeldValues, languages: Languages) -> Iterator[Problem]:
    """Figures and days in a passage that a record which their sentence names, or stands in, holds as a value."""
    language = languages.of(passage) if held.may_be_in(passage.text, entry) else None
    if language is None:
        return
    for sentence in sentences_with_figures(passage):
        yield from _in_sentence(sentence, entry, passage, held, language)


def sentences_with_figures(passage: Passage) -> Iterator[list[Inline]]:
    """The sentences of the paragraphs in which a figure may stand, but for quotations."""
    for run in runs(passage.parsed.blocks):
        # Most runs hold no figure, and need not be cut into sentences.
        if any(isinstance(node, Text) and NUMBERS.search(node.text) for node in walk(run)):
            yield from sentences(run)


def _in_sentence(
    sentence: list[Inline], entry: Entry, passage: Passage, held: HeldValues, language: Language
) -> Iterator[Problem]:
    near = near_of(sentence)
    for typed, node in figures_of(sentence, language):
        if says_enough(typed, node.text) and (found := held.fitting(typed, entry, passage, near)):
            yield _problem(typed, node, entry, passage, found, language.setting)


def figures_of(sentence: Iterable[Inline], language: Language) -> Iterator[tuple[Typed, Text]]:
    """What is typed in a sentence, each with the node that holds it; not what is quoted."""
    for node in sentence:
        if isinstance(node, Text):
            said = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), node.text)
            yield from ((typed, node) for typed in language.find(said))


def _problem(
    typed: Typed, node: Text, entry: Entry, passage: Passage, found: list[Held], setting: Setting
) -> Problem:
    words, printed = node.text[typed.start : typed.end], setting.value(found[0].value)
    paths = [one.path for one in found[:2]]
    shown = " or ".join(f"{{{{ {path} }}}}" for path in paths)
    mend = None
    if len(found) == 1 and _reads_on(typed, words, found[0].value, printed):
        span = entry.document.literal(passage.keys, node.at + typed.start, words)
        mend = Mend(*span, shown) if span else None
    return entry.problem(
        passage.keys,
        "typed-number",
        f"'{words}' is typed, and {' and '.join(paths)} {'holds' if len(paths) == 1 else 'hold'} it",
        f"write {shown}, which prints '{printed}'",
        advice=True,
        offset=node.at + typed.start,
        snippet=words,
        mend=mend,
    )


def _reads_on(typed: Typed, words: str, value: Value, printed: str) -> bool:
    """Whether a sentence that was written around the typed words reads on with the ones that the value prints."""
    if words[0].isupper() and not printed[0].isupper():
        return False
    return qualifier_of(typed.value) == qualifier_of(value) and getattr(typed.value, "unit", None) == getattr(
        value, "unit", None
    )


def says_enough(typed: Typed, text: str) -> bool:
    """Whether a figure is one that a coincidence hardly repeats, and is no name."""
    value = typed.value
    if not isinstance(value, Count):
        return isinstance(value, Money | Percent | When)
    if isinstance(value.number, Range) or value.number < SMALLEST:
        return isinstance(value.number, Range) and value.unit is not None
    if value.unit:
        return True
    digits = len(value.number.normalize().as_tuple().digits)
    return digits >= 3 and not (
        _YEAR.fullmatch(text, typed.figure, typed.end)
        or _NAMED.search(text, max(0, typed.start - 40), typed.start)
    )


def runs(blocks: Iterable[Block]) -> Iterator[tuple[Inline, ...]]:
    """Paragraphs and what is set like them, but for quotations."""
    for block in blocks:
        if isinstance(block, Items):
            for item in block.items:
                yield from runs(item)
        elif not isinstance(block, Quote):
            yield from paragraphs((block,))
