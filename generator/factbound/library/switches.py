"""A file with words that are switches to some readers of YAML, such as `yes`, in; its problems, told for the field of each, out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from ..problems import Problem
from ..settings import Strict
from ..yamlfile import Document, Keys
from .fields import choices_of, field_at
from .wrong import one_of

_ON = ("yes", "on", "y", "true")


def told_by_field(document: Document, model: type[Strict]) -> Iterator[Problem]:
    """What reading a file found, where the field decides what an editor means by `yes`."""
    words = [
        problem
        for problem in document.problems
        if problem.mend and "true, false or nothing" in problem.message
    ]
    if not words:
        yield from document.problems
        return
    places = {document.place(keys): keys for keys in sorted(document.places(), key=len)}
    for problem in document.problems:
        keys = places.get((problem.line, problem.column)) if problem in words else None
        yield _told(problem, keys, model) if keys else problem


def _told(problem: Problem, keys: Keys, model: type[Strict]) -> Problem:
    assert problem.mend is not None
    field = field_at(model, keys)
    kinds = choices_of(field.rebuild_annotation()) if field else []
    word = problem.mend.text.strip('"')
    allowed = [one for kind in kinds if get_origin(kind) is Literal for one in get_args(kind)]
    if bool in kinds:
        switch = str(word.lower() in _ON).lower()
        return _mended(problem, f"write {switch}", switch)
    if allowed and word.lower() not in allowed:
        return _mended(problem, one_of(allowed), "")
    return _mended(problem, f'write "{word}"', problem.mend.text)


def _mended(problem: Problem, todo: str, text: str) -> Problem:
    mend: Any = problem.mend._replace(text=text) if problem.mend and text else None
    return dataclasses.replace(problem, todo=todo, mend=mend)
