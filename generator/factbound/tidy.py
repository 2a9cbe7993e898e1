"""A page as a builder made it in; the same page without what HTML does not know out."""

from __future__ import annotations

import re

_CLOSED = re.compile(r"<(br|hr|img)\b([^<>]*?)\s*/>")
"""Python-Markdown ends elements without content as XHTML did."""
_TICKED = re.compile(r'(<input class="md-toggle"[^<>]*?) autocomplete="off"')
"""The theme says so of boxes to tick, of which nothing can be completed; its reason, that a browser remembers them over
a reload, is met by `search-later.js`."""


def tidy(html: str) -> str:
    """What the Nu HTML checker has nothing to say about; to a browser it is the same page."""
    return _TICKED.sub(r"\1", _CLOSED.sub(r"<\1\2>", html))
