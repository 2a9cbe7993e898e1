"""A record in; its page as plain text for a terminal, and every place that names it, out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from .library import Entry as Entry
from .library import Library, Mention
from .problems import cells

_INLINE = re.compile(
    r"""
    \\(?P<sign>.)
  | \[\^(?P<note>[^\]\s]+)\]
  | !?\[(?P<words>(?:\\.|[^\[\]\\])*)\]\((?P<url>(?:\\.|[^\s()\\]|\([^\s()]*\))*)\)
  | `(?P<code>[^`]*)`
  | (?P<mark>\*\*|\*)
    """,
    re.VERBOSE,
)
_NOTE = re.compile(r"\[\^([^\]\s]+)\]: ")
_OF_SOURCE = re.compile(r"\[[^\[\]]*\]\((?:\.\./)*sources/([a-z0-9-]+)\.md\)$")
"""How a note leads to its source's page."""
_ITEM = re.compile(r"( *)([-*]|\d+\.) +")
_WIDE = (
    "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6"
)
_CLOSING = "、。，．！？」』）］｝〉》】ー々"
_PIECE = re.compile(rf"\s+|[{_WIDE}][{_CLOSING}]*|[^\s{_WIDE}]+")
"""What a line is not broken within: white space, a word, a full-width character with the signs that close it."""
NARROWEST = 20
"""Columns; a terminal that is narrower breaks the lines itself."""


def as_text(markdown: str, width: int) -> str:
    """A page's copy as Markdown (`copies`), set for a terminal of so many columns."""
    width = max(width, NARROWEST)
    lines: list[str] = []
    head: list[str] = []
    for line in markdown.splitlines():
        cut = _cells_of(line)
        lines += _set_row(cut, head, width) if cut else _set(line, width)
        head = [] if not cut else head or cut
    return "\n".join(lines) + "\n"


def referrers(library: Library, id: str) -> list[str]:
    """`path:line:column: keys` of every place in other files that names a record, in the order of the files."""
    places = library.backlinks.get(id, [])
    if about := library.about:
        places = [*places, *((about, one) for one in library.of_site if one.target.partition(".")[0] == id)]
    return [
        f"{path}:{line}:{column}: {keys}"
        for path, line, column, keys in sorted(_place(entry, mention) for entry, mention in places)
    ]


def _place(entry: Entry, mention: Mention) -> tuple[str, int, int, str]:
    line, column = entry.document.place(
        mention.keys,
        at_key=mention.keys[-1] == mention.target,
        offset=mention.at,
        snippet=mention.snippet,
    )
    return entry.document.path, line, column, ".".join(map(str, mention.keys))


# ----- lines -----


def _set(line: str, width: int) -> Iterator[str]:
    """One line of Markdown, which is a paragraph, an item, a heading, a note or a line of a box."""
    if heading := re.match("(#+) ", line):
        words = plain_words(line[heading.end() :])
        yield from _wrapped(words, width)
        yield ("=" if heading[1] == "#" else "-") * min(cells(words), width)
    elif line.startswith(">"):
        yield from _wrapped(plain_words(line[1:].strip()), width, "| ", "| ")
    elif note := _NOTE.match(line):
        words = _OF_SOURCE.sub(r"\[@\1\]", line[note.end() :])
        yield from _wrapped(plain_words(words), width, f"[{note[1]}] ", "    ")
    elif item := _ITEM.match(line):
        sign = item[2] if item[2][-1] == "." else "-"
        first = f"{' ' * (len(item[1]) // 2)}{sign} "
        yield from _wrapped(plain_words(line[item.end() :]), width, first, " " * len(first))
    else:
        yield from _wrapped(plain_words(line.strip()), width)


def _cells_of(line: str) -> list[str]:
    """The cells of a table's row; none where a line is no row."""
    if not (line.startswith("| ") and line.endswith(" |")):
        return []
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line[1:-1])]


def _set_row(row: list[str], head: list[str], width: int) -> Iterator[str]:
    """A row as an item, each further cell on a line below it: no table fits into forty columns."""
    if not head or set("".join(row)) <= set("-: "):
        return
    if len(row) == 2:
        yield from _wrapped(f"{plain_words(row[0])}: {plain_words(row[1])}", width, "- ", "  ")
        return
    yield from _wrapped(plain_words(row[0]), width, "- ", "  ")
    for name, cell in zip(head[1:], row[1:], strict=False):
        yield from _wrapped(f"{plain_words(name)}: {plain_words(cell)}", width, "  ", "    ")


def plain_words(text: str) -> str:
    """Markdown's inline marks taken away; a link to another site keeps its address."""
    return html.unescape(_INLINE.sub(_plain, text))


def _plain(found: re.Match[str]) -> str:
    if found["sign"] is not None:
        return html.escape(found["sign"], quote=False)
    if found["note"]:
        return f"[{found['note']}]"
    if found["words"] is not None:
        words = _INLINE.sub(_plain, found["words"])
        address = found["url"].partition("#:~:")[0]
        return f"{words} <{address}>" if address.startswith("http") and address != words else words
    return found["code"] or ""


# ----- breaking lines -----


def _wrapped(text: str, width: int, first: str = "", rest: str = "") -> Iterator[str]:
    """A text in lines of so many columns, full-width characters being two."""
    line = start = first
    for piece in _PIECE.findall(text):
        if piece.isspace():
            line += " " if line != start else ""
        elif cells(line) + cells(piece) > width and line != start:
            yield line.rstrip()
            line = start = rest
            line += piece
        else:
            line += piece
    yield line.rstrip()
