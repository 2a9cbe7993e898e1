"""An earlier state of the content and the present one; what changed between them, and what a reader was not told."""

from .compare import Change, Comparison, Lost, compare
from .git import NoRevision, git
from .notes import find_untold, new_notes, untold
from .revision import changed_files, library_at, place_in_repository, project_at

__all__ = [
    "Change",
    "Comparison",
    "Lost",
    "NoRevision",
    "changed_files",
    "compare",
    "find_untold",
    "git",
    "library_at",
    "new_notes",
    "place_in_repository",
    "project_at",
    "untold",
]
