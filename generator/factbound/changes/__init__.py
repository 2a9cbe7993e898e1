"""An earlier state of the content and the present one; what changed between them, and what a reader was not told."""

from .compare import Change, Comparison, compare
from .notes import untold
from .revision import NoRevision, library_at

__all__ = ["Change", "Comparison", "NoRevision", "compare", "library_at", "untold"]
