"""The library in; which pages are asked for which quotes, and what was learnt of each, out."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from ..fetch import Answer
from ..library import Entry, Library
from ..model import Evidence, Source
from ..problems import nearest
from ..verified import Quoted, Result
from ..withheld import Names
from ..yamlfile import Keys
from .judge import judge

Way = Literal["live", "archive", "saved"]
"""The page itself, the copy that an archive keeps, or a page that an editor saved."""
Quotes = Mapping[Quoted, list[tuple[Entry, Keys]]]
"""Each quote, with the places in the content that give it."""
_KINDS = {".html": "text/html", ".htm": "text/html", ".pdf": "application/pdf", ".txt": "text/plain"}


def quotes_of(library: Library, sources: Collection[str] = ()) -> Quotes:
    """The quotes of all evidence, or of that from some sources."""
    found: defaultdict[Quoted, list[tuple[Entry, Keys]]] = defaultdict(list)
    for entry, keys, part in library.parts(Evidence):
        if part.quote and library.source(part.source) and (not sources or part.source in sources):
            quoted = Quoted(part.source, part.quote, part.prefix or "", part.suffix or "")
            found[quoted].append((entry, (*keys, "quote")))
    return found


@dataclass(frozen=True)
class Plan:
    """Where the sources of quotes are looked at."""

    places: dict[str, str]
    """Source -> the address that is asked, or the file that is read."""
    left_out: Counter[str]
    """Why other sources are not looked at -> how many."""

    def only(self, sources: set[str], why: str) -> Plan:
        """The same for some sources; why the others are left out."""
        kept = {id: place for id, place in self.places.items() if id in sources}
        return Plan(kept, self.left_out + Counter({why: len(self.places) - len(kept)}))


def plan_of(library: Library, quotes: Quotes, way: Way, saved: Path | None = None) -> Plan:
    """Where each source of some quotes is looked at."""
    plan = Plan({}, Counter())
    for id in sorted({quoted.source for quoted in quotes}):
        source = library.source(id)
        assert source is not None  # quotes_of asked
        place, why_not = _place(id, source, way, saved)
        if place:
            plan.places[id] = place
        else:
            plan.left_out[why_not] += 1
    return plan


def _place(id: str, source: Source, way: Way, saved: Path | None) -> tuple[str, str]:
    """An address or a file, or why there is none."""
    if saved:
        files = (saved / f"{id}{ending}" for ending in _KINDS)
        return next((str(file) for file in files if file.is_file()), ""), "without a saved page"
    if way == "archive":
        return source.archive.url if source.archive else "", "without a copy in an archive"
    if source.link == "no":
        return "", "not linked"
    if source.read == "copy":
        return "", "read in a copy only"
    return source.URL or "", "without an address"


def strangers(saved: Path, known: Collection[str]) -> list[str]:
    """The saved pages that are named after no source, each with the source that may be meant."""
    files = sorted(file for file in saved.iterdir() if file.suffix in _KINDS and file.stem not in known)
    return [
        f"{file} is named after no source ({nearest(file.stem, known) or 'name it <source>.html'})"
        for file in files
    ]


def read_saved(plan: Plan) -> Iterator[tuple[str, Answer]]:
    """The pages that an editor saved, as if they had been asked for."""
    for id, place in plan.places.items():
        file = Path(place)
        try:
            yield id, Answer(place, 200, content_type=_KINDS[file.suffix], body=file.read_bytes())
        except OSError as error:
            yield id, Answer(place, trouble="broken", why=f"{file} cannot be read ({error.strerror})")


@dataclass
class Run:
    """What is known of each quote, before and while pages are looked at."""

    library: Library
    way: Way
    today: datetime.date
    results: dict[Quoted, Result] = field(default_factory=dict)
    passages: dict[Quoted, str] = field(default_factory=dict)
    """What stands nearest to a quote that was reworded. Shown and never kept: it is a copy, and may name somebody."""
    names: Names = field(default_factory=Names)
    looked_at: set[str] = field(default_factory=set)
    left_alone: set[str] = field(default_factory=set)
    """Sources that were not asked for, since their host wants no more questions: what is known of them stays."""

    def tellable(self, words: str) -> str:
        """What a page said, unless a name that is withheld stands in it: an address can hold one too."""
        return "(withheld: it holds a name)" if self.names.stand_in(words) else words

    def __post_init__(self) -> None:
        # A record that could not be read still has its quotes.
        if not self.library.problems:
            known = quotes_of(self.library)
            self.results = {quoted: result for quoted, result in self.results.items() if quoted in known}

    def due(self, quotes: Quotes, days: int) -> set[str]:
        """The sources with a quote that was not asked for in some days."""
        return {
            quoted.source
            for quoted in quotes
            if (result := self.results.get(quoted)) is None or (self.today - result.asked).days >= days
        }

    def longest_ago_first(self, plan: Plan) -> Plan:
        """The same, so that a host that will not be asked for everything is asked for other pages each time."""
        asked: dict[str, datetime.date] = {}
        for quoted, result in self.results.items():
            asked[quoted.source] = min(result.asked, asked.get(quoted.source, result.asked))
        order = sorted(plan.places, key=lambda id: asked.get(id, datetime.date.min))
        return Plan({id: plan.places[id] for id in order}, plan.left_out)

    def learn(self, quotes: Quotes, id: str, place: str, answer: Answer) -> Counter[str]:
        """Keep what one page says of the quotes from it; the verdicts, counted."""
        if answer.trouble == "wait":
            self.left_alone.add(id)
            return Counter()
        self.looked_at.add(id)
        source = self.library.source(id)
        paywalled = source is not None and source.status == "paywalled"
        mine = [quoted for quoted in quotes if quoted.source == id]
        if self.way != "live":
            # Where a copy stands is no address that a source could have moved to.
            answer = replace(answer, moved="")
        verdicts = Counter[str]()
        for quoted, (verdict, why) in judge(mine, place, answer, paywalled=paywalled).items():
            if verdict == "reworded":
                self.passages[quoted], why = why, ""
            day = self._day_of(place)
            seen = day if verdict in ("there", "moved") else None
            result = Result(verdict, day, seen, self.tellable(why))
            before = self.results.get(quoted)
            self.results[quoted] = before.then(result) if before else result
            verdicts[verdict] += 1
        return verdicts

    def _day_of(self, place: str) -> datetime.date:
        """The day on which a page was as it was seen: for a saved one that on which it was saved."""
        if self.way != "saved":
            return self.today
        try:
            written = Path(place).stat().st_mtime
        except OSError:
            return self.today
        saved = datetime.datetime.fromtimestamp(written, datetime.UTC).date()
        return min(self.today, saved)
