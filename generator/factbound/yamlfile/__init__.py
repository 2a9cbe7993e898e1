"""One YAML file in; its plain data out, with the line and column of every key and value, or problems.

Stricter than YAML 1.2: whatever two YAML readers would read differently is a problem that says what to
write instead.
"""

from .document import Document
from .events import MAX_DEPTH, Keys, index_of, line_column
from .reading import MAX_BYTES, NOT_UTF8, read_file, read_text

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "NOT_UTF8",
    "Document",
    "Keys",
    "index_of",
    "line_column",
    "read_file",
    "read_text",
]
