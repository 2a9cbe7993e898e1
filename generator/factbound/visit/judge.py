"""A link and the answer of its page in; whether it is ok, has moved, is gone or unknown, out.

Gone is only what a page shows to be gone. Whatever refuses, fails or stays silent is unknown, with the reason.
"""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple
from urllib.parse import unquote, urldefrag

from requests.utils import requote_uri
from selectolax.lexbor import LexborHTMLParser

from ..fetch import Answer
from ..verify import Folded, decoded, fold, instead, places_of, read_page
from ..visited import Verdict, Visit

_OF_PROGRAM = re.compile(r"[!/].*|.*=.*|L[0-9]+(?:-L?[0-9]+)?|top|", re.IGNORECASE)
"""Anchors that a script of the page understands, or a reader of PDFs, or every browser; no element has them."""


def judge(link: str, answer: Answer, today: datetime.date) -> Visit:
    """What the answer of its page says of a link."""

    def told(verdict: Verdict, why: str = "", to: str = "", trouble: str = "") -> Visit:
        return Visit(verdict, today, today, why, to, trouble)

    if answer.trouble and answer.trouble != "size":
        return told("unknown", answer.why, trouble=answer.trouble)
    if answer.status in (404, 410):
        return told("gone", f"it answers {answer.status}")
    if not 200 <= answer.status < 300:
        return told("unknown", f"it answers {answer.status}", trouble="status")
    page, anchor = urldefrag(link)
    if found := instead(page, answer, _title(answer)):
        instead_of, why = found
        return told(instead_of, why, trouble="refused" if instead_of == "unknown" else "")
    verdict, why = _of_fragment(anchor, answer) if anchor else ("ok", "")
    if verdict != "ok":
        return told(verdict, why, trouble="fragment")
    if answer.moved and (to := _with_fragment(answer.moved, anchor)) != requote_uri(link):
        return told("moved", to=to)
    return told("ok")


# ----- the page -----


def _title(answer: Answer) -> str:
    return read_page(answer.body, answer.content_type).title if _is_html(answer) else ""


def _is_html(answer: Answer) -> bool:
    kind = answer.content_type.partition(";")[0].strip().lower()
    return kind in ("text/html", "application/xhtml+xml", "") and b"%PDF-" not in answer.body[:1024]


def _with_fragment(moved: str, anchor: str) -> str:
    moved = requote_uri(moved)
    return f"{moved}#{anchor}" if anchor and "#" not in moved else moved


# ----- the place on the page -----


class TextFragment(NamedTuple):
    """A passage that an address names (https://wicg.github.io/scroll-to-text-fragment/)."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""


def text_fragments(directive: str) -> list[TextFragment]:
    """`text=prefix-,start,end,-suffix`, several joined by `&`."""
    found = []
    for part in directive.split("&"):
        words = part.removeprefix("text=").split(",") if part.startswith("text=") else []
        prefix = words.pop(0)[:-1] if len(words) > 1 and words[0].endswith("-") else ""
        suffix = words.pop()[1:] if len(words) > 1 and words[-1].startswith("-") else ""
        if words and words[0]:
            start, end = words[0], words[1] if len(words) > 1 else ""
            found.append(TextFragment(*map(unquote, (start, end, prefix, suffix))))
    return found


def _of_fragment(anchor: str, answer: Answer) -> tuple[Verdict, str]:
    """Whether the place that a link names is on its page."""
    id, _, directive = anchor.partition(":~:")
    fragments = text_fragments(directive)
    lost = ""
    if _is_html(answer) and not _OF_PROGRAM.fullmatch(id) and not _has(answer, unquote(id)):
        lost = f"its page has no '#{id}'"
    page = read_page(answer.body, answer.content_type) if lost or fragments else None
    if not lost and page:
        folded = fold(page.text)
        gone = next((one for one in fragments if not _stands(folded, one)), None)
        lost = f"its page does not have the words '{gone.start}'" if gone else ""
    if not lost or not page:
        return "ok", ""
    why_not = page.unread or (answer.why if answer.trouble == "size" else "")
    return ("unknown", why_not) if why_not else ("gone", lost)


def _has(answer: Answer, id: str) -> bool:
    tree = LexborHTMLParser(decoded(answer.body, answer.content_type))
    nodes = tree.css("[id], a[name]")
    known = {value for node in nodes for name, value in node.attributes.items() if name in ("id", "name")}
    # Code hosts put this before the ids that a page's author gave.
    return id in known or f"user-content-{id}" in known


def _stands(page: Folded, one: TextFragment) -> bool:
    if not one.end:
        return bool(places_of(page, one.start, one.prefix, one.suffix))
    starts, ends = places_of(page, one.start, one.prefix), places_of(page, one.end, "", one.suffix)
    return bool(starts and ends) and min(starts) < max(ends)
