"""A page or a drawing in; its ids and all addresses in it out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from .address import Address
from .notes import lost_on_page, may_be_lost
from .text import in_css

_LINKS = {
    "href",
    "xlink:href",
    "src",
    "action",
    "formaction",
    "poster",
    "data",
    "cite",
    "longdesc",
    "background",
}
_SETS = {"srcset", "imagesrcset"}
_STYLED = {
    "style",
    "fill",
    "stroke",
    "filter",
    "mask",
    "clip-path",
    "marker-start",
    "marker-mid",
    "marker-end",
}
_PROPERTIES = {"og:url", "og:image", "og:image:url", "twitter:image", "twitter:url"}
_WANTED = ",".join(
    [
        *(f"[{name}]" for name in ("id", "href", "xlink\\:href", *sorted(_LINKS - {"href", "xlink:href"}), *sorted(_SETS), "usemap")),
        *(f"[{name}*='url(' i]" for name in sorted(_STYLED)), "a[name]", "meta[content]",
    ]
)  # fmt: skip
_REFRESH = re.compile(r"\s*\d+\s*;\s*(?:url\s*=\s*)?[\"']?(.+?)[\"']?\s*", re.IGNORECASE)
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:,|\s+(?:[^,(]|\([^)]*\))*(?:,|$)|$)")
_NO_WORDS = ["script", "style", "code", "pre", "textarea", "svg"]


@dataclass
class Scan:
    """What one page or drawing holds."""

    ids: set[str] = field(default_factory=set)
    doubled: list[str] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    canonical: str = ""
    leads_on: bool = False
    """Whether it sends its reader elsewhere by itself."""
    faults: list[tuple[str, str]] = field(default_factory=list)
    """What is wrong besides addresses: words of the page, and why."""


def scan(text: str) -> Scan:
    """Read one page as a browser does."""
    tree = LexborHTMLParser(text)
    found = Scan()
    # An element that several of the selectors fit may come more than once.
    for node in {node.mem_id: node for node in tree.css(_WANTED)}.values():
        _read(node.tag or "", node.attributes, found)
    for node in tree.css("style"):
        found.addresses += in_css(node.text())
    for node in tree.css("script[type='application/ld+json' i]"):
        try:
            found.addresses += _of_things(json.loads(node.text()))
        except (ValueError, RecursionError):
            found.faults.append(("application/ld+json", "it is no JSON, and programs cannot read it"))
    if may_be_lost(text):
        tree.strip_tags(_NO_WORDS)
        found.faults += lost_on_page(tree.body.text() if tree.body else "")
    return found


def _read(tag: str, attributes: dict[str, str | None], found: Scan) -> None:
    if tag == "meta":
        _read_meta({name: value or "" for name, value in attributes.items()}, found)
        return
    for name, given in attributes.items():
        value = given or ""
        if name == "id":
            if value in found.ids:
                found.doubled.append(value)
            found.ids.add(value)
        elif name == "href":
            _read_href(tag, value.strip(), attributes, found)
        elif name in _LINKS or (name == "usemap" and value.startswith("#")):
            found.addresses.append(Address(value.strip()))
        elif name in _SETS:
            found.addresses += map(Address, candidates(value))
        elif name in _STYLED and "url(" in value.lower():
            found.addresses += in_css(value, of_page=True)
        elif name == "name" and tag == "a":
            found.ids.add(value)


def _read_href(tag: str, value: str, attributes: dict[str, str | None], found: Scan) -> None:
    if tag in ("a", "area"):
        found.addresses.append(Address(value, "page"))
    elif tag == "base":
        found.faults.append((value, "a <base> changes where every link of the page leads"))
    elif tag == "link" and "canonical" in (attributes.get("rel") or "").lower().split():
        found.canonical = value
        found.addresses.append(Address(value, "own"))
    else:
        found.addresses.append(Address(value))


def _read_meta(given: dict[str, str], found: Scan) -> None:
    content = given.get("content", "")
    if given.get("http-equiv", "").lower() == "refresh" and (moved := _REFRESH.fullmatch(content)):
        found.leads_on = True
        found.addresses.append(Address(moved[1], "page"))
    elif given.get("property", given.get("name", "")).lower() in _PROPERTIES:
        found.addresses.append(Address(content, "own"))


def candidates(srcset: str) -> Iterator[str]:
    """The addresses of a `srcset`: each may hold commas, but not end in one (https://html.spec.whatwg.org/#srcset-attribute)."""
    return (found[1] for found in _CANDIDATE.finditer(srcset))


def _of_things(data: Any) -> Iterator[Address]:
    """The addresses in a description of a page in schema.org's terms."""
    for thing in _things(data):
        for key, value in thing.items():
            if not isinstance(value, str) or ":" not in value:
                continue
            if key == "@id":
                yield Address(value, "name")
            elif key in ("item", "contentUrl") or (key == "url" and "isPartOf" in thing):
                yield Address(value, "own")
            elif value.startswith(("https://", "http://")):
                yield Address(value)


def _things(data: Any) -> Iterable[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _things(inner)
