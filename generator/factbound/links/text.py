"""A style sheet, Markdown, data, a feed, a sitemap or `_headers` in; the addresses in it out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from .address import Address, Kind

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_URL = re.compile(
    r"(?<![\w-])url\(\s*(?:\"((?:\\.|[^\"\\])*)\"|'((?:\\.|[^'\\])*)'|((?:\\.|[^\\)\"'\s])*))\s*\)"
    r"|@import\s+(?:\"([^\"]*)\"|'([^']*)')",
    re.IGNORECASE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|\r?\n|(.))", re.DOTALL)
_CODE = re.compile(
    r"^(```+|~~~+).*?^\1|(?<![`\\])(`+)(?!`)(?:(?!\n\n).)*?(?<!`)\2(?!`)", re.MULTILINE | re.DOTALL
)
_MARKDOWN_LINK = re.compile(r"(?<!\\)\]\(\s*(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)(?:\\.|[^\[\]\\])+\]:[ \t]*<?([^\s<>]+)", re.MULTILINE)
_PRELOAD = re.compile(r"\s+Link\s*:(.*)", re.IGNORECASE)
_ADDRESS_KEYS: tuple[tuple[str, dict[str, Kind]], ...] = (
    (r"search/search_index\.json", {"location": "root"}),
    (r"(?:.*/)?datapackage\.json", {"path": "part"}),
    (r".*\.webmanifest", {"src": "part", "start_url": "part"}),
    (r"data/[^/]+/[^/]+\.json", {"page": "root"}),
)
"""Names of files -> keys whose values are addresses, even without a host."""


def in_css(text: str, *, of_page: bool = False) -> Iterator[Address]:
    """What a style sheet asks for. A place within the document (`url(#shade)`) counts only where that is the page."""
    for found in _URL.finditer(_COMMENT.sub("", text)):
        link = _ESCAPE.sub(_character, next(filter(None, found.groups()), "")).strip()
        if link and (of_page or not link.startswith("#")):
            yield Address(link)


def _character(found: re.Match[str]) -> str:
    return chr(min(int(found[1], 16), 0x10FFFF)) if found[1] else found[2] or ""


def without_code(text: str) -> str:
    """A Markdown text without what it shows as code."""
    return _CODE.sub("", text)


def in_markdown(text: str) -> Iterator[Address]:
    """Where the links of a Markdown text lead."""
    text = without_code(text)
    yield from (Address(found[1] or found[2] or "", "page") for found in _MARKDOWN_LINK.finditer(text))
    yield from (Address(found[1], "page") for found in _DEFINITION.finditer(text))


def in_xml(text: str) -> Iterator[Address]:
    """The addresses of a sitemap or a feed.

    Raises ValueError where it is no XML.
    """
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise ValueError("it is no XML, and no program can read it") from error
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        words = (element.text or "").strip()
        if (
            tag == "loc"
            or (tag in ("link", "uri") and words)
            or (tag in ("id", "guid") and words.startswith(("https://", "http://")))
        ):
            yield Address(words, "own")
        if "href" in element.attrib:
            yield Address(element.attrib["href"], "own" if tag == "link" else "part")


def in_json(name: str, text: str) -> Iterator[Address]:
    """The addresses of a data file.

    Raises ValueError where it is no JSON.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("it is no JSON, and no program can read it") from None
    keys = next((keys for pattern, keys in _ADDRESS_KEYS if re.fullmatch(pattern, name)), {})
    for key, value in _texts(data):
        if key in keys or value.startswith(("https://", "http://")):
            yield Address(value, keys.get(key, "part"))


def _texts(data: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text in the data, with the key it stands under."""
    if isinstance(data, str):
        yield key, data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from _texts(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value, key)


def in_headers(text: str) -> Iterator[tuple[str, bool]]:
    """The addresses of `_headers` (https://docs.netlify.com/routing/headers/): a pattern of paths, which is True, or what
    a `Link` header leads to."""
    for line in text.splitlines():
        if line.startswith("/") or line.startswith(("https://", "http://")):
            yield line.split()[0], True
        elif found := _PRELOAD.match(line):
            yield from ((link, False) for link in re.findall(r"<([^<>]*)>", found[1]))
