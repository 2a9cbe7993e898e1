"""The schemas and the ids as files of a project: what they hold, which of them are out of date, and writing them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from typing import Any

from ..library import Library
from ..problems import Problem
from ..settings import Project
from .kinds import KINDS, schema_of
from .offered import ids_file

FOLDER = "content/_schema"
IDS = f"{FOLDER}/ids.json"
_MADE_BY = re.compile(r'"\$comment": "Written by Factbound (\d+(?:\.\d+)*)"')


def schema_files() -> dict[str, str]:
    """Path -> text of the schema of each kind of file, the same for every content."""
    return {f"{FOLDER}/{kind}.json": _written(kind) for kind in KINDS}


@cache
def _written(kind: str) -> str:
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"


def stale_schemas(project: Project) -> dict[str, str]:
    """Path -> text of each schema that is missing or is another than the model gives."""
    return {path: text for path, text in schema_files().items() if _text_of(project, path) != text}


def newer_schemas(project: Project) -> dict[str, str]:
    """Path -> version of each schema that a newer Factbound wrote than this one: what it says is not for this one to undo."""
    found = {}
    for path in (f"{FOLDER}/{kind}.json" for kind in KINDS):
        told = _MADE_BY.search(_text_of(project, path) or "")
        if told and _numbers(told[1]) > _numbers(version("factbound")):
            found[path] = told[1]
    return found


def with_newer(project: Project, problems: list[Problem]) -> list[Problem]:
    """The problems, with what may be to blame for a key that is not known: a program older than the content's schemas."""
    if not (newer := newer_schemas(project)):
        return problems
    update = f"or update Factbound: {FOLDER} is of {max(newer.values(), key=_numbers)}"
    return [
        replace(one, todo=f"{one.todo}, {update}") if one.rule == "unknown-key" else one for one in problems
    ]


def _numbers(of: str) -> tuple[int, ...]:
    return tuple(map(int, of.split(".")))


def unlisted(library: Library) -> list[str]:
    """Ids that the file of ids lacks, or has and should not, sorted."""
    now, then = _ids_of(ids_file(library)), _ids_of(_text_of(library.project, IDS))
    return sorted({id for _list, id in now ^ then})


def has_broken_ids(project: Project) -> bool:
    """Whether the file of ids is there and holds no lists of ids."""
    text = _text_of(project, IDS)
    try:
        _read_ids("{}" if text is None else text)
    except _BROKEN:
        return True
    return False


def write_schemas(library: Library) -> list[str]:
    """Write what is out of date of the schemas and the ids; return the paths.

    Raises OSError where a file cannot be written.
    """
    stale, ids = stale_schemas(library.project), ids_file(library)
    if _text_of(library.project, IDS) != ids:
        stale[IDS] = ids
    for path, text in stale.items():
        file = library.project.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
    return list(stale)


def renew_ids(library: Library) -> list[str]:
    """Bring the file of ids up to date, where a project has one; return its path if it was written.

    Raises OSError where it cannot be written.
    """
    file, ids = library.project.root / IDS, ids_file(library)
    if not file.is_file() or _text_of(library.project, IDS) == ids:
        return []
    file.write_text(ids, "utf-8", newline="\n")
    return [IDS]


def _text_of(project: Project, path: str) -> str | None:
    file = project.root / path
    # Bytes, since reading as text would hide other line ends.
    return file.read_bytes().decode("utf-8", "replace") if file.is_file() else None


def _ids_of(text: str | None) -> set[tuple[str, Any]]:
    """The ids of each list; none where the file is missing or broken, as by a merge."""
    try:
        return _read_ids("{}" if text is None else text)
    except _BROKEN:
        return set()


_BROKEN = (ValueError, AttributeError, KeyError, TypeError)


def _read_ids(text: str) -> set[tuple[str, Any]]:
    return {
        (name, one["const"])
        for name, found in json.loads(text).get("$defs", {}).items()
        for one in (found["anyOf"] if found else ())
        if "const" in one
    }
