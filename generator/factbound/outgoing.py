"""The Library in; the addresses outside the site to which it links out, with every place that makes such a link, and
problems where what `factbound links --external` found of them asks for an edit."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from .library import Entry, Library
from .model import Help, IgnoredLink, Source
from .problems import Mend, Problem
from .prose import Link, paragraphs, walk
from .visited import Visit
from .yamlfile import Keys

_PLAIN = re.compile(r"https?://(?![^/?#]*@)[A-Za-z0-9._~:/?#@!$&*+,;=%-]{1,2000}")
"""An address that can be written anywhere: ASCII, no password, no brackets, no quotes."""


class Place(NamedTuple):
    """Where the content gives an address."""

    entry: Entry
    keys: Keys
    what: Literal["source", "copy", "help", "prose"]
    at: int | None = None
    """Inside a text: where the link begins, in characters from 0."""
    snippet: str = ""
    """The address, where it is inside a text."""


Outgoing = Mapping[str, list[Place]]
"""Address -> the places that give it."""


def outgoing(library: Library) -> Outgoing:
    """All addresses of the web to which the content links. Not those of sources that are never linked or that are known to
    be dead."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for entry in library.all:
        for address, place in _addresses(entry):
            found[address].append(place)
    return dict(found)


def _addresses(entry: Entry) -> Iterator[tuple[str, Place]]:
    record = entry.record
    if isinstance(record, Source):
        if record.URL and record.link == "yes" and record.status != "dead":
            yield record.URL, Place(entry, ("URL",), "source")
        if record.archive:
            yield record.archive.url, Place(entry, ("archive", "url"), "copy")
    elif isinstance(record, Help) and record.url:
        yield record.url, Place(entry, ("url",), "help")
    for passage in entry.survey.passages:
        for node in (node for run in paragraphs(passage.parsed.blocks) for node in walk(run)):
            if isinstance(node, Link) and node.url.lower().startswith(("http://", "https://")):
                yield node.url, Place(entry, passage.keys, "prose", node.at, node.url)


# ----- links that are not asked for -----


def ignored_by(library: Library, address: str, today: datetime.date) -> str | None:
    """The entry of `links-ignored` because of which an address is not asked for."""
    entries = library.site.links_ignored if library.site else {}
    return next((name for name, one in entries.items() if _covers(one, address) and one.until >= today), None)


def _covers(ignored: IgnoredLink, address: str) -> bool:
    """An entry is for its address, and for all that go on below it."""
    start = ignored.address
    rest = address[len(start) :]
    return address.startswith(start) and (not rest or start[-1] in "/?#=&" or rest[0] in "/?#&")


def problems_of_ignored(library: Library, links: Outgoing, today: datetime.date) -> Iterator[Problem]:
    """Entries of `links-ignored` whose end has passed, and those that no link needs."""
    about = library.about
    for name, one in (library.site.links_ignored if library.site else {}).items():
        assert about is not None  # it holds the entries
        if one.until < today:
            what = f"'{name}' leaves {one.address} unasked until {one.until}, and that day has passed; its owner is {one.owner}"
            todo = "remove the entry, or give it a later day after a look at the link"
            yield about.problem(("links-ignored", name, "until"), "link-ignored-ended", what, todo)
        elif not any(_covers(one, address) for address in links):
            what = f"no link leads to {one.address}"
            yield about.problem(
                ("links-ignored", name, "address"),
                "link-ignored-unused",
                what,
                "remove the entry",
                advice=True,
            )


# ----- what was found -----


def problems_of_visits(links: Outgoing, visits: Mapping[str, Visit]) -> Iterator[Problem]:
    """Advice at every place that gives an address which is gone or has moved for good."""
    for address, places in links.items():
        visit = visits.get(address)
        for place in places if visit else ():
            assert visit is not None
            if visit.verdict == "gone":
                yield _gone(address, visit, place)
            elif visit.verdict == "moved":
                yield _moved(address, visit, place)


def _gone(address: str, visit: Visit, place: Place) -> Problem:
    is_part = visit.trouble == "fragment"
    what = f"'{address}' {'leads to no place' if is_part else 'is gone'}: {visit.why}"
    if visit.since < visit.asked:
        what += f", since {visit.since} at the latest"
    todo = "correct what follows its '#', or take that away" if is_part else _todo_of_gone(place)
    return place.entry.problem(place.keys, "link-gone", what, todo, advice=True, **_within(place))


def _todo_of_gone(place: Place) -> str:
    record = place.entry.record
    if place.what == "copy":
        return "find another copy, or take 'archive' away"
    if place.what == "help":
        return "find where the service is now; one that has ended is taken away"
    if place.what == "prose":
        return "write its new address or that of a copy in an archive, or take the link away"
    if isinstance(record, Source) and record.archive:
        return f"write its new address, or 'status: dead': a copy stands at {record.archive.url}"
    return "write its new address, or set 'archive' to a copy that an archive of the web keeps, and 'status: dead'"


def _moved(address: str, visit: Visit, place: Place) -> Problem:
    if not visit.to:
        what = f"'{address}' has moved for good to an address that is not shown here: {visit.why}"
        todo = "open it and write the address to which it leads"
        return place.entry.problem(place.keys, "link-moved", what, todo, advice=True, **_within(place))
    what = f"'{address}' has moved for good to '{visit.to}'"
    mend = _mend(place, address, visit.to)
    todo = "write that address; 'factbound fix --rule link-moved' does" if mend else "write that address"
    return place.entry.problem(place.keys, "link-moved", what, todo, advice=True, mend=mend, **_within(place))


def _mend(place: Place, address: str, to: str) -> Mend | None:
    """The edit that writes the new address, where the old one stands in the file as it is."""
    literal = place.entry.document.literal(place.keys, place.at or 0, address)
    return Mend(*literal, to) if literal and _PLAIN.fullmatch(to) else None


def _within(place: Place) -> dict[str, Any]:
    return {"offset": place.at, "snippet": place.snippet}
