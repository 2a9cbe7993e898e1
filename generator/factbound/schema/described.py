"""The docstring under a field in; its guideline and its examples out."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ..yamlfile import read_text


class Help(NamedTuple):
    """What the docstring under a field says."""

    text: str
    examples: tuple[str, ...]
    """As YAML; each stands behind the word `Example:`."""


def help_of(docstring: str | None) -> Help:
    """The guideline and the examples of a field."""
    text, *examples = re.split(r"\s+Example: ", " ".join((docstring or "").split()))
    return Help(text, tuple(examples))


def read_example(text: str) -> Any:
    """An example as the program reads it from a file.

    Raises ValueError for one that no file may hold.
    """
    document = read_text(f"example: {text}\n", "example")
    if document.problems or document.data is None:
        raise ValueError(f"an example of a field cannot be read: {document.problems[0]}")
    return document.data["example"]
