"""A page as a builder made it in; the same page without what HTML does not know, ready for paper, out."""

from __future__ import annotations

import re

_CLOSED = re.compile(r"<(br|hr|img)\b([^<>]*?)\s*/>")
"""Python-Markdown ends elements without content as XHTML did."""
_TICKED = re.compile(r'(<input class="md-toggle"[^<>]*?) autocomplete="off"')
"""The theme says so of boxes to tick, of which nothing can be completed; its reason, that a browser remembers them over
a reload, is met by `search-later.js`."""

_PASSAGE = re.compile(r'<a href="(https?://[^"#]*)(#[^"]*?)?(:~:text=[^"]*)"')
"""A link into a page by its words: on paper the page's address is enough, and can be typed."""


def tidy(html: str) -> str:
    """What the Nu HTML checker has nothing to say about, with what the styles for paper ask for."""
    html = _TICKED.sub(r"\1", _CLOSED.sub(r"<\1\2>", html))
    return _PASSAGE.sub(r'<a href="\1\2\3" data-page="\1"', html)
