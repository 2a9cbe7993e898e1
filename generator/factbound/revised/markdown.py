"""What is told of a change in; Markdown out, which a code host shows as a comment and a terminal as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..problems import listed
from .told import How, Leaning, Reading, RecordChange, Report, Told, Unnoted

LISTED = 10
"""Pages of a group that are listed at once; the others open on demand."""
LONGEST = 240
"""Characters of a text that are shown; the whole text is on its page."""


def as_markdown(report: Report) -> str:
    """The report as Markdown."""
    blocks = [f"## What changes since {_code(report.base)}", *_in_short(report)]
    blocks += [_list(f"- {_text(remark)}" for remark in report.remarks)] if report.remarks else []
    if report.unnoted:
        blocks += ["### What readers are not told yet", _list(map(_unnoted, report.unnoted))]
    if report.settings:
        blocks += ["### Every page (`content/site.yml`)", _list(map(_told, report.settings))]
    for record in report.records:
        blocks += _record(record)
    blocks += _pages(report.pages)
    return "\n\n".join(blocks)


# ----- in short -----


def _in_short(report: Report) -> Iterator[str]:
    lines = [
        line
        for line in (_moved(report), _records(report), _parts(report), _sources(report), _read(report))
        if line
    ]
    nothing = "Nothing that a reader would notice." if report.compared else _NOT_ALL
    yield _list(f"- {line}" for line in lines) if lines else nothing


_NOT_ALL = "Not everything was compared, and nothing is found in what was."


def _moved(report: Report) -> str:
    moved = [(record, one) for record in report.records for one in record.told if one.moved]
    return "; ".join(
        f"**{_text(record.title)}:** {_text(one.part)} {_arrow(one)}" for record, one in moved
    )  # fmt: skip


def _records(report: Report) -> str:
    counts = {
        how: sum(record.how == how for record in report.records)
        for how in ("added", "changed", "renamed", "removed")
    }
    return _counted(counts, "record", "records")


def _parts(report: Report) -> str:
    hows: tuple[How, ...] = ("added", "changed", "removed")
    parts = {
        how: {one.path for record in report.records for one in record.told if one.how == how and one.part}
        for how in hows
    }
    return _counted(
        {how: len(paths) for how, paths in parts.items()}, "fact or passage", "facts and passages"
    )


def _sources(report: Report) -> str:
    counts = {"gained": 0, "lost": 0}
    for record in report.records:
        for one in record.sources:
            counts["gained" if one.gained else "lost"] += 1
    return _counted(counts, "source under a statement", "sources under statements")


def _read(report: Report) -> str:
    if report.settings:
        changed = listed(dict.fromkeys(one.field for one in report.settings))
        return f"Every page reads differently: what changed around its text is the site's {changed}"
    count = sum(not page.aside for page in report.pages)
    return f"{count} {'page reads' if count == 1 else 'pages read'} differently" if count else ""


def _counted(counts: dict[str, int], one: str, many: str) -> str:
    said = [f"{count} {how}" for how, count in counts.items() if count]
    return f"{one if sum(counts.values()) == 1 else many}: {', '.join(said)}".capitalize() if said else ""


# ----- what readers are not told -----


def _unnoted(one: Unnoted) -> str:
    where = f"{one.path}:{one.line}"
    return f"- **{_text(one.record)}**: {_text(one.what)}. {_text(one.todo[0].upper() + one.todo[1:])}. {_code(where)}"


# ----- records -----

_VERBS = {"added": "new", "removed": "removed", "changed": "changed", "renamed": "renamed"}


def _record(record: RecordChange) -> Iterator[str]:
    yield f"### {_text(record.title)} ({_text(record.kind)}, {_VERBS[record.how]})"
    lines = []
    if record.formerly:
        lines.append(
            f"- It was called {_code(record.formerly)} and is called {_code(record.id)} now; the old address leads on."
        )
    lines += [_told(one) for one in sorted(record.told, key=lambda one: not one.moved)]
    lines += list(_leanings(record))
    lines += [f"- Note for readers: {_text(_cut(note))}" for note in record.notes]
    yield _list(lines) if lines else f"- {_code(record.file)}"


def _told(one: Told) -> str:
    part = f"**{_text(one.part)}**" if one.part else ""
    if one.how == "changed":
        of = f"{part}, {_text(one.field)}" if part else f"**{_text(one.field[:1].upper() + one.field[1:])}**"
        return f"- {of}: {_arrow(one)}"
    words = _text(_cut(one.new or one.old))
    if not part:
        return f"- {words}"
    sort = f"{one.sort} {one.how}"
    field = f", {_text(one.field)}" if one.field else ""
    return f"- {_text(sort[:1].upper() + sort[1:])}: {part}{field}: {words}"


def _arrow(one: Told) -> str:
    if not one.old:
        return _text(one.new)
    old, new = _apart(one.old, one.new)
    return f"{_text(old)} → {_text(new)}"


def _leanings(record: RecordChange) -> Iterator[str]:
    for gained, words in ((True, "Source gained"), (False, "Source lost")):
        by_source: dict[str, list[Leaning]] = {}
        for one in record.sources:
            if one.gained == gained:
                by_source.setdefault(one.title, []).append(one)
        for title, ones in by_source.items():
            parts = [_text(one.part) for one in ones if one.part]
            of = f", for {', '.join(parts)}" if parts else ""
            yield f"- {words}: **{_text(title)}**{of}"


_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")


def _apart(old: str, new: str) -> tuple[str, str]:
    """Two texts without the sentences that both begin or end with, each cut where it is still long."""
    if max(len(old), len(new)) <= LONGEST:
        return old, new
    one, other = _SENTENCE.split(old), _SENTENCE.split(new)
    head = _alike(one, other)
    tail = _alike(one[head:][::-1], other[head:][::-1])
    return tuple(_middle(side, head, len(side) - tail) for side in (one, other))  # type: ignore[return-value]


def _alike(one: list[str], other: list[str]) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _middle(sentences: list[str], start: int, end: int) -> str:
    words = " ".join(sentences[start:end]) or "nothing"
    return f"{'… ' if start else ''}{_cut(words)}{' …' if end < len(sentences) else ''}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


# ----- pages -----


def _pages(pages: tuple[Reading, ...]) -> Iterator[str]:
    shown = [page for page in pages if not page.aside]
    aside = [page for page in pages if page.aside]
    if shown:
        yield f"### Pages that read differently ({len(shown)})"
    for group in sorted({page.group for page in shown}):
        of_group = [page for page in shown if page.group == group]
        yield f"**{_text(group or 'Pages over many records')}** ({len(of_group)})"
        yield from _folded(of_group[:LISTED], of_group[LISTED:])
    if aside:
        yield f"On {len(aside)} more {'page' if len(aside) == 1 else 'pages'} only what opens beside a word, or the way to the page before or after, is different."
        yield from _folded([], aside)


def _folded(listed: list[Reading], more: list[Reading]) -> Iterator[str]:
    if listed:
        yield _list(map(_page, listed))
    if more:
        yield f"<details><summary>{len(more)} {'more' if listed else 'of them' if len(more) > 1 else 'page'}</summary>\n\n{_list(map(_page, more))}\n\n</details>"


def _page(page: Reading) -> str:
    how = "" if page.how == "changed" else f" ({_VERBS[page.how]})"
    if page.address.startswith("http"):
        return f"- [{_text(page.title)}]({page.address}){how}"
    return f"- {_text(page.title)}{how} {_code(page.address)}"


# ----- words -----

_SIGN = re.compile(r"[\\`*_\[\]<>~|]|&(?=#?\w+;)|(?<=:)/(?=/)|(?<=www)\.")


def _text(text: str) -> str:
    """Plain words as Markdown in which nothing is markup, an address, or calls somebody."""
    words = _SIGN.sub(lambda found: f"\\{found[0]}", " ".join(text.split()))
    return re.sub(r"@|#(?=\w)", "\\g<0>\N{ZERO WIDTH SPACE}", words)


def _code(text: str) -> str:
    return f"`{' '.join(text.split()).replace('`', chr(39))}`"


def _list(lines: Iterable[str]) -> str:
    return "\n".join(lines)
