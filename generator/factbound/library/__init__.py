"""All content, read once: records by id, who refers to whom, what each value says and where it is from."""

from .entry import Entry, Mention, Passage, Survey
from .library import Library, Valued
from .load import RESERVED, collector_paused, load

__all__ = [
    "RESERVED",
    "Entry",
    "Library",
    "Mention",
    "Passage",
    "Survey",
    "Valued",
    "collector_paused",
    "load",
]
