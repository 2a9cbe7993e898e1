"""A kind of record and an id in; its starter, and the file that it will be, out."""

from __future__ import annotations

from pathlib import Path

from ..library import Library
from ..model import COLLECTIONS
from ..problems import Problem
from ..rules import check
from ..settings import Project
from ..yamlfile import read_file
from .starter import Starter

KINDS = {
    "case": "cases", "statistic": "statistics", "regulation": "regulations", "jurisdiction": "jurisdictions", "term": "glossary",
    "source": "sources", "explainer": "explainers", "help": "help",
}  # fmt: skip
"""What `factbound new` calls a record, and its starter is called -> its collection."""


class NoStarter(ValueError):
    """A starter cannot be read; the message says why."""


def read_starter(project: Project, kind: str) -> Starter:
    """The project's own starter, or the one that came with the program.

    Raises NoStarter.
    """
    shown = f"content/_starters/{kind}.yml"
    own = project.root / shown
    try:
        document = read_file(own if own.is_file() else shipped_starters() / own.name, shown)
    except OSError as error:
        raise NoStarter(f"{shown} cannot be read: {error.strerror}") from None
    if document.problems or document.data is None:
        raise NoStarter(str(document.problems[0]))
    return Starter(document.text, COLLECTIONS[KINDS[kind]])


def shipped_starters() -> Path:
    """The folder of the starters that came with the program."""
    here = Path(__file__).resolve().parent.parent
    packed = here / "starters"
    return packed if packed.is_dir() else here.parent.parent / "content" / "_starters"


def path_for(kind: str, id: str) -> str:
    """The file of a record, relative to the project."""
    return f"content/{KINDS[kind]}/{id}.yml"


def write_new(project: Project, path: str, text: str) -> None:
    """Write a file that is not there yet.

    Raises FileExistsError where it is, OSError where it cannot be written.
    """
    file = project.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8", newline="\n") as opened:
        opened.write(text)


def problems_of(library: Library, path: str) -> list[Problem]:
    """What a check finds in one file."""
    return [problem for problem in check(library) if problem.path == path]
