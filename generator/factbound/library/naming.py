"""A name in; why no record can have it as its id, or which record was meant, out."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ..model import COLLECTIONS, OVERVIEWS
from ..problems import likely

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


def why_unknown(library: Library, name: str, collection: str = "") -> str:
    """Why no record has this id, or none of a collection, and what to do; empty where one has it."""
    found = library.entries.get(name)
    if found and collection in ("", found.collection):
        return ""
    kind = COLLECTIONS[collection].__name__.lower() if collection else "record"
    known = [
        entry.id for entry in (library.collection(collection) if collection else library.entries.values())
    ]
    what = (
        f"'{name}' is in content/{found.collection}/ and is no {kind}"
        if found
        else f"there is no {kind} '{name}'"
    )
    if not found and name in library.unread:
        return f"the file of '{name}' cannot be read (factbound check says what to mend first)"
    for entry in library.entries.values():
        if name in getattr(entry.record, "formerly", ()):
            return f"'{name}' is '{entry.id}' now (give that id)"
    if (id := _id_within(name)) in known:
        alone = "give the id as it is" if id == name.lower() else "give the id alone"
        return f"{what} ({alone}: '{id}')"
    folder = f"content/{collection}/" if collection else "content/"
    return f"{what} ({likely(name, known) or f'an id is the name of a file in {folder}, without .yml'})"


def _id_within(name: str) -> str:
    """The id within the path of a file or of a fact."""
    return name.rpartition("/")[2].partition(".")[0].lower()


def likely_id(name: str) -> str:
    """The id that a name is likely to stand for; empty where it has no Latin letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")
