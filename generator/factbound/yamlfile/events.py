"""The parser's events in; plain data, problems and the places of keys and values out.

The events are walked with a stack of our own, so neither deep nesting nor aliases can exhaust the
interpreter (composing 100,000 open brackets in C ends it).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from ..problems import UNSEEN, Mend, Problem, short

Keys = tuple[str | int, ...]
"""The way to a value inside a record: mapping keys and list positions (from 0)."""

MAX_DEPTH = 50
_COPIED = 3
"""From this number of keys on that stand twice, the first of the record among them, the whole record does."""

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = {"", "~", "null"}
_BOOL = {"true": True, "false": False}
# Longer numbers lose digits in readers that have 64 bits for one.
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?=[0-9.]{1,16}$)(?:0|[1-9][0-9]*)\.[0-9]+")
_NUMBERLIKE = re.compile(
    r"[-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?|[-+]?0[xob][0-9a-fA-F_]+|[-+]?\.(?:inf|nan)",
    re.IGNORECASE,
)
_SEXAGESIMAL = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_THOUSANDS = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
_CURLY = "“”„‟‘’‚"
_YAML11_BOOL = {"yes", "no", "on", "off", "y", "n", "true", "false", "null"}
# On a line of its own only a number gives the comment away as text: `#8891`.
_CUT = re.compile(r"[ \t]+#(?=\S)|[ \t]*\n[ \t]+#(?=[0-9])")


class Mark(NamedTuple):
    """Where a value stands in the text: its key, its start and its end, in characters from 0."""

    key: int | None
    start: int
    end: int


class _Frame:
    """A container that is still open."""

    __slots__ = ("into", "key", "key_at", "keys", "slot", "start")

    def __init__(self, into: dict[str, Any] | list[Any], keys: Keys, start: int, slot: str | int) -> None:
        self.into, self.keys, self.start, self.slot = into, keys, start, slot
        self.key: str | None = None
        self.key_at: int | None = None


def build(
    text: str, path: str, marks: dict[Keys, Mark] | None, problems: list[Problem]
) -> dict[str, Any] | None:
    """Walk the events of a text. Returns its mapping, or None where there is none; adds to `problems`, and to
    `marks` where places are wanted.

    Raises yaml.YAMLError where the text is not YAML.
    """
    return _Builder(text, path, marks, problems).run()


class _Stop(Exception):
    """What follows could not be understood, or must not be."""


class _Builder:
    def __init__(self, text: str, path: str, marks: dict[Keys, Mark] | None, problems: list[Problem]) -> None:
        self.text, self.path, self.marks, self.problems = text, path, marks, problems
        self.stack: list[_Frame] = []
        # Asked once of the whole text, so that the thousands of scalars of a clean one are not asked.
        self.may_hide = "\\" in text or UNSEEN.search(text) is not None
        self.may_cut = "#" in text[1:] and _CUT.search(text) is not None
        self.documents = 0
        self.root: Any = None
        self.again: list[tuple[str, int]] = []
        """Keys of the record itself that stand a second time, and where."""

    def problem(self, index: int, message: str, todo: str, quote: str = "") -> None:
        """`quote` is the unquoted text that stands here, where quotes around it mend the mistake."""
        line, column = line_column(self.text, index)
        mend = Mend(index, index + len(quote), f'"{quote}"') if quote else None
        self.problems.append(Problem(self.path, line, column, "error", "yaml", message, todo, mend))

    def run(self) -> dict[str, Any] | None:
        try:
            get_event = LOADER(self.text).get_event
            while (event := get_event()) is not None:
                kind = type(event)
                if kind is yaml.ScalarEvent:
                    self.scalar(event)
                elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                    self.open(event)
                elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                    self.close(event)
                elif kind is yaml.AliasEvent:
                    todo = "write the value out, or quote the text if it begins with *"
                    self.stop(event, f"'*{short(event.anchor)}' is an alias, which records do not use", todo)
                elif kind is yaml.DocumentStartEvent:
                    self.documents += 1
                    if self.documents > 1:
                        self.stop(event, "a second document begins here", "keep one record in one file")
        except _Stop:
            return None
        if isinstance(self.root, dict):
            self.tell_a_copy(self.root)
            return self.root
        if not self.problems:
            what = (
                "is empty"
                if self.root is None
                else "holds a list"
                if isinstance(self.root, tuple | list)
                else "holds a single value"
            )
            self.problem(0, f"the file {what}", "write a record: lines of 'key: value'")
        return None

    def tell_a_copy(self, root: dict[str, Any]) -> None:
        """One problem in place of one for each key, where a record was pasted behind itself."""
        if len({key for key, _at in self.again}) < _COPIED or self.again[0][0] != next(iter(root)):
            return
        start = self.again[0][1]
        first, last = line_column(self.text, start)[0], line_column(self.text, len(self.text.rstrip()))[0]
        self.problems[:] = [one for one in self.problems if one.line < first]
        todo = f"keep one of the two: remove lines {first} to {last}, or those above"
        self.problem(start, "the record begins here a second time", todo)

    def stop(self, event: Any, message: str, todo: str) -> None:
        self.problem(event.start_mark.index, message, todo)
        raise _Stop

    def scalar(self, event: Any) -> None:
        if event.tag is not None or event.anchor is not None:
            _check_tag(event, self.problem)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame.key is None and isinstance(frame.into, dict):
            key = event.value
            if key in frame.into and len(self.stack) == 1:
                self.again.append((key, event.start_mark.index))
            if key in frame.into or not _is_plain_key(key):
                is_entry = len(self.stack) > 1 and isinstance(self.stack[-2].into, list)
                key = _key(event, frame.into, self.problem, is_entry=is_entry)
            frame.key, frame.key_at = key, event.start_mark.index
        else:
            value = self.value(event)
            self.add(value, event.start_mark.index, event.end_mark.index)

    def value(self, event: Any) -> Any:
        value = event.value
        if self.may_hide and (found := UNSEEN.search(value)):
            start = event.start_mark.index
            self.problem(start, f"the text holds the unseen character U+{ord(found[0]):04X}", "remove it")
            return UNSEEN.sub("", value)
        if event.style:
            return value
        if self.may_cut and (cut := _CUT.match(self.text, event.end_mark.index)):
            line_end = self.text.find("\n", cut.end())
            lost = self.text[cut.end() - 1 : line_end if line_end >= 0 else None]
            self.problem(
                cut.end() - 1,
                f"YAML drops '{short(lost)}' as a comment",
                "put the whole text in double quotes, or leave a space after # if it is a comment",
            )
        return _plain(value, event, self.problem)

    def open(self, event: Any) -> None:
        start = event.start_mark.index
        if event.tag is not None or event.anchor is not None:
            _check_tag(event, self.problem)
        if event.flow_style and (trap := self.text[start : start + 2]) in ("[[", "{{"):
            todo = "put the whole text in double quotes, or start it with | on the line before"
            self.stop(event, f"text that begins with '{trap}' must be quoted", todo)
        if len(self.stack) >= MAX_DEPTH:
            self.stop(event, f"values are nested more than {MAX_DEPTH} deep", "flatten the record")
        into: dict[str, Any] | list[Any] = {} if type(event) is yaml.MappingStartEvent else []
        slot: str | int = 0
        if self.stack:
            frame = self.stack[-1]
            if frame.key is None and isinstance(frame.into, dict):
                todo = "quote the text if it begins with [ or {"
                self.stop(event, "a list or a mapping stands where a key belongs", todo)
            slot = len(frame.into) if frame.key is None else frame.key
        self.stack.append(_Frame(into, self.add(into, start, start), start, slot))

    def close(self, event: Any) -> None:
        closed = self.stack.pop()
        if isinstance(closed.into, list):
            done = tuple(closed.into)
            if self.stack:
                self.stack[-1].into[closed.slot] = done  # type: ignore[index]
            else:
                self.root = done
        if self.marks is not None:
            self.marks[closed.keys] = Mark(self.marks[closed.keys].key, closed.start, event.end_mark.index)

    def add(self, value: Any, start: int, end: int) -> Keys:
        frame = self.stack[-1] if self.stack else None
        keys = () if frame is None or self.marks is None else self.keys_below(frame)
        if self.marks is not None:
            self.marks[keys] = Mark(frame.key_at if frame and frame.key is not None else None, start, end)
        if frame is None:
            self.root = value
        elif frame.key is None:
            assert isinstance(frame.into, list)
            frame.into.append(value)
        else:
            frame.into[frame.key] = value  # type: ignore[call-overload]
            frame.key = None
        return keys

    def keys_below(self, frame: _Frame) -> Keys:
        """The keys of the value that comes next."""
        return (*frame.keys, len(frame.into) if frame.key is None else frame.key)


def _check_tag(event: Any, problem: Any) -> None:
    if event.tag is not None:
        problem(
            event.start_mark.index,
            f"'{short(event.tag)}' is a tag, which records do not use",
            "remove it, or quote the text if it begins with !",
        )
    if event.anchor is not None:
        problem(
            event.start_mark.index,
            f"'&{short(event.anchor)}' is an anchor, which records do not use",
            "remove it, or quote the text if it begins with &",
        )


@lru_cache(maxsize=4096)
def _is_plain_key(key: str) -> bool:
    """Whether a key is beyond doubt however it is written: nearly all are, and the same ones again and again."""
    return key != "<<" and key not in _NULL and key.lower() not in _YAML11_BOOL and not UNSEEN.search(key)


def _key(event: Any, into: dict[str, Any], problem: Any, *, is_entry: bool) -> str:
    key: str = event.value
    if key == "<<" and not event.style:
        problem(
            event.start_mark.index, "'<<' merges mappings, which records do not use", "write the values out"
        )
    elif not event.style and key in _NULL:
        problem(event.start_mark.index, "a key is missing before ':'", "write the key, or quote the text")
    elif key in into and key.isdigit():
        todo = "write the number without separators, such as 1000000"
        problem(event.start_mark.index, f"a comma ends a number before '{key}'", todo)
    elif key in into:
        todo = "keep one of the two" + ", or begin the line with '- ' if it is another entry" * is_entry
        problem(event.start_mark.index, f"the key '{short(key)}' stands twice", todo)
    elif not event.style and key.lower() in _YAML11_BOOL:
        problem(
            event.start_mark.index,
            f"the key '{key}' without quotes means true, false or nothing to some readers of YAML",
            f'write "{key}"',
            quote=key,
        )
    if UNSEEN.search(key):
        problem(event.start_mark.index, "the key holds a character that cannot be seen", "remove it")
    return key


def _plain(value: str, event: Any, problem: Any) -> Any:
    """An unquoted scalar, by YAML 1.2's core schema; dates stay text, since EDTF is read later."""
    if value in _NULL:
        return None
    if value in _BOOL:
        return _BOOL[value]
    if value[-1] in "\"'" and value.count(value[-1]) == 1 and value[0] not in _CURLY:
        _check_lone_mark(value, event, problem)
    if value[0].isalpha():
        if value.lower() in _YAML11_BOOL:
            problem(
                event.start_mark.index,
                f"'{value}' without quotes means true, false or nothing to some readers of YAML",
                f'write "{value}" for the word, true or false for a switch',
                quote=value,
            )
        return value
    if _INT.fullmatch(value):
        return int(value)
    if value[0] in _CURLY:
        _check_curly(value, event, problem)
        return value
    said = short(value)
    if _FLOAT.fullmatch(value):
        if not value.endswith("0"):
            return float(value)
        problem(
            event.start_mark.index,
            f"'{said}' without quotes loses its last zero",
            f'write "{said}" for text, {value.rstrip("0").rstrip(".")} for the number'
            + (
                f", {value.replace('.', '')} if the dot parts thousands"
                if _THOUSANDS.fullmatch(value)
                else ""
            ),
            quote=value,
        )
    elif _SEXAGESIMAL.fullmatch(value):
        problem(
            event.start_mark.index,
            f"'{said}' without quotes is a number of base 60 to some readers of YAML",
            f'write "{said}"',
            quote=value,
        )
    elif _NUMBERLIKE.fullmatch(value):
        problem(
            event.start_mark.index,
            f"'{said}' without quotes is read as different numbers by different readers of YAML",
            f'write "{said}" for text, plain digits for a number',
        )
    elif value == "=":
        problem(event.start_mark.index, "'=' without quotes has a meaning of its own in YAML", 'write "="')
    return value


