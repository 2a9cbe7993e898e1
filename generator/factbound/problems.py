"""One problem of the content: where it is, how grave it is, what is wrong and what to do about it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
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

    def parts(self) -> tuple[str, str, str]:
        """Where, which rule, and the rest of the line, each without a character that cannot be seen."""
        place, level = f"{self.path}:{self.line}:{self.column}:", f"{self.level}[{self.rule}]"
        return one_line(place), one_line(level), one_line(f": {self.message} ({self.todo})")

    def __str__(self) -> str:
        place, level, rest = self.parts()
        return f"{place} {level}{rest}"


Paint = Callable[[str, str], str]
"""Words and what they are (`place`, `error`, `advice`, `caret`) -> the words as they are shown."""

MANY = 100
"""More problems than this are counted by their rules too: nobody reads on to the end of their list."""


def plain(words: str, what: str) -> str:
    """Words without colour."""
    return words


def report(
    problems: Iterable[Problem],
    source_of: Callable[[str], str | None],
    *,
    width: int = 104,
    paint: Paint = plain,
) -> str:
    """All problems in order, each with the source line and a caret under its column, within a width in terminal cells."""
    lines: dict[str, list[str]] = {}
    blocks = []
    for problem in sorted(set(problems)):
        if problem.path not in lines:
            text = source_of(problem.path)
            lines[problem.path] = text.split("\n") if text else []
        blocks.append(_headline(problem, paint))
        if problem.rule != NOT_SHOWN and problem.line <= len(source := lines[problem.path]):
            blocks[-1] += _excerpt(source[problem.line - 1], problem.column, width, paint)
    return "\n".join(blocks)


def by_rule(problems: Iterable[Problem]) -> str:
    """How often each rule is broken, the most frequent first, a line for each."""
    counts = Counter((problem.level, problem.rule) for problem in set(problems))
    return "\n".join(
        f"{count:>7} {level}[{rule}]"
        for (level, rule), count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    )


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
    known = list(known)
    same = [one for one in known if one.lower() == word.lower()]
    return next(iter(same or difflib.get_close_matches(word, known, n=1, cutoff=0.6)), "")


def nearest(word: str, known: Iterable[str]) -> str:
    """` did you mean 'x'?`-style help for a misspelt word, or an empty string when nothing is close."""
    close = closest(word, known)
    return f"did you mean '{close}'?" if close else ""


def likely(word: str, known: Iterable[str]) -> str:
    """`did you mean 'x' or 'y'?` for an id that is not known, or an empty string: the one it nearly is, else up to three
    that are like it or hold its parts."""
    known = list(known)
    near = difflib.get_close_matches(word, known, n=_OFFERED, cutoff=0.6)
    if near and difflib.SequenceMatcher(None, near[0], word).ratio() >= _SURELY:
        near = near[:1]
    parts = set(re.split(r"[^\w]+", word.lower())) - {""}
    holding = [one for one in known if parts and parts <= set(one.split("-")) and one not in near]
    *others, last = [f"'{one}'" for one in (*near, *holding)[:_OFFERED]] or [""]
    return f"did you mean {', '.join(others)}{' or ' * bool(others)}{last}?" if last else ""


_OFFERED = 3
"""Ids that are offered at most."""
_SURELY = 0.85
"""From this likeness on the others are not offered: of 1."""


def suggest(word: str, known: list[str]) -> str:
    """What to do about a key or a word that is not known: the nearest one, or the list of them."""
    return nearest(word, known) or f"known: {', '.join(known)}"


def listed(words: Iterable[str]) -> str:
    """`a, b and c`."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def hidden(text: str) -> str:
    """`U+200B, zero width space`: the first character that looks like nothing or like a plain space; empty without one."""
    found = next((char for char in text if char not in " \t\n" and unicodedata.category(char) in _BLANK), "")
    return f"U+{ord(found):04X}, {unicodedata.name(found, 'which has no name').lower()}" if found else ""


_BLANK = ("Cf", "Zs")


def short(value: object) -> str:
    """A value as a message quotes it: cut where it is long."""
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def cells(text: str) -> int:
    """Width in terminal cells: full-width characters take two, marks that stand on another none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def one_line(text: str) -> str:
    """The same number of characters, none of which could move a terminal's cursor or begin a line of a log."""
    return UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " ").replace("\n", " "))


def _headline(problem: Problem, paint: Paint) -> str:
    place, level, rest = problem.parts()
    return f"{paint(place, 'place')} {paint(level, problem.level)}{rest}"


def _excerpt(line: str, column: int, width: int, paint: Paint) -> str:
    """A line, or what of it fits around a column, and a caret under that column."""
    line, room, start = one_line(line), max(width - 4, 10), 0
    if len(line) > room or cells(line) > room:
        # Most of what is shown stands before the place: what went wrong has mostly begun there.
        before = room * 3 // 5
        start = max(0, column - 1 - before)
        while cells(line[start : column - 1]) > before:
            start += 1
    end = min(len(line), start + room)
    while cells(line[start:end]) > room:
        end -= 1
    return (
        f"\n    {line[start:end].rstrip()}\n    {' ' * cells(line[start : column - 1])}{paint('^', 'caret')}"
    )
