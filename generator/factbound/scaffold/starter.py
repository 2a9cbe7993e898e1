"""A starter's text in; its keys, which of them are blank, and its text with values written into it, out.

A starter is a record with nothing in it yet. A comment above a key explains it; a key behind a # is an example; NAME stands
for a key that an editor chooses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import ValidationError

from ..library import explain
from ..problems import Problem, suggest
from ..settings import Strict
from ..yamlfile import Document, read_text

NAME = "NAME"
_KEY = re.compile(r"( *)(#?)((?:- )?)([A-Za-z][A-Za-z0-9-]*):(?: +(.*))?")
_NOTE = re.compile(r" *# (\S.*)")
_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


class Unfit(ValueError):
    """A value that cannot stand where it was given for; the message says what to do."""


class Slot(NamedTuple):
    """A key of a starter with the lines that belong to it."""

    keys: tuple[str, ...]
    start: int
    end: int
    """Its first line and the one after its last, from 0."""
    before: str
    """What stands before the key, without a #."""
    is_example: bool
    is_blank: bool
    """Whether its value is missing; that of NAME is the key itself."""
    about: str
    """The comment above it."""

    @property
    def path(self) -> str:
        return ".".join(self.keys)

    @property
    def is_name(self) -> bool:
        return self.keys[-1] == NAME


class Starter:
    """A starter of one collection."""

    def __init__(self, text: str, model: type[Strict]) -> None:
        self.text = text
        self.model = model
        self._lines = text.split("\n")

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """All keys in the order of the lines."""
        return tuple(self._slots())

    def _slots(self) -> Iterator[Slot]:
        above: list[tuple[int, str, str]] = []
        notes: list[str] = []
        for number, line in enumerate(self._lines):
            found = _KEY.fullmatch(line)
            if note := _NOTE.fullmatch(line):
                notes.append(note[1])
            if not found:
                notes = notes if note else []
                continue
            indent = len(found[1]) + len(found[3])
            while above and above[-1][0] >= indent:
                above.pop()
            about = " ".join(notes) or (above[-1][2] if above else "")
            notes = []
            above.append((indent, found[4], about))
            end = self._end(number, indent, found[2])
            leaf = not found[2] and not found[5] and end == number + 1
            keys = tuple(key for _indent, key, _about in above)
            blank = leaf or (found[4] == NAME and not found[2])
            yield Slot(keys, number, end, found[1] + found[3], bool(found[2]), blank, about)

    def _end(self, start: int, indent: int, sign: str) -> int:
        """The line after the last one that belongs to a key: those that are indented further."""
        end = start + 1
        deeper = re.compile(rf" {{{indent}}}{sign} +\S.*" if sign else rf" {{{indent + 1},}}\S.*")
        for number in range(start + 1, len(self._lines)):
            if deeper.fullmatch(self._lines[number]):
                end = number + 1
            elif sign or self._lines[number].strip():
                break
        return end

    @property
    def blanks(self) -> list[Slot]:
        """What is required and not there."""
        return [slot for slot in self.slots if slot.is_blank]


