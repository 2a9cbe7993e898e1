"""A name in; why no record can have it as its id, out."""

from __future__ import annotations

import re

from ..model import COLLECTIONS, OVERVIEWS

FOLDERS = (*COLLECTIONS, "pages")
RESERVED = {
    **dict.fromkeys(FOLDERS, "a collection"),
    **dict.fromkeys(OVERVIEWS, "a page over all records"),
    "site": "content/site.yml",
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
