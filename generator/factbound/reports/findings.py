"""The problems of a run in; one set of findings out, which every form of report is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from ..problems import Problem, tally
from ..rules import is_blocking


@dataclass(frozen=True)
class Findings:
    """What a check has found."""

    problems: tuple[Problem, ...]
    """Sorted, none of them twice."""
    records: int
    """How many were checked."""
    strict: bool
    source_of: Callable[[str], str | None]
    """Path -> text of a content file."""
    folder: str = ""
    """Where the project lies in its repository: empty for its top, else `sites/lanterns/`."""
    changed: frozenset[str] = field(default_factory=frozenset)
    """Files that the present change touches: what is wrong there is told first."""

    @property
    def tally(self) -> str:
        """`295 records checked: 1 error`."""
        return f"{self.records} records checked: {tally(self.problems)}"

    @cached_property
    def blocked(self) -> bool:
        """Whether one of them stops the check."""
        return any(self.blocks(problem) for problem in self.problems)

    def blocks(self, problem: Problem) -> bool:
        """Whether a problem stops the check."""
        return is_blocking(problem, strict=self.strict)

    @cached_property
    def changed_first(self) -> tuple[Problem, ...]:
        """All problems, those in files that the present change touches before the others."""
        return tuple(sorted(self.problems, key=lambda one: one.path not in self.changed))
