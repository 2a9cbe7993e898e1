"""Strict reading: `tests/cases/yamlfile/<why>.yml` holds texts of files, and for each what is read or what is wrong."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from factbound.yamlfile import MAX_BYTES, MAX_DEPTH, Document, Keys, read_file, read_text
from helpers import ROOT

LAMP = "content/glossary/lamp.yml"
CASES = [
    pytest.param(golden.get("path", LAMP), one, id=f"{file.stem}-{number}")
    for file in sorted((ROOT / "tests" / "cases" / "yamlfile").glob("*.yml"))
    for golden in [yaml.safe_load(file.read_text("utf-8"))]
    for number, one in enumerate(golden["cases"], 1)
]
SEEN = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff"
)  # fmt: skip
"""Characters that a content file may hold."""
TEXT = st.text(SEEN | st.sampled_from("\n\t #:-[]{}'\"\\|>&*!%@`0159.~"), max_size=40)


def told(document: Document) -> str:
    """Its problems, one a line, without the path."""
    assert all(problem.path == document.path for problem in document.problems)
    return "".join(f"{str(problem).removeprefix(document.path + ':')}\n" for problem in document.problems)


def value_at(document: Document, keys: Keys) -> Any:
    value: Any = document.data
    for key in keys:
        value = value[key]
    return value


@pytest.mark.parametrize(("path", "case"), CASES)
def test_a_file_is_read_or_its_mistakes_are_told(path: str, case: dict[str, Any]) -> None:
    document = read_text(case["text"], path)
    assert told(document) == case.get("problems", "")
    if "problems" not in case:
        # As JSON, 5 is not 5.0 and 1 is not true.
        assert json.dumps(document.data) == json.dumps(case["data"])


def test_a_file_is_read_as_its_text_is(tmp_path: Path) -> None:
    file = tmp_path / "lamp.yml"
    file.write_bytes("title: 灯台\r\nfinal: no\r\n".encode())
    assert str(read_file(file, LAMP).problems[0]) == (
        "content/glossary/lamp.yml:2:8: error[yaml]: 'no' without quotes means true, false or nothing to some readers "
        'of YAML (write "no" for the word, true or false for a switch)'
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"title: Lamp\nsays: \xe9t\xe9\n", "2:7: error[yaml]: byte 0xe9 is not UTF-8 (save the file as UTF-8)\n"),
        ("title: 灯".encode()[:-1], "1:8: error[yaml]: byte 0xe7 is not UTF-8 (save the file as UTF-8)\n"),
        ("title: Lamp\n".encode("utf-16"), "1:1: error[yaml]: byte 0xff is not UTF-8 (save the file as UTF-8)\n"),
        ("title: 灯台\n".encode("shift-jis"), "1:8: error[yaml]: byte 0x93 is not UTF-8 (save the file as UTF-8)\n"),
        (b"\xef\xbb\xbftitle: Lamp\n", "1:1: error[yaml]: the file begins with a byte-order mark (save it as UTF-8 without BOM)\n"),
        (b"title: La\0mp\n", "1:10: error[yaml]: the character U+0000 cannot stand in a text file (remove it)\n"),
        (b"", "1:1: error[yaml]: the file is empty (write a record: lines of 'key: value')\n"),
        (b"a: " + b"x" * MAX_BYTES, "1:1: error[yaml]: the file has 1,048,579 bytes (keep a record under 1 MiB (1,048,576 bytes): split it)\n"),
    ],
    ids=["latin-1", "cut", "utf-16", "shift-jis", "bom", "nul", "empty", "large"],
)  # fmt: skip
def test_a_file_that_is_no_text_says_so(raw: bytes, expected: str, tmp_path: Path) -> None:
    file = tmp_path / "lamp.yml"
    file.write_bytes(raw)
    assert told(read_file(file, LAMP)) == expected


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    file = tmp_path / "lamp.yml"
    file.write_bytes(b"a: " + b"x" * (MAX_BYTES - 3))
    assert read_file(file, LAMP).problems == []


NESTED = "values are nested more than 50 deep (flatten the record)"


def test_values_are_nested_fifty_deep() -> None:
    blocks = "".join(f"{' ' * level}a:\n" for level in range(MAX_DEPTH))
    assert told(read_text(blocks + " " * MAX_DEPTH + "a\n", LAMP)) == ""
    assert told(read_text(blocks + " " * MAX_DEPTH + "a: 1\n", LAMP)) == f"51:51: error[yaml]: {NESTED}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: " + "[ " * 100_000, f"1:102: error[yaml]: {NESTED}\n"),
        ("[ " * 100_000, f"1:101: error[yaml]: {NESTED}\n"),
        ("a: " + "{b: " * 100_000, f"1:200: error[yaml]: {NESTED}\n"),
        ("- " * 100_000 + "a", f"1:101: error[yaml]: {NESTED}\n"),
        ("? " * 100_000, "1:3: error[yaml]: a list or a mapping stands where a key belongs (quote the text if it begins with [ or {)\n"),
        ("a: " + "[" * 100_000, "1:4: error[yaml]: text that begins with '[[' must be quoted (put the whole text in double quotes, or start it with | on the line before)\n"),
    ],
    ids=["lists", "root", "mappings", "items", "keys", "brackets"],
)  # fmt: skip
def test_a_hundred_thousand_brackets_are_one_mistake(text: str, expected: str) -> None:
    assert told(read_text(text, LAMP)) == expected


def test_a_mistake_in_every_line_is_told_for_every_line() -> None:
    lines = read_text("a: no\n" * 30_000, LAMP).problems
    assert len(lines) == 59_999
    assert [str(problem)[:71] for problem in lines[-2:]] == [
        "content/glossary/lamp.yml:30000:1: error[yaml]: the key 'a' stands twic",
        "content/glossary/lamp.yml:30000:4: error[yaml]: 'no' without quotes mea",
    ]


def test_a_number_of_any_length_is_read() -> None:
    problem = read_text(f"a: {'9' * 5000}\n", LAMP).problems[0]
    assert (
        problem.message
        == f"'{'9' * 57}…' without quotes is read as different numbers by different readers of YAML"
    )


# ----- where things stand -----

RECORD = """\
# A record.
title: Lamp
forms:
  en: [lamp, "lamps"]
  ja:
    - 灯台
    - {kana: とうだい, "roman": tōdai}
