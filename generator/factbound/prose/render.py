"""Nodes in; Markdown, HTML or plain text out. Whatever is text is escaped here and nowhere else."""

from __future__ import annotations

import html as _html
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote

from ..problems import UNSEEN
from .nodes import (
    Block,
    Cite,
    Code,
    Emphasis,
    Heading,
    Image,
    Inline,
    Items,
    Link,
    Paragraph,
    Quote,
    Ref,
    Strong,
    Table,
    Text,
    Unlinked,
    ValueRef,
    walk,
)


class Voice(Protocol):
    """What a page knows and prose does not: where records are, what values say, how citations are numbered."""

    def text(self, text: str) -> str:
        """Markdown of plain words, with its glossary terms linked."""

    def words(self, text: str) -> str:
        """Markdown of plain words that link nothing, with those of another language marked as such."""

    def cite(self, node: Cite) -> str:
        """Markdown of a citation's footnote marks."""

    def reference(self, node: Ref) -> tuple[str, str]:
        """The words of a reference and its address; the address is empty where it leads to this page."""

    def value(self, node: ValueRef) -> tuple[str, str]:
        """The words of a value, and Markdown of the footnote marks that it brings along."""

    def words_of(self, node: Ref | ValueRef) -> str:
        """The words alone, for plain text and HTML."""


# Backslashes where Markdown takes them everywhere, else entities.
_SPECIAL = re.compile(r"[\\`*_\[\]{}<>&|~]|!$")
_NOTHING = "&#32;"
"""A paragraph without words: an empty line would let what follows it be read as something else."""
_ESCAPES = {"<": "&lt;", "&": "&amp;", "|": "&#124;", "~": "&#126;", "!": "&#33;"}
"""`!` ends no words: before a link it would turn that into an image."""


def escape(text: object) -> str:
    """Plain words as Markdown that no builder reads as anything but words, at the start of a line too."""
    return line_start(escape_inline(text))


def escape_inline(text: object) -> str:
    """The same for words that stand inside a line."""
    return _escaped(str(text))


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    # Titles and labels stand on page after page.
    words = " ".join(UNSEEN.sub(" ", text).split())
    escaped = _SPECIAL.sub(lambda found: _ESCAPES.get(found[0]) or "\\" + found[0], words)
    return escaped.replace("\\]:", "&#93;:")  # within a link at the start of a line it would define another


def url(address: str) -> str:
    """An address as it stands between the brackets of a Markdown link; what it leads to stays the same."""
    if address.startswith("tel:"):
        address = address.replace("#", "%23")  # a key of the telephone, not a part of a page
    return quote(address, safe="/:?#@!$&+,;=%-._~*").replace("&", "&amp;")


def markdown(blocks: Iterable[Block], voice: Voice, indent: str = "") -> str:
    """Blocks as Markdown, an empty line between them."""
    return "\n\n".join(_block(block, voice, indent) for block in blocks)


def _block(block: Block, voice: Voice, indent: str) -> str:
    if isinstance(block, Paragraph):
        return indent + (markdown_inline(block.children, voice) or _NOTHING)
    if isinstance(block, Heading):
        address = f" {{#{block.id}}}" if block.id else ""
        # A heading holds no links: it is a link itself, to its own address.
        words = line_start(_inlines(block.children, voice, linked=True).strip())
        return f"{indent}{'#' * max(2, block.level)} {words}{address}"
    if isinstance(block, Quote):
        return "\n".join(f"{indent}> {line}".rstrip() for line in markdown(block.blocks, voice).split("\n"))
    if isinstance(block, Table):
        width = max((len(row) for row in block.rows), default=0)
        cells = [[markdown_inline(cell, voice) or "–" for cell in row] for row in block.rows]
        rows = ["| " + " | ".join(row + ["–"] * (width - len(row))) + " |" for row in cells]
        return "\n".join(indent + row for row in [*rows[:1], "|" + " --- |" * width, *rows[1:]])
    return _list(block, voice, indent)


def _list(block: Items, voice: Voice, indent: str) -> str:
    items = []
    for number, item in enumerate(block.items, 1):
        marker = f"{number}." if block.ordered else "-"
        # A list or a quote that begins on the line of a marker is not always seen.
        blocks = item if item and isinstance(item[0], Paragraph) else (Paragraph(()), *item)
        text = markdown(blocks, voice, indent + "    ")
        items.append(f"{indent}{marker:<4}{text[len(indent) + 4 :]}")
    tight = all(len(item) == 1 and isinstance(item[0], Paragraph) for item in block.items)
    return ("\n" if tight else "\n\n").join(items)


def markdown_inline(inlines: Sequence[Inline], voice: Voice) -> str:
    """Inline nodes as one line of Markdown."""
    joined = re.sub(" +(?=\\[\\^)", "", "".join(_inline(node, voice) for node in inlines).strip())
    # What is escaped for the start of a line is decided by the line that came out, not by its pieces.
    return line_start(joined)


