"""A built site in; every internal link, anchor and asset that leads nowhere out.

HTML is scanned with one pattern for tags: it was written by a builder, and reading forty megabytes with a
full parser would take longer than building them.
"""

from __future__ import annotations

import html
import posixpath
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_SKIP = re.compile(r"<!--.*?-->|<(script|style)\b([^>]*)>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(
    r"<([a-zA-Z][^\s/>]*)((?:\s+[^\s=>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*/?>", re.DOTALL
)
_ATTRIBUTE = re.compile(r"([^\s=>/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_LINKS = {"href", "src", "action", "poster", "data"}
_REFRESH = re.compile(r"\s*\d+\s*;\s*url\s*=\s*(.+)", re.IGNORECASE)


class Broken(NamedTuple):
    """A link of a built page that leads nowhere."""

    page: str
    """The file in the site, such as cases/x/index.html."""
    link: str
    """As written."""
    why: str


class _Scan(NamedTuple):
    ids: set[str]
    doubled: list[str]
    links: list[str]


def check_links(site: Path, base: str = "/") -> list[Broken]:
    """Every internal link, anchor and asset of a built site that does not resolve, and every id that stands twice.

    `base` is the path below which the site will stand on its host. Names are compared as they are written: a
    server tells capitals from small letters even where this disk does not.
    """
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    scans = {
        name: _scan((site / name).read_text("utf-8")) for name in sorted(files) if name.endswith(".html")
    }
    broken = []
    for name, scan in scans.items():
        broken += [Broken(name, f"#{id}", "the id stands twice on the page") for id in scan.doubled]
        for link in dict.fromkeys(scan.links):
            if why := _broken(name, link, base, files, scans):
                broken.append(Broken(name, link, why))
    return broken


def _scan(text: str) -> _Scan:
    ids: set[str] = set()
    doubled: list[str] = []
    links: list[str] = []
    for tag in _TAG.finditer(_SKIP.sub(lambda found: f"<x {found[2] or ''}>" if found[1] else "", text)):
        for attribute in _ATTRIBUTE.finditer(tag[2]):
            name = attribute[1].lower()
            value = html.unescape(attribute[2] or attribute[3] or attribute[4] or "")
            if name == "id":
                if value in ids:
                    doubled.append(value)
                ids.add(value)
            elif name in _LINKS:
                links.append(value)
            elif name == "srcset":
                links += [part.split()[0] for part in value.split(",") if part.strip()]
            elif name == "content" and tag[1].lower() == "meta" and (moved := _REFRESH.fullmatch(value)):
                links.append(moved[1])
    return _Scan(ids, doubled, links)


def _broken(page: str, link: str, base: str, files: set[str], scans: dict[str, _Scan]) -> str:
    try:
        parts = urlsplit(link)
    except ValueError:
        return "it is no address"
    if parts.scheme or parts.netloc:
        return ""
    path = unquote(parts.path)
    if not path:
        target = page
    elif path.startswith("/"):
        # 404.html is served at any depth, so its links are from the root of the host.
        if not f"{path}/".startswith(base):
            return f"the link leaves the site, which stands below {base}"
        target = posixpath.normpath(path[len(base) :] or ".")
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    if target == ".." or target.startswith("../"):
        return "the link leaves the site"
    if path.endswith("/") or target == ".":
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    elif target not in files and f"{target}/index.html" in files:
        target = f"{target}/index.html"
    if target not in files:
        return "there is no such file in the site"
    anchor = unquote(parts.fragment.split(":~:")[0])
    if anchor and target in scans and anchor not in scans[target].ids and anchor != "top":
        return f"{target} has no '#{anchor}'"
    return ""
