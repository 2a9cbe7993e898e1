"""All content, read once: records by id, who refers to whom, what each value says and where it is from."""

from .entry import Entry, Mention, Passage, Survey
from .explain import explain
from .library import Library, Valued
from .load import collector_paused, load
from .naming import RESERVED, likely_id, why_no_id, why_taken, why_unknown

__all__ = [
    "RESERVED",
    "Entry",
    "Library",
    "Mention",
    "Passage",
    "Survey",
    "Valued",
    "collector_paused",
    "explain",
    "likely_id",
    "load",
    "why_no_id",
    "why_taken",
    "why_unknown",
]
