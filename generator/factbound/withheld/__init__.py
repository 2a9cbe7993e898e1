"""Names that must stand nowhere: the list, where they stand in a text, and what is held against it."""

from .names import VARIABLE, Names, not_checked, read_names
from .places import names_in_texts, texts_of, with_names

__all__ = ["VARIABLE", "Names", "names_in_texts", "not_checked", "read_names", "texts_of", "with_names"]
