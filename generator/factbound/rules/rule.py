"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..library import Library
from ..problems import Level, Problem

Finder = Callable[[Library], Iterator[Problem]]


@dataclass(frozen=True)
class Rule:
    """One idea that content is held to, with an example of the mistake and of its mending."""

    id: str
    level: Level
    explains: str
    """One sentence for an editor."""
    wrong: str
    right: str
    finds: tuple[Finder, ...] = ()
    """Empty where reading, validation or the build finds it. A finder that reports under several ids stands in the
    rule of each, and runs once."""
