"""Problems as an editor and a log of a build see them: one line each, with the place in the file below it."""

from __future__ import annotations

import pytest

from factbound.problems import Problem, likely, nearest, report, short, suggest, tally


def problem(line: int = 1, column: int = 1, message: str = "a lamp is out", level: str = "error") -> Problem:
    assert level in ("error", "advice")
    return Problem(
        "content/a.yml", line, column, "error" if level == "error" else "advice", "lamp", message, "light it"
    )


def excerpt(source: str, line: int, column: int) -> list[str]:
    """The lines below the message."""
    return report([problem(line, column)], lambda path: source).split("\n")[1:]


def test_a_problem_is_one_line() -> None:
    assert str(problem(3, 7)) == "content/a.yml:3:7: error[lamp]: a lamp is out (light it)"
    assert str(problem(level="advice")) == "content/a.yml:1:1: advice[lamp]: a lamp is out (light it)"


@pytest.mark.parametrize("sign", ["\n", "\x1b", "\r", "\x00", "\u202e", "\x85", "\u2028", "\ud800"])
def test_no_character_of_a_message_begins_a_line_or_moves_the_cursor(sign: str) -> None:
    line = str(problem(message=f"the key 'a{sign}::error::b' stands twice"))
    assert line.splitlines() == [line]
    assert line.encode("utf-8") and line.isprintable()
    assert "the key 'a" in line and "::error::b' stands twice (light it)" in line


def test_a_report_is_in_the_order_of_the_files_and_says_nothing_twice() -> None:
    found = [problem(2), problem(1, 9), problem(1, 10), problem(2)]
    assert report(found, lambda path: None).split("\n") == [
        "content/a.yml:1:9: error[lamp]: a lamp is out (light it)",
        "content/a.yml:1:10: error[lamp]: a lamp is out (light it)",
        "content/a.yml:2:1: error[lamp]: a lamp is out (light it)",
    ]


def test_the_line_is_shown_with_a_caret() -> None:
    assert excerpt("title: Lamp\nfinal: no\n", 2, 8) == ["    final: no", "           ^"]


def test_a_caret_stands_below_what_follows_full_width_characters() -> None:
    assert excerpt("title: 灯台のno\n", 1, 11) == ["    title: 灯台のno", "                 ^"]


def test_a_tab_takes_one_cell() -> None:
    assert excerpt("a:\n\tb: 1\n", 2, 2) == ["     b: 1", "     ^"]


def test_a_long_line_is_shown_around_its_mistake() -> None:
    shown, caret = excerpt("x" * 300 + "!" + "y" * 300, 1, 301)
    assert len(shown) == 104
    assert shown[caret.index("^")] == "!"


@pytest.mark.parametrize("sign", ["\x0c", "\x85", "\u2028", "\x1c"])
def test_lines_are_those_that_places_count(sign: str) -> None:
    assert excerpt(f"a{sign}b\nfinal: no\n", 2, 8) == ["    final: no", "           ^"]


def test_what_a_file_holds_cannot_move_the_cursor() -> None:
    assert excerpt("a: \x1b[2Jb\r\n", 1, 4) == [
        "    a: \N{REPLACEMENT CHARACTER}[2Jb\N{REPLACEMENT CHARACTER}",
        "       ^",
    ]


@pytest.mark.parametrize(("source", "line"), [(None, 1), ("", 1), ("a\n", 9)])
def test_a_line_that_is_not_there_is_not_shown(source: str | None, line: int) -> None:
    assert report([problem(line)], lambda path: source) == str(problem(line))


def test_a_tally_counts_what_is_reported() -> None:
    assert tally([]) == "no problems"
    assert tally([problem(), problem()]) == "1 error"
    assert tally([problem(1), problem(2), problem(level="advice")]) == "2 errors, 1 piece of advice"
    assert tally([problem(1, level="advice"), problem(2, level="advice")]) == "2 pieces of advice"


def test_a_misspelt_word_gets_the_nearest_one() -> None:
    assert nearest("titel", ["source", "title"]) == "did you mean 'title'?"
    assert nearest("xyz", ["source", "title"]) == ""
    assert suggest("titel", ["source", "title"]) == "did you mean 'title'?"
    assert suggest("xyz", ["source", "title"]) == "known: source, title"


def test_a_long_value_is_cut() -> None:
    assert short("a" * 60) == "a" * 60
    assert short("a" * 61) == "a" * 57 + "…"
    assert short(5) == "5"


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("lantern-quai", "did you mean 'lantern-quay'?"),
        ("lantern", "did you mean 'lantern-quay' or 'lantern-fire'?"),
        ("quay", "did you mean 'lantern-quay' or 'old-quay-of-stone'?"),
        ("Stone Quay", "did you mean 'old-quay-of-stone'?"),
        ("a", "did you mean 'a-1', 'a-2' or 'a-3'?"),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_the_ids_that_may_be_meant_are_offered(word: str, told: str) -> None:
    known = ["lantern-quay", "lantern-fire", "old-quay-of-stone", "a-1", "a-2", "a-3", "a-4"]
    assert likely(word, known) == told
