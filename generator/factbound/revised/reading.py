"""Two states of the content in; the pages out that a reader of the site will find otherwise."""

from __future__ import annotations

import contextlib
import datetime
import multiprocessing
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from ..library import Library, collector_paused
from ..pages import Maker
from ..paths import built_path
from ..rules import errors
from ..settings import Addresses
from ..strings import MissingString, Strings
from ..templates import TemplateMistake
from .reads import may_differ
from .told import How, Reading

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
# Each begins with signs of its own, by which it is found ten times as fast as by one pattern for all.
_UNREAD = (re.compile(r"\{(?<!\\\{)[:#. ][^{}\n]*\}"), re.compile(r"<span id=\"[^\"]*\"></span>"))
"""Attributes and anchors, which nobody reads."""
_ASIDE = (re.compile(r"\]\([^\s()]+ \"[^\"\n]*\"\)"), re.compile(r"<nav\b.*?</nav>", re.DOTALL))
"""Links with what opens beside them, and the way to the pages before and after."""


class NotMade(ValueError):
    """The pages of a state of the content cannot be made; the message says why."""

    def __init__(self, message: str, *, now: bool = True) -> None:
        super().__init__(message)
        self.now = now
        """Whether it is the present content that is wrong."""


class Made(NamedTuple):
    """A page of one state."""

    title: str
    source: str
    markdown: str


Side = TypeVar("Side")
Pages = Mapping[str, Made]
"""Path -> page, but for pages that only lead on to another."""


@dataclass(frozen=True)
class Both:
    """The pages of both states."""

    then: Pages
    now: Pages
    theirs: bool = True
    """False where the theme of that time does not work with this program, so that the present one stood in for it."""


def read_both(then: Library, now: Library, today: datetime.date) -> Both:
    """The pages of both states, each as its own theme has them.

    Raises NotMade: there are errors in the content, or the present theme lacks something.
    """
    counts = side_by_side(lambda: len(set(errors(then))), lambda: len(set(errors(now))))
    for count, state, todo in zip(
        counts, ("earlier", "present"), ("", " (factbound check lists them)"), strict=True
    ):
        if count:
            raise NotMade(
                f"the {state} content has {'1 error' if count == 1 else f'{count} errors'}{todo}",
                now=state == "present",
            )
    with collector_paused():
        try:
            present = _maker(now, today)
        except MissingString as error:
            raise NotMade(str(error)) from None
        earlier = _maker_of_then(then, now, today)
        wanted = may_differ(earlier, present)
    # Each process makes one half of the pages of both states, so that no template is compiled twice.
    halves = side_by_side(
        lambda: _made(earlier, present, lambda path: wanted(path) and _is_simple(path)),
        lambda: _made(earlier, present, lambda path: wanted(path) and not _is_simple(path)),
    )
    made = []
    for half in halves:
        if isinstance(half, NotMade):
            raise half
        made.append(half)
    one, other = made
    theirs = earlier.library is then and one.theirs and other.theirs
    return Both({**one.then, **other.then}, {**one.now, **other.now}, theirs)


def _is_simple(path: str) -> bool:
    """Whether a page is of one half: those of which there are many, each soon made."""
    return path.startswith(("sources/", "glossary/", "help/", "jurisdictions/", "statistics/"))


def _maker(library: Library, today: datetime.date) -> Maker:
    assert library.site is not None
    return Maker(library, library.site.languages[0].lang, Addresses(), today)


def _maker_of_then(then: Library, now: Library, today: datetime.date, *, theirs: bool = True) -> Maker:
    """That of the earlier state, with its own theme if that works."""
    if theirs:
        with contextlib.suppress(MissingString):
            return _maker(then, today)
    return _maker(replace(then, project=now.project), today)


def _made(then: Maker, now: Maker, of: Callable[[str], bool]) -> Both | NotMade:
    with collector_paused():
        try:
            present = _pages(now, of)
        except (MissingString, TemplateMistake) as error:
            return NotMade(str(error))
        try:
            return Both(_pages(then, of), present)
        except (MissingString, TemplateMistake):
            then = _maker_of_then(then.library, now.library, now.today, theirs=False)
            return Both(_pages(then, of), present, theirs=False)


def _pages(maker: Maker, of: Callable[[str], bool]) -> Pages:
    # The editors' reference is about the program, which is one for both states.
    pages = maker.pages(lambda path: path != "editing/" and of(path))
    return {page.path: Made(page.title, page.source, page.markdown) for page in pages if page.about}


def compare_pages(both: Both, say: Strings, addresses: Addresses) -> tuple[Reading, ...]:
    """The pages that are new, gone, or read otherwise, in the order of the site."""
    then, now = both.then, both.now

    def reading(path: str, how: How, aside: bool = False) -> Reading:
        page = (then if how == "removed" else now)[path]
        collection = page.source.split("/")[1] if page.source else ""
        group = say(f"collection.{collection}") if collection else ""
        return Reading(
            path, f"{addresses.site.rstrip('/')}/{built_path(path)}", page.title, group, how, aside
        )

    added = [reading(path, "added") for path in now if path not in then]
    changed = []
    for path in now:
        if path in then and then[path].markdown != now[path].markdown:
            old, new = _parts(then[path].markdown), _parts(now[path].markdown)
            if old != new:
                changed.append(reading(path, "changed", old[0] == new[0]))
    return (*added, *changed, *(reading(path, "removed") for path in then if path not in now))


def _parts(markdown: str) -> tuple[str, str]:
    """What stands on a page, and what opens beside it."""
    text = _FRONT_MATTER.sub("", markdown)
    for pattern in _UNREAD:
        text = pattern.sub("", text)
    aside: list[str] = []
    for pattern in _ASIDE:
        aside += pattern.findall(text)
        text = pattern.sub(_without_aside, text)
    return text, "".join(aside)


def _without_aside(found: re.Match[str]) -> str:
    return "" if found[0].startswith("<") else f"{found[0].partition(' ')[0]})"


def side_by_side(one: Callable[[], Side], other: Callable[[], Side]) -> tuple[Side, Side]:
    """What two functions return; the first is called in another process where the system forks, so that two cores work."""
    if sys.platform != "linux":
        return one(), other()
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=lambda: sender.send(one()))
    process.start()
    sender.close()
    try:
        second = other()
        try:
            first = receiver.recv()
        except EOFError:
            # It died, of a mistake perhaps, which is to show here.
            first = one()
    finally:
        process.terminate()
        process.join()
        receiver.close()
    return first, second
