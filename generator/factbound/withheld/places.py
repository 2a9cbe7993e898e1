"""A project or a built site in; the places where a withheld name stands out, none of which repeats it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ..library import Library
from ..problems import Problem
from ..yamlfile import NOT_UTF8
from .names import Names

_NOT_READ = {"node_modules", "__pycache__", ".git", ".cache", ".hypothesis"}
_MARKS = {"pyvenv.cfg", "CACHEDIR.TAG"}
"""Files that a folder of installed or kept things holds."""
_BUILT = re.compile(r"site|\..+\.(?:building|last)")
"""At the top: the site, the one that is being built, and the last one while they are exchanged."""
_READ = (".yml", ".yaml", ".md", ".markdown", ".json")
_SHORTENED = (".min.js", ".min.css", ".map")
"""Scripts and styles that a program has shortened: the letters that it put there make short names by chance."""
_UNDECODED = "\N{REPLACEMENT CHARACTER}"
_TODO = "remove it: the site names nobody who is on the list"


def with_names(library: Library, problems: Iterable[Problem], names: Names) -> list[Problem]:
    """The problems of a check and those of names, sorted, but for those that would show a name in their words or
    in the line to which they point; these come back when the name is gone."""
    if not names:
        return sorted(set(problems))
    places = list(_places(library, names))
    lines = {(place.path, line) for place in places for line in range(place.first, place.last + 1)}
    told = {one for one in problems if (one.path, one.line) not in lines and not names.stand_in(str(one))}
    said = {one.path for one in told if one.message.endswith(NOT_UTF8)}
    found = (_problem(place, names) for place in places if not (place.unread and place.path in said))
    return sorted({*told, *found})


class _Place(NamedTuple):
    path: str
    first: int
    """Line; 0 where the file is called by a name."""
    last: int
    unread: bool = False
    """Whether the file is written in another way than UTF-8, so that no name can be looked for."""


def _places(library: Library, names: Names) -> Iterator[_Place]:
    """Every place in the project's YAML and Markdown, whether it can be parsed or not, and in the names of all files."""
    paths = list(_paths(library.project.root))
    for path in paths:
        if path.lower().endswith(_READ):
            text = library.text_of(path) or ""
            if _UNDECODED in text and not _is_utf8(library.project.root / path):
                yield _Place(path, 0, 0, unread=True)
            for first, last in names.find(text):
                yield _Place(path, first, last)
    for first, last in names.find("\n".join(path.replace("\n", " ") for path in paths)):
        if first == last:
            yield _Place(paths[first - 1], 0, 0)


def _paths(root: Path) -> Iterator[str]:
    """All files of a project, relative to it, but for what is built or installed and what git and other tools keep."""
    for folder, below, files in os.walk(root):
        here = Path(folder)
        if not _MARKS.isdisjoint(files):
            below.clear()
            continue
        below[:] = sorted(
            name for name in below if name not in _NOT_READ and not (here == root and _BUILT.fullmatch(name))
        )
        yield from sorted((here.relative_to(root) / name).as_posix() for name in files)


def _is_utf8(file: Path) -> bool:
    try:
        file.read_text("utf-8")
    except (UnicodeDecodeError, OSError):
        return False
    return True


def _problem(place: _Place, names: Names) -> Problem:
    what, todo = "a name that is withheld stands here", _TODO
    if place.unread:
        what, todo = "no name can be looked for in a file that is not UTF-8", "save it as UTF-8"
    elif place.first == 0:
        what, todo = "a file or folder is called by a name that is withheld", "rename it"
    return Problem(names.shown(place.path), place.first or 1, 1, "error", "name-withheld", what, todo)


def names_in_texts(texts: Iterable[tuple[str, str]], names: Names, sources: Mapping[str, str]) -> list[str]:
    """A line for each text (path, text) in which, or in whose path, a name stands; `sources` says from which content
    file a path was made, where that is known."""
    told = []
    for path, text in texts if names else ():
        if names.stand_in(f"{path}\n{text}"):
            shown = names.shown(path)
            where = f"{names.shown(sources[path])}:1:1" if path in sources else shown
            what = f"a name that is withheld stands in {shown}"
            told.append(f"{where}: error[name-withheld]: {what} ({_TODO})")
    return told


def texts_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Path and text of every file of a folder; its path alone of one that holds no text or none that people wrote."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), "" if file.name.endswith(_SHORTENED) else _text(file)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        return ""
