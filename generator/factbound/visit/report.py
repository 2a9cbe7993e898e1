"""What is known of links in; what is unknown by its reason, a tally, and the same as data, out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

from ..outgoing import Outgoing, Place
from ..problems import UNSEEN
from ..visited import VERDICTS, Visit


def unknown_of(links: Outgoing, known: Mapping[str, Visit]) -> Iterator[str]:
    """A line for each reason why nothing is known of links, with the places that give them."""
    reasons: defaultdict[str, set[str]] = defaultdict(set)
    for link, places in links.items():
        if (visit := known.get(link)) and visit.verdict == "unknown":
            since = f" since {visit.since}" if visit.since < visit.asked else ""
            reasons[visit.why].update(f"{_where(place)}{since}" for place in places)
    for why, where in sorted(reasons.items()):
        yield UNSEEN.sub("\N{REPLACEMENT CHARACTER}", f"unknown: {why}: {', '.join(sorted(where))}")


def tally_of(links: Outgoing, ignored: Collection[str], known: Mapping[str, Visit]) -> str:
    """`12 links: 9 ok, 1 gone, 2 ignored`."""
    counts = Counter(_verdict(link, ignored, known) for link in links)
    said = [f"{counts[name]} {name}" for name in (*VERDICTS, "ignored", "not asked") if counts[name]]
    many = "1 link" if len(links) == 1 else f"{len(links)} links"
    return f"{many}: {', '.join(said)}" if said else f"{many} to look at"


def as_data(links: Outgoing, ignored: Collection[str], known: Mapping[str, Visit]) -> list[dict[str, object]]:
    """Each link with its verdict, its days, and its places."""
    found = []
    for link, places in sorted(links.items()):
        data: dict[str, object] = {"address": link, "verdict": _verdict(link, ignored, known)}
        if (visit := known.get(link)) and link not in ignored:
            data |= {"asked": visit.asked.isoformat(), "since": visit.since.isoformat()}
            data |= {name: value for name in ("why", "to", "trouble") if (value := getattr(visit, name))}
        found.append({**data, "places": [_where(place) for place in places]})
    return found


def _verdict(link: str, ignored: Collection[str], known: Mapping[str, Visit]) -> str:
    return "ignored" if link in ignored else known[link].verdict if link in known else "not asked"


def _where(place: Place) -> str:
    line, column = place.entry.document.place(place.keys, offset=place.at, snippet=place.snippet)
    return f"{place.entry.document.path}:{line}:{column}"
