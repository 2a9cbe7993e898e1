"""A file that was read: its data, and the line and column of every key and value."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from ..problems import Problem
from .events import Keys, Mark, build, line_column


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
    ) -> Problem:
        """A problem at a value (or its key), or at `snippet` where it stands at `offset` inside a text value."""
        line, column = self.place(keys, at_key=at_key, offset=offset, snippet=snippet)
        return Problem(self.path, line, column, "advice" if advice else "error", rule, message, todo)

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

    def _inside(self, keys: Keys, mark: Mark, offset: int, snippet: str) -> int:
        # The text as YAML reads it and as it is written differ in line breaks and escapes only, so the
        # same snippet is looked for as many times as it occurs before the offset.
        value: Any = self.data
        for key in keys:
            value = value[key]
        raw, at = self.text[mark.start : mark.end], 0
        snippet = snippet.split("\n")[0]
        for _ in range(str(value).count(snippet, 0, offset) + 1):
            found = raw.find(snippet, at)
            if found < 0:
                return mark.start
            at = found + 1
        return mark.start + at - 1

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
