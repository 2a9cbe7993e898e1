"""What is new: a record from a starter, a whole site; what an editor has said of it in, its files out."""

from .metadata import Said, id_for, said_by
from .record import KINDS, NoStarter, path_for, problems_of, read_starter, shipped_starters, write_new
from .site import NotEmpty, write_site
from .starter import NAME, Filling, Slot, Starter, Unfit

__all__ = [
    "KINDS", "NAME", "Filling", "NoStarter", "NotEmpty", "Said", "Slot", "Starter", "Unfit", "id_for", "path_for", "problems_of", "read_starter", "said_by", "shipped_starters",
    "write_new", "write_site",
]  # fmt: skip
