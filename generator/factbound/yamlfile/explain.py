"""The YAML parser's complaint in; a problem in an editor's words out."""

from __future__ import annotations

import contextlib
import re
from typing import Any, NamedTuple

import yaml

from ..problems import Mend, Problem
from .events import LOADER, index_of, line_column
from .slips import Slip, find_slip


class _Words(NamedTuple):
    said: str
    """What the parser says, as a pattern."""
    message: str
    todo: str
    at_start: bool = False
    """Whether the mistake is where the parser began to read the thing, not where it gave up."""


_QUOTE_IT = "put the whole text in double quotes, or start it with | on the line before"
# The first that fits is used.
_COMPLAINTS = (
    _Words(
        "quoted scalar.* escape |hexdecimal",
        "a backslash in double quotes begins an escape that is none",
        r"write \\ for a backslash, or put the text in single quotes",
    ),
    _Words(
        "quoted scalar",
        "a quotation mark is opened here and not closed",
        'close it, and write \\" or use | for quotation marks inside the text',
        at_start=True,
    ),
    _Words(
        "mapping values are not allowed",
        "': ' inside unquoted text starts a new key",
        "put the whole text in double quotes, and check that the line is indented like its neighbours",
    ),
    _Words(
        "could not find expected ':'",
        "this line is no 'key: value'",
        "write 'key: value', or indent the line to continue the text above",
        at_start=True,
    ),
    _Words(
        "block sequence entries are not allowed",
        "a list cannot begin on the line of its key",
        "begin it on the next line, or put the whole text in double quotes",
    ),
    _Words(
        "expected comment or line break",
        "text that begins with | or > begins on the next line",
        "move it there, indented, or put it in double quotes",
        at_start=True,
    ),
    _Words("expected <document start>", "a second document begins here", "keep one record in one file"),
    _Words(
        "expected <block end>|expected key|expected '-'",
        "this line does not fit the lines above",
        "check its indentation and the quotation marks before it",
    ),
    _Words(
        "undefined alias|expected alphabetic",
        "text that begins with * or & must be quoted",
        "put it in double quotes",
        at_start=True,
    ),
    _Words(
        "flow sequence|flow mapping",
        "a bracket is opened here and not closed",
        "close it, or quote the text if it begins with [ or {",
        at_start=True,
    ),
    _Words(
        "expected node content",
        "a value is missing here, or a bracket is not closed",
        "write or close it, or quote the text if it begins with a bracket or a comma",
    ),
)
_CURLY = re.compile(r"(?:^|[:-])\s+([“”„‘’])")
_IN_CURLY = re.compile(r"([“”„‘’]([^“”„‘’\"\\\n]*)[“”’])[ \t]*(?=\n|$)")
_TRAP = re.compile(r"(?:^|[:-])\s+(\[\[|\{\{|\[@|[@`%?]|\[(?=[^\]]*\]\())")


def explain(text: str, path: str, error: yaml.MarkedYAMLError) -> Problem:
    """The parser's complaint in an editor's words."""
    said = f"{error.context or ''} {error.problem or ''}"
    index = _index(text, error.problem_mark or error.context_mark)
    row = text.rfind("\n", 0, index) + 1
    trap = _TRAP.search(text[row:].partition("\n")[0])
    mend = None
    words = next((one for one in _COMPLAINTS if re.search(one.said, said)), None)
    if trap and "quoted scalar" not in said:
        index, message, todo = (
            row + trap.start(1),
            f"text that begins with '{trap[1]}' must be quoted",
            _QUOTE_IT,
        )
    elif "mapping values" in said and (curly := _CURLY.search(text[row:].partition("\n")[0])):
        index, message = (
            row + curly.start(1),
            f"'{curly[1]}' is part of the text, and no quotation mark of YAML",
        )
        todo = 'write straight ones around the text: "…"'
        mend = _straight(text, index)
    elif text[index : index + 1] == "\t":
        message, todo = "a tab where YAML wants spaces", "use spaces"
    elif (opened := _quote_left_open(text, index)) is not None:
        message = f"a quotation mark is opened here and closed only on line {line_column(text, index)[0]}"
        index, todo = opened, "close it where its text ends"
    elif slip := find_slip(text, _row(error)):
        message, todo = slip.message, slip.todo
        mend = _mend_of(slip, text) if slip.sure else None
        return Problem(path, slip.row + 1, slip.column + 1, "error", "yaml", message, todo, mend)
    elif words:
        message, todo = words.message, words.todo
        if words.at_start and error.context_mark:
            index = _index(text, error.context_mark)
    else:
        message = f"this is not YAML: {(error.problem or 'unknown mistake').strip()}"
        todo = "compare with a record of the same kind"
    line, column = line_column(text, index)
    return Problem(path, line, column, "error", "yaml", message, todo, mend)


def _mend_of(slip: Slip, text: str) -> Mend:
    """The whole line, as it would be right."""
    start = index_of(text, slip.row + 1)
    return Mend(start, start + len(text[start:].partition("\n")[0]), slip.mended)


def _straight(text: str, index: int) -> Mend | None:
    """Straight quotes around a text that has curly ones at both ends of its line."""
    found = _IN_CURLY.match(text, index)
    return Mend(index, found.end(1), f'"{found[2]}"') if found else None


def _row(error: yaml.MarkedYAMLError) -> int:
    """The line, from 0, on which the parser gave up."""
    mark = error.context_mark if "simple key" in (error.context or "") else error.problem_mark
    return mark.line if mark else 0


def _quote_left_open(text: str, index: int) -> int | None:
    """Where quoted text begins that goes on to the line of the mistake: its end is then another text's beginning."""
    start = end = 0
    with contextlib.suppress(yaml.YAMLError):
        get_event = LOADER(text).get_event
        while (event := get_event()) is not None:
            if isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"'):
                start, end = _index(text, event.start_mark), _index(text, event.end_mark)
    first, last, here = (line_column(text, at)[0] for at in (start, end, index))
    return start if first < last == here else None


def _index(text: str, mark: Any) -> int:
    # What is missing at the end of a file is missing after its last word.
    return min(mark.index, len(text.rstrip())) if mark else 0
