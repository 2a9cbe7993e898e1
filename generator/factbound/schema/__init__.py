"""JSON Schemas (2020-12) of all kinds of file, and the ids that editors' programs offer; the model and the library in."""

from .described import Help, help_of
from .files import (
    FOLDER,
    IDS,
    has_broken_ids,
    newer_schemas,
    renew_ids,
    schema_files,
    stale_schemas,
    unlisted,
    with_newer,
    write_schemas,
)
from .kinds import FILES, KINDS, OFFERED, definitions, models_in, schema_of
from .offered import ids_file, offered

__all__ = [
    "FILES",
    "FOLDER",
    "IDS",
    "KINDS",
    "OFFERED",
    "Help",
    "definitions",
    "has_broken_ids",
    "help_of",
    "ids_file",
    "models_in",
    "newer_schemas",
    "offered",
    "renew_ids",
    "schema_files",
    "schema_of",
    "stale_schemas",
    "unlisted",
    "with_newer",
    "write_schemas",
]  # fmt: skip
