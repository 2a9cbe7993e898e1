"""A file that was read: its data, and the line and column of every key and value."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from ..problems import Mend, Problem
from .events import Keys, Mark, build, line_column
from .written import as_written

_MAX_DRIFT = 5000
"""Characters within which a snippet is looked for after its offset."""


@dataclass
class Document:
    """A file that was read. `data` is None where the file could not be understood."""

    path: str
    """As problems name it: relative to the project, with forward slashes."""
    text: str
    data: dict[str, Any] | None = None
    """Mappings as dict, lists as tuple."""
    problems: list[Problem] = field(default_factory=list)
    body: int | None = None
    """In a hand-written page: where the Markdown after the front matter begins; it is `data["body"]`."""
    _written: dict[Keys, tuple[str, Sequence[int]]] = field(default_factory=dict, repr=False, compare=False)
    """Texts in which a place was asked for, with the place of each character."""

    @property
    def yaml_part(self) -> str:
        """The part of the text that is YAML: all of it, or a hand-written page's front matter."""
        return self.text if self.body is None else self.text[: self.text.rfind("---", 0, self.body)]

    def problem(
        self,
        keys: Keys,
        rule: str,
        message: str,
        todo: str,
        *,
        at_key: bool = False,
        advice: bool = False,
        offset: int | None = None,
        snippet: str = "",
        mend: Mend | None = None,
    ) -> Problem:
        """A problem at a value (or its key), or at `snippet` where it stands at `offset` inside a text value."""
        line, column = self.place(keys, at_key=at_key, offset=offset, snippet=snippet)
        return Problem(self.path, line, column, "advice" if advice else "error", rule, message, todo, mend)

    def place(
        self, keys: Keys, *, at_key: bool = False, offset: int | None = None, snippet: str = ""
    ) -> tuple[int, int]:
        """Line and column, from 1, of the nearest key or value on the way that the file holds."""
        while keys and keys not in self._marks:
            keys, at_key, offset = keys[:-1], True, None
        mark = self._marks.get(keys)
        if mark is None:
            return 1, 1
        index = mark.key if at_key and mark.key is not None else mark.start
        if offset is not None and snippet:
            index = self._inside(keys, mark, offset, snippet)
        return line_column(self.text, index)

    def span(self, keys: Keys) -> tuple[int, int]:
        """Where a value begins and ends in the text, in characters."""
        mark = self._marks[keys]
        return mark.start, mark.end

    def value(self, keys: Keys) -> Any:
        """What stands at a place that there is."""
        found: Any = self.data
        for key in keys:
            found = found[key]
        return found

    def key_start(self, keys: Keys) -> int:
        """Where a key begins in the text, in characters, its quotes included."""
        key = self._marks[keys].key
        assert key is not None, keys
        return key

    def places(self) -> set[Keys]:
        """The keys of everything in the file."""
        return set(self._marks)

    def plain_text_around(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the unquoted text begins and ends that holds these characters, if one does."""
        around = [
            mark
            for keys, mark in self._marks.items()
            if mark.start <= start and end <= mark.end and keys != ("body",)
        ]
        if not around:
            return None
        inner = min(around, key=lambda mark: mark.end - mark.start)
        return None if self.text[inner.start] in "\"'|>[{" else (inner.start, inner.end)

    def literal(self, keys: Keys, offset: int, snippet: str) -> tuple[int, int] | None:
        """Where `snippet` itself stands in the file, in characters: in a text value, at an offset or a little after it.
        None where the file has other signs for it, such as an escape."""
        mark = self._marks[keys]
        places, found = self._found(keys, mark, offset, snippet)
        if found is None:
            return None
        start, end = mark.start + places[found.start()], mark.start + places[found.end() - 1] + 1
        return (start, end) if self.text[start:end].split() == snippet.split() else None

    def _inside(self, keys: Keys, mark: Mark, offset: int, snippet: str) -> int:
        places, found = self._found(keys, mark, offset, snippet)
        return mark.start + places[min(found.start() if found else offset, len(places) - 1)]

    def _found(
        self, keys: Keys, mark: Mark, offset: int, snippet: str
    ) -> tuple[Sequence[int], re.Match[str] | None]:
        """Where each character of a text value is written, and where in the value a snippet stands."""
        if keys not in self._written:
            text = str(self.value(keys))
            self._written[keys] = text, as_written(self.text[mark.start : mark.end], text)
        value, places = self._written[keys]
        # The nodes of prose lack the backslashes and indents that the value has: what is looked for stands at the
        # offset or a little after it, its words perhaps on two lines.
        words = re.compile(r"\s+".join(map(re.escape, snippet.split())))
        return places, words.search(value, offset, offset + len(snippet) + _MAX_DRIFT)

    @cached_property
    def _marks(self) -> dict[Keys, Mark]:
        # Made only when a place is asked for: a clean run of thousands of files never pays for it.
        marks: dict[Keys, Mark] = {}
        # A mistake was reported when the file was read; what stands before it has its marks.
        with contextlib.suppress(yaml.YAMLError):
            build(self.yaml_part, self.path, marks, [])
        if self.body is not None:
            marks["body",] = Mark(None, self.body, len(self.text))
        return marks
