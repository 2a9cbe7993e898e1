"""The links of the content in; those that are due asked for, a page once, and what each answered kept, out."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urldefrag

from ..fetch import Fetcher, Limits, fetch_all
from ..outgoing import Outgoing
from ..visited import Visit
from ..withheld import Names
from .judge import judge

LIMITS = Limits(size=2_000_000)
"""Of a page only its title and its places are looked at, and these stand early."""
AT_ONCE = 32
"""Hosts; of one host, one page is asked for after the other."""
_GIVE_UP_AFTER = 3


@dataclass
class Visits:
    """What is known of links, before and while they are asked for."""

    links: Outgoing
    """Those to ask for."""
    today: datetime.date
    names: Names | None = None
    known: dict[str, Visit] = field(default_factory=dict)

    def due(self, days: int, *, ask_all: bool = False) -> list[str]:
        """The links that were not asked for in some days."""
        return [
            link
            for link in self.links
            if ask_all or not (visit := self.known.get(link)) or visit.is_due(link, self.today, days)
        ]

    def copies(self) -> set[str]:
        """The links that lead to copies in an archive."""
        return {link for link, places in self.links.items() if any(place.what == "copy" for place in places)}

    def learn(self, found: Mapping[str, Visit]) -> None:
        """Keep what the links to a page got."""
        for link, visit in found.items():
            self.known[link] = self._shown(visit).after(self.known.get(link))

    def _shown(self, visit: Visit) -> Visit:
        """Results are kept and shown: an address or a reason that holds a withheld name is left out."""
        if self.names and self.names.stand_in(f"{visit.why}\n{unquote(visit.to)}"):
            return replace(visit, why="it holds a name that is withheld", to="")
        return visit


def visit_all(
    fetcher: Fetcher,
    links: Collection[str],
    copies: Collection[str],
    today: datetime.date,
    *,
    at_once: int = AT_ONCE,
) -> Iterator[tuple[str, dict[str, Visit]]]:
    """The page of each link, asked for once for all links into it, with what each of these got, as answers come.

    Where a copy in an archive stands is no address that a page has moved to.
    """
    of_page: defaultdict[str, list[str]] = defaultdict(list)
    for link in links:
        of_page[urldefrag(link).url].append(link)
    pages = {page: page for page in of_page}
    for page, answer in fetch_all(fetcher, pages, hosts_at_once=at_once, give_up_after=_GIVE_UP_AFTER):
        yield (
            page,
            {
                link: judge(link, replace(answer, moved="") if link in copies else answer, today)
                for link in of_page[page]
            },
        )