def _check_lone_mark(value: str, event: Any, problem: Any) -> None:
    # After a digit it may be inches, after an s it may say whose.
    if value[-2:-1].isalpha() and (value[-1] == '"' or value[-2] != "s"):
        problem(
            event.start_mark.index,
            "a quotation mark ends this text, and none begins it",
            f"write {value[-1]} before the text too, or take the one after it away",
        )


def _check_curly(value: str, event: Any, problem: Any) -> None:
    # One that stands within, as in “Yes,” he said, shows that the marks are the text's own.
    if len(value) > 1 and value[-1] in _CURLY and not any(mark in value[1:-1] for mark in _CURLY):
        problem(
            event.start_mark.index,
            f"'{value[0]}' and '{value[-1]}' are part of the text, and no quotation marks of YAML",
            f'write straight ones, "{short(value[1:-1])}", or put those around all if the curly ones belong to the text',
        )


def line_column(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of a position in a text."""
    breaks = _line_breaks(text)
    line = bisect_left(breaks, index)
    return line + 1, index - (breaks[line - 1] if line else -1)


def index_of(text: str, line: int, column: int = 1) -> int:
    """The position in a text of a line and column, from 1."""
    return (_line_breaks(text)[line - 2] + 1 if line > 1 else 0) + column - 1


@lru_cache(maxsize=8)
def _line_breaks(text: str) -> list[int]:
    # Counted once for a text: one with a mistake in every line would else be counted from its start for each.
    return [found.start() for found in re.finditer("\n", text)]
