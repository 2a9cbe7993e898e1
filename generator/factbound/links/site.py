"""The folder of a built site in; every address in it that leads nowhere, and every page to which nothing leads, out.

Names are compared as they are written: a server tells capitals from small letters even where this disk does not.
"""

from __future__ import annotations

import gzip
import posixpath
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from .address import Address, Kind
from .html import Scan, scan
from .notes import lost_in_markdown
from .text import in_css, in_headers, in_json, in_markdown, in_xml

_NOBODY_LINKS = ("404.html",)
_NO_FILE = "there is no such file in the site"


class Broken(NamedTuple):
    """Something of a built file that leads nowhere, or is wrong in a way that makes links lead nowhere."""

    page: str
    """The file in the site, such as cases/x/index.html."""
    link: str
    """As written."""
    why: str
    target: str = ""
    """The file to which it was to lead; empty where it is no address of the site."""
    anchor: str = ""


@dataclass(frozen=True)
class Checked:
    """What was found in a built site."""

    broken: list[Broken]
    alone: list[Broken]
    """Pages that a reader of the front page cannot reach; `link` is the file again."""
    leads_to: Callable[[str], set[tuple[str, str]]]
    """File of the site -> the files, with anchors, to which its addresses lead."""
    pages: int
    """How many pages were looked at."""
    addresses: int
    """How many addresses; one that a page repeats counts once."""


def check_site(folder: Path, home: str = "/") -> Checked:
    """Look at every address of a built site.

    `home` is the address at which it will stand, or the path of that address where the host is not known.
    """
    site = _Site(folder, urlsplit(home if home.endswith("/") else f"{home}/"))
    # Pages first: what is wrong in one is wrong in its copies too, and told of the page.
    names = sorted(site.files, key=lambda name: (not name.endswith(".html"), name))
    broken = [one for name in names for one in site.broken_in(name)]
    return Checked(
        broken + list(site.alike()), list(site.alone()), site.leads_to, len(site.pages), site.count
    )


def home_of(folder: Path) -> str:
    """The address for which a site was built, as its front page says it; `/` where it does not."""
    front = folder / "index.html"
    return (scan(front.read_text("utf-8", "replace")).canonical if front.is_file() else "") or "/"


class _Place(NamedTuple):
    """Where an address leads: a file of the site with an anchor, or why it leads nowhere. All empty where it leads out."""

    file: str = ""
    anchor: str = ""
    why: str = ""


