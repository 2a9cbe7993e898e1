"""Figures in; accessible SVG out, drawn when the site is built: no script, no fonts of its own, the same bytes
every time. Colours are classes of the style sheet, so both schemes and paper work; widths count full-width
characters as two.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from .problems import cells

WIDTH = 440
_ROW, _GAP, _CELL, _PAD = 24, 10, 7.2, 8
_SIZE = 13


@dataclass(frozen=True)
class Bar:
    """One figure: what it is, how it is written, how much it is."""

    label: str
    shown: str
    amount: float
    lead: bool = False
    """Whether it is the one that the reader is to find first."""


def bars(title: str, description: str, rows: Sequence[Bar], id: str) -> str:
    """Horizontal bars from zero, one a row, longest as wide as there is room."""
    label_width = min(WIDTH * 0.42, max((cells(row.label) for row in rows), default=0) * _CELL + _PAD)
    value_width = max((cells(row.shown) for row in rows), default=0) * _CELL + _PAD
    room = WIDTH - label_width - value_width - _PAD
    largest = max((row.amount for row in rows), default=0) or 1
    parts, y = [], 0.0
    for row in rows:
        lines = _wrap(row.label, label_width)
        height = max(_ROW, len(lines) * (_SIZE + 3) + 4)
        width = max(1.0, row.amount / largest * room)
        for number, line in enumerate(lines):
            parts.append(_text(0, y + _SIZE + 4 + number * (_SIZE + 3), line, row.lead))
        parts.append(_rect(label_width, y + 2, width, _ROW - 4, row.lead))
        parts.append(_text(label_width + width + _PAD, y + _SIZE + 4, row.shown, row.lead))
        y += height + _GAP
    return _svg(title, description, y - _GAP, parts, id)


def shares(title: str, description: str, rows: Sequence[Bar], id: str) -> str:
    """Each row a whole of a hundred with its share filled in; the label stands above it."""
    parts, y = [], 0.0
    for row in rows:
        parts.append(_text(0, y + _SIZE, row.label, row.lead))
        parts.append(
            f'<text x="{WIDTH}" y="{_n(y + _SIZE)}" text-anchor="end" class="fb-c-lead">{escape(row.shown)}</text>'
        )
        parts.append(f'<rect x="0" y="{_n(y + 20)}" width="{WIDTH}" height="14" class="fb-c-whole"/>')
        parts.append(_rect(0, y + 20, max(0.0, min(100.0, row.amount)) / 100 * WIDTH, 14, row.lead))
        y += 34 + _GAP + 6
    return _svg(title, description, y - _GAP - 6, parts, id)


def series(title: str, description: str, rows: Sequence[Bar], id: str) -> str:
    """Upright bars side by side in the order of time, each with its figure above and its label below."""
    height, base = 220, 190.0
    largest = max((row.amount for row in rows), default=0) or 1
    step = WIDTH / max(1, len(rows))
    parts = [f'<line x1="0" y1="{_n(base)}" x2="{WIDTH}" y2="{_n(base)}" class="fb-c-axis"/>']
    for number, row in enumerate(rows):
        middle, tall = step * (number + 0.5), row.amount / largest * (base - 30)
        width = min(72.0, step * 0.6)
        parts.append(_rect(middle - width / 2, base - tall, width, tall, row.lead))
        for text, y in ((row.shown, base - tall - 6), (row.label, base + _SIZE + 6)):
            parts.append(
                f'<text x="{_n(middle)}" y="{_n(y)}" text-anchor="middle"{_lead(row.lead)}>{escape(text)}</text>'
            )
    return _svg(title, description, height, parts, id)


@dataclass(frozen=True)
class Moment:
    """A day on a line of time."""

    day: datetime.date
    label: str
    kind: str
    """Decides the row: one for each kind, in the order in which they come."""


def timeline(title: str, description: str, moments: Sequence[Moment], id: str) -> str:
    """Dots over the years, a row for each kind; what each dot is stands in its title and in the list beside it."""
    if not moments:
        return ""
    kinds = list(dict.fromkeys(moment.kind for moment in moments))
    first = datetime.date(min(moment.day for moment in moments).year, 1, 1)
    last = datetime.date(max(moment.day for moment in moments).year + 1, 1, 1)
    left = max(cells(kind) for kind in kinds) * _CELL + 2 * _PAD
    span, room = (last - first).days, WIDTH - left - _PAD

    def x(day: datetime.date) -> float:
        return left + (day - first).days / span * room

    height = len(kinds) * 34 + 26
    parts = []
    years = range(first.year, last.year + 1)
    for year in years:
        at = x(datetime.date(year, 1, 1))
        parts.append(f'<line x1="{_n(at)}" y1="0" x2="{_n(at)}" y2="{height - 20}" class="fb-c-axis"/>')
        if year < last.year and (len(years) < 14 or year % 5 == 0):
            parts.append(f'<text x="{_n(at + 3)}" y="{height - 6}">{year}</text>')
    for row, kind in enumerate(kinds):
        y = row * 34 + 20
        parts.append(_text(0, y + 4, kind, False))
        for moment in moments:
            if moment.kind == kind:
                parts.append(
                    f'<circle cx="{_n(x(moment.day))}" cy="{y}" r="6" class="fb-c-dot"><title>{escape(moment.label)}</title></circle>'
                )
    return _svg(title, description, height, parts, id)


def _svg(title: str, description: str, height: float, parts: Sequence[str], id: str) -> str:
    return (
        f'<svg class="fb-c" role="img" aria-labelledby="{id}-title {id}-desc" viewBox="0 0 {WIDTH} {_n(max(height, 1))}" '
        f'xmlns="http://www.w3.org/2000/svg"><title id="{id}-title">{escape(title)}</title>'
        f'<desc id="{id}-desc">{escape(description)}</desc>{"".join(parts)}</svg>'
    )


def _text(x: float, y: float, words: str, lead: bool) -> str:
    return f'<text x="{_n(x)}" y="{_n(y)}"{_lead(lead)}>{escape(words)}</text>'


def _rect(x: float, y: float, width: float, height: float, lead: bool) -> str:
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" class="{"fb-c-bar fb-c-lead" if lead else "fb-c-bar"}"/>'


def _lead(lead: bool) -> str:
    return ' class="fb-c-lead"' if lead else ""


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _wrap(label: str, width: float) -> list[str]:
    """A label in as many lines as fit its column; text without spaces is cut between characters."""
    most = max(4, int(width / _CELL) - 1)
    lines, line = [], ""
    for word in label.split(" "):
        while cells(word) > most:
            cut = next(end for end in range(1, len(word) + 1) if cells(word[:end]) > most) - 1
            if line:
                lines.append(line)
                line = ""
            lines.append(word[:cut])
            word = word[cut:]
        if line and cells(line) + 1 + cells(word) > most:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line] if line else lines
