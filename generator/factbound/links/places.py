"""What is wrong in a built site in; problems at the lines that an editor can change out."""

from __future__ import annotations

import difflib
import html
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ..glossary import Matcher
from ..library import Entry, Library, Mention
from ..pages import Page
from ..paths import path_of
from ..problems import Problem
from ..prose import Heading, Image, Text, paragraphs, walk
from ..prose import Link as WrittenLink
from ..rules import not_accepted
from ..writer import Link
from ..yamlfile import Keys, line_column
from .site import Broken, Checked

_ALMOST, _ALL_BUT = 0.6, 0.85
"""How like an address another must be to stand for it: where a page must have that one, and where it may."""
_OF_THEME = "correct it where it is written, or report it as a fault of the theme"


class Origin(NamedTuple):
    """A place in the content that makes a link."""

    entry: Entry
    keys: Keys
    at: int | None = None
    snippet: str = ""
    words: str = ""
    """What stands there, as a message quotes it; empty where it is the address itself."""
    at_key: bool = False
    is_sure: bool = False
    """Whether the page holds a link for it in any case."""


Target = tuple[tuple[str, str], Origin]
"""The address of a page with an anchor, and what leads there."""


@dataclass
class Made:
    """The content that a site was made from."""

    library: Library
    folder: Path
    """Of the site."""
    shown: str
    """How problems name that folder."""
    pages: Callable[[], Iterable[Page]] = tuple
    """Makes the pages once more, which is only asked for when something is wrong; none where that cannot be."""

    @cached_property
    def links(self) -> dict[str, tuple[Link, ...]]:
        """Address of a page, such as cases/x -> the links in its prose."""
        return {address(page.path): page.links for page in self.pages()}

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """File of the site -> the record that it shows."""
        found: dict[str, Entry] = {}
        for entry in self.library.entries.values():
            path = self.page_of(entry)
            data = f"data/{entry.collection}/{entry.id}.json"
            found |= dict.fromkeys((path, built(path), data), entry)
            for former in getattr(entry.record, "formerly", ()):
                found[built(posixpath.join(posixpath.dirname(path), f"{former}.md"))] = entry
        return found

    def page_of(self, entry: Entry) -> str:
        site = self.library.site
        return path_of(entry, site.front if site else "")

    # ----- what made a link -----

    def origin(self, one: Broken, there: Callable[[str], set[tuple[str, str]]]) -> Origin | None:
        """The place that made a link of a page; None where no record says it. `there` are the places to which links lead."""
        entry = self.entries.get(one.page)
        if not one.target:
            return self.of_words(entry, one) if entry else None
        wanted = (address(one.target), one.anchor)
        if entry or one.page.endswith((".html", ".md")):
            made = self.made_on(address(one.page), entry)
            # What another record says may stand on this page too, such as a definition.
            exact = (origin for target, origin in [*made, *self.written_anywhere] if target == wanted)
            whole = (origin for target, origin in made if target == (wanted[0], ""))
            if found := next(exact, None) or next(whole, None) or _likest(made, wanted, there(one.page)):
                return found
        owner = self.entries.get(one.target)
        parts = self.parts(owner) if owner else ()
        return next((origin for target, origin in parts if target == wanted), None)

    def made_on(self, page: str, entry: Entry | None) -> list[Target]:
        """All that makes links on a page, the surest first."""
        found = []
        for link in self.links.get(page, ()):
            owner = self.library.entries.get(link.entry) or self.library.about
            if owner:
                origin = Origin(owner, link.keys, link.at, link.snippet, link.snippet, is_sure=True)
                found.append((self.leads_to(link.target), origin))
        if entry:
            found += self.written(entry)
            found += [(self.leads_to(one.target), _of_mention(entry, one)) for one in entry.survey.mentions]
            found += self.parts(entry)
            found += self.naming(entry)
            found += self.terms(entry)
        return found

    @cached_property
    def written_anywhere(self) -> list[Target]:
        return [one for entry in self.library.all for one in self.written(entry)]

    def written(self, entry: Entry) -> Iterator[Target]:
        """Addresses that an editor wrote out, seen from the page's own folder."""
        page = self.page_of(entry)
        for passage in entry.survey.passages:
            for node in (node for run in paragraphs(passage.parsed.blocks) for node in walk(run)):
                if isinstance(node, WrittenLink | Image):
                    url = node.url if isinstance(node, WrittenLink) else node.src
                    path, _, anchor = url.partition("#")
                    target = (
                        posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
                    )
                    origin = Origin(entry, passage.keys, node.at, url, url, is_sure=True)
                    yield (address(target), anchor), origin

    def parts(self, entry: Entry) -> Iterator[Target]:
        """Parts of a record that have an address of their own."""
        for path in self.library.paths(entry):
            keys = tuple(path.split(".")[1:])
            yield self.leads_to(path), Origin(entry, keys, at_key=True)

    def naming(self, entry: Entry) -> Iterator[Target]:
        """Parts of other records that name this one, which its page lists."""
        for other, mention in self.library.backlinks.get(entry.id, ()):
            anchor = self.library.anchor(self.library.place(other, mention.keys))
            yield (address(self.page_of(other)), anchor), _of_mention(other, mention)

    def terms(self, entry: Entry) -> Iterator[Target]:
        """Words that are a term of the glossary."""
        for passage in entry.survey.passages:
            nodes = (node for run in paragraphs(passage.parsed.blocks) for node in walk(run))
            for node in (node for node in nodes if isinstance(node, Text)):
                for found in self.matcher.find(node.text):
                    words = node.text[found.start : found.end]
                    origin = Origin(entry, passage.keys, node.at + found.start, words, words)
                    yield self.leads_to(found.term), origin

    @cached_property
    def matcher(self) -> Matcher:
        site = self.library.site
        return Matcher(self.library.terms, site.languages[0].lang if site else "")

    def leads_to(self, target: str) -> tuple[str, str]:
        """The page and the anchor of what an editor names, such as `id.facts.takings`."""
        id, _, rest = target.partition(".")
        entry = self.library.entries.get(id)
        if not entry:
            return address(f"{id}/index.md"), ""
        place = self.library.place(entry, tuple(rest.split("."))) if rest else ()
        return address(self.page_of(entry)), self.library.anchor(place)

    def of_words(self, entry: Entry, one: Broken) -> Origin | None:
        """An id that stands twice, or words that are no markup although they look so."""
        for (_page, anchor), origin in self.parts(entry):
            if one.link == f"#{anchor}":
                return origin
        for passage in entry.survey.passages:
            for block in passage.parsed.blocks:
                if isinstance(block, Heading) and one.link == f"#{block.id}":
                    return Origin(entry, passage.keys, passage.text.find(one.link), one.link)
            if (at := passage.text.find(one.link)) >= 0 and not one.link.startswith("#"):
                return Origin(entry, passage.keys, at, one.link)
        return None


