"""The file that keeps what `factbound verify` found."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from factbound.verified import FILE, Quoted, Result, Verified, read_verified, write_verified

TODAY = datetime.date(2031, 10, 1)
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
    newest = before if before.asked > later.asked and before.verdict != "unknown" else later
    assert (merged.verdict, merged.asked, merged.why) == (newest.verdict, newest.asked, newest.why)
    assert merged.seen == max(filter(None, (before.seen, later.seen)), default=None)
