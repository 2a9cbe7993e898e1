"""A project's folders in; the Library out, with a problem for every file that could not become a record."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from ..model import COLLECTIONS, Page, Site, WordList
from ..problems import Problem, nearest
from ..settings import Project
from ..verified import FILE as VERIFIED
from ..verified import UnreadableResults, Verified, read_verified
from ..yamlfile import Document, read_file, read_text
from .elsewhere import belongs_elsewhere
from .entry import Entry
from .explain import explain
from .library import Library
from .naming import FOLDERS, likely_id, why_no_id
from .switches import told_by_field

_HOW_TO_RESTORE = (
    "update Factbound, or restore the file from version control; what it holds is never overwritten unread"
)


def load(
    project: Project,
    instead: Mapping[str, str | None] = MappingProxyType({}),
    *,
    like: Library | None = None,
) -> Library:
    """Read and validate all content. What is wrong with single files is in the library's `problems`.

    `instead` holds texts, by path, that count in place of those of the files; None for a file that does not count. `like`
    is another state of the same content: a record whose file is the same in both is the same object, and read once.
    """
    with collector_paused():
        return _Loader(project, instead, like.entries if like else {}).library()


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
    def __init__(
        self, project: Project, instead: Mapping[str, str | None], known: Mapping[str, Entry]
    ) -> None:
        self.instead = instead
        self.known = known
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
        for name, is_folder in self.listing(collection):
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

    def listing(self, collection: str) -> list[tuple[str, bool]]:
        """What lies in a collection's folder, with what is given in place of its files."""
        found = dict(_listing(self.content / collection))
        for path, text in self.instead.items():
            folder, _, name = path.rpartition("/")
            if folder == f"content/{collection}":
                found.update({name: False}) if text is not None else found.pop(name, None)
        return sorted(found.items())

    def read(self, path: str) -> Document:
        try:
            if (text := self.instead.get(path)) is not None:
                document = read_text(text, path)
            else:
                document = read_file(self.project.root / path, path)
        except OSError as error:
            document = Document(path, "")
            self.complain(
                path, "file-name", f"the file cannot be read: {error.strerror}", "make it a readable file"
            )
        return document

    # ----- records -----

    def add(self, collection: str, name: str) -> None:
        """Read one record; it joins the library if it is valid and its id is free."""
        path, id = f"content/{collection}/{name}", name.rpartition(".")[0]
        entry = self.same(path, id)
        if entry is None:
            document = self.read(path)
            record = self.validated(document, Page if collection == "pages" else COLLECTIONS[collection])
            entry = Entry(id, collection, record, document) if record is not None else None
        if self.is_free(id, path) and entry is not None:
            self.entries[id] = entry
        else:
            self.unread.add(id)

    def same(self, path: str, id: str) -> Entry | None:
        """The record of another state of the content whose file is the same."""
        entry = self.known.get(id)
        if entry is None or entry.document.path != path or path in self.instead:
            return None
        with contextlib.suppress(OSError):  # it is said when the file is read
            if (self.project.root / path).read_bytes() == entry.document.text.encode():
                return entry
        return None

    def is_free(self, id: str, path: str) -> bool:
        if why := why_no_id(id):
            self.complain(path, *self.misnamed(path, id, *why))
        elif id in self.entries:
            what = f"'{id}' is already the id of {self.entries[id].document.path}"
            todo = "choose another file name: an id is unique across all collections"
            self.complain(path, "id-unique", what, todo)
        else:
            return True
        return False

    def misnamed(self, path: str, id: str, rule: str, what: str, todo: str) -> tuple[str, str, str]:
        """The rule, what is wrong with a file's name, and how to name it."""
        folder, ending, likely = path.rpartition("/")[0], path.rpartition(".")[2], likely_id(id)
        if rule != "file-name" or not likely:
            return rule, what, todo
        name = f"{likely}.{ending}"
        if likely != id.lower():
            return rule, what, todo.replace("use", f"name it {name}, with", 1)
        if name in os.listdir(self.project.root / folder):
            what = f"'{id}.{ending}' and '{name}' are one file where capitals are not told apart, as on Windows and macOS"
            return rule, what, f"keep one of the two, under the name '{name}'"
        # Only git renames a file where the two names are one to the system.
        todo = f"rename it: git mv -f '{path}' '{folder}/{name}'"
        return rule, f"'{id}' has capitals, which an id has not", todo

    def validated(self, document: Document, model: type[Any]) -> Any:
        if document.data is None or document.problems:
            self.problems.extend(told_by_field(document, model))
            return None
        try:
            return model.model_validate(document.data)
        except ValidationError as error:
            moved = belongs_elsewhere(document, model) if model in COLLECTIONS.values() else None
            self.problems.extend([moved] if moved else explain(document, model, error))
            return None


def _listing(folder: Path) -> list[tuple[str, bool]]:
    """What lies in a folder, by name, and whether it is a folder; nothing that is hidden."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as found:
        return sorted((one.name, one.is_dir()) for one in found if not one.name.startswith("."))


def _is_text(name: str) -> bool:
    return name.lower().endswith((".yml", ".yaml", ".md"))