class Filling:
    """Values for a starter, collected one by one, each held to the model."""

    def __init__(self, starter: Starter) -> None:
        self._starter = starter
        self._written: dict[Slot, str] = {}
        """Slot -> its value as YAML."""
        self._names: dict[tuple[str, ...], str] = {}
        """Keys that end in NAME -> the name in its place."""

    def set(self, path: str, value: str) -> None:
        """Give the value, or the name, at a path such as `title` or `measures.lanterns.value`.

        Raises Unfit, and keeps nothing, for a path that the starter does not have and a value that cannot stand there.
        """
        slot, names = self._found(path)
        if not (value := value.strip()):
            raise Unfit(f"'{path}' is empty (give it a value, or leave it out)")
        if is_name := path.split(".")[-1] == NAME:
            names[slot.keys] = value
        self._refuse_names(names)
        written = "" if is_name else self._as_yaml(slot, value, names)
        for other in self._written if written else ():
            if _holds(other, slot) or _holds(slot, other):
                raise Unfit(f"'{path}' and '{other.path}' hold each other (give one of them)")
        self._names |= names
        if written:
            self._written[slot] = written

    def _refuse_names(self, names: Mapping[tuple[str, ...], str]) -> None:
        for keys, name in names.items():
            if not _SLUG.fullmatch(name):
                todo = "use lowercase letters, digits and single hyphens: it is part of an address"
                raise Unfit(f"'{name}' cannot be a name ({todo})")
            if (other := self._names.get(keys, name)) != name:
                raise Unfit(f"'{'.'.join(keys)}' is '{other}' already (add '{name}' to the file afterwards)")

    def _found(self, path: str) -> tuple[Slot, dict[tuple[str, ...], str]]:
        """The slot at a path, and the names that the path has for NAME."""
        given = path.split(".")
        for slot in self._starter.slots:
            if len(slot.keys) == len(given) and all(
                key in (one, NAME) for key, one in zip(slot.keys, given, strict=True)
            ):
                names = {
                    slot.keys[: at + 1]: one
                    for at, one in enumerate(given)
                    if slot.keys[at] == NAME and one != NAME
                }
                return slot, names
        known = [slot.path for slot in self._starter.slots]
        top = [one for one in known if "." not in one]
        raise Unfit(f"there is no key '{path}' here ({suggest(path, known if '.' in path else top)})")

    def _as_yaml(self, slot: Slot, value: str, names: Mapping[tuple[str, ...], str]) -> str:
        """The value as it is written after its key: as it is where that is read as what was given, else in quotes."""
        plain = self._trouble(slot, value, names, value)
        if plain is None:
            return value
        quoted = json.dumps(value, ensure_ascii=False)
        trouble = self._trouble(slot, quoted, names, value)
        if trouble is None:
            return quoted
        shown = plain if value[0] in "{[" or plain.rule != "yaml" else trouble
        raise Unfit(f"{shown.message} ({shown.todo})")

    def _trouble(
        self, slot: Slot, written: str, names: Mapping[tuple[str, ...], str], value: str
    ) -> Problem | None:
        """What is wrong on the line of a value, if it were written like this and all others were blank."""
        known = {**self._names, **names}
        document = read_text(_filled(self._starter, {slot: written}, known), "")
        line = slot.start + 1
        if document.problems:
            return next((one for one in document.problems if one.line == line), document.problems[0])
        read = _at(
            document.data, tuple(known.get(slot.keys[: at + 1], key) for at, key in enumerate(slot.keys))
        )
        if read is None or (isinstance(read, str) and read != value):
            return Problem(
                "", line, 1, "error", "yaml", f"'{value}' is not read as it stands", "put it in quotes"
            )
        problems = _problems(document, self._starter.model)
        return next((one for one in problems if one.line == line and one.message not in self._lacks), None)

    @cached_property
    def _lacks(self) -> frozenset[str]:
        """What the model misses in the starter itself."""
        document = read_text(self._starter.text, "")
        return frozenset(one.message for one in _problems(document, self._starter.model))

    @property
    def blanks(self) -> list[Slot]:
        """What is required and still missing."""
        return [slot for slot in self._starter.blanks if not self._has(slot)]

    def _has(self, slot: Slot) -> bool:
        if any(_holds(other, slot) for other in self._written):
            return True
        if not slot.is_name:
            return slot in self._written
        is_leaf = slot.end == slot.start + 1
        return slot.keys in self._names and (not is_leaf or slot in self._written)

    def shown(self, slot: Slot) -> str:
        """The path of a slot with the names that are known."""
        return ".".join(self._names.get(slot.keys[: at + 1], key) for at, key in enumerate(slot.keys))

    def text(self) -> str:
        """The starter with all that was given."""
        return _filled(self._starter, self._written, self._names)


def _problems(document: Document, model: type[Strict]) -> list[Problem]:
    try:
        model.model_validate(document.data)
    except ValidationError as error:
        return list(explain(document, model, error))
    return []


def _holds(outer: Slot, inner: Slot) -> bool:
    return outer.start < inner.start < outer.end


def _at(data: Any, keys: tuple[str, ...]) -> Any:
    """What stands at a path; of a list, in its first item."""
    for key in keys:
        data = data[0] if isinstance(data, tuple) else data
        data = data[key]
    return data


def _filled(starter: Starter, written: Mapping[Slot, str], names: Mapping[tuple[str, ...], str]) -> str:
    lines = starter.text.split("\n")
    for slot in reversed(starter.slots):
        key = names.get(slot.keys, slot.keys[-1])
        if slot in written:
            lines[slot.start : slot.end] = [f"{slot.before}{key}: {written[slot]}"]
        elif slot.keys in names:
            lines[slot.start] = f"{slot.before}{key}:"
    return "\n".join(lines)
