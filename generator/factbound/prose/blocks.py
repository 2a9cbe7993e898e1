"""Text of one field in; blocks of nodes and the problems of its markup out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .inline import Trouble, parse_inline
from .nodes import Block, Heading, Inline, Items, Paragraph, Quote, Table, Text

Mode = Literal["label", "line", "block", "page"]
MODES: dict[Mode, str] = {
    "label": "plain words, no markup",
    "line": "one paragraph with emphasis, links, citations and values",
    "block": "paragraphs, lists and quotes",
    "page": "as block, with headings, tables and images",
}


@dataclass(frozen=True)
class Parsed:
    """What one field says, and what is wrong with its markup."""

    blocks: tuple[Block, ...] = ()
    troubles: tuple[Trouble, ...] = ()


class _Line(NamedTuple):
    text: str
    at: int


_BULLET = re.compile(r"([-*+])[ ]+(?=\S)")
_NUMBER = re.compile(r"(\d+)[.)][ ]+(?=\S)")
_HEADING = re.compile(r"(#{1,6})[ ]+(.*?)(?:[ ]+\{#([a-z0-9-]+)\})?[ ]*#*[ ]*$")
_DEFINITION = re.compile(r"\[[^\]]+\]:(?=\s|$)")
_CELL = re.compile(r"(?:\\.|`[^`]*`|\[\[[^\]]*\]\]|[^|\\])+|(?<=\|)(?=\|)")
_WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_LABEL_MARKUP = re.compile(r"\[\[|\{\{|\[@|\[\^|［［|｛｛")


def parse(text: str, mode: Mode = "block") -> Parsed:
    """Read one field; problems are returned, never raised."""
    if mode == "label":
        return _label(text)
    reader = _Reader(mode)
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(_Line(line, at))
        at += len(line) + 1
    blocks = tuple(reader.blocks(lines))
    if mode == "line" and (len(blocks) > 1 or (blocks and not isinstance(blocks[0], Paragraph))):
        reader.trouble(
            0,
            text[:1],
            "prose-block",
            "this field holds one paragraph",
            "join the paragraphs, or move the rest to 'sections'",
        )
    return Parsed(blocks, tuple(reader.troubles))


def _label(text: str) -> Parsed:
    troubles = []
    if found := _LABEL_MARKUP.search(text):
        troubles.append(
            Trouble(
                found.start(),
                found[0],
                "prose-label",
                f"'{found[0]}' in a title or label, which holds plain words",
                "move links, values and citations to the text",
            )
        )
    return Parsed((Paragraph((Text(" ".join(text.split()), 0),)),), tuple(troubles))


@dataclass
class _Reader:
    mode: Mode
    troubles: list[Trouble] = field(default_factory=list)

    def trouble(self, at: int, snippet: str, rule: str, message: str, todo: str) -> None:
        self.troubles.append(Trouble(at, snippet, rule, message, todo))

    def blocks(self, lines: list[_Line]) -> list[Block]:
        found: list[Block] = []
        at = 0
        while at < len(lines):
            line = lines[at]
            stripped = line.text.strip()
            if not stripped:
                at += 1
            elif marker := self._list_marker(line):
                items, at = self._list(lines, at, marker)
                found.append(items)
            elif stripped.startswith(">"):
                quoted, at = _take(lines, at, lambda text: text.lstrip().startswith(">"))
                found.append(
                    Quote(
                        tuple(
                            self.blocks(
                                [_cut(one, len(one.text) - len(one.text.lstrip("> "))) for one in quoted]
                            )
                        )
                    )
                )
            elif self.mode == "page" and (heading := _HEADING.fullmatch(line.text)):
                found.append(self._heading(line, heading))
                at += 1
            elif self.mode == "page" and stripped.startswith("|"):
                rows, at = _take(lines, at, lambda text: text.lstrip().startswith("|"))
                found.append(self._table(rows))
            else:
                taken, at = _take(lines, at, lambda text: bool(text.strip()))
                taken, left = self._until_list(taken)
                at -= left
                found.append(Paragraph(self._inline([_dedent(one) for one in taken])))
        return found

    def _list_marker(self, line: _Line) -> re.Match[str] | None:
        indented = _dedent(line)
        bullet = _BULLET.match(indented.text)
        if bullet:
            return bullet
        number = _NUMBER.match(indented.text)
        if number and number[1] != "1":
            self.trouble(
                indented.at, number[0].rstrip(), "prose-line-start", f"a line that begins with '{number[0].strip()}' looks like a list that does not begin with 1.",
                f"move the number into the line before, or write {number[1]}\\.",
            )  # fmt: skip
            return None
        return number

    def _until_list(self, lines: list[_Line]) -> tuple[list[_Line], int]:
        # A list may follow its introduction without an empty line, as in most readers of Markdown.
        for position, line in enumerate(lines[1:], 1):
            if self._list_marker(line):
                return lines[:position], len(lines) - position
        return lines, 0

    def _list(self, lines: list[_Line], at: int, marker: re.Match[str]) -> tuple[Items, int]:
        ordered = marker[1].isdigit()
        pattern = _NUMBER if ordered else _BULLET
        margin = len(lines[at].text) - len(lines[at].text.lstrip())
        items: list[tuple[Block, ...]] = []
        while at < len(lines):
            line = lines[at]
            own = pattern.match(line.text, margin) if line.text[:margin].strip() == "" else None
            if not own:
                break
            if ordered and int(own[1]) != len(items) + 1:
                number = f"{own[1]}."
                self.trouble(
                    line.at + own.start(),
                    own[0].rstrip(),
                    "prose-line-start",
                    f"the list jumps to '{number}'",
                    f"number the items 1., 2., 3., or write {own[1]}\\.",
                )
            body = [_cut(line, own.end())]
            at += 1
            while at < len(lines) and self._continues(lines, at, margin):
                body.append(_dedent(lines[at], own.end()))
                at += 1
            items.append(tuple(self.blocks(body)))
        return Items(ordered, tuple(items)), at

    def _continues(self, lines: list[_Line], at: int, margin: int) -> bool:
        text = lines[at].text
        if not text.strip():
            following = next((one.text for one in lines[at:] if one.text.strip()), "")
            return len(following) - len(following.lstrip()) > margin
        indent = len(text) - len(text.lstrip())
        if indent > margin:
            return True
        return bool(lines[at - 1].text.strip()) and not (
            _BULLET.match(text.lstrip()) or _NUMBER.match(text.lstrip())
        )

    def _heading(self, line: _Line, found: re.Match[str]) -> Heading:
        words = self._inline([_Line(found[2], line.at + found.start(2))])
        plain = "".join(node.text for node in words if isinstance(node, Text))
        anchor = found[3] or re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
        if not anchor:
            self.trouble(
                line.at,
                found[2],
                "prose-heading",
                "a heading without Latin letters has no address",
                "end it with {#address}, lowercase letters and hyphens",
            )
        return Heading(len(found[1]), words, anchor)

    def _table(self, lines: list[_Line]) -> Table:
        rows = []
        for line in lines:
            if re.fullmatch(r"[\s|:-]+", line.text):
                continue
            inner = line.text.strip().strip("|")
            start = line.at + line.text.index("|") + 1
            rows.append(
                tuple(
                    self._inline([_trim(_Line(cell[0], start + cell.start()))])
                    for cell in _CELL.finditer(inner)
                )
            )
        return Table(tuple(rows))

    def _inline(self, lines: list[_Line]) -> tuple[Inline, ...]:
        for line in lines:
            if self.mode != "page" and line.text.startswith("#"):
                word = line.text.split()[0][:20]
                self.trouble(
                    line.at,
                    word,
                    "prose-line-start",
                    f"a line that begins with '{word}' would be a heading elsewhere",
                    f"move it into the line before, or write \\{word}",
                )
            elif self.mode != "page" and line.text.startswith("|"):
                self.trouble(
                    line.at,
                    "|",
                    "prose-block",
                    "a table in a record's prose",
                    "use a list, or a field made for figures",
                )
            elif line.text.startswith(("```", "~~~")):
                self.trouble(
                    line.at, line.text[:3], "prose-block", "a block of code", "use `code` within a line"
                )
            elif definition := _DEFINITION.match(line.text):
                self.trouble(
                    line.at,
                    definition[0],
                    "prose-definition",
                    f"'{definition[0]}' defines a link or a footnote elsewhere",
                    "link as [words](https://…), cite as [@source-id]",
                )
            elif "--8<--" in line.text:
                self.trouble(
                    line.at, "--8<--", "prose-html", "'--8<--' includes other files", "write the text out"
                )
        text, locate = _join(lines)
        return parse_inline(text, locate, self.troubles, images=self.mode == "page")


def _take(lines: list[_Line], at: int, belongs: Callable[[str], bool]) -> tuple[list[_Line], int]:
    end = at
    while end < len(lines) and belongs(lines[end].text):
        end += 1
    return lines[at:end], end


def _cut(line: _Line, characters: int) -> _Line:
    return _Line(line.text[characters:], line.at + characters)


def _dedent(line: _Line, at_most: int = 1000) -> _Line:
    return _cut(line, min(at_most, len(line.text) - len(line.text.lstrip())))


def _trim(line: _Line) -> _Line:
    return _Line(line.text.strip(), line.at + len(line.text) - len(line.text.lstrip()))


def _join(lines: list[_Line]) -> tuple[str, Callable[[int], int]]:
    """Wrapped lines as one, without a space between two full-width characters, and the way back to offsets."""
    if len(lines) == 1:
        base = lines[0].at
        return lines[0].text.rstrip(), lambda position: base + position
    text, starts, offsets = "", [], []
    for line in lines:
        piece = line.text.rstrip()
        if text and not (_WIDE.match(text[-1]) and _WIDE.match(piece[:1])):
            text += " "
        starts.append(len(text))
        offsets.append(line.at)
        text += piece

    def locate(position: int) -> int:
        nearest = max(0, bisect_right(starts, position) - 1)
        return offsets[nearest] + position - starts[nearest]

    return text, locate
