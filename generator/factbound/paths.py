"""A record or a page in; where it stands on the site, or as seen from another page, out."""

from __future__ import annotations

import posixpath

from .library import Entry


def path_of(entry: Entry, front: str) -> str:
    """The page of a record, relative to the pages' root."""
    if entry.id == front:
        return "index.md"
    return f"{entry.id}.md" if entry.collection == "pages" else f"{entry.collection}/{entry.id}.md"


def built_path(path: str) -> str:
    """Where a builder puts a page: cases/x.md -> cases/x/."""
    return path.removesuffix("index.md") if path.endswith("index.md") else path.removesuffix(".md") + "/"


def relative(target: str, page: str) -> str:
    """A page's path as seen from another page; both are relative to the pages' root."""
    # Asked for at every link, and posixpath.relpath asks the system each time where it is.
    there, here = target.split("/"), page.split("/")[:-1]
    shared = len(posixpath.commonprefix([there[:-1], here]))
    return "/".join([".."] * (len(here) - shared) + there[shared:])
