"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from ..library import Library
from ..problems import Problem

Finder = Callable[[Library], Iterator[Problem]]


@dataclass(frozen=True)
class Rule:
    """One idea that content is held to, with an example of the mistake and of its mending."""

    id: str
    level: Literal["error", "advice"]
    explains: str
    """One sentence for an editor."""
    wrong: str
    right: str
    finds: Finder | None = None
    """None where reading or validation finds it."""
