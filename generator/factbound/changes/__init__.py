"""An earlier state of the content and the present one; what changed between them, and what a reader was not told."""

from .compare import Change, Comparison, compare
from .git import NoRevision
from .notes import untold
from .revision import changed_files, library_at, place_in_repository, project_at

__all__ = [
    "Change",
    "Comparison",
    "NoRevision",
    "changed_files",
    "compare",
    "library_at",
    "place_in_repository",
    "project_at",
    "untold",
]
