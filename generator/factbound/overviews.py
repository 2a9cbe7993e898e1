"""Pages over all records: the Library in; the timeline, the comparison of laws, where accounts differ, what is not
known, and the changes out, as plain data that templates set.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from .charts import Bar, Moment, bars, series, shares, timeline
from .export import changes, data_files
from .glossary import mentioned
from .library import Entry, Library
from .model import Case, Coverage, Explainer, Jurisdiction, Regulation, Statistic
from .templates import Md
from .values import Date, Quantity, Range
from .writer import Writer

YEARS_DRAWN = 15
"""How far back the drawing of the timeline reaches; the list beside it holds everything."""


class Item(NamedTuple):
    """One entry of the timeline."""

    date: Date
    kind: str
    entry: Entry
    anchor: str
    text: Callable[[], Md]
    """Called in the order of the page, so that footnotes are numbered by first use."""


def timeline_context(library: Library, writer: Writer) -> dict[str, Any]:
    """Cases, laws and studies in one thread, oldest first."""
    items = sorted(
        _items(library, writer),
        key=lambda item: (item.date.earliest, item.date.latest, item.entry.id, item.anchor),
    )
    newest = max((item.date.latest.year for item in items), default=0)
    # Laws reach back a century; drawn to scale they would press everything else into a corner.
    drawn = [item for item in items if item.date.earliest.year > newest - YEARS_DRAWN]
    moments = [
        Moment(
            _middle(item.date),
            f"{writer.date(item.date)}: {writer.title(item.entry)}",
            writer.say(f"timeline.{item.kind}"),
        )
        for item in drawn
    ]
    order = ("case", "ruling", "event", "law", "study")
    moments.sort(key=lambda moment: [writer.say(f"timeline.{kind}") for kind in order].index(moment.kind))
    drawing = timeline(writer.say("overview.timeline"), writer.say("timeline.chart"), moments, "fb-timeline")
    return {
        "items": items,
        "kinds": [kind for kind in order if any(item.kind == kind for item in items)],
        "drawing": Md(drawing),
        "drawn_from": newest - YEARS_DRAWN + 1 if len(drawn) < len(items) else None,
    }


def _items(library: Library, writer: Writer) -> Iterator[Item]:
    own: set[tuple[str, str]] = set()
    """Records that stand in the thread by themselves, with the day on which they do."""
    events: list[tuple[Item, set[str]]] = []
    for entry in library.entries.values():
        record = entry.record
        if isinstance(record, Case):
            kind = {"incident": "case"}.get(record.kind, record.kind)
            own.add((entry.id, record.occurred.text))
            if not record.timeline and _dated(record.occurred):
                yield Item(record.occurred, kind, entry, "", partial(writer.link, entry.id))
            for slug, event in record.timeline.items():
                named = {
                    mention.target.split(".")[0]
                    for mention in entry.survey.mentions
                    if mention.keys[:2] == ("timeline", slug)
                }
                text = partial(writer.line, event.says, entry, library.evidence(entry, ("timeline", slug)))
                events.append((Item(event.date, kind, entry, f"timeline-{slug}", text), named))
        elif isinstance(record, Regulation):
            by_its_parts = _days_of_parts(library, entry)
            for slug, version in record.history.items():
                for step in ("passed", "in_force"):
                    date = getattr(version, step)
                    if date and _dated(date) and date.text not in by_its_parts:
                        own.add((entry.id, date.text))
                        label = writer.say(
                            f"timeline.{step.replace('_', '-')}",
                            law=writer.title(entry),
                            version=writer.label(version.label),
                        )
                        yield Item(
                            date,
                            "law",
                            entry,
                            f"history-{slug}",
                            partial(writer.link, entry.id, label, f"history-{slug}"),
                        )
        elif (
            isinstance(record, Statistic) and isinstance(record.published, Date) and _dated(record.published)
        ):
            yield Item(record.published, "study", entry, "", partial(writer.link, entry.id))
    told = {(item.entry.id, item.date.text): named for item, named in events}
    for item, named in events:
        # An event that only points at what another record tells of the same day would stand here twice; of two that point
        # at each other, the first stays.
        others = {(id, item.date.text) for id in named - {item.entry.id}}
        told_there = any(
            item.entry.id not in told[one] or one[0] < item.entry.id for one in others & told.keys()
        )
        if _dated(item.date) and not others & own and not told_there:
            yield item


def _days_of_parts(library: Library, entry: Entry) -> set[str]:
    """Days on which a provision of an instrument stands in the thread: the instrument is not repeated beside it."""
    return {
        date.text
        for other in library.collection("regulations")
        if isinstance(other.record, Regulation) and other.record.part_of == entry.id
        for version in other.record.history.values()
        for date in (version.passed, version.in_force)
        if date
    }


def _dated(date: Date) -> bool:
    """Whether a date has a beginning and an end that can be drawn."""
    return date.earliest.year > 1 and date.latest.year < 9999


def _middle(date: Date) -> Any:
    return date.earliest + (date.latest - date.earliest) / 2


class Cell(NamedTuple):
    """What one provision says of one conduct and one subject."""

    entry: Entry
    slug: str
    coverage: Coverage
    since: Date | None
    """Since when; None where no version says."""

    @property
    def surely(self) -> datetime.date | None:
        """The first day on which it is known to hold: a law that is in force on a day was so at the end of it. What was
        passed, and does not say since when it is in force, is known to punish nobody, and no more until a later version is.
        """
        law, since = self.law, self.coverage.since
        versions = [law.history[since]] if since else list(law.history.values())
        days = [one.in_force.latest for one in versions if one.in_force]
        days += [law.status.as_of.latest] if law.status.value == "in-force" else []
        days += [self.since.latest] if self.since and self.coverage.answer == "not-punished" else []
        return min(days, default=None)

    @property
    def law(self) -> Regulation:
        assert isinstance(self.entry.record, Regulation)
        return self.entry.record


def compare_context(library: Library, writer: Writer) -> dict[str, Any]:
    """Conduct -> jurisdictions -> for each subject the answers of its laws."""
    site = library.site
    assert site is not None
    cells: dict[tuple[str, str, str], list[Cell]] = {}
    for entry in library.collection("regulations"):
        record = entry.record
        assert isinstance(record, Regulation)
        for slug, coverage in record.coverage.items():
            cells.setdefault((coverage.conduct, record.jurisdiction, coverage.subject), []).append(
                Cell(entry, slug, coverage, _since(record, coverage))
            )
    places = sorted(
        {place for _conduct, place, _subject in cells}, key=lambda id: _place_order(library, id, writer)
    )
    subjects = [subject for subject in site.subjects if any(key[2] == subject for key in cells)]
    conducts = []
    for conduct in site.conducts:
        rows = [
            (place, [cells.get((conduct, place, subject), []) for subject in subjects]) for place in places
        ]
        rows = [(place, row) for place, row in rows if any(row)]
        if rows:
            conducts.append((conduct, rows))
    today = writer.date(Date.parse(writer.today.isoformat()))
    return {"conducts": conducts, "subjects": subjects, "known": writer.say("compare.known", date=today)}


def _since(law: Regulation, coverage: Coverage) -> Date | None:
    """The day of the version that brought an answer; else that of the first version, before which there was no law."""
    version = law.history[coverage.since] if coverage.since else next(iter(law.history.values()))
    return version.in_force or (None if coverage.since else version.promulgated or version.passed)


def _place_order(library: Library, id: str, writer: Writer) -> tuple[str, str]:
    """A part of a country stands after its country."""
    entry = library.entries[id]
    above = entry.record.part_of if isinstance(entry.record, Jurisdiction) else None
    own = writer.title(entry)
    return (writer.title(library.entries[above]) if above else own, own if above else "")


def differences_context(library: Library, writer: Writer) -> dict[str, Any]:
    """Record -> its parts of which other sources say something else."""
    found = []
    for entry in _main_first(library):
        parts = []
        for keys, part in entry.survey.parts:
            accounts = {
                slug: one
                for slug, one in getattr(part, "accounts", {}).items()
                if one.relation in ("differs", "contradicts")
            }
            if accounts:
                parts.append((tuple(map(str, keys)), part, accounts))
        if parts:
            found.append((entry, parts))
    return {"differing": found}


def unknown_context(library: Library, _writer: Writer) -> dict[str, Any]:
    """Record -> what is not known about it."""
    return {
        "unknowns": [
            (entry, unknown)
            for entry in _main_first(library)
            if (unknown := getattr(entry.record, "unknown", {}))
        ]
    }


def _main_first(library: Library) -> list[Entry]:
    """All records, the one that the front page is about before the others."""
    assert library.site is not None
    front = library.entries[library.site.front].record
    main = front.main if isinstance(front, Explainer) else None
    return sorted(library.entries.values(), key=lambda entry: entry.id != main)


def changes_context(library: Library, _writer: Writer) -> dict[str, Any]:
    """All notes for readers, newest first."""
    return {"changes": changes(library)}


def data_context(library: Library, _writer: Writer) -> dict[str, Any]:
    """The files that readers can take away, with what each holds."""
    return {"files": data_files(library)}


class Drawing(NamedTuple):
    """A chart with all that stands around it."""

    slug: str
    title: str
    svg: Md
    rows: list[tuple[str, str, Md]]
    """Label, value and footnote marks: the same figures as a table."""
    table: str
    """The CSV file in the site."""


_DRAW = {"bars": bars, "shares": shares, "series": series}


def drawings(library: Library, entry: Entry, writer: Writer) -> list[Drawing]:
    """The charts of a statistic; the rules have seen to it that their figures are of one kind."""
    record = entry.record
    assert isinstance(record, Statistic)
    found = []
    for slug, chart in record.charts.items():
        rows, table = [], []
        for key in chart.measures:
            measure = record.measures[key]
            value = library.fact_value(measure)
            assert isinstance(value, Quantity)
            figure = value.figure.to if isinstance(value.figure, Range) else value.figure
            label = writer.label(measure.label) if measure.label else key
            # Below an upright bar there is room for the year alone.
            label = measure.by.get("year", label) if chart.kind == "series" else label
            rows.append(Bar(label, writer.value(value), float(figure), key == chart.highlight))
            table.append(
                (label, writer.value(value), writer.marks(library.evidence(entry, ("measures", key))))
            )
        title = writer.label(chart.title)
        description = "; ".join(f"{row.label}: {row.shown}" for row in rows)
        svg = Md(_DRAW[chart.kind](title, description, rows, f"chart-{slug}"))
        found.append(Drawing(slug, title, svg, table, f"data/charts/{entry.id}-{slug}.csv"))
    return found


def print_context(library: Library, writer: Writer) -> dict[str, Any]:
    """The front page's story with the days of its main record and the words that it uses, as one text for paper."""
    site = library.site
    assert site is not None
    entry = library.entries[site.front]
    record = entry.record
    assert isinstance(record, Explainer)
    story = library.entries.get(record.main or "")
    terms = {
        *mentioned(entry, writer.matcher, writer.say.lang),
        *(mention.target for mention in entry.survey.mentions if mention.target in library.terms),
    }
    return {
        "front": entry,
        "story": story if story and isinstance(story.record, Case) else None,
        "terms": sorted((library.entries[id] for id in terms), key=lambda one: writer.title(one).casefold()),
    }


CONTEXTS = {
    "timeline": timeline_context, "compare": compare_context, "differences": differences_context, "unknown": unknown_context,
    "changes": changes_context, "data": data_context, "print": print_context,
}  # fmt: skip
