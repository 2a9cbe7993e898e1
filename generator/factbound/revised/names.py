"""What is told of a change in; the same without what holds a withheld name out: reports of a CI build are often public."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from ..withheld import Names

LEFT_OUT = "(left out: it holds a name that is withheld)"
Any_ = TypeVar("Any_")


def without_names(told: Any_, names: Names) -> Any_:
    """The same report, record or text, in which each text with a name is replaced as a whole."""
    found: Any = told
    if isinstance(told, str):
        found = LEFT_OUT if names.stand_in(told) else told
    elif isinstance(told, tuple):
        found = tuple(without_names(one, names) for one in told)
    elif is_dataclass(told) and not isinstance(told, type):
        found = replace(
            told, **{one.name: without_names(getattr(told, one.name), names) for one in fields(told)}
        )
    made: Any_ = found
    return made
