"""What an audit finds: one finding; many findings in, lines for a person out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    page: str
    """Its file in the site, such as `cases/x/index.html`."""
    rule: str
    """The tool and its rule, such as `axe/label`."""
    element: str
    """A selector, or the tag as it stands in the file."""
    advice: str
    views: tuple[str, ...] = ()
    """In which width and colour scheme; nothing where it is the same in all of them."""

    def __str__(self) -> str:
        views = f" ({', '.join(self.views)})" if self.views else ""
        return f"{self.page}: {self.rule}: {self.element}: {self.advice}{views}"


def told(findings: Iterable[Finding]) -> list[str]:
    """A line for each finding; what is the same on many pages is told once, with their number."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.element, finding.advice), []).append(finding)
    lines = []
    for same in groups.values():
        others = len({one.page for one in same}) - 1
        lines.append(f"{same[0]} [and on {others} more]" if others else str(same[0]))
    return lines


def counted(findings: Iterable[Finding]) -> list[str]:
    """How often each rule is broken and on how many pages, the most first."""
    found = list(findings)
    pages = Counter(rule for rule, _page in {(one.rule, one.page) for one in found})
    return [
        f"{count:>6}  {rule}, on {pages[rule]} page{'s' * (pages[rule] != 1)}"
        for rule, count in Counter(one.rule for one in found).most_common()
    ]
