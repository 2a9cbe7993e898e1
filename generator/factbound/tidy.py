"""A page as a builder made it in; the same page without what HTML does not know, ready for paper and for voices, out."""

from __future__ import annotations

import re

_CLOSED = re.compile(r"<(br|hr|img)\b([^<>]*?)\s*/>")
"""Python-Markdown ends elements without content as XHTML did."""
_TICKED = re.compile(r'(<input class="md-toggle"[^<>]*?) autocomplete="off"')
"""The theme says so of boxes to tick, of which nothing can be completed; its reason, that a browser remembers them over
a reload, is met by `search-later.js`."""

_PASSAGE = re.compile(r'<a href="(https?://[^"#]*)(#[^"]*?)?(:~:text=[^"]*)"')
"""A link into a page by its words: on paper the page's address is enough, and can be typed."""

_COMPARED = re.compile(r'<div class="fb-compare".*?</table>', re.DOTALL)
_ROW = re.compile(r"<tr>\s*<td>(.*?)</td>", re.DOTALL)
"""Tables of Markdown have no headings of rows, by which voices say whose answer a cell is."""
_SIGN = re.compile(
    r'(<a class="(?:headerlink|fb-permalink|footnote-backref)" href="#(?:fnref(\d+):)?[^"]*" title="([^"]*)")>'
)
"""A link whose words are a sign, which voices call by its name, or not at all; of the ways back from a footnote each has a
number."""
_HEADING = re.compile(
    r'<(h[1-6])([^<>]* id="([^"]*)"[^<>]*)>(.*?)(<a class="headerlink".*?</a>)</\1>', re.DOTALL
)
"""The link to a section stands in its heading, and would be read as part of it in every list of headings."""
_TITLE = re.compile(r"<h1[^<>]*>(.*?)(?:<a class=\"headerlink\".*?</a>)?</h1>", re.DOTALL)
_COMPOUND = re.compile(r"(?<![\w-])(?=[\w-]{1,10}(?![\w-]))\w+(?:-\w+)+")
_AGAIN = re.compile(
    r'(<div class="md-header__topic" data-md-component="header-topic")(>\s*<span class="md-ellipsis">)\s*([^<>]*?)\s*<'
)
"""The theme repeats the title in the header, where it loses what is marked as words of another language. It is for who
has scrolled on; who hears the page would hear it twice."""


def tidy(html: str) -> str:
    """What the Nu HTML checker has nothing to say about, with what screen readers and the styles for paper ask for."""
    html = _TICKED.sub(r"\1", _CLOSED.sub(r"<\1\2>", html))
    if title := _TITLE.search(html):
        words = _unbroken(title[1])
        html, again = f"{html[: title.start(1)]}{words}{html[title.end(1) :]}", words.strip()
        html = _AGAIN.sub(
            lambda found: (
                f'{found[1]} aria-hidden="true"{found[2]}{again if _bare(again) == found[3] else found[3]}<'
            ),
            html,
        )
    html = _COMPARED.sub(lambda found: _ROW.sub(r'<tr><th scope="row">\1</th>', found[0]), html)
    html = _SIGN.sub(_named, html)
    html = _HEADING.sub(r'<\1\2 aria-labelledby="said:\3"><span id="said:\3">\4</span>\5</\1>', html)
    return _PASSAGE.sub(r'<a href="\1\2\3" data-page="\1"', html)


def _named(link: re.Match[str]) -> str:
    number = f" ({link[2]})" if link[2] else ""
    return f'{link[1]} aria-label="{link[3]}{number}">'


def _unbroken(title: str) -> str:
    """A title that no line ends within a short word of it, such as `by-law`."""
    whole = r'<span class="fb-whole">\g<0></span>'
    return "".join(
        part if part.startswith("<") else _COMPOUND.sub(whole, part) for part in re.split("(<[^<>]*>)", title)
    )


def _bare(title: str) -> str:
    return re.sub("<[^<>]*>", "", title)
