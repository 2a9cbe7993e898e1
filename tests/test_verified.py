"""The file that keeps what `factbound verify` found."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbound.verified import FILE, Quoted, Result, Verdict, Verified, read_verified, write_verified

TODAY = datetime.date(2031, 10, 1)
TOMORROW = datetime.date(2031, 10, 2)
DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2050, 1, 1))
QUOTED = st.builds(
    Quoted,
    st.from_regex("[a-z]+(-[a-z0-9]+)?", fullmatch=True),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=20),
    st.text(st.characters(codec="utf-8"), max_size=5),
)
KEPT = st.builds(
    Result,
    st.sampled_from(["there", "moved", "reworded", "gone", "unknown"]),
    DAYS,
    st.none() | DAYS,
    st.text(st.characters(codec="utf-8"), max_size=20),
)


@given(st.dictionaries(QUOTED, KEPT, max_size=6))
def test_results_are_read_as_they_were_written(results: dict[Quoted, Result]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / FILE).parent.mkdir()
        write_verified(root, Verified(results))
        assert read_verified(root).results == results
        assert [file.name for file in (root / FILE).parent.iterdir()] == ["_verified.json"]


def test_each_result_is_a_line(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    results = {
        Quoted("gazette", "lamps", suffix="of"): Result("there", TODAY, TODAY),
        Quoted("gazette", "灯り"): Result("unknown", TODAY, None, "it answers 403"),
    }
    write_verified(tmp_path, Verified(results))
    assert (tmp_path / FILE).read_text("utf-8").splitlines()[3:7] == [
        '    "gazette": [',
        '      {"quote": "lamps", "suffix": "of", "verdict": "there", "asked": "2031-10-01", "seen": "2031-10-01"},',
        '      {"quote": "灯り", "verdict": "unknown", "asked": "2031-10-01", "why": "it answers 403"}',
        "    ]",
    ]


@given(KEPT, KEPT)
def test_the_later_day_is_kept(before: Result, later: Result) -> None:
    merged = before.then(later)
    assert merged.seen == max(filter(None, (before.seen, later.seen)), default=None)
    assert merged.asked in (before.asked, later.asked)
    assert (merged.verdict, merged.why) in ((before.verdict, before.why), (later.verdict, later.why))


@pytest.mark.parametrize(
    ("before", "later", "merged"),
    [
        ("there", "gone", "gone"), ("gone", "there", "there"), ("unknown", "there", "there"), ("there", "unknown", "unknown"),
        ("gone", "unknown", "gone"), ("reworded", "unknown", "reworded"), ("moved", "unknown", "moved"), ("unknown", "unknown", "unknown"),
    ],
)  # fmt: skip
def test_what_a_page_has_shown_stays_found_until_a_page_shows_otherwise(
    before: Verdict, later: Verdict, merged: Verdict
) -> None:
    result = Result(before, TODAY, None, "before").then(Result(later, TOMORROW, None, "later"))
    assert result == Result(merged, TOMORROW, None, "before" if merged == before != later else "later")


@pytest.mark.parametrize(
    ("before", "merged"), [("gone", "gone"), ("there", "there"), ("unknown", "reworded")]
)
def test_what_is_known_from_a_later_day_stays(before: Verdict, merged: Verdict) -> None:
    assert Result(before, TOMORROW).then(Result("reworded", TODAY)).verdict == merged
