"""A project's folders in; the Library out, with a problem for every file that could not become a record."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from ..model import COLLECTIONS, OVERVIEWS, Page, Site, WordList
from ..problems import Problem, nearest
from ..settings import Project
from ..verified import FILE as VERIFIED
from ..verified import UnreadableResults, Verified, read_verified
from ..yamlfile import Document, read_file, read_text
from .entry import Entry
from .explain import explain
from .library import Library

FOLDERS = (*COLLECTIONS, "pages")
RESERVED = {
    **dict.fromkeys(FOLDERS, "a collection"),
    **dict.fromkeys(OVERVIEWS, "a page over all records"),
    "site": "content/site.yml",
    "index": "an index page",
}
"""What an id cannot be, since something else has that name or address."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WORD = re.compile("[a-z0-9]+")
_HOW_TO_NAME = (
    "use lowercase letters, digits and single hyphens: the file name is the record's id and address"
)

_HOW_TO_RESTORE = (
    "update Factbound, or restore the file from version control; what it holds is never overwritten unread"
)


def load(project: Project, instead: Mapping[str, str] = MappingProxyType({})) -> Library:
    """Read and validate all content. What is wrong with single files is in the library's `problems`.

    `instead` holds texts, by path, that count in place of those of the files.
    """
    with collector_paused():
        return _Loader(project, instead).library()


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector from searching again and again what holds no garbage: many small objects, no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Loader:
    def __init__(self, project: Project, instead: Mapping[str, str]) -> None:
        self.instead = instead
        self.content = project.content
        self.project = project
        self.problems: list[Problem] = []
        self.entries: dict[str, Entry] = {}
        self.unread: set[str] = set()

    def library(self) -> Library:
        site_file = self.read("content/site.yml")
        site = self.validated(site_file, Site)
        words = None
        if (self.content / "words.yml").is_file():
            words = self.validated(self.read("content/words.yml"), WordList)
        self.look_around()
        for collection in FOLDERS:
            for name in self.names(collection):
                self.add(collection, name)
        about = Entry("site", "site", site, site_file) if site else None
        return Library(
            self.project,
            about,
            words,
            self.entries,
            self.problems,
            frozenset(self.unread - set(self.entries)),
            self.verified(),
        )

    def verified(self) -> Verified:
        try:
            return read_verified(self.project.root)
        except UnreadableResults as error:
            self.complain(
                VERIFIED,
                "verified-file",
                f"the results of 'factbound verify' are not used: {error}",
                _HOW_TO_RESTORE,
            )
            return Verified()

    def complain(self, path: str, rule: str, message: str, todo: str) -> None:
        self.problems.append(Problem(path, 1, 1, "error", rule, message, todo))

    # ----- files -----

    def look_around(self) -> None:
        """Report what lies in content/ and would never be read."""
        for name, is_folder in _listing(self.content):
            if is_folder and name not in FOLDERS and not name.startswith("_"):
                todo = nearest(name, FOLDERS) or f"use one of: {', '.join(FOLDERS)}"
                self.complain(f"content/{name}", "file-name", f"'{name}' is not a collection", todo)
            elif not is_folder and _is_text(name) and name not in ("site.yml", "words.yml"):
                self.complain(
                    f"content/{name}",
                    "file-name",
                    f"'{name}' is not read here",
                    "put it into a collection's folder",
                )

    def names(self, collection: str) -> Iterator[str]:
        """The files of a collection that are records, sorted by name; the others are reported."""
        ending = ".md" if collection == "pages" else ".yml"
        for name, is_folder in _listing(self.content / collection):
            path = f"content/{collection}/{name}"
            if is_folder:
                if collection != "pages" or any((self.content / "pages" / name).rglob("*.md")):
                    todo = f"put its records into content/{collection}/ itself"
                    self.complain(path, "file-name", f"the folder '{name}' is not read", todo)
            elif name.endswith(ending):
                yield name
            elif _is_text(name):
                todo = f"name it {Path(name).stem}{ending}"
                self.complain(path, "file-name", f"'{name}' is not read here", todo)

    def read(self, path: str) -> Document:
        try:
            if path in self.instead:
                document = read_text(self.instead[path], path)
            else:
                document = read_file(self.project.root / path, path)
        except OSError as error:
            document = Document(path, "")
            self.complain(
                path, "file-name", f"the file cannot be read: {error.strerror}", "make it a readable file"
            )
        self.problems.extend(document.problems)
        return document

    # ----- records -----

    def add(self, collection: str, name: str) -> None:
        """Read one record; it joins the library if it is valid and its id is free."""
        document = self.read(f"content/{collection}/{name}")
        record = self.validated(document, Page if collection == "pages" else COLLECTIONS[collection])
        id = name.rpartition(".")[0]
        if self.is_free(id, document.path) and record is not None:
            self.entries[id] = Entry(id, collection, record, document)
        else:
            self.unread.add(id)

    def is_free(self, id: str, path: str) -> bool:
        if not _ID.fullmatch(id):
            self.complain(path, "file-name", *self.misnamed(path, id))
        elif id in RESERVED:
            what = f"'{id}' is the name of {RESERVED[id]}"
            self.complain(path, "id-unique", what, "choose another file name")
        elif id in self.entries:
            what = f"'{id}' is already the id of {self.entries[id].document.path}"
            todo = "choose another file name: an id is unique across all collections"
            self.complain(path, "id-unique", what, todo)
        else:
            return True
        return False

    def misnamed(self, path: str, id: str) -> tuple[str, str]:
        """What is wrong with a file's name, and how to name it."""
        folder, ending = path.rpartition("/")[0], path.rpartition(".")[2]
        lower, near = f"{id.lower()}.{ending}", "-".join(_WORD.findall(id.lower()))
        if _ID.fullmatch(id.lower()):
            if lower in os.listdir(self.project.root / folder):
                what = f"'{id}.{ending}' and '{lower}' are one file where capitals are not told apart, as on Windows and macOS"
                return what, f"keep one of the two, under the name '{lower}'"
            # Only git renames a file where the two names are one to the system.
            return (
                f"'{id}' has capitals, which an id has not",
                f"rename it: git mv -f '{path}' '{folder}/{lower}'",
            )
        todo = _HOW_TO_NAME.replace("use", f"name it {near}.{ending}, with", 1) if near else _HOW_TO_NAME
        return f"'{id}' cannot be an id", todo

    def validated(self, document: Document, model: type[Any]) -> Any:
        if document.data is None or document.problems:
            return None
        try:
            return model.model_validate(document.data)
        except ValidationError as error:
            self.problems.extend(explain(document, model, error))
            return None


def _listing(folder: Path) -> list[tuple[str, bool]]:
    """What lies in a folder, by name, and whether it is a folder; nothing that is hidden."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as found:
        return sorted((one.name, one.is_dir()) for one in found if not one.name.startswith("."))


def _is_text(name: str) -> bool:
    return name.lower().endswith((".yml", ".yaml", ".md"))
