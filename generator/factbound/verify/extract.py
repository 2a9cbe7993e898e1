"""What a page sent in; its words out, with what its title says and why there may be hardly any."""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass

import chardet
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser
from w3lib.encoding import html_to_unicode

_NOT_SHOWN = ["script", "style", "noscript", "template", "rt", "rp", "head"]
"""`rt` and `rp` are readings over a word, which nobody quotes."""
_BLOCKS = (
    "address,article,aside,blockquote,br,button,caption,dd,details,dialog,div,dl,dt,fieldset,figcaption,figure,footer,"
    "form,h1,h2,h3,h4,h5,h6,header,hr,legend,li,main,nav,ol,option,p,pre,section,select,summary,table,td,th,tr,ul"
)
_RUNS = "script:not([type*=json]), meta[http-equiv=refresh i]"
_FRAMES = "frame, iframe"
_PAID = re.compile(r"\"isAccessibleForFree\"\s*:\s*\"?false", re.IGNORECASE)
"""How publishers tell search engines that readers must pay, by https://schema.org/isAccessibleForFree."""
_PAID_TIERS = "meta[property='article:content_tier'][content=locked i], meta[property='article:content_tier'][content=metered i]"
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\[nrt]|\\(.)")
_HARDLY_ANY = 250
"""Characters. A page with fewer that runs a script or leads on by itself has its words elsewhere."""
_ERA = chardet.EncodingEra.MODERN_WEB
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\n(?=[^\W\d_])")


@dataclass(frozen=True)
class PageText:
    """The words of a page."""

    text: str = ""
    title: str = ""
    """Its title and its main heading, for telling a page that says that there is none."""
    unread: str = ""
    """Why more words may stand there than were read, in one clause; empty for a page like others."""
    paid: bool = False
    """Whether it says itself that some of it is for those who pay."""
    scripts: str = ""
    """What stands in its scripts, which may or may not come to be shown."""


def read_page(body: bytes, content_type: str = "") -> PageText:
    """The words of an HTML page, a PDF or a plain text, told apart by what was declared and by how it begins."""
    kind = content_type.partition(";")[0].strip().lower()
    if b"%PDF-" in body[:1024]:
        return _of_pdf(body)
    if kind in ("text/html", "application/xhtml+xml") or (
        kind in ("", "application/octet-stream", "text/plain", "application/xml", "text/xml")
        and re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|\?xml)", body[:1024], re.IGNORECASE)
    ):
        return _of_html(decoded(body, content_type))
    if kind == "" or kind.startswith("text/") or kind.endswith(("json", "xml")):
        return PageText(decoded(body, content_type))
    return PageText(unread=f"it is of the kind '{kind}', of which no words are read")


def decoded(body: bytes, content_type: str = "") -> str:
    """The text of a page by its byte order mark, else by what its header declares, else by what it declares itself, else
    by what it looks like, as browsers do it (https://encoding.spec.whatwg.org/, https://html.spec.whatwg.org/)."""
    return html_to_unicode(content_type or None, body, auto_detect_fun=_looks_like)[1]


def _looks_like(body: bytes) -> str | None:
    try:
        body.decode("utf-8")
        is_utf8 = b"\x1b$" not in body  # ISO-2022-JP, which is ASCII to look at
    except UnicodeDecodeError as error:
        is_utf8 = error.reason == "unexpected end of data"
    return "utf-8" if is_utf8 else chardet.detect(body, encoding_era=_ERA)["encoding"]


def _of_html(text: str) -> PageText:
    tree = LexborHTMLParser(text)
    title = " / ".join(node.text() for node in tree.css("title, h1"))
    runs, framed = tree.css_first(_RUNS) is not None, tree.css_first(_FRAMES) is not None
    scripts = "\n".join(node.text() for node in tree.css("script"))
    paid = tree.css_first(_PAID_TIERS) is not None or _PAID.search(scripts) is not None
    tree.strip_tags(_NOT_SHOWN)
    for node in tree.css(_BLOCKS):
        node.insert_before("\n")
        node.insert_after("\n")
    words = tree.root.text() if tree.root else ""
    unread = ""
    if (runs or framed) and len("".join(words.split())) < _HARDLY_ANY:
        unread = f"it shows hardly any words without its {'scripts' if runs else 'frames'}"
    return PageText(words, title, unread, paid, scripts)


def words_in_scripts(page: PageText) -> str:
    """The words that stand in a page's scripts, without the escapes of JSON and the tags of HTML in it."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2] or " ", page.scripts)
    return html.unescape(re.sub(r"<[^<>]*>", "", text))


def _of_pdf(body: bytes) -> PageText:
    try:
        reader = PdfReader(io.BytesIO(body))
        text = "\n".join(page.extract_text() for page in reader.pages)
    # A damaged PDF makes the library raise whatever comes first, from KeyError to RecursionError.
    except Exception as error:
        return PageText(unread=f"its PDF cannot be read ({type(error).__name__})")
    text = _BROKEN_WORD.sub("", text)
    return PageText(text, unread="" if text.strip() else "its PDF holds images only")