plain: lit 5 at
  night 5, 灯 5
double: "lit \\"5\\" \\u706f 5 \\
  and 5 \\n5"
single: 'the keeper''s 5
  and 5'
literal: |
  lit 5

   5
  灯台 5
folded: >-
  lit 5
  and 5

  灯台 5
last: 5
"""


@pytest.mark.parametrize(
    ("keys", "key", "value"),
    [
        (("title",), (2, 1), (2, 8)),
        (("forms",), (3, 1), (4, 3)),
        (("forms", "en"), (4, 3), (4, 7)),
        (("forms", "en", 0), (4, 8), (4, 8)),
        (("forms", "en", 1), (4, 14), (4, 14)),
        (("forms", "ja"), (5, 3), (6, 5)),
        (("forms", "ja", 0), (6, 7), (6, 7)),
        (("forms", "ja", 1), (7, 7), (7, 7)),
        (("forms", "ja", 1, "kana"), (7, 8), (7, 14)),
        (("forms", "ja", 1, "roman"), (7, 20), (7, 29)),
        (("literal",), (14, 1), (14, 10)),
        (("last",), (24, 1), (24, 7)),
    ],
)
def test_every_key_and_value_has_its_place(keys: Keys, key: tuple[int, int], value: tuple[int, int]) -> None:
    document = read_text(RECORD, LAMP)
    assert document.problems == []
    assert (document.place(keys, at_key=True), document.place(keys)) == (key, value)


def test_what_is_missing_stands_where_it_should_be_added() -> None:
    document = read_text(RECORD, LAMP)
    assert document.place(("forms", "fr", 0)) == (3, 1)
    assert document.place(("nothing",)) == (2, 1)
    assert document.place(()) == (2, 1)


@pytest.mark.parametrize(
    ("field", "places"),
    [
        ("plain", [(8, 12), (9, 9), (9, 14)]),
        ("double", [(10, 16), (10, 27), (11, 7), (11, 11)]),
        ("single", [(12, 24), (13, 7)]),
        ("literal", [(15, 7), (17, 4), (18, 6)]),
        ("folded", [(20, 7), (21, 7), (23, 6)]),
    ],
)
def test_a_snippet_stands_where_it_is_written(field: str, places: list[tuple[int, int]]) -> None:
    document = read_text(RECORD, LAMP)
    text = value_at(document, (field,))
    offsets = [offset for offset, sign in enumerate(text) if sign == "5"]
    assert [document.place((field,), offset=offset, snippet="5") for offset in offsets] == places


@pytest.mark.parametrize(
    ("text", "offset", "snippet", "place"),
    [
        ("says: |\n  one two\n  three two\n", 4, "two three", (2, 7)),
        ("says: >-\n  one two\n  three two\n", 4, "two three", (2, 7)),
        ("says: >-\n  [[[[ a [[\n", 7, "[[", (2, 10)),
        ("says: |\n  灯台灯台灯台\n", 4, "灯台", (2, 7)),
        ("says: lit 5\n", 1, "5", (1, 11)),
        ("says: lit 5\n", 4, "gone", (1, 11)),
        ("says: lit 5\n", 99, "", (1, 7)),
        ("says: lit 5\n", 99, "x", (1, 12)),
    ],
    ids=[
        "over two lines",
        "folded",
        "overlapping",
        "full-width",
        "a little later",
        "not there",
        "none",
        "beyond",
    ],
)
def test_a_snippet_is_looked_for_from_its_offset(
    text: str, offset: int, snippet: str, place: tuple[int, int]
) -> None:
    assert read_text(text, LAMP).place(("says",), offset=offset, snippet=snippet) == place


def test_a_snippet_of_a_page_stands_below_its_front_matter() -> None:
    document = read_text('---\ntitle: About\n---\n"Lamps" and\n  lamps\n', "content/pages/about.md")
    assert document.place(("body",)) == (4, 1)
    assert document.place(("body",), offset=14, snippet="lamps") == (5, 3)
    assert document.place(("title",)) == (2, 8)


def test_a_problem_says_where_it_is() -> None:
    document = read_text(RECORD, LAMP)
    assert str(document.problem(("forms", "ja"), "lamp", "one is out", "light it", at_key=True)) == (
        "content/glossary/lamp.yml:5:3: error[lamp]: one is out (light it)"
    )
    advice = document.problem(
        ("folded",), "lamp", "one is out", "light it", offset=9, snippet="5", advice=True
    )
    assert str(advice) == "content/glossary/lamp.yml:21:7: advice[lamp]: one is out (light it)"


def test_a_value_spans_what_is_written() -> None:
    document = read_text(RECORD, LAMP)
    start, end = document.span(("forms", "en"))
    assert RECORD[start:end] == '[lamp, "lamps"]'


# ----- a line that is out of its place -----

FAIR = """\
title: The fair
facts:
  takings:
    label: Takings
    value: {amount: 700, currency: EUR}
    evidence:
      - source: gazette
        locator: p. 3
      - source: register
  crowd:
    label: The crowd
    says: |
      Many came.
      They stayed.
    standing: alleged
