"""What a run knows in; problems at the lines that an editor can change, what is unknown by its reason, and tallies, out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import get_args

from ..library import Entry
from ..problems import UNSEEN, Problem
from ..verified import Quoted, Result, Verdict
from ..yamlfile import Keys
from .run import Plan, Quotes, Run


def problems_of(run: Run, quotes: Quotes) -> Iterator[Problem]:
    """Advice at each place that gives a quote which is gone or reworded or stands more than once, and at each source
    that has moved."""
    for quoted, places in quotes.items():
        result = run.results.get(quoted)
        if result is None:
            continue
        if result.verdict == "moved":
            yield _moved(run.library.entries[quoted.source], run.tellable(result.why))
        passage = run.tellable(run.passages.get(quoted, ""))
        for entry, keys in places:
            yield from _at(entry, keys, quoted, result, passage)


def _moved(source: Entry, address: str) -> Problem:
    what = f"the page of '{source.id}' has moved to '{address}'"
    return source.problem(("URL",), "quote-moved", what, "write that address", advice=True)


def _at(entry: Entry, keys: Keys, quoted: Quoted, result: Result, passage: str) -> Iterator[Problem]:
    source = quoted.source
    words = " ".join(part for part in (quoted.prefix, quoted.quote, quoted.suffix) if part)
    if result.verdict == "gone":
        what = f"'{words}' is gone from '{source}': {result.why}"
        todo = "find where it stands now, or cite another source"
        yield entry.problem(keys, "quote-gone", what, todo, advice=True)
    elif result.verdict == "reworded":
        shown = f"'{passage}'" if passage else f"shown by 'factbound verify {source}'"
        what = f"'{words}' does not stand in '{source}'; nearest to it is {shown}"
        todo = "quote that if it still bears out what is said, or cite another source"
        yield entry.problem(keys, "quote-reworded", what, todo, advice=True)
    elif result.verdict == "there" and result.why:
        what = f"'{words}' leads to no single passage of '{source}': {result.why}"
        todo = "add the words right before it as 'prefix' or those right after it as 'suffix'"
        yield entry.problem(keys, "quote-repeated", what, todo, advice=True)


def unknown_of(run: Run, quotes: Quotes) -> list[str]:
    """A line for each reason why nothing is known of quotes, with their sources."""
    reasons: defaultdict[str, set[str]] = defaultdict(set)
    for quoted in quotes:
        if (result := run.results.get(quoted)) and result.verdict == "unknown":
            reasons[run.tellable(result.why)].add(quoted.source)
    return [
        UNSEEN.sub("\N{REPLACEMENT CHARACTER}", f"unknown: {why}: {', '.join(sorted(sources))}")
        for why, sources in sorted(reasons.items())
    ]


def tally_of(run: Run, quotes: Quotes) -> str:
    """`3 quotes of 2 sources: 2 there, 1 gone`."""
    verdicts = Counter(run.results[quoted].verdict for quoted in quotes if quoted in run.results)
    said = [f"{verdicts[verdict]} {verdict}" for verdict in get_args(Verdict) if verdicts[verdict]]
    if silent := len(quotes) - verdicts.total():
        said.append(f"{silent} not looked for")
    sources = len({quoted.source for quoted in quotes})
    return f"{_many(len(quotes), 'quote')} of {_many(sources, 'source')}: {', '.join(said) or 'nothing to look for'}"


def looked_at(plan: Plan) -> str:
    """`2 sources looked at now; not: 1 not linked`."""
    said = f"{_many(len(plan.places), 'source')} looked at now"
    left_out = ", ".join(f"{count} {why}" for why, count in sorted(plan.left_out.items()))
    return f"{said}; not: {left_out}" if left_out else said


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
