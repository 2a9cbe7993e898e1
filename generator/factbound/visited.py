"""What `factbound links --external` has found: for each address that the content links to, what it answered and when.

The file is kept out of version control, since nothing that is built depends on it and each run changes many of its lines;
a CI build keeps it in its cache. Without it all addresses are asked anew.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

FILE = ".cache/links.json"
"""Relative to the project."""
FORMAT = 1
Verdict = Literal["ok", "moved", "gone", "unknown"]
VERDICTS = get_args(Verdict)
_ASKED_SOON = {"gone", "unknown"}
_SPREAD = 0.5


@dataclass(frozen=True)
class Visit:
    """What an address answered when it was last asked for."""

    verdict: Verdict
    asked: datetime.date
    since: datetime.date
    """The first day on which it answered like this, without another answer since."""
    why: str = ""
    """What an editor should know, in a clause: `it answers 404`."""
    to: str = ""
    """Where it has moved to for good."""
    trouble: str = ""
    """What kept it from answering, as a program tells it apart: `name`, `certificate`, `time`, `status` …"""

    def after(self, before: Visit | None) -> Visit:
        """The same, with the day since when it is so."""
        same = before and (before.verdict, before.trouble) == (self.verdict, self.trouble)
        since = min(before.since, self.since) if before and same else self.since
        return Visit(self.verdict, self.asked, since, self.why, self.to, self.trouble)

    def is_due(self, address: str, today: datetime.date, days: int) -> bool:
        """Whether an address is to be asked for again. What answered well waits for some days, half as long again for some,
        so that addresses that were asked for on one day are not all due on one day; the rest waits for a day."""
        wait = 1 if self.verdict in _ASKED_SOON else days + round(days * _SPREAD * _share(address))
        return not 0 <= (today - self.asked).days < wait


def _share(address: str) -> float:
    """A number from 0 to 1 that is always the same for an address."""
    return hashlib.sha256(address.encode()).digest()[0] / 255


class UnreadableVisits(ValueError):
    """The file is of a newer version or damaged; the message says which."""


def read_visits(root: Path) -> dict[str, Visit]:
    """Address -> what it answered; empty where there is no file.

    Raises UnreadableVisits.
    """
    try:
        data = json.loads((root / FILE).read_text("utf-8"))
        if data["format"] != FORMAT:
            raise UnreadableVisits(f"it has the format {data['format']}, and this Factbound reads {FORMAT}")
        return {address: _visit(line) for address, line in data["links"].items()}
    except FileNotFoundError:
        return {}
    except UnreadableVisits:
        raise
    except (OSError, AttributeError, KeyError, TypeError, ValueError, RecursionError):
        raise UnreadableVisits("it is damaged or half written") from None


def _visit(line: Mapping[str, Any]) -> Visit:
    if line["verdict"] not in VERDICTS:
        raise ValueError
    asked, since = (datetime.date.fromisoformat(line[name]) for name in ("asked", "since"))
    why, to, trouble = (str(line.get(name, "")) for name in ("why", "to", "trouble"))
    return Visit(line["verdict"], asked, since, why, to, trouble)


def write_visits(root: Path, visits: Mapping[str, Visit]) -> None:
    """Write all, sorted; the file is exchanged at once, so that a reader never meets half of it.

    Raises OSError.
    """
    lines = []
    for address, visit in sorted(visits.items()):
        line = {"verdict": visit.verdict, "asked": visit.asked.isoformat(), "since": visit.since.isoformat()}
        line |= {name: value for name in ("why", "to", "trouble") if (value := getattr(visit, name))}
        lines.append(f"    {json.dumps(address, ensure_ascii=False)}: {json.dumps(line, ensure_ascii=False)}")
    file = root / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{os.getpid()}.new")
    beside.write_text(
        f'{{\n  "format": {FORMAT},\n  "links": {{\n' + ",\n".join(lines) + "\n  }\n}\n", "utf-8"
    )
    os.replace(beside, file)
