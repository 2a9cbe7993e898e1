"""A file that its collection does not take in; the problem that it lies in another's folder out, where its keys show that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..model import COLLECTIONS
from ..problems import Problem, listed
from ..settings import Strict
from ..yamlfile import Document
from .fields import fields_of

_SHOWN = 4
"""Keys that are named as the sign of a kind."""


def belongs_elsewhere(document: Document, model: type[Strict]) -> Problem | None:
    """One problem in place of one for each key, where another collection knows the keys and this one does not."""
    data = document.data or {}
    here = _misfits(data, model)
    others = {name: len(_misfits(data, kind)) for name, kind in COLLECTIONS.items() if kind is not model}
    folder = min(others, key=lambda name: others[name])
    signs = [key for key in data if key in fields_of(COLLECTIONS[folder]) and key not in fields_of(model)]
    if not signs or others[folder] > 1 or len(here) < others[folder] + 3:
        return None
    keys = listed(f"'{key}'" for key in signs[:_SHOWN])
    what = f"this looks like {_with_article(COLLECTIONS[folder].__name__.lower())}: it has {keys}"
    return Problem(document.path, 1, 1, "error", "file-name", what, f"move it to content/{folder}/")


def _misfits(data: Iterable[Any], model: type[Strict]) -> list[str]:
    """The keys that a model does not know, and those that it misses."""
    fields = fields_of(model)
    missing = [key for key, field in fields.items() if field.is_required() and key not in data]
    return [key for key in data if key not in fields] + missing


def _with_article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}" if kind != "help" else "a help page"
