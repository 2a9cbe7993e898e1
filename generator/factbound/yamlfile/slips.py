"""A text that the parser gave up on, and the line on which it did, in; the line that an editor got wrong out.

The parser often stumbles a line after the mistake. So every likely mending of a line near it is tried: one with
which the parser reads on is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import yaml

from .events import LOADER

_FAR = 4
"""Lines within which a wrong sign is looked for, the one on which the parser gave up and those above it."""
_STEP = 2
"""Spaces by which records are indented."""
_TRIES = 20
"""Mendings that are tried: each costs reading the file again."""
_BEGINNING = re.compile(r"(?P<indent> *)(?P<dash>(?:- +)*)(?P<rest>\S?.*)")
_KEY = re.compile(r"[A-Za-z_][\w-]*(?=:(?:\s|$))")
_TIGHT_KEY = re.compile(r"([A-Za-z_][\w-]*):(?![\s/])(?=.)")
_OTHER_COLON = re.compile(r"([A-Za-z_][\w-]*) ?([：﹕꞉=;]) ?")
_LOOKS_BLANK = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")
_TIGHT_DASH = re.compile(r"-(?=[A-Za-z\"'{\[])")
_QUOTED = re.compile(r"""(?:[A-Za-z_][\w-]*: +)?(?P<mark>["'])(?P<text>.*)""")


class Slip(NamedTuple):
    """A line that is wrong, and how it is mended."""

    row: int
    """Its number, from 0."""
    column: int
    """From 0."""
    message: str
    todo: str
    mended: str
    """The line as it would be right."""
    sure: bool = False
    """Whether nothing else can be meant."""


class _Line(NamedTuple):
    """How a line begins."""

    row: int
    indent: int
    dash: str
    """`- ` as often as it stands there."""
    rest: str

    @property
    def inner(self) -> int:
        """Where it stands behind its dashes."""
        return self.indent + len(self.dash)

    @property
    def key(self) -> str:
        found = _KEY.match(self.rest)
        return found[0] if found else ""

    @property
    def name(self) -> str:
        return "the '-'" if self.dash else f"'{self.key}'" if self.key else "the text"

    def moved(self, indent: int) -> str:
        """The line as it would be at another place."""
        return f"{' ' * indent}{self.dash}{self.rest}"

    def saying(self, rest: str) -> str:
        """The line as it would be with other words."""
        return self._replace(rest=rest).moved(self.indent)


def find_slip(text: str, row: int) -> Slip | None:
    """The mistake because of which the parser gave up on a line, if one mended line lets it read on."""
    lines = text.split("\n")
    for slip in islice(_likely(lines, row), _TRIES):
        if _reads_on([*lines[: slip.row], slip.mended, *lines[slip.row + 1 :]], row):
            return slip
    return None


def _likely(lines: list[str], row: int) -> Iterator[Slip]:
    if near := _near(lines, row):
        line, *above = near
        yield from _other_spaces(near[:_FAR])
        yield from _other_signs(near[:_FAR])
        yield from _above_a_list(line, above)
        yield from _quotes(line)
        yield from _brackets(line)
        yield from _colon_inside(line)
        yield from _missing_dash(line, above)
        yield from _moved_between(line, above, next(map(_indent, filter(_counts, lines[row + 1 :])), 0))
        # A line at an odd place is likelier to have been moved than those around it.
        either = [_moved(line, above), _moved_above(line, above)]
        for moved in either if line.indent % 2 else reversed(either):
            yield from moved


def _reads_on(lines: list[str], row: int) -> bool:
    """Whether the parser comes further than a line."""
    try:
        get_event = LOADER("\n".join(lines)).get_event
        while (event := get_event()) is not None:
            if event.start_mark.line > row:
                return True
    except yaml.MarkedYAMLError as error:
        begun = error.context_mark if error.context and "simple key" in error.context else None
        mark = begun or error.problem_mark
        return mark is not None and mark.line > row
    return True


def _near(lines: list[str], row: int) -> list[_Line]:
    """The line itself, then all above it that are no comments, the nearest first."""
    if row >= len(lines) or not lines[row].strip():
        return []
    above = (number for number in range(row - 1, -1, -1) if _counts(lines[number]))
    return [_line(number, lines[number]) for number in (row, *above)]


def _counts(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#") and not line.startswith("---")


def _line(row: int, line: str) -> _Line:
    found = _BEGINNING.fullmatch(line)
    assert found is not None, line
    return _Line(row, len(found["indent"]), found["dash"], found["rest"])


# ----- mistakes, each with its mending -----


def _other_spaces(near: list[_Line]) -> Iterator[Slip]:
    """Spaces that only look like one."""
    for line in near:
        if found := _LOOKS_BLANK.search(line.rest):
            what = f"the space here is none to YAML (U+{ord(found[0]):04X})"
            mended = line.saying(_LOOKS_BLANK.sub(" ", line.rest))
            yield Slip(line.row, line.inner + found.start(), what, "write a plain space", mended, sure=True)


def _other_signs(near: list[_Line]) -> Iterator[Slip]:
    """A colon or a dash without its space, or another sign in place of a colon."""
    for line in near:
        if found := _OTHER_COLON.match(line.rest):
            rest, at = f"{found[1]}: {line.rest[found.end() :]}", found.start(2)
            what, todo = f"'{found[2]}' stands where ':' and a space belong", f"write {_cut(rest)}"
        elif found := _TIGHT_KEY.match(line.rest):
            rest, at = f"{found[1]}: {line.rest[found.end() :]}", found.end()
            what, todo = f"'{found[1]}:' has no space after its colon", f"put one there: {_cut(rest)}"
        elif _TIGHT_DASH.match(line.rest):
            rest, at = f"- {line.rest[1:]}", 1
            what, todo = "a dash has no space after it", f"put one there: {_cut(rest)}"
        else:
            continue
        yield Slip(line.row, line.inner + at, what, todo, line.saying(rest))


def _above_a_list(line: _Line, above: list[_Line]) -> Iterator[Slip]:
    """A value on the line of a key that has a list below it."""
    if not line.dash or not above or above[0].inner > line.indent or not _has_plain_value(above[0]):
        return
    one = above[0]
    key, _colon, value = one.rest.partition(": ")
    what = f"'{key}' has text on its line and a list below it"
    todo = (
        f"take '{_cut(value.strip())}' away, or make an entry of the list of it: a line that begins with '- '"
    )
    yield Slip(one.row, one.inner + len(key) + 2, what, todo, one.saying(f"{key}:"))


def _quotes(line: _Line) -> Iterator[Slip]:
    """Quotation marks inside a text between the same ones, and text after the last one."""
    found = _QUOTED.match(line.rest)
    if not found or (end := found["text"].find(found["mark"])) < 0:
        return
    mark, text = found["mark"], found["text"].rstrip()
    name, again, others = _INSIDE[mark]
    if text.endswith(mark):
        what = f"{name} inside the text ends it here"
        todo = f"write {again} for {name} inside the text, or put the whole text in {others} quotes"
    else:
        what = "the text goes on after its closing quotation mark"
        todo = f"put {others} quotes around the whole text, or let it end there"
    inside = text.removesuffix(mark).replace(mark, again)
    mended = line.saying(f"{line.rest[: found.start('text')]}{inside}{mark}")
    yield Slip(line.row, line.inner + found.start("text") + end, what, todo, mended)


_INSIDE = {'"': ("a quotation mark", '\\"', "single"), "'": ("an apostrophe", "''", "double")}
"""What ends the text -> its name, how it is written inside the text, and the other kind of quotes."""


def _brackets(line: _Line) -> Iterator[Slip]:
    """A bracket that is closed and not opened, or a round one where { } is meant."""
    key, colon, value = line.rest.partition(": ")
    value = value.strip()
    before = line.inner + len(key) + 2
    if colon and value.startswith("(") and value.endswith(")"):
        rest = f"{key}: {{{value[1:-1]}}}"
        yield Slip(line.row, before, "round brackets hold no keys", f"write {_cut(rest)}", line.saying(rest))
    if not colon or value[-1:] not in ("}", "]"):
        return
    opening = "{" if value[-1] == "}" else "["
    what = f"a '{value[-1]}' is closed here and opened nowhere"
    mended = [f"{key}: {opening}{value}", f"{key}: {value[:-1]}"]
    for rest in reversed(mended) if value.startswith(opening) else mended:
        yield Slip(
            line.row, line.inner + len(line.rest.rstrip()) - 1, what, f"write {_cut(rest)}", line.saying(rest)
        )


def _colon_inside(line: _Line) -> Iterator[Slip]:
    """Text of one line with a colon in it, which reads on once it is quoted."""
    key, colon, value = line.rest.partition(": ")
    value = value.strip()
    if not colon or not line.key or ": " not in f"{value} " or value[0] in "\"'|>[{#":
        return
    quoted = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    column = line.inner + len(key) + 2 + f"{value} ".index(": ")
    todo = f"put the whole text in double quotes: {_cut(quoted)}"
    what = "': ' inside unquoted text starts a new key"
    yield Slip(line.row, column, what, todo, line.saying(f"{key}: {quoted}"), sure=True)


def _missing_dash(line: _Line, above: list[_Line]) -> Iterator[Slip]:
    """A line that stands where the entries of a list begin, and begins with none."""
    entry = next((one for one in above if one.indent <= line.indent), None)
    if not entry or not entry.dash or line.dash or not line.key or not 0 < entry.indent == line.indent:
        return
    before = next((one for one in above if one.row < entry.row), None)
    if before and before.key and before.inner + _STEP < entry.indent:
        return  # The list itself was moved.
    what = "this line stands where each entry of a list begins with '- '"
    todo = f"begin it so if it is an entry, or {_with(entry.inner)} if it belongs to the one above"
    for mended in (f"{' ' * line.indent}- {line.rest}", line.moved(entry.inner)):
        yield Slip(line.row, line.indent, what, todo, mended)


def _moved(line: _Line, above: list[_Line]) -> Iterator[Slip]:
    """The line itself, further in or out than those to which it belongs."""
    if not above or not (off := _off(line, above[0])):
        return
    places = sorted(_places(line, above), key=lambda place: abs(place[0] - line.indent))
    for number, (indent, where) in enumerate(places):
        todo = f"begin it {_with(indent)}, so that it stands under {where}"
        other, there = places[number + 1] if number + 1 < len(places) else (1 << 20, "")
        if abs(other - line.indent) == abs(indent - line.indent):
            todo += f", or {_with(other)}, under {there}"
        elif line.key and line.indent > indent + 1 and _has_plain_value(above[0]):
            todo += "; or put the text of both lines in double quotes"
        yield Slip(line.row, line.indent, off, todo, line.moved(indent))


def _places(line: _Line, above: list[_Line]) -> Iterator[tuple[int, str]]:
    """Where a line could stand: under each line above that is not over yet, each place once."""
    seen = {line.indent}
    for one in _still_open(above):
        alike = bool(one.dash and line.dash) or (not line.dash and bool(one.key) == bool(line.key))
        indent = one.indent if line.dash else one.inner
        if alike and indent not in seen:
            seen.add(indent)
            name = "the '-'" if line.dash else f"'{one.key}'" if one.key else "the text"
            yield indent, f"{name} of line {one.row + 1}"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _moved_between(line: _Line, above: list[_Line], next_indent: int) -> Iterator[Slip]:
    """The line above, further out than this one and than those before it, with a value where names have none."""
    if len(above) < 2 or not above[0].key or above[0].indent >= line.indent or not _has_value(above[0]):
        return
    one, *before = above
    if not one.indent and next_indent < line.indent:
        return  # At the top, keys with a value stand among those without one: it may be this line that was moved.
    stood = {other.inner for other in _still_open(before)}
    level = next((other for other in _still_open(before) if other.indent <= one.indent), None)
    waits = not _has_value(before[0]) and before[0].indent < line.indent
    if (line.indent in stood or waits) and level and level.indent == one.indent and not _has_value(level):
        what = f"this line starts {_columns(line.indent - one.indent)} further out than {line.name} of line {line.row + 1}"
        todo = f"begin it {_with(line.indent)}, so that the two stand under each other"
        yield Slip(one.row, one.indent, what, todo, one.moved(line.indent))


def _moved_above(line: _Line, above: list[_Line]) -> Iterator[Slip]:
    """A line above that is not where the first of its kind would be, while this one would be right beside or in it."""
    here = f"{line.name} of line {line.row + 1}"
    for one in _still_open(above):
        before = next((other for other in above if other.row < one.row), None)
        if before and before.indent >= one.indent and not one.dash:
            continue
        place = before.inner + _STEP if before else 0
        if one.indent == place:
            continue
        if one.dash and line.key and not line.dash and line.indent == place + len(one.dash):
            what = f"too far {_way(one.indent - place)} for {here}, which belongs to it"
            todo = f"begin it {_with(place)}"
        elif line.indent == place and (one.dash != "", one.key != "") == (line.dash != "", line.key != ""):
            what = f"further {_way(one.indent - place)} than {here}"
            todo = f"begin it {_with(place)}, so that the two stand under each other"
        else:
            continue
        what = f"this line starts {_columns(abs(one.indent - place))} {what}"
        yield Slip(one.row, one.indent, what, todo, one.moved(place))


def _still_open(above: list[_Line]) -> Iterator[_Line]:
    """The lines to which another can be added: each stands further out than all between it and the end."""
    last = None
    for one in above:
        if last is None or one.indent < last.indent:
            last = one
            yield one


# ----- words -----


def _off(line: _Line, above: _Line) -> str:
    """How far a line starts from the one above it."""
    by = line.indent - (above.inner if above.indent < line.indent >= above.inner else above.indent)
    return f"this line starts {_columns(abs(by))} further {_way(by)} than the line above it" if by else ""


def _way(by: int) -> str:
    return "in" if by > 0 else "out"


def _has_value(line: _Line) -> bool:
    return bool(re.match(r"\S+:\s+[^\s#]", line.rest))


def _has_plain_value(line: _Line) -> bool:
    value = line.rest.partition(":")[2].strip()
    return bool(value) and value[0] not in "\"'|>[{#"


def _columns(count: int) -> str:
    return "one column" if count == 1 else f"{count} columns"


def _with(spaces: int) -> str:
    return "without spaces" if not spaces else "with one space" if spaces == 1 else f"with {spaces} spaces"


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}…"
