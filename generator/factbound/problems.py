"""One problem of the content: where it is, how grave it is, what is wrong and what to do about it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Level = Literal["error", "advice"]

NOT_SHOWN = "name-withheld"
"""The rule whose lines no report repeats: reports of a CI build are often public."""

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Control characters, halves of characters, and those that turn the direction of the text around them."""


class Mend(NamedTuple):
    """What `factbound fix` does about a problem: characters of a file, from 0, and what stands there afterwards."""

    start: int
    end: int
    text: str
    sure: bool = True
    """False where it is only likely, so that an editor is asked."""


@dataclass(frozen=True, order=True)
class Problem:
    """A finding at a place that an editor can change; `path:line:column: level[rule]: what (what to do)`."""

    path: str
    line: int
    column: int
    """Lines and columns count from 1, columns in characters."""
    level: Level
    rule: str
    message: str
    """What is wrong: one sentence without a full stop, the offending value in quotes."""
    todo: str
    """What to do about it, as an order."""
    mend: Mend | None = field(default=None, compare=False)
    """None where a person has to decide, or to find the words."""

    def __str__(self) -> str:
        return _one_line(
            f"{self.path}:{self.line}:{self.column}: {self.level}[{self.rule}]: {self.message} ({self.todo})"
        )


def report(problems: Iterable[Problem], source_of: Callable[[str], str | None]) -> str:
    """All problems in order, each with the source line and a caret under its column."""
    blocks = []
    for problem in sorted(set(problems)):
        shown = problem.rule != NOT_SHOWN
        blocks.append(str(problem) + (_excerpt(problem, source_of(problem.path)) if shown else ""))
    return "\n".join(blocks)


def tally(problems: Iterable[Problem]) -> str:
    """`2 errors, 1 piece of advice`, or `no problems`."""
    levels = [problem.level for problem in set(problems)]
    errors, advice = levels.count("error"), levels.count("advice")
    parts = []
    if errors:
        parts.append("1 error" if errors == 1 else f"{errors} errors")
    if advice:
        parts.append("1 piece of advice" if advice == 1 else f"{advice} pieces of advice")
    return ", ".join(parts) or "no problems"


def closest(word: str, known: Iterable[str]) -> str:
    """The known word that a misspelt one is likely to be, or an empty string when nothing is close."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), "")


def nearest(word: str, known: Iterable[str]) -> str:
    """` did you mean 'x'?`-style help for a misspelt word, or an empty string when nothing is close."""
    close = closest(word, known)
    return f"did you mean '{close}'?" if close else ""


def suggest(word: str, known: list[str]) -> str:
    """What to do about a key or a word that is not known: the nearest one, or the list of them."""
    return nearest(word, known) or f"known: {', '.join(known)}"


def short(value: object) -> str:
    """A value as a message quotes it: cut where it is long."""
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def cells(text: str) -> int:
    """Width in terminal cells: full-width characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _excerpt(problem: Problem, source: str | None) -> str:
    lines = source.split("\n") if source else []
    if not 0 < problem.line <= len(lines):
        return ""
    line = _one_line(lines[problem.line - 1])
    start = max(0, problem.column - 60) if len(line) > 100 else 0
    shown = line[start : start + 100].rstrip()
    return f"\n    {shown}\n    {' ' * cells(line[start : problem.column - 1])}^"


def _one_line(text: str) -> str:
    """The same number of characters, none of which could move a terminal's cursor or begin a line of a log."""
    return UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " ").replace("\n", " "))
