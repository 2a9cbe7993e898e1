"""The templates of `theme/pages`, in which whatever is printed is escaped."""

from __future__ import annotations

import html
from collections.abc import Callable
from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from .prose import escape
from .settings import Project


class Md(Markup):
    """Markdown that is ready; all other text is escaped where a template prints it.

    What macros return is Markup as well, so that it is not escaped a second time.
    """


class _Memory(BytecodeCache):
    """Templates that this process has compiled, by their text: two states of a site, or a site that is served, have most of
    them in common, and compiling takes as long as two hundred pages."""

    def __init__(self) -> None:
        self.compiled: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.compiled[bucket.key, bucket.checksum] = bucket.code

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return name


_MEMORY = _Memory()


def environment(project: Project, escaped: Callable[[object], str] = escape) -> Environment:
    """The templates of `theme/pages`. Whatever they print goes through `escaped`, unless it is `Md` already."""
    made = Environment(
        loader=FileSystemLoader(project.theme / "pages"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # The usual {# … #} would swallow the addresses of headings, {#like-this}.
        comment_start_string="{!--",
        comment_end_string="--!}",
        autoescape=True,
        bytecode_cache=_MEMORY,
        finalize=lambda value: (
            value if isinstance(value, Markup) else Md(escaped("" if value is None else value))
        ),
    )
    made.globals["md"] = Md
    made.globals["escape_html"] = html.escape
    made.globals["quoted"] = quoted
    return made


def quoted(text: str) -> Md:
    """Plain words as the title of a box, between quotation marks."""
    return Md('"' + escape(text).replace('"', "&quot;") + '"')
