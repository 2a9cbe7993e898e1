"""Charts are drawn to scale, escaped, the same every time, and fit their frame in any script."""

from __future__ import annotations

import datetime
from xml.etree import ElementTree

import pytest

from factbound.charts import WIDTH, Bar, Moment, bars, series, shares, timeline
from factbound.problems import cells

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [Bar("North quay", "40 lanterns", 40), Bar("South quay", "10 lanterns", 10, lead=True)]


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def widths(svg: str) -> list[float]:
    return [
        float(rect.get("width", "0"))
        for rect in drawn(svg).iter(f"{SVG}rect")
        if rect.get("class") != "fb-c-whole"
    ]


def test_bars_are_as_long_as_their_figures() -> None:
    longest, shortest = widths(bars("Lanterns", "by quay", ROWS, "x"))
    assert longest == pytest.approx(4 * shortest, rel=0.01)


def test_the_row_to_find_first_is_marked_and_no_other() -> None:
    marked = [rect.get("class") for rect in drawn(bars("Lanterns", "by quay", ROWS, "x")).iter(f"{SVG}rect")]
    assert marked == ["fb-c-bar", "fb-c-bar fb-c-lead"]


def test_a_share_is_a_part_of_the_whole_width() -> None:
    assert widths(shares("Lit", "of all", [Bar("Lit", "25%", 25)], "x")) == [WIDTH / 4]


def test_a_series_stands_in_its_order_on_one_line() -> None:
    rects = list(drawn(series("Lanterns", "by year", ROWS, "x")).iter(f"{SVG}rect"))
    assert [float(rect.get("y", 0)) + float(rect.get("height", 0)) for rect in rects] == [190.0, 190.0]
    assert float(rects[0].get("x", 0)) < float(rects[1].get("x", 0))


def test_the_drawing_says_what_it_is_to_those_who_hear_it() -> None:
    svg = drawn(bars("Lanterns", "North quay: 40", ROWS, "quays"))
    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", "quays-title quays-desc")
    assert [svg[0].text, svg[1].text] == ["Lanterns", "North quay: 40"]


def test_words_are_words() -> None:
    svg = bars('<script>"x"</script>', "&", [Bar("<b onload=x>", "1 & 2", 1)], "x")
    assert "<script" not in svg and "<b " not in svg
    assert [node.text for node in drawn(svg).iter(f"{SVG}text")] == ["<b onload=x>", "1 & 2"]


def test_long_labels_of_full_width_characters_stay_in_their_column() -> None:
    label = "灯台守と港の祭りの提灯の数についての長い見出し"
    svg = drawn(bars("提灯", "数", [Bar(label, "一つ", 1)], "x"))
    bar = float(next(iter(svg.iter(f"{SVG}rect"))).get("x", "0"))
    lines = [node.text or "" for node in svg.iter(f"{SVG}text")][:-1]
    assert "".join(lines) == label and len(lines) > 1
    assert all(cells(line) * 7.2 <= bar for line in lines)


def test_an_empty_or_zero_chart_is_still_a_drawing() -> None:
    assert widths(bars("None", "none", [Bar("Nothing", "0", 0)], "x")) == [1.0]
    assert drawn(bars("None", "none", [], "x")).get("viewBox") == f"0 0 {WIDTH} 1"


def test_a_timeline_has_a_row_for_each_kind_and_a_dot_for_each_day() -> None:
    moments = [
        Moment(datetime.date(2030, 1, 1), "Lit", "Case"),
        Moment(datetime.date(2031, 7, 1), "By-law", "Law"),
    ]
    dots = list(drawn(timeline("Harbour", "two years", moments, "x")).iter(f"{SVG}circle"))
    assert [dot[0].text for dot in dots] == ["Lit", "By-law"]
    assert float(dots[0].get("cx", 0)) < float(dots[1].get("cx", 0)) <= WIDTH
    assert dots[0].get("cy") != dots[1].get("cy")


def test_nothing_happened_gives_no_timeline() -> None:
    assert timeline("Harbour", "", [], "x") == ""


def test_the_same_figures_give_the_same_bytes() -> None:
    assert bars("Lanterns", "by quay", ROWS, "x") == bars("Lanterns", "by quay", list(ROWS), "x")
