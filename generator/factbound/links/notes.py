"""The text of a page or of a Markdown file in; the marks of footnotes that have no text out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .text import without_code

_SHOWN = re.compile(r"\[\^[0-9]+\]")
"""What a builder leaves of a mark on a page; other words in such brackets are an editor's."""
_MARK = re.compile(r"(?<!\\)\[\^[^\]\s]+\]")
_TEXT = re.compile(r"^(\[\^[^\]\s]+\]):", re.MULTILINE)


def may_be_lost(html: str) -> bool:
    """Whether a page is to be looked at: hardly any is."""
    return _SHOWN.search(html) is not None


def lost_on_page(words: str) -> list[tuple[str, str]]:
    """Those among the words of a page, where a builder found no text for them, each with what is wrong."""
    return _told(_SHOWN.findall(words))


def lost_in_markdown(text: str) -> list[tuple[str, str]]:
    """Those of a Markdown text, each with what is wrong."""
    text = without_code(text)
    known = set(_TEXT.findall(text))
    return _told(mark for mark in _MARK.findall(text) if mark not in known)


def _told(marks: Iterable[str]) -> list[tuple[str, str]]:
    return [(mark, "the footnote has no text") for mark in dict.fromkeys(marks)]
