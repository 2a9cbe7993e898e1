"""One paragraph's text in; inline nodes and troubles out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ..problems import hidden, short
from .nodes import Citation, Cite, Code, Emphasis, Image, Inline, Link, Ref, Strong, Text, Unlinked, ValueRef


class Trouble(NamedTuple):
    """A mistake of markup inside a text: where (characters from 0), the characters themselves, and what to do."""

    at: int
    snippet: str
    rule: str
    message: str
    todo: str


# Every repetition has an upper bound, so that no text makes the search quadratic.
_TOKEN = re.compile(
    r"""
    \\(?P<escaped>\[\[|\{\{|[\\`*_\[\]{}()<>#+\-.!|@&:~"'［｛])
  | (?P<code>`[^`]{1,500}`)
  | \[\[(?P<ref>[^\[\]]{0,300})\]\]
  | \{\{(?P<value>[^{}]{0,300})\}\}
  | \[(?P<cite>@[^\[\]]{0,500})\]
  | !\[(?P<alt>[^\[\]]{0,300})\]\((?P<src>[^()\s]{0,500})\)
  | \[(?P<words>[^\[\]^@][^\[\]]{0,300})\]\((?P<url>[^()\s]{0,1000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?)\)
  | \*\*(?=[^\s*])(?P<strong>(?:[^*\\]|\\.|\*(?!\*)){1,1000}?)(?<=\S)\*\*
  | \*(?=[^\s*])(?P<emphasis>(?:[^*\\]|\\.){1,1000}?)(?<=\S)\*(?!\*)
  | (?<!\w)_(?=[^\s_])(?P<underlined>(?:[^_\\]|\\.){1,1000}?)(?<=\S)_(?!\w)
  | (?P<bad>--8<--|<[A-Za-z/!?]|!\[(?:[^\[\]]{0,300}\]\()?|\]\(|\[\^|\[@|\[\[|\{\{|\{:|\{%|\{\#|［［|｛｛|［[@＠]|&(?:\#\d+|\#[xX][0-9A-Fa-f]+|[A-Za-z]{2,20});)
    """,
    re.VERBOSE,
)
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PATH = re.compile(rf"{_ID}(?:\.{_ID})*")
_CITATION = re.compile(rf"\s*@({_ID})\s*(?:,\s*(.+?)\s*)?", re.DOTALL)
_ANOTHER = re.compile(rf"(?:[\s,、，]+|(?<!\w))(@{_ID})")
"""A second source and what divides it from the first, which would else be read as a place in that one."""
_SCHEME = re.compile(
    r"https?://[^\s<>\"\\^`{|}]+|mailto:[^\s<>\"\\^`{|}:/]+@[^\s<>\"\\^`{|}:/]+|tel:[+*\#0-9().\-]+"
)
_LOCAL_IMAGE = re.compile(r"(?!//)(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.(?:png|jpg|jpeg|webp|svg|gif)")

_BAD = {
    "--": ("prose-html", "'{0}' includes other files", "write the text out"),
    "<": ("prose-html", "'{0}' would be HTML or an automatic link", "remove it, write \\{0} for the sign itself, or link as [words](https://…)"),
    "![": ("prose-image", "an image", "remove it: records hold no images"),
    "](": ("prose-link", "a link is not closed or not understood", "write [words](https://…) with no space in the address, or ]\\( for the signs themselves"),
    "[^": ("prose-definition", "'[^' is a footnote of Markdown", "cite as [@source-id]"),
    "[@": ("prose-citation", "a citation is not closed or not understood", "write [@source-id], [@source-id, p. 3] or [@one; @other]"),
    "[[": ("prose-reference", "a reference is not closed or not understood", "write [[id]] or [[id|these words]], or \\[[ for the signs themselves"),
    "{{": ("prose-value", "a value is not closed or not understood", "write {{{{ id.facts.name }}}}, or \\{{{{ for the signs themselves"),
    "{": ("prose-html", "'{0}' sets attributes or runs code elsewhere", "remove it, or write \\{0} for the signs themselves"),
    "&": ("prose-html", "'{0}' is an entity of HTML", "write the character itself"),
    "［": ("prose-lookalike", "'{0}' looks like '[[' or '[@' but is full-width", "type ASCII brackets, or put \\ before it"),
    "｛": ("prose-lookalike", "'{0}' looks like '{{{{' but is full-width", "type ASCII brackets, or put \\ before it"),
}  # fmt: skip


def parse_inline(
    text: str, locate: Callable[[int], int], troubles: list[Trouble], *, images: bool = False
) -> tuple[Inline, ...]:
    """Read a paragraph whose wrapped lines are joined; `locate` turns a position in it into the editor's offset."""
    nodes: list[Inline] = []
    words: list[str] = []
    words_at = end = 0

    def flush() -> None:
        if words:
            nodes.append(Text("".join(words), locate(words_at)))
            words.clear()

    for found in _TOKEN.finditer(text):
        start = found.start()
        if not words:
            words_at = end
        if start > end:
            words.append(text[end:start])
        end = found.end()
        kind = found.lastgroup
        if kind == "escaped":
            words.append(found["escaped"])
        elif kind == "bad" or (kind == "src" and not images):
            _refuse(found[0], locate(start), troubles)
            words.append(found[0])
        else:
            flush()
            nodes.extend(_nodes(found, locate, troubles))
    if not words:
        words_at = end
    if end < len(text):
        words.append(text[end:])
    flush()
    return tuple(nodes)


def _nodes(found: re.Match[str], locate: Callable[[int], int], troubles: list[Trouble]) -> tuple[Inline, ...]:
    """The nodes of one piece of markup; its words alone where it is wrong."""
    kind, at = found.lastgroup, locate(found.start())

    def within(group: str) -> tuple[Inline, ...]:
        base = found.start(group)
        return parse_inline(found[group], lambda position: locate(base + position), troubles)

    if kind == "strong":
        return (Strong(within(kind), at),)
    if kind in ("emphasis", "underlined"):
        return (Emphasis(within(kind), at),)
    if kind == "code":
        return (Code(found["code"][1:-1], at),)
    if kind == "ref":
        return (_reference(found, at, troubles),)
    if kind == "value":
        return (_value(found, at, troubles),)
    if kind == "cite":
        return (_cite(found, at, troubles),)
    if kind == "src":
        return (_image(found, at, troubles),)
    children = within("words")
    if _SCHEME.fullmatch(found["url"]):
        return (Link(found["url"], children, at),)
    message = f"'{short(found['url'])}' is not an address that prose may link to"
    todo = "use http(s)://, mailto: or tel:, or [[id|words]] for a page of this site"
    troubles.append(Trouble(at, found[0], "prose-link", message, todo))
    return children


def _refuse(what: str, at: int, troubles: list[Trouble]) -> None:
    key = next(key for key in (what[:2], what[:1]) if key in _BAD)
    rule, message, todo = _BAD[key]
    troubles.append(Trouble(at, what, rule, message.format(what), todo.format(what)))


def _or_unseen(text: str, todo: str) -> str:
    """What to do about an id that is none: above all about what an editor cannot see in it."""
    found = hidden(text.strip())
    return f"remove the character that cannot be seen: {found}" if found else todo


def _reference(found: re.Match[str], at: int, troubles: list[Trouble]) -> Inline:
    inner = found["ref"].strip()
    if inner.startswith("!"):
        return Unlinked(inner[1:].strip(), at)
    target, _, words = (part.strip() for part in inner.partition("|"))
    if not _PATH.fullmatch(target):
        troubles.append(
            Trouble(
                at,
                found[0],
                "prose-reference",
                f"'{short(target)}' is not the id or path of a record",
                _or_unseen(target, "write [[id]] or [[id|these words]]"),
            )
        )
        return Text(words or inner, at)
    return Ref(target, " ".join(words.split()), found[0], at)


def _value(found: re.Match[str], at: int, troubles: list[Trouble]) -> Inline:
    path = found["value"].strip()
    if not _PATH.fullmatch(path) or "." not in path:
        troubles.append(
            Trouble(
                at,
                found[0],
                "prose-value",
                f"'{short(path)}' is not the path of a value",
                _or_unseen(path, "write {{ id.facts.name }}"),
            )
        )
        return Text(path, at)
    return ValueRef(path, found[0], at)


def _image(found: re.Match[str], at: int, troubles: list[Trouble]) -> Inline:
    src, alt = found["src"], found["alt"]
    if _LOCAL_IMAGE.fullmatch(src):
        return Image(src, alt, at)
    message = f"the image '{short(src)}' is not a file of this site"
    todo = "put the picture into content/pages/images/ and write images/name.png"
    troubles.append(Trouble(at, found[0], "prose-image", message, todo))
    return Text(alt, at)


def _cite(found: re.Match[str], at: int, troubles: list[Trouble]) -> Inline:
    items = []
    for part in found["cite"].split(";"):
        said, first = short(part.strip()), part.find("@") + 1
        one = _CITATION.fullmatch(part)
        if first and _ANOTHER.search(part, first):
            apart = part[:first] + _ANOTHER.sub(r"; \1", part[first:])
            what = f"'{said}' names more than one source"
            todo = f"put a semicolon between two sources: [{short(apart.strip())}]"
        elif one:
            items.append(Citation(one[1], one[2] or ""))
            continue
        else:
            what, todo = (
                f"'{said}' is not a citation",
                _or_unseen(part, "write [@source-id], [@source-id, p. 3] or [@one; @other]"),
            )
        troubles.append(Trouble(at, found[0], "prose-citation", what, todo))
    return Cite(tuple(items), found[0], at)
