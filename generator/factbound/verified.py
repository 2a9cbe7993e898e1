"""What `factbound verify` has found: for each quote of a source, whether its words stand there and when that was seen.

The file is kept beside the content, one line for each quote, so that a run changes only the lines of what it asked.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

FILE = "content/_verified.json"
"""Relative to the project."""
FORMAT = 1
Verdict = Literal["there", "moved", "reworded", "gone", "unknown"]
_VERDICTS = get_args(Verdict)
_FOUND = ("moved", "reworded", "gone")
"""What an editor has to look at."""
_KEYS = {"quote", "prefix", "suffix", "verdict", "asked", "seen", "why"}


class Quoted(NamedTuple):
    """A quote of a source, with the words that must adjoin it."""

    source: str
    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Result:
    """What the last run said of one quote."""

    verdict: Verdict
    asked: datetime.date
    """The day on which the page was last asked for; of a saved page that on which it was saved."""
    seen: datetime.date | None = None
    """The last day on which the words stood there; kept when a later run finds them gone or the page silent."""
    why: str = ""
    """What an editor should know: a clause such as `it answers 403`, the new address, the nearest passage."""

    def then(self, later: Result) -> Result:
        """What a later run said, with the last day on which the words were seen in either.

        What a page itself has shown stays found until a page shows otherwise: one that does not answer says nothing, and
        one that was saved before says less than what is known already.
        """
        newest = later
        if self.asked > later.asked and self.verdict != "unknown":
            newest = self
        elif later.verdict == "unknown" and self.verdict in _FOUND:
            newest = replace(self, asked=later.asked)
        return replace(newest, seen=max((day for day in (self.seen, later.seen) if day), default=None))


class UnreadableResults(ValueError):
    """The file is of a newer version or damaged; the message says what to do."""


@dataclass(frozen=True)
class Verified:
    """All results: a quote -> what the last run said of it."""

    results: Mapping[Quoted, Result] = field(default_factory=dict)

    def seen(self, source: str, quote: str | None = None) -> datetime.date | None:
        """The last day on which a quote stood in its source, or, without a quote, any of them."""
        days = [
            result.seen
            for quoted, result in self.results.items()
            if quoted.source == source and result.seen and quote in (None, quoted.quote)
        ]
        return max(days, default=None)

    @property
    def latest(self) -> datetime.date | None:
        """The latest day that any result names."""
        days = (day for result in self.results.values() for day in (result.asked, result.seen) if day)
        return max(days, default=None)


def read_verified(root: Path) -> Verified:
    """The results of a project; none where there is no file.

    Raises UnreadableResults.
    """
    try:
        text = (root / FILE).read_text("utf-8")
    except FileNotFoundError:
        return Verified()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableResults(f"it cannot be read ({type(error).__name__})") from None
    try:
        data = json.loads(text, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        raise UnreadableResults("it is damaged or half written") from None
    format_ = data.get("format") if isinstance(data, dict) else None
    if isinstance(format_, int) and format_ > FORMAT:
        raise UnreadableResults(
            f"it was written by a newer Factbound (format {format_}, this one knows {FORMAT})"
        )
    try:
        return Verified(dict(_results(data)))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise UnreadableResults("it is not a list of results") from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping, unless a key stands in it twice, as after a merge: the first would be lost unread."""
    if len(found := dict(pairs)) < len(pairs):
        raise ValueError
    return found


def _results(data: Any) -> Iterator[tuple[Quoted, Result]]:
    if data["format"] != FORMAT:
        raise ValueError
    for source, lines in data["sources"].items():
        for line in lines:
            if not set(line) <= _KEYS or line["verdict"] not in _VERDICTS:
                raise ValueError
            seen = line.get("seen")
            yield (
                Quoted(source, str(line["quote"]), str(line.get("prefix", "")), str(line.get("suffix", ""))),
                Result(
                    line["verdict"],
                    datetime.date.fromisoformat(line["asked"]),
                    datetime.date.fromisoformat(seen) if seen else None,
                    str(line.get("why", "")),
                ),
            )


def as_text(verified: Verified) -> str:
    """What the file holds: all results, sorted."""
    sources: dict[str, list[str]] = {}
    for quoted, result in sorted(verified.results.items(), key=lambda item: item[0]):
        line = {
            "quote": quoted.quote,
            **({"prefix": quoted.prefix} if quoted.prefix else {}),
            **({"suffix": quoted.suffix} if quoted.suffix else {}),
            "verdict": result.verdict,
            "asked": result.asked.isoformat(),
            **({"seen": result.seen.isoformat()} if result.seen else {}),
            **({"why": result.why} if result.why else {}),
        }
        sources.setdefault(quoted.source, []).append("      " + json.dumps(line, ensure_ascii=False))
    blocks = [
        f"    {json.dumps(source)}: [\n" + ",\n".join(lines) + "\n    ]" for source, lines in sources.items()
    ]
    return f'{{\n  "format": {FORMAT},\n  "sources": {{\n' + ",\n".join(blocks) + "\n  }\n}\n"


def write_verified(root: Path, verified: Verified) -> None:
    """Write all results; the file is exchanged at once, so that a reader never meets half of it."""
    file = root / FILE
    beside = file.with_name(file.name + ".new")
    beside.write_text(as_text(verified), "utf-8")
    os.replace(beside, file)
