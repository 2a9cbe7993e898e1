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
    date: EdtfDate


class Source(Strict):
    """Where facts are from, with CSL's names for what a citation holds."""

    refers: ClassVar = {"derives_from": "sources"}

    type: Literal[
        "article-newspaper", "article-magazine", "article-journal", "article", "broadcast", "webpage", "post-weblog",
        "report", "legislation", "legal_case", "bill", "speech", "book", "entry", "hearing", "dataset",
    ]  # fmt: skip
    """CSL type."""
    title: str
    """As printed, in the source's language; `unknown` where it was not seen."""
    title_translated: str | None = None
    """Our translation, shown in square brackets."""
    language: Lang
    author: tuple[str, ...] = ()
    """As printed."""
    publisher: str | None = None
    container_title: str | None = None
    """The newspaper, site or journal in which it stands."""
    issued: KnownOrNot
    """When it was published."""
    URL: Web | None = None
    """Of the publisher's own page; left out where it is not known. A copy is never linked."""
    agency: str | None = None
    """The news agency whose text it carries."""
    derives_from: Slug | None = None
    """The source whose story it repeats: the two are one witness."""
    accessed: KnownOrNot
    """The day on which its page was last seen to support what is cited, or `unknown`."""
    archive: Archive | None = None
    status: Literal["live", "moved", "dead", "paywalled", "unknown"] = "unknown"
    read: Literal["publisher", "archive", "copy"]
    """What we read: the publisher's own page, an archive's capture of it, or only a copy or summary by others."""
    link: Literal["yes", "no"] = "yes"
    """"no": cited by name and never linked (in quotes)."""
    because: str | None = None
    """Why it is not linked."""
    note: Line | None = None
    """What a reader should know about it."""
    formerly: tuple[Slug, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    changes: dict[Slug, Change] = {}
