"""A name in; why no record can have it as its id, or which record was meant, out."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ..model import COLLECTIONS, OVERVIEWS
from ..problems import nearest

if TYPE_CHECKING:
    from .library import Library

FOLDERS = (*COLLECTIONS, "pages")
RESERVED = {
    **dict.fromkeys(FOLDERS, "a collection"),
    **dict.fromkeys(OVERVIEWS, "a page over all records"),
    "site": "content/site.yml",
    "editing": "the editors' reference",
    "index": "an index page",
}
"""What an id cannot be, since something else has that name or address."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def why_no_id(name: str) -> tuple[str, str, str] | None:
    """The rule, what is wrong and what to do, or None where a record could have this id."""
    if not _ID.fullmatch(name):
        todo = (
            "use lowercase letters, digits and single hyphens: the file name is the record's id and address"
        )
        return "file-name", f"'{name}' cannot be an id", todo
    if name in RESERVED:
        return "id-unique", f"'{name}' is the name of {RESERVED[name]}", "choose another file name"
    return None


def why_taken(library: Library, name: str, but: str = "") -> str:
    """Why a record cannot have this id, and what to do; empty where it can. `but` may have had it before."""
    if trouble := why_no_id(name):
        _rule, what, todo = trouble
        likely = likely_id(name)
        if likely not in ("", name):
            todo = f"use lowercase letters, digits and single hyphens: '{likely}'"
        return f"{what} ({todo})"
    if entry := library.entries.get(name):
        return f"'{name}' is already the id of {entry.document.path} (choose another: an id is unique across all collections)"
    if name in library.unread:
        return f"'{name}' is already the name of a file that cannot be read (mend that file: factbound check says how)"
    for entry in library.entries.values():
        if entry.id != but and name in getattr(entry.record, "formerly", ()):
            return (
                f"'{name}' is a former id of {entry.document.path}, and its address leads there"
                " (choose another, or take it out of 'formerly')"
            )
    return ""


def why_unknown(library: Library, name: str) -> str:
    """Why no record has this id, and what to do; empty where one has it."""
    if name in library.entries:
        return ""
    if name in library.unread:
        return f"the file of '{name}' cannot be read (factbound check says what to mend first)"
    for entry in library.entries.values():
        if name in getattr(entry.record, "formerly", ()):
            return f"'{name}' is '{entry.id}' now (give that id)"
    todo = nearest(name, library.entries) or "an id is the name of a file in content/, without .yml"
    return f"there is no record '{name}' ({todo})"


def likely_id(name: str) -> str:
    """The id that a name is likely to stand for; empty where it has no Latin letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")
