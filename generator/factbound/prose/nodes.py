"""The nodes of parsed prose, and the questions that are asked of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias


class Text(NamedTuple):
    """Words as they stand, without markup."""

    text: str
    at: int
    """Where it begins in the text as the editor wrote it, in characters from 0; so in all nodes."""


class Unlinked(NamedTuple):
    """`[[!words]]`: words that no glossary link may touch."""

    text: str
    at: int


class Code(NamedTuple):
    text: str
    at: int


class Citation(NamedTuple):
    source: str
    locator: str
    """`p. 3`, or empty."""


class Cite(NamedTuple):
    """`[@source]`, `[@source, p. 3; @other]`."""

    items: tuple[Citation, ...]
    raw: str
    at: int


class Ref(NamedTuple):
    """`[[id]]` or `[[id.facts.takings|these words]]`: a link to a record, or to a part of one."""

    target: str
    words: str
    """Empty where the record's own title is to stand."""
    raw: str
    at: int


class ValueRef(NamedTuple):
    """`{{ id.facts.takings }}`: a value, set in the page's language."""

    path: str
    raw: str
    at: int


class Emphasis(NamedTuple):
    children: tuple[Inline, ...]
    at: int


class Strong(NamedTuple):
    children: tuple[Inline, ...]
    at: int


class Link(NamedTuple):
    url: str
    children: tuple[Inline, ...]
    at: int


class Image(NamedTuple):
    src: str
    alt: str
    at: int


Inline: TypeAlias = Text | Unlinked | Code | Cite | Ref | ValueRef | Emphasis | Strong | Link | Image


class Paragraph(NamedTuple):
    children: tuple[Inline, ...]


class Items(NamedTuple):
    ordered: bool
    items: tuple[tuple[Block, ...], ...]


class Quote(NamedTuple):
    blocks: tuple[Block, ...]


class Heading(NamedTuple):
    level: int
    children: tuple[Inline, ...]
    id: str


class Table(NamedTuple):
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    """The first row is the head."""


Block: TypeAlias = Paragraph | Items | Quote | Heading | Table


def paragraphs(blocks: Iterable[Block]) -> Iterator[tuple[Inline, ...]]:
    """Every run of inline nodes that is set as one: a paragraph, a list item's text, a heading, a cell."""
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield block.children
        elif isinstance(block, Items):
            for item in block.items:
                yield from paragraphs(item)
        elif isinstance(block, Quote):
            yield from paragraphs(block.blocks)
        else:
            for row in block.rows:
                yield from row


def walk(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Inline nodes and all that stands within them, in reading order."""
    for node in inlines:
        yield node
        if isinstance(node, Emphasis | Strong | Link):
            yield from walk(node.children)


_STOP = re.compile(
    r"(?<!\bNo)(?<!\bArt)(?<!\bArts)(?<!\bv)(?<!\bvs)(?<!\bp)(?<!\bpp)(?<!\bcf)(?<!\be\.g)(?<!\bi\.e)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)"
    r"\.[\"'”’)\]]*(?=\s|$)|[!?][\"'”’)\]]*(?=\s|$)|[。！？][」』）]*"
)


def sentences(inlines: Iterable[Inline]) -> Iterator[list[Inline]]:
    """The leaf nodes of each sentence, a link being one; citations right after a full stop belong to the
    sentence it ends.
    """
    sentence: list[Inline] = []
    ended = False
    for node in _leaves(inlines):
        if not isinstance(node, Text):
            if ended and not isinstance(node, Cite):
                yield sentence
                sentence, ended = [], False
            sentence.append(node)
            ended = ended or _ends_sentence(node)
            continue
        start, end = 0, len(node.text.rstrip())
        if ended and end:
            yield sentence
            sentence, ended = [], False
        for stop in _STOP.finditer(node.text):
            sentence.append(Text(node.text[start : stop.end()], node.at + start))
            start, ended = stop.end(), True
            if start < end:
                yield sentence
                sentence, ended = [], False
        if start < end or (sentence and not ended):
            sentence.append(Text(node.text[start:], node.at + start))
    if sentence:
        yield sentence


def _leaves(inlines: Iterable[Inline]) -> Iterator[Inline]:
    for node in inlines:
        if isinstance(node, Emphasis | Strong):
            yield from _leaves(node.children)
        else:
            yield node


def _ends_sentence(node: Inline) -> bool:
    words = node.words if isinstance(node, Ref) else words_of(node.children) if isinstance(node, Link) else ""
    return any(stop.end() == len(words) for stop in _STOP.finditer(words))


def words_of(inlines: Iterable[Inline]) -> str:
    """The words that the nodes hold themselves, without those of other records."""
    return "".join(node.text for node in walk(inlines) if isinstance(node, Text | Unlinked | Code))


_FIGURE = re.compile(
    r"\d|[一二三四五六七八九十百千数]{1,20}(?:万|億|年|月|日|円|人|件|歳)|拘禁刑|懲役|罰金|過料"
    r"|\b(?:hundred|thousand|million|billion|dozen)s?\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)[\s-]+"
    r"(?:years?|months?|weeks?|days?|hours?|per\s?cent|people|men|women|times|yen|won|dollars|euros?|pounds?)\b"
    r"|\b(?:January|February|April|June|July|August|September|October|November|December)\b"
    r"|\b(?:imprison\w*|prison|jail\w*|fines?|fined)\b"
)


def states_a_figure(sentence: Iterable[Inline]) -> Text | None:
    """The first words of a sentence that state a figure, a date or a penalty: digits, number words with what
    they count, names of months, words for punishment. Words inside a link or code are names, not statements.
    """
    for node in sentence:
        if isinstance(node, Text | Unlinked) and (found := _FIGURE.search(node.text)):
            return Text(found[0], node.at + found.start())
    return None
