"""All content, read once: records by id, who refers to whom, what each value says and where it is from."""

from .entry import Entry, Mention, Passage, Survey
from .library import Library, Valued
from .load import load

__all__ = ["Entry", "Library", "Mention", "Passage", "Survey", "Valued", "load"]
