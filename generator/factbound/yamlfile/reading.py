"""A file in; a Document out, with every problem that reading it finds."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from ..problems import Problem
from .document import Document
from .events import build, line_column
from .explain import explain

MAX_BYTES = 1 << 20
NOT_UTF8 = "is not UTF-8"
"""Ends what is said of a file that is written in another way."""

# Besides control characters: line ends that not every reader of YAML counts, and turns of the direction of text,
# which make a line (a comment too) look like another.
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_RETURN = re.compile("\r")
_CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})(?: |$)", re.MULTILINE)
_TAB = re.compile(r"^ *\t", re.MULTILINE)
_REFUSED = (
    (("",), _FORBIDDEN, "the character U+{:04X} cannot stand in a text file", "remove it"),
    (
        ("\r",),
        _RETURN,
        "a line ends in a carriage return alone",
        "save the file with Unix or Windows line ends",
    ),
    (
        ("<<<<<<<", ">>>>>>>", "|||||||"),
        _CONFLICT,
        "a merge conflict was left behind",
        "choose one side and remove the lines that begin with <<<<<<<, ======= and >>>>>>>",
    ),
    (("\t",), _TAB, "a tab at the start of a line", "use spaces"),
)
"""Signs without which it cannot be, what is refused, and what to say of it."""


def read_file(file: Path, shown: str) -> Document:
    """Read a record. Never raises for what an editor can do wrong: `problems` says it.

    Raises OSError where the file cannot be opened.
    """
    raw = file.read_bytes()
    if len(raw) > MAX_BYTES:
        return _refused(
            shown,
            "",
            0,
            f"the file has {len(raw):,} bytes",
            "keep a record under 1 MiB (1,048,576 bytes): split it",
        )
    if raw.startswith(b"\xef\xbb\xbf"):
        return _refused(
            shown, "", 0, "the file begins with a byte-order mark", "save it as UTF-8 without BOM"
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        return _refused(
            shown,
            before,
            len(before),
            f"byte 0x{raw[error.start]:02x} {NOT_UTF8}",
            "save the file as UTF-8",
        )
    return read_text(text, shown)


def read_text(text: str, shown: str) -> Document:
    """Read a record from its text; like `read_file`."""
    text = text.replace("\r\n", "\n")
    for signs, pattern, what, todo in _REFUSED:
        # Plain signs are looked for first, since a pattern looks at every line of a text that is nearly always clean.
        if any(sign in text for sign in signs) and (found := pattern.search(text)):
            index = found.end() - 1 if pattern is _TAB else found.start()
            return _refused(shown, text, index, what.format(ord(found[0][0])), todo)
    document = Document(shown, text, body=_front_matter_end(text) if shown.endswith(".md") else None)
    if shown.endswith(".md") and document.body is None:
        return _refused(
            shown,
            text,
            0,
            "the page does not begin with front matter",
            "begin it with a line ---, then title, summary and checked, then a line ---",
        )
    try:
        document.data = build(document.yaml_part, shown, None, document.problems)
    except yaml.MarkedYAMLError as error:
        document.problems.append(explain(text, shown, error))
    if document.data is not None and document.body is not None:
        document.data["body"] = text[document.body :]
    return document


def _front_matter_end(text: str) -> int | None:
    # YAML would take the line after the front matter for the start of a second document, so the part that
    # is read as YAML ends before it; `body` counts from after it.
    found = re.match(r"---\n(?:.*?\n)?---(?:\n|\Z)", text, re.DOTALL)
    return found.end() if found else None


def _refused(shown: str, text: str, index: int, message: str, todo: str) -> Document:
    line, column = line_column(text, index)
    return Document(shown, text, None, [Problem(shown, line, column, "error", "yaml", message, todo)])
