"""Pages in; a copy of each as plain Markdown out, and `llms.txt` (https://llmstxt.org), which lists them.

A copy stands at its page's own path, cases/x.md beside cases/x/, so that links between pages lead from copy to copy.
What only a browser can use is left out: drawings, attributes, links to a place within a page.
"""

from __future__ import annotations

import html
import re
import string
from collections.abc import Iterable

from .library import Library
from .pages import Page, strings_of
from .prose import escape
from .settings import Addresses

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_LEFT_OUT = re.compile(
    r"<(figure|nav)\b.*?</\1>|<details class=\"[^\"]*\">.*?</details>|<span class=\"fb-cell\">.*?</span>"
    r"|\[¶\]\([^)]*\)",
    re.DOTALL,
)
_ANSWER = re.compile(r"<dt>(.*?)</dt>\n<dd[^>]*>(.*?)</dd>")
_BOX = re.compile(r"^!!! \w+ \"(.*)\"\n((?:\n|    .*\n)*)", re.MULTILINE)
_ATTRIBUTES = re.compile(r"(?<!\\)[ ]?\{[:#. ][^{}\n]*\}")
_HOVER = re.compile(r"(\]\([^\s()]+) \"[^\"\n]*\"\)")
_WITHIN = re.compile(r"\[((?:\\.|[^\[\]\\])*)\]\(#[^\s()]*\)")
_PLACE = re.compile(r"(\]\([^\s():#]+\.md)#[^\s()]*\)")
_ASIDE = re.compile(r"<(small|span class=\"fb-standing[^>]*)>(?:\(([^()]*)\)|(.*?))</(?:small|span)>")
_TAG_LINE = re.compile(r"^(?:</?[a-z][^<>\n]*>)+\n", re.MULTILINE)
_TAG = re.compile(r"</?([a-z][a-z0-9]*)(?:\s[^<>]*)?/?>")
_SIGNS = {"strong": "**", "em": "*", "br": "; "}
_ENTITY = re.compile(r"&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z]+);")


def make_copies(pages: Iterable[Page], library: Library, lang: str, addresses: Addresses) -> dict[str, str]:
    """Path in the site -> text of each copy and of llms.txt."""
    shown = [page for page in pages if page.about]
    copies = {page.path: plain_markdown(page.markdown) for page in shown}
    copies["llms.txt"] = _listed(shown, library, lang, addresses)
    return copies


def plain_markdown(text: str) -> str:
    """A page's Markdown as any reader of Markdown takes it: without front matter, attributes and HTML."""
    text = _LEFT_OUT.sub("", _FRONT_MATTER.sub("", text))
    text = _TAG_LINE.sub("", _ANSWER.sub(r"-   **\1:** \2", text))
    text = _BOX.sub(_box, text)
    text = _HOVER.sub(r"\1)", _ATTRIBUTES.sub("", text))
    text = _PLACE.sub(r"\1)", _WITHIN.sub(r"\1", text))
    text = _TAG.sub(lambda found: _SIGNS.get(found[1], ""), _ASIDE.sub(_aside, text))
    text = _ENTITY.sub(_character, text)
    lines = (line if line.endswith("  ") and line.strip() else line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _aside(found: re.Match[str]) -> str:
    return f"({found[2] if found[3] is None else found[3]})"


def _box(found: re.Match[str]) -> str:
    lines = [f"**{found[1]}**", "", *(line[4:] for line in found[2].strip("\n").split("\n"))]
    return "".join(f"> {line}".rstrip() + "\n" for line in lines) + "\n"


def _character(found: re.Match[str]) -> str:
    """What an entity stands for; a sign of Markdown behind a backslash. What would begin a tag or an entity stays."""
    sign = html.unescape(found[0])
    if sign == "<":
        return "&lt;"
    if sign == "&":
        return "&amp;" if re.match(r"#?\w+;", found.string[found.end() :]) else "&"
    return f"\\{sign}" if sign in string.punctuation and sign not in "\"'" else sign


def _listed(pages: list[Page], library: Library, lang: str, addresses: Addresses) -> str:
    site = library.site
    assert site is not None
    say = strings_of(library, lang)
    base = addresses.site.rstrip("/") + "/" if addresses.site else ""
    first = site.languages[0].lang
    words = [_plain(label.in_(lang, first)[0]) for label in (site.title, site.description)]
    lines = [f"# {words[0]}", "", f"> {words[1]}", "", say("llms.about", data=f"{base}data/datapackage.json")]
    if site.licence:
        lines += ["", _plain(site.licence.in_(lang, first)[0])]
    sections = [(say("llms.start"), [page for page in pages if "/" not in page.path])]
    for name in sorted(site.collections, key=lambda name: name == "sources"):
        records = [page for page in pages if page.path.startswith(f"{name}/") and page.source]
        # By the format, readers who are short of space leave out what stands under this heading.
        sections.append(("Optional" if name == "sources" else say(f"collection.{name}"), records))
    for heading, listed in sections:
        if listed:
            lines += ["", f"## {heading}", "", *(_link(page, base) for page in listed)]
    return "\n".join(lines) + "\n"


def _link(page: Page, base: str) -> str:
    about = "" if page.title in page.about else f": {_plain(page.about)}"
    return f"- [{_plain(page.title)}]({base}{page.path}){about}"


def _plain(text: str) -> str:
    return _ENTITY.sub(_character, escape(text))