def problems_of(checked: Checked, made: Made) -> list[Problem]:
    """All that was found, each at the line that made it, but for advice that a record accepts; what one line made on many
    pages is told once."""
    found: dict[object, Problem] = {}
    for one in checked.broken:
        origin = made.origin(one, checked.leads_to)
        problem = _at(origin, one) if origin else _elsewhere(one, made)
        key = (problem.path, problem.line, problem.column, one.why) if origin else problem
        found.setdefault(key, problem)
    alone = (_alone(one, made) for one in checked.alone)
    return sorted({*found.values(), *not_accepted(alone, made.library)})


def _likest(made: list[Target], wanted: tuple[str, str], there: set[tuple[str, str]]) -> Origin | None:
    """What was to make a link that is not on the page as it should be, where one there is almost that."""
    known = {(address(file), anchor) for file, anchor in there}
    missing = [(f"{page}#{anchor}", origin) for (page, anchor), origin in made if (page, anchor) not in known]
    likeness = difflib.SequenceMatcher(b="#".join(wanted))
    best, found = 0.0, None
    for target, origin in missing:
        likeness.set_seq1(target)
        ratio = likeness.ratio()
        if ratio > max(best, _ALMOST if origin.is_sure else _ALL_BUT):
            best, found = ratio, origin
    return found


def _at(origin: Origin, one: Broken) -> Problem:
    what = f"'{one.link}' on {one.page}: {one.why}"
    todo = "correct it" if not one.target else "correct the address"
    if origin.words and origin.words != one.link:
        what, todo = f"'{origin.words}' leads to {one.link}: {one.why}", "correct the reference"
    return origin.entry.problem(
        origin.keys, "link-broken", what, todo, offset=origin.at, snippet=origin.snippet, at_key=origin.at_key
    )


def _elsewhere(one: Broken, made: Made) -> Problem:
    """At the record of the page, or of the page to which it was to lead; else at the file that holds the address."""
    what = f"'{one.link}' on {one.page}: {one.why}"
    if entry := made.entries.get(one.page) or made.entries.get(one.target):
        return Problem(entry.document.path, 1, 1, "error", "link-broken", what, _OF_THEME)
    path, text = _source(one.page, made)
    line, column = line_column(
        text, max(0, *(text.find(words) for words in (one.link, html.escape(one.link))))
    )
    return Problem(path, line, column, "error", "link-broken", what, _OF_THEME)


def _source(name: str, made: Made) -> tuple[str, str]:
    """The file that an editor changes for one of the site that is no page, and its text."""
    project = made.library.project
    for folder in (project.content / "pages", project.root / "theme" / "overrides"):
        if (folder / name).is_file():
            return project.shown(folder / name), _text(folder / name)
    return f"{made.shown}/{name}", _text(made.folder / name)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace")
    except OSError:
        return ""


def _alone(one: Broken, made: Made) -> Problem:
    entry = made.entries.get(one.page)
    what = f"readers of the front page cannot reach {one.page}: {one.why}"
    if entry is None:
        todo = "link to it, or take it out of the site"
        return Problem(f"{made.shown}/{one.page}", 1, 1, "advice", "page-unlinked", what, todo)
    todo = f"link to it with [[{entry.id}]] from a page that they find"
    return entry.problem(("title",), "page-unlinked", what, todo, advice=True, at_key=True)


def _of_mention(entry: Entry, mention: Mention) -> Origin:
    return Origin(entry, mention.keys, mention.at, mention.snippet, mention.snippet or mention.target)


def built(path: str) -> str:
    """The file that a builder makes of a page: cases/x.md -> cases/x/index.html."""
    return posixpath.normpath(f"{address(path)}/index.html")


def address(file: str) -> str:
    """`cases/x` of cases/x.md and of cases/x/index.html; `.` of the front page."""
    return posixpath.normpath(re.sub(r"(^|/)index$", "", re.sub(r"\.(md|html)$", "", file)))
