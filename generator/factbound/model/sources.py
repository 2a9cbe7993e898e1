"""Sources; names and types follow CSL."""

from __future__ import annotations

from typing import ClassVar, Literal

from ..settings import Strict
from ..values import EdtfDate, KnownOrNot
from .record import Accepted, Change
from .words import Lang, Line, Slug, Web


class Archive(Strict):
    """A copy that an archive of the web keeps."""

    url: Web
    """Of the copy."""
    date: EdtfDate
    """The day on which the archive made it."""


class Source(Strict):
    """Where facts are from, with CSL's names for what a citation holds."""

    refers: ClassVar = {"derives_from": "sources"}

    type: Literal[
        "article-newspaper", "article-magazine", "article-journal", "article", "broadcast", "webpage", "post-weblog",
        "report", "legislation", "legal_case", "bill", "speech", "book", "entry", "hearing", "dataset",
    ]  # fmt: skip
    """CSL type."""
    title: str
    """As printed, in the source's language; `unknown` where it was not seen. Example: Lanterns in the harbour"""
    title_translated: str | None = None
    """Our translation, shown in square brackets. Example: The Harbour Act"""
    language: Lang
    """The language that it is written in."""
    author: tuple[str, ...] = ()
    """As printed. Example: [A. Writer]"""
    publisher: str | None = None
    """Who publishes it, where that is not what `container-title` says. Example: Example Press"""
    container_title: str | None = None
    """The newspaper, site or journal in which it stands. Example: Example Gazette"""
    issued: KnownOrNot
    """When it was published."""
    URL: Web | None = None
    """Of the publisher's own page; left out where it is not known. A copy is never linked."""
    agency: str | None = None
    """The news agency whose text it carries. Example: Example Wire"""
    derives_from: Slug | None = None
    """The source whose story it repeats: the two are one witness."""
    accessed: KnownOrNot
    """The day on which its page was last seen to support what is cited, or `unknown`."""
    archive: Archive | None = None
    """A copy that an archive keeps, for readers who find the page gone."""
    status: Literal["live", "moved", "dead", "paywalled", "unknown"] = "unknown"
    """How its page was found when it was last looked at."""
    read: Literal["publisher", "archive", "copy"]
    """What we read: the publisher's own page, an archive's capture of it, or only a copy or summary by others."""
    link: Literal["yes", "no"] = "yes"
    """"no": cited by name and never linked (in quotes)."""
    because: str | None = None
    """Why it is not linked. Example: The page names private people."""
    note: Line | None = None
    """What a reader should know about it. Example: Only the first paragraph can be read without paying."""
    formerly: tuple[Slug, ...] = ()
    """Ids that this source had; their addresses lead here. Example: [old-gazette]"""
    accepted: tuple[Accepted, ...] = ()
    """Pieces of advice that are accepted for this source."""
    changes: dict[Slug, Change] = {}
    """Notes for readers about what has changed here, newest first."""