checked: unknown
"""
ROWS = range(len(FAIR.splitlines()))


@pytest.mark.parametrize("row", [row for row in ROWS if row != 13])
def test_a_line_that_is_moved_in_by_a_column_is_told(row: int) -> None:
    assert told_lines(row, lambda line: f" {line}") == [row + 1]


@pytest.mark.parametrize("row", [row for row in ROWS if FAIR.splitlines()[row].startswith(" ") and row != 12])
def test_a_line_that_is_moved_out_by_a_column_is_told(row: int) -> None:
    assert told_lines(row, lambda line: line[1:]) == [row + 1]


@pytest.mark.parametrize("row", [0, 3, 4, 6, 7, 10, 11, 14, 15])
def test_a_missing_space_after_a_colon_is_told(row: int) -> None:
    assert told_lines(row, lambda line: line.replace(": ", ":", 1)) == [row + 1]


def told_lines(row: int, change: Callable[[str], str]) -> list[int]:
    """The lines at which problems are told after one is changed."""
    lines = FAIR.splitlines()
    lines[row] = change(lines[row])
    return [problem.line for problem in read_text("\n".join(lines), LAMP).problems]


# ----- any text -----


@settings(max_examples=300)
@given(
    st.dictionaries(TEXT, TEXT | st.lists(TEXT, max_size=3), max_size=4),
    st.sampled_from(["'", '"']),
    st.booleans(),
)
def test_quoted_text_reads_back_as_it_was(record: dict[str, Any], style: str, as_unicode: bool) -> None:
    document = read_text(_dumped(record, style, as_unicode), LAMP)
    assert told(document) == ""
    assert document.data == {
        key: tuple(value) if isinstance(value, list) else value for key, value in record.items()
    }


@settings(max_examples=300)
@given(st.dictionaries(TEXT.filter(str.strip), TEXT.filter(str.strip), min_size=1, max_size=4), st.data())
def test_every_character_of_a_value_is_found_where_it_is_written(
    record: dict[str, str], data: st.DataObject
) -> None:
    style = data.draw(st.sampled_from(["'", '"', "|", ">"]))
    document = read_text(_dumped(record, style), LAMP)
    assert document.data == record
    for key, value in record.items():
        offset = data.draw(st.integers(0, len(value) - 1))
        line, column = document.place((key,), offset=offset, snippet=value[offset])
        written = document.text.split("\n")[line - 1][column - 1 :]
        assert value[offset].isspace() or written.startswith((value[offset], "\\"))


@settings(max_examples=500)
@given(st.binary(max_size=200) | st.text("a1 \n\t:-#&*!|>'\"%@`[]{},?~.=<\\", max_size=60).map(str.encode))
@example(b"\xff")
@example(b"? [a\n: ")
@example(b'"\\')
def test_no_bytes_make_it_fail(raw: bytes) -> None:
    for path in (LAMP, "content/pages/about.md"):
        document = _read(raw, path)
        assert document.problems or document.data is not None
        lines = document.text.split("\n")
        for problem in document.problems:
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


@settings(max_examples=300)
@given(st.text("019.eE+-_:xob", min_size=1, max_size=12))
def test_a_number_is_what_every_reader_makes_of_it(value: str) -> None:
    document = read_text(f"a: {value}\n", LAMP)
    if document.problems or document.data is None:
        return
    read, others = document.data["a"], yaml.safe_load(f"a: {value}\n")["a"]
    if isinstance(read, int | float):
        assert read == others
        assert math.isfinite(read)
    else:
        assert not isinstance(others, int | float)


def _dumped(record: dict[str, Any], style: str, as_unicode: bool = True) -> str:
    text = yaml.safe_dump(record, default_style=style, allow_unicode=as_unicode)
    assume(not re.search(r"^ *\t", text, re.MULTILINE))  # refused, wherever it is
    return text


def _read(raw: bytes, path: str) -> Document:
    try:
        return read_text(raw.decode("utf-8"), path)
    except UnicodeDecodeError:
        return read_text(raw.decode("latin-1"), path)


def test_a_quotation_mark_that_another_one_closes_is_told_where_it_opens() -> None:
    text = 'kind: fair\ntitle: "The fair\nplace: quay\nsays: "Nobody came."\n'
    assert [str(problem) for problem in read_text(text, "x.yml").problems] == [
        "x.yml:2:8: error[yaml]: a quotation mark is opened here and closed only on line 4 (close it where its text ends)"
    ]
