"""The records: what each collection's YAML may hold. The docstring under a field is its help text and its
schema description. Names follow CSL (citations), EDTF (dates), ELI and schema.org (law), BCP 47 (languages).
"""

from typing import get_args

from .cases import Applied, Case, Chart, Measure, Party, Statistic, TimelineEvent
from .evidence import Account, Derive, Evidence, Fact, Standing, Supported
from .laws import Coverage, Jurisdiction, Original, Penalty, Regulation, Status, Version
from .readers import Explainer, Help, Question, Term
from .record import Accepted, Block, Body, Change, Page, Record, Titled
from .site import SCRIPTS, Dimension, Guilt, IgnoredLink, Language, OverviewName, Site, Stage, Word, WordList
from .sources import Archive, Source
from .words import Label, Lang, Line, Path, Prose, Slug, Words

COLLECTIONS: dict[str, type[Record] | type[Source]] = {
    "cases": Case,
    "statistics": Statistic,
    "regulations": Regulation,
    "jurisdictions": Jurisdiction,
    "glossary": Term,
    "sources": Source,
    "explainers": Explainer,
    "help": Help,
}
"""Folder in `content/` -> what its records hold."""
OVERVIEWS: tuple[str, ...] = get_args(OverviewName)
"""Names of the pages over all records: their addresses, and what `overviews` in site.yml lists."""
AnyRecord = Titled | Source | Site
"""Whatever has a file of its own."""

__all__ = [
    "COLLECTIONS", "OVERVIEWS", "SCRIPTS", "Accepted", "Account", "AnyRecord", "Applied", "Archive", "Block", "Body", "Case", "Change", "Chart", "Coverage",
    "Derive", "Dimension", "Evidence", "Explainer", "Fact", "Guilt", "Help", "IgnoredLink", "Jurisdiction", "Label", "Lang", "Language", "Line",
    "Measure", "Original", "Page", "Party", "Path", "Penalty", "Prose", "Question", "Record", "Regulation", "Site", "Slug",
    "Source", "Stage", "Standing", "Statistic", "Status", "Supported", "Term", "TimelineEvent", "Titled", "Version", "Word", "WordList", "Words",
]  # fmt: skip
