"""Text of one field in; blocks of nodes and the problems of its markup out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ..problems import UNSEEN, short
from .inline import Trouble, parse_inline
from .nodes import Block, Heading, Inline, Items, Paragraph, Quote, Table, Text, words_of

Mode = Literal["label", "line", "block", "page"]
MODES: dict[Mode, str] = {
    "label": "plain words, no markup",
    "line": "one paragraph with emphasis, links, citations and values",
    "block": "paragraphs, lists and quotes",
    "page": "as block, with headings, tables and images",
}
MAX_NESTING = 6
"""How deep lists and quotes may stand in one another."""


@dataclass(frozen=True)
class Parsed:
    """What one field says, and what is wrong with its markup."""

    blocks: tuple[Block, ...] = ()
    troubles: tuple[Trouble, ...] = ()


class _Line(NamedTuple):
    text: str
    at: int


class _LineStart(NamedTuple):
    """What a line of prose must not begin with, since it is more than words elsewhere."""

    pattern: re.Pattern[str]
    rule: str
    message: str
    todo: str
    in_pages: bool = True


_BULLET = re.compile(r"([-*+])[ ]+(?=\S)")
_NUMBER = re.compile(r"(\d{1,9})([.)])[ ]+(?=\S)")
_QUOTE = re.compile(r"\s*>[ ]?")
_HEADING = re.compile(r"\s*(#{1,6})[ ]+(?=\S)")
_HEADING_ID = re.compile(r"(?:^|[ ])\{#([a-z0-9-]+)\}$")
_BAR = re.compile(r"\\.|`[^`]{1,500}`|\[\[[^\[\]]{0,300}\]\]|(\|)")
"""What ends a cell, and what may hold a bar that ends none."""
_NO_MARKUP = re.compile(r"[A-Za-z][^\n\\`\[\]{}*_<>&|#!［｛=~-]*(?:-[^\n\\`\[\]{}*_<>&|#!［｛=~-]+)*(?<!\s)")
"""One line that begins with a letter and holds no sign of markup: more than half of all texts, and nothing to parse."""
_UNDER_HEAD = re.compile(r"[\s|:]*-[\s|:-]*")
_BREAK = re.compile("[ \t\r\n]+")
"""Not the full-width space, which an author has set between two words."""
_WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef\U00020000-\U0003ffff]")
_RULE = re.compile(r"=+$|-+$|([-*_])(?:[ ]*\1){2,}$")
_LABEL_MARKUP = re.compile(r"\[\[|\{\{|\[@|\[\^|［［|｛｛")
_LINE_STARTS = (
    _LineStart(re.compile(r"#\S{0,19}"), "prose-line-start", "a line that begins with '{0}' would be a heading elsewhere", "move it into the line before, or write \\{0}"),
    _LineStart(re.compile(r"\|"), "prose-block", "a table in a record's prose", "use a list, or a field made for figures", in_pages=False),
    _LineStart(re.compile(r"```|~~~"), "prose-block", "a block of code", "use `code` within a line"),
    _LineStart(re.compile(r"\*?\[(?!\^)[^\]]+\]:(?=\s|$)"), "prose-definition", "'{0}' defines a link or a short form elsewhere", "link as [words](https://…), cite as [@source-id]"),
    _LineStart(_RULE, "prose-block", "a line of '{0}' would be a heading or a rule elsewhere", "remove it, or join it to the line before"),
    _LineStart(re.compile(r"(?:!!!|\?\?\?\+?|:::|///)(?= )"), "prose-block", "'{0}' begins a box elsewhere", "write a paragraph"),
)  # fmt: skip


def parse(text: str, mode: Mode = "block") -> Parsed:
    """Read one field; problems are returned, never raised."""
    # One space for one character, so that places stay; reading the file has reported them.
    if not text.isprintable():
        text = UNSEEN.sub(" ", text.replace("\t", " "))
    if mode == "label":
        return _label(text)
    if mode != "page" and _NO_MARKUP.fullmatch(text):
        return Parsed((Paragraph((Text(text, 0),)),))
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

    def blocks(self, lines: list[_Line], depth: int = 0) -> list[Block]:
        found: list[Block] = []
        at = 0
        while (at := _words_from(lines, at)) < len(lines):
            if depth > MAX_NESTING:
                found.append(self._too_deep(lines[at:]))
                break
            line = lines[at]
            if marker := _marker(line):
                items, at = self._list(lines, at, marker, depth)
                if found and isinstance(found[-1], Items):
                    self._touching(line)
                found.append(items)
            elif _QUOTE.match(line.text):
                quoted, at = _take(lines, at, lambda one: bool(_QUOTE.match(one.text)))
                if inside := self.blocks([_unquoted(one) for one in quoted], depth + 1):
                    found.append(Quote(tuple(inside)))
            elif self._is_heading(line):
                found.append(self._heading(line))
                at += 1
            elif self._is_row(line):
                rows, at = _take(lines, at, self._is_row)
                found.append(self._table(rows))
            else:
                taken, at = _take(lines, at, lambda one: bool(one.text.strip()) and not self._begins(one))
                found.append(self._paragraph(taken))
        return found

    def _is_heading(self, line: _Line) -> bool:
        return self.mode == "page" and _HEADING.match(line.text) is not None

    def _is_row(self, line: _Line) -> bool:
        return self.mode == "page" and line.text.lstrip().startswith("|")

    def _begins(self, line: _Line) -> bool:
        """Whether a line begins another block, without an empty line before it too."""
        return bool(_marker(line) or _QUOTE.match(line.text) or self._is_heading(line) or self._is_row(line))

    def _too_deep(self, lines: list[_Line]) -> Paragraph:
        words = [_dedent(line) for line in lines if line.text.strip()]
        self.trouble(
            words[0].at,
            words[0].text[:1],
            "prose-block",
            f"lists and quotes are nested more than {MAX_NESTING} deep",
            "use fewer levels",
        )
        return Paragraph(self._words(words))

    def _touching(self, line: _Line) -> None:
        indented = _dedent(line)
        self.trouble(
            indented.at,
            indented.text.split()[0],
            "prose-block",
            "two lists touch and would be read as one",
            "put a sentence between them, or make them one list",
        )

    def _list(self, lines: list[_Line], at: int, marker: re.Match[str], depth: int) -> tuple[Items, int]:
        ordered = marker[1].isdigit()
        pattern = _NUMBER if ordered else _BULLET
        margin = _indent(lines[at])
        items: list[tuple[Block, ...]] = []
        while at < len(lines) and _indent(lines[at]) == margin:
            line = lines[at]
            own = pattern.match(line.text, margin)
            if not own:
                break
            if ordered and int(own[1]) != len(items) + 1:
                self.trouble(
                    line.at + own.start(),
                    own[0].rstrip(),
                    "prose-line-start",
                    f"the list jumps to '{own[0].rstrip()}'",
                    f"number the items 1., 2., 3., or write {own[1]}\\{own[2]}",
                )
            body, at = self._body(lines, at, own.end(), margin)
            items.append(tuple(self.blocks(body, depth + 1)))
            following = _words_from(lines, at)
            if following < len(lines) and pattern.match(lines[following].text, margin):
                at = following
        return Items(ordered, tuple(items)), at

    def _body(self, lines: list[_Line], at: int, width: int, margin: int) -> tuple[list[_Line], int]:
        """The lines of one item: the indented ones, and those that continue its text without an indent."""
        body = [_cut(lines[at], width)]
        at += 1
        while (following := _words_from(lines, at)) < len(lines):
            line = lines[following]
            lazy = following == at and not self._begins(line) and not _NUMBER.match(line.text.lstrip())
            if _indent(line) <= margin and not lazy:
                break
            body += [_dedent(one, width) for one in lines[at : following + 1]]
            at = following + 1
        return body, at

    def _heading(self, line: _Line) -> Heading:
        found = _HEADING.match(line.text)
        assert found is not None
        text = line.text[found.end() :].rstrip(" ")
        address = _HEADING_ID.search(text)
        text = text[: address.start()].rstrip(" ") if address else text
        words = self._words([_Line(text, line.at + found.end())])
        anchor = address[1] if address else re.sub(r"[^a-z0-9]+", "-", words_of(words).lower()).strip("-")
        if not anchor:
            self.trouble(
                line.at + found.end(),
                text,
                "prose-heading",
                "a heading without Latin letters has no address",
                "end it with {#address}, lowercase letters and hyphens",
            )
        return Heading(len(found[1]), words, anchor)

    def _table(self, lines: list[_Line]) -> Table:
        ruled = len(lines) > 1 and _UNDER_HEAD.fullmatch(lines[1].text) is not None
        body = [lines[0], *lines[2:]] if ruled else lines
        rows = [tuple(self._words([_trim(cell)]) for cell in _cells(line)) for line in body]
        return Table(tuple(rows))

    def _paragraph(self, lines: list[_Line]) -> Paragraph:
        dedented = [_trim(line) for line in lines]
        for line in dedented:
            self._check_start(line)
        return Paragraph(self._words(dedented))

    def _check_start(self, line: _Line) -> None:
        if number := _NUMBER.match(line.text):
            self.trouble(
                line.at,
                number[0].rstrip(),
                "prose-line-start",
                f"a line that begins with '{number[0].rstrip()}' looks like a list that does not begin with 1.",
                f"move the number into the line before, or write {number[1]}\\{number[2]}",
            )
        for start in _LINE_STARTS:
            if (start.in_pages or self.mode != "page") and (found := start.pattern.match(line.text)):
                said = short(found[0])
                self.trouble(
                    line.at, found[0], start.rule, start.message.format(said), start.todo.format(said)
                )

    def _words(self, lines: list[_Line]) -> tuple[Inline, ...]:
        text, locate = _join(lines)
        return parse_inline(text, locate, self.troubles, images=self.mode == "page")


def _marker(line: _Line) -> re.Match[str] | None:
    """The marker of a list that begins here; another number than 1 begins none."""
    text = line.text.strip()
    if _RULE.match(text):
        return None
    number = _NUMBER.match(text)
    return number if number and number[1] == "1" else _BULLET.match(text)


def _words_from(lines: list[_Line], at: int) -> int:
    """The next line that is not empty, this one included."""
    while at < len(lines) and not lines[at].text.strip():
        at += 1
    return at


def _take(lines: list[_Line], at: int, belongs: Callable[[_Line], bool]) -> tuple[list[_Line], int]:
    """The line here and those after it that belong to it."""
    end = at + 1
    while end < len(lines) and belongs(lines[end]):
        end += 1
    return lines[at:end], end


def _unquoted(line: _Line) -> _Line:
    found = _QUOTE.match(line.text)
    return _cut(line, found.end()) if found else line


def _cells(line: _Line) -> Iterator[_Line]:
    row = _trim(line)
    text, at = row.text[1:], row.at + 1
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    start = 0
    for found in _BAR.finditer(text):
        if found[1]:
            yield _Line(text[start : found.start()], at + start)
            start = found.end()
    yield _Line(text[start:], at + start)


def _indent(line: _Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _cut(line: _Line, characters: int) -> _Line:
    return _Line(line.text[characters:], line.at + characters)


def _dedent(line: _Line, at_most: int = 1000) -> _Line:
    return _cut(line, min(at_most, _indent(line)))


def _trim(line: _Line) -> _Line:
    return _Line(line.text.strip(), line.at + _indent(line))


def one_line(text: str) -> str:
    """Words that were wrapped in the YAML, where a line break may have become a space, as one line."""
    lines = [_Line(line, 0) for line in _BREAK.split(text) if line]
    return _join(lines)[0] if lines else ""


def _join(lines: list[_Line]) -> tuple[str, Callable[[int], int]]:
    """Wrapped lines as one, without a space between two full-width characters, and the way back to offsets."""
    if len(lines) == 1:
        base = lines[0].at
        return lines[0].text.rstrip(), lambda position: base + position
    pieces: list[str] = []
    starts, offsets, length = [], [], 0
    for line in lines:
        piece = line.text.rstrip()
        if pieces and not (_WIDE.match(pieces[-1][-1:]) and _WIDE.match(piece[:1])):
            pieces.append(" ")
            length += 1
        starts.append(length)
        offsets.append(line.at)
        pieces.append(piece)
        length += len(piece)

    def locate(position: int) -> int:
        nearest = max(0, bisect_right(starts, position) - 1)
        return offsets[nearest] + position - starts[nearest]

    return "".join(pieces), locate