def line_start(line: str) -> str:
    """A line whose first characters would begin a heading, a list or a block, with these as entities."""
    if line.endswith("#"):  # which would close a heading and be lost
        line = f"{line[:-1]}&#35;"
    if line[:1] in ("#", "+", "-", "=", ":", "?") or line.startswith("!!"):
        return f"&#{ord(line[0])};{line[1:]}"
    if not line[:1].isdigit():  # nearly every line
        return line
    return re.sub(r"^(\d+)([.)])", lambda found: f"{found[1]}&#{ord(found[2])};", line)


def _inline(node: Inline, voice: Voice, *, linked: bool = False) -> str:
    """One node; inside a link without terms, footnotes and links of its own."""
    if isinstance(node, Text):
        return _spaced(node.text, voice.words(node.text) if linked else voice.text(node.text))
    if isinstance(node, Unlinked):
        return voice.words(node.text)
    # Signs of Markdown that touch, such as `*a**b*`, are read in another way; tags are not.
    if isinstance(node, Code):
        return f"<code>{escape_inline(node.text)}</code>"
    if isinstance(node, Strong | Emphasis):
        tag = "strong" if isinstance(node, Strong) else "em"
        return f"<{tag}>{_inlines(node.children, voice, linked=linked)}</{tag}>"
    if isinstance(node, ValueRef):
        words, marks = voice.value(node)
        return voice.words(words) + ("" if linked else marks)
    if isinstance(node, Link):
        return f"[{_inlines(node.children, voice, linked=True)}]({url(node.url)})"
    if isinstance(node, Image):
        return f"![{escape_inline(node.alt)}]({url(node.src)})"
    if isinstance(node, Cite):
        return "" if linked else voice.cite(node)
    words, address = voice.reference(node)
    return f"[{voice.words(words)}]({address})" if address and not linked else voice.words(words)


def _inlines(inlines: Iterable[Inline], voice: Voice, *, linked: bool) -> str:
    return "".join(_inline(node, voice, linked=linked) for node in inlines)


def _spaced(before: str, after: str) -> str:
    """Keep the spaces at the ends of a piece, which escaping a whole text would strip."""
    if not before.strip():
        return " " if before else ""
    return (" " if before[0].isspace() else "") + after + (" " if before[-1].isspace() else "")


def plain(blocks: Iterable[Block], voice: Voice) -> str:
    """Words alone, without citations, for descriptions, hovers and search results."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Items):
            parts.extend(plain(item, voice) for item in block.items)
        elif isinstance(block, Quote):
            parts.append(plain(block.blocks, voice))
        elif isinstance(block, Table):
            parts.extend(" – ".join(_plain_inline(cell, voice) for cell in row) for row in block.rows)
        else:
            parts.append(_plain_inline(block.children, voice))
    return " ".join(" ".join(parts).split())


def _plain_inline(inlines: Iterable[Inline], voice: Voice) -> str:
    parts: list[str] = []
    for node in walk(inlines):
        if isinstance(node, Text | Unlinked | Code):
            parts.append(node.text)
        elif isinstance(node, Ref | ValueRef):
            parts.append(voice.words_of(node))
        elif isinstance(node, Cite):
            _drop_space(parts)
    return "".join(parts)


def _drop_space(parts: list[str]) -> None:
    """Where a citation is left out, the space before it goes too."""
    if parts:
        parts[-1] = parts[-1].rstrip()


def html(blocks: Iterable[Block], voice: Voice) -> str:
    """Blocks as HTML without citations, for feeds and pages outside the site."""
    return "\n".join(_html_block(block, voice) for block in blocks)


def _html_block(block: Block, voice: Voice) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{_html_inline(block.children, voice)}</p>"
    if isinstance(block, Heading):
        level = max(2, block.level)
        address = f' id="{block.id}"' if block.id else ""
        return f"<h{level}{address}>{_html_inline(block.children, voice)}</h{level}>"
    if isinstance(block, Quote):
        return f"<blockquote>{html(block.blocks, voice)}</blockquote>"
    if isinstance(block, Table):
        rows = "".join(
            "<tr>" + "".join(f"<td>{_html_inline(cell, voice)}</td>" for cell in row) + "</tr>"
            for row in block.rows
        )
        return f"<table>{rows}</table>"
    tag = "ol" if block.ordered else "ul"
    return f"<{tag}>" + "".join(f"<li>{html(item, voice)}</li>" for item in block.items) + f"</{tag}>"


def _html_inline(inlines: Iterable[Inline], voice: Voice) -> str:
    parts: list[str] = []
    for node in inlines:
        if isinstance(node, Text | Unlinked):
            parts.append(_html.escape(node.text))
        elif isinstance(node, Code):
            parts.append(f"<code>{_html.escape(node.text)}</code>")
        elif isinstance(node, Ref | ValueRef):
            parts.append(_html.escape(voice.words_of(node)))
        elif isinstance(node, Strong | Emphasis):
            tag = "strong" if isinstance(node, Strong) else "em"
            parts.append(f"<{tag}>{_html_inline(node.children, voice)}</{tag}>")
        elif isinstance(node, Link):
            parts.append(f'<a href="{url(node.url)}">{_html_inline(node.children, voice)}</a>')
        elif isinstance(node, Cite):
            _drop_space(parts)
    return "".join(parts)
