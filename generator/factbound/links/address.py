"""An address as a file of a built site writes it, and what it is there for."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["page", "part", "own", "name", "root"]
"""`page`: a link that a reader follows. `part`: what a page is made of, or another file. `own`: an address that must stand
below that of the site. `name`: such an address that only names a thing, so that its anchor need not exist. `root`: one
that is written from the site's own folder."""


class Address(NamedTuple):
    """One address of a file."""

    link: str
    """As written, without escapes."""
    kind: Kind = "part"