class _Site:
    def __init__(self, folder: Path, home: SplitResult) -> None:
        self.folder, self.home = folder, home
        self.files = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
        self.scans = {
            name: scan(self.text(name)) for name in sorted(self.files) if name.endswith((".html", ".svg"))
        }
        self.pages = [name for name in self.scans if name.endswith(".html")]
        self.count = 0
        self._places: dict[tuple[str, str, Kind], _Place] = {}
        own = re.escape(home.geturl()) if home.netloc else r"(?!)"
        self._bare = re.compile(rf"{own}[^\s<>()\"'`]*(?<![.,:;!?])")
        """An address of this site in a plain text."""

    def text(self, name: str) -> str:
        return (self.folder / name).read_bytes().decode("utf-8", "replace")

    # ----- one file -----

    def broken_in(self, name: str) -> Iterator[Broken]:
        """What is wrong in one file."""
        try:
            addresses, faults = self.read(name)
        except ValueError as error:
            yield Broken(name, name, str(error))
            return
        yield from (Broken(name, link, why) for link, why in faults)
        self.count += len(addresses)
        for address in addresses:
            place = self.place(name, address)
            if place.why:
                yield Broken(name, address.link, place.why, place.file, place.anchor)
        if found := self.scans.get(name):
            yield from self.wrong_canonical(name, found)

    def read(self, name: str) -> tuple[list[Address], list[tuple[str, str]]]:
        """The addresses of a file, each once, and what else is wrong in it.

        Raises ValueError where the file cannot be understood.
        """
        found: Iterable[Address] = ()
        faults: list[tuple[str, str]] = []
        if of_page := self.scans.get(name):
            found = of_page.addresses
            faults = [
                (f"#{id}", "the id stands twice on the page") for id in of_page.doubled
            ] + of_page.faults
        elif name.endswith(".css"):
            found = in_css(self.text(name))
        elif name.endswith((".md", ".txt")):
            text = self.text(name)
            found = [*in_markdown(text), *(Address(bare) for bare in self._bare.findall(text))]
            faults = lost_in_markdown(text)
        elif name.endswith(".xml"):
            found = in_xml(self.text(name))
        elif name.endswith(".xml.gz"):
            found = in_xml(_unpacked(self.folder / name))
        elif name.endswith((".json", ".webmanifest")):
            found = in_json(name, self.text(name))
        elif name == "_headers":
            rules = list(in_headers(self.text(name)))
            found = (Address(link, "root") for link, is_pattern in rules if not is_pattern)
            faults = [
                (rule, "it fits no file of the site")
                for rule, is_pattern in rules
                if is_pattern and not self.fits(rule)
            ]
        return list(dict.fromkeys(found)), faults

    def wrong_canonical(self, name: str, found: Scan) -> Iterator[Broken]:
        """The address by which a page calls itself is its own."""
        if not found.canonical or found.leads_on or name in _NOBODY_LINKS:
            return
        place = self.place(name, Address(found.canonical, "own"))
        if place.file and place.file != name:
            yield Broken(
                name, found.canonical, f"the page calls itself by the address of another, {place.file}"
            )

    def fits(self, rule: str) -> bool:
        """Whether a rule of `_headers` is for any file: `*` is any text, `:name` a part between two slashes."""
        path = urlsplit(rule).path
        pattern = re.sub(r"\\\*", ".*", re.sub(r":\w+", "[^/]+", re.escape(unquote(path))))
        return any(re.fullmatch(pattern, served) for served in self.served)

    @cached_property
    def served(self) -> list[str]:
        """The paths at which files are served, from the site's own folder and from the root of the host."""
        paths = [f"/{name}" for name in self.files]
        paths += [path.removesuffix("index.html") for path in paths if path.endswith("/index.html")]
        return [*paths, *(self.home.path + path[1:] for path in paths)]

    # ----- one address -----

    def place(self, name: str, address: Address) -> _Place:
        """Where an address of a file leads."""
        relative_to = name if address.link[:1] in ("", "#", "?") else posixpath.dirname(name)
        key = (relative_to, address.link, address.kind)
        if key not in self._places:
            self._places[key] = self._look_up(name, address)
        return self._places[key]

    def _look_up(self, name: str, address: Address) -> _Place:
        try:
            parts = urlsplit(address.link.strip())
        except ValueError:
            return _Place(why="it is no address")
        if parts.scheme or parts.netloc:
            if parts.scheme not in ("http", "https", "") or parts.netloc != self.home.netloc:
                return _Place(why=self._not_ours(address))
            if address.kind == "page" and not self._is_below(parts.path):
                return _Place()  # Another site on the same host.
            if not self._is_below(parts.path):
                return _Place(why=f"it does not stand below {self.home.geturl()}")
        path = unquote(parts.path)
        target = self._target(name, path, address.kind)
        if target == ".." or target.startswith("../"):
            return _Place(why="the link leaves the site")
        if path.startswith("/") and not self._is_below(path):
            return _Place(why=f"the link leaves the site, which stands below {self.home.path}")
        anchor = "" if address.kind == "name" else unquote(parts.fragment.split(":~:")[0])
        return self._with_anchor(*self._served_for(target, path), anchor)

    def _not_ours(self, address: Address) -> str:
        is_known = address.kind == "own" and self.home.netloc
        return f"it does not stand below {self.home.geturl()}" if is_known else ""

    def _is_below(self, path: str) -> bool:
        return f"{path}/".startswith(self.home.path)

    def _target(self, name: str, path: str, kind: Kind) -> str:
        if path.startswith("/"):
            # 404.html is served at any depth, so its links are from the root of the host.
            return posixpath.normpath(path[len(self.home.path) :] or ".")
        if kind == "root":
            return posixpath.normpath(path or ".")
        return posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name

    def _served_for(self, target: str, path: str) -> tuple[str, str]:
        """The file that a server sends, and why there is none."""
        index = posixpath.normpath(f"{target}/index.html")
        if path.endswith("/") or target == "." or (target not in self.files and index in self.files):
            target = index
        return target, "" if target in self.files else _NO_FILE + self._hint(target)

    def _hint(self, target: str) -> str:
        alike = self.folded.get(_folded(target), [])
        return f"; '{alike[0]}' differs in capitals or accents only" if alike else ""

    def _with_anchor(self, file: str, why: str, anchor: str) -> _Place:
        known = self.scans.get(file)
        if not why and anchor and known and anchor not in known.ids and anchor.lower() != "top":
            why = f"{file} has no '#{anchor}'"
        return _Place(file, anchor, why)

    # ----- the whole site -----

    @cached_property
    def folded(self) -> dict[str, list[str]]:
        """Name without what some disks ignore -> the files that have it."""
        found: dict[str, list[str]] = {}
        for name in sorted(self.files):
            found.setdefault(_folded(name), []).append(name)
        return found

    def alike(self) -> Iterator[Broken]:
        """Files of which a disk that ignores capitals keeps only one."""
        for first, *others in self.folded.values():
            why = f"it differs from {first} in capitals or accents only, and some disks keep just one of the two"
            yield from (Broken(name, name, why) for name in others)

    def leads_to(self, name: str) -> set[tuple[str, str]]:
        places = (self.place(name, one) for one in self.read(name)[0])
        return {(place.file, place.anchor) for place in places if place.file and not place.why}

    def alone(self) -> Iterator[Broken]:
        """Pages to which no way leads from the front page. Nothing need lead to a former address or an error."""
        leads_to = {name: self._linked(name) for name in self.pages}
        reached, to_do = set[str](), ["index.html"]
        while to_do:
            if (name := to_do.pop()) not in reached:
                reached.add(name)
                to_do += leads_to.get(name, ())
        linked = {target for name, targets in leads_to.items() for target in targets if target != name}
        for name in self.pages:
            if name in reached or name in _NOBODY_LINKS or self.scans[name].leads_on:
                continue
            only = "only pages that cannot be reached either link to it"
            yield Broken(name, name, only if name in linked else "no page links to it", name)

    def _linked(self, name: str) -> set[str]:
        places = (self.place(name, one) for one in self.scans[name].addresses if one.kind == "page")
        return {place.file for place in places if place.file}


def _unpacked(file: Path) -> str:
    try:
        return gzip.decompress(file.read_bytes()).decode("utf-8", "replace")
    except (OSError, EOFError, zlib.error):
        raise ValueError("it cannot be unpacked") from None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
