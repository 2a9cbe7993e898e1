"""Rules about charts: what is drawn together counts the same thing and can be drawn."""

from __future__ import annotations

from collections.abc import Iterator

from ..library import Entry, Library
from ..model import Chart, Statistic
from ..problems import Problem, suggest
from ..values import Percent, Quantity, same_kind
from ..yamlfile import Keys
from .rule import Rule


def charts(library: Library) -> Iterator[Problem]:
    """Charts of measures that do not exist, of different kinds, or of what is no share."""
    for entry in library.collection("statistics"):
        assert isinstance(entry.record, Statistic)
        for slug, chart in entry.record.charts.items():
            yield from _chart(library, entry, entry.record, ("charts", slug), chart)


def _chart(
    library: Library, entry: Entry, record: Statistic, keys: tuple[str, ...], chart: Chart
) -> Iterator[Problem]:
    known = list(record.measures)
    for index, name in enumerate(chart.measures):
        if name not in record.measures:
            yield entry.problem(
                (*keys, "measures", index),
                "chart",
                f"'{name}' is not in 'measures' of this record",
                suggest(name, known),
            )
    if chart.highlight is not None and chart.highlight not in chart.measures:
        yield entry.problem(
            (*keys, "highlight"),
            "chart",
            f"'{chart.highlight}' is not drawn",
            suggest(chart.highlight, list(chart.measures)),
        )
    values = [
        (name, library.fact_value(record.measures[name]))
        for name in chart.measures
        if name in record.measures
    ]
    first = next((value for _name, value in values if isinstance(value, Quantity)), None)
    for name, value in values:
        place: Keys = (*keys, "measures", chart.measures.index(name))
        if not isinstance(value, Quantity):
            yield entry.problem(
                place, "chart", f"'{name}' has no figure to draw", "give it a 'value', or leave it out"
            )
        elif first is not None and not same_kind(first, value):
            yield entry.problem(
                place,
                "chart",
                f"'{name}' counts something else than the first measure",
                "draw figures of one kind and unit together",
            )
        elif chart.kind == "shares" and not isinstance(value, Percent):
            yield entry.problem(
                place, "chart", f"'{name}' is no share of a hundred", "use 'bars', or measures in per cent"
            )


RULES = (
    Rule("chart", "error", "A chart draws measures of its record that count the same thing.", "measures: [lamps, takings]", "measures: [lamps-2024, lamps-2025]", (charts,)),
)  # fmt: skip
