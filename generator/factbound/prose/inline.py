"""One paragraph's text in; inline nodes and troubles out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

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
  | (?P<bad><[A-Za-z/!?]|!\[|\[\^|\[@|\[\[|\{\{|\{:|\{%|\{\#|［［|｛｛|［[@＠]|&(?:\#\d+|\#[xX][0-9A-Fa-f]+|[A-Za-z]{2,20});)
    """,
    re.VERBOSE,
)
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PATH = re.compile(rf"{_ID}(?:\.{_ID})*")
_CITATION = re.compile(rf"\s*@({_ID})\s*(?:,\s*(.+?)\s*)?", re.DOTALL)
_SCHEME = re.compile(
    r"https?://[^\s<>\"\\^`{|}]+|mailto:[^\s<>\"\\^`{|}:/]+@[^\s<>\"\\^`{|}:/]+|tel:[+*\#0-9().\-]+"
)
_LOCAL_IMAGE = re.compile(r"(?!//)(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.(?:png|jpg|jpeg|webp|svg|gif)")

_BAD = {
    "<": ("prose-html", "'{0}' would be HTML or an automatic link", "remove it, write \\{0} for the sign itself, or link as [words](https://…)"),
    "![": ("prose-image", "an image", "remove it: records hold no images"),
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
    words, words_at, end = "", 0, 0

    def flush() -> None:
        nonlocal words
        if words:
            nodes.append(Text(words, locate(words_at)))
            words = ""

    for found in _TOKEN.finditer(text):
        start = found.start()
        if not words:
            words_at = end
        words += text[end:start]
        end = found.end()
        kind = found.lastgroup
        if kind == "escaped":
            words += found["escaped"]
            continue
        if kind == "bad" or (kind == "src" and not images):
            _refuse(found[0], locate(start), troubles)
            words += found[0]
            continue
        flush()
        at = locate(start)
        within = _shifted(locate, found.start(kind) if kind else start)
        if kind == "strong":
            nodes.append(Strong(parse_inline(found["strong"], within, troubles), at))
        elif kind in ("emphasis", "underlined"):
            nodes.append(Emphasis(parse_inline(found[kind], within, troubles), at))
        elif kind == "code":
            nodes.append(Code(found["code"][1:-1], at))
        elif kind == "ref":
            nodes.append(_reference(found, at, troubles))
        elif kind == "value":
            nodes.append(_value(found, at, troubles))
        elif kind == "cite":
            nodes.append(_cite(found, at, troubles))
        elif kind == "src":
            if not _LOCAL_IMAGE.fullmatch(found["src"]):
                troubles.append(
                    Trouble(
                        at,
                        found[0],
                        "prose-image",
                        f"the image '{found['src']}' is not a file of this site",
                        "put the picture into content/pages/images/ and write images/name.png",
                    )
                )
            nodes.append(Image(found["src"], found["alt"], at))
        else:
            children = parse_inline(found["words"], _shifted(locate, found.start("words")), troubles)
            if not _SCHEME.fullmatch(found["url"]):
                troubles.append(
                    Trouble(
                        at,
                        found[0],
                        "prose-link",
                        f"'{found['url']}' is not an address that prose may link to",
                        "use http(s)://, mailto: or tel:, or [[id|words]] for a page of this site",
                    )
                )
                nodes.extend(children)
            else:
                nodes.append(Link(found["url"], children, at))
    if not words:
        words_at = end
    words += text[end:]
    flush()
    return tuple(nodes)


def _shifted(locate: Callable[[int], int], base: int) -> Callable[[int], int]:
    return lambda position: locate(base + position)


def _refuse(what: str, at: int, troubles: list[Trouble]) -> None:
    key = next(key for key in (what[:2], what[:1]) if key in _BAD)
    rule, message, todo = _BAD[key]
    troubles.append(Trouble(at, what, rule, message.format(what), todo.format(what)))


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
                f"'{target}' is not the id or path of a record",
                "write [[id]] or [[id|these words]]",
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
                f"'{path}' is not the path of a value",
                "write {{ id.facts.name }}",
            )
        )
        return Text(path, at)
    return ValueRef(path, found[0], at)


def _cite(found: re.Match[str], at: int, troubles: list[Trouble]) -> Inline:
    items = []
    for part in found["cite"].split(";"):
        one = _CITATION.fullmatch(part)
        if not one:
            troubles.append(
                Trouble(
                    at,
                    found[0],
                    "prose-citation",
                    f"'{part.strip()}' is not a citation",
                    "write [@source-id], [@source-id, p. 3] or [@one; @other]",
                )
            )
            continue
        items.append(Citation(one[1], one[2] or ""))
    return Cite(tuple(items), found[0], at)
