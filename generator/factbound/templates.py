"""The templates of `theme/pages`, in which whatever is printed is escaped."""

from __future__ import annotations

import html
import json
import re
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import CodeType

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from markupsafe import Markup

from .prose import escape
from .settings import Project


class TemplateMistake(Exception):
    """A template of the theme cannot be rendered; the message says where and why."""


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
    made.globals["phone"] = phone
    # The filter `capitalize` of the templates makes all other letters small.
    made.filters["opening"] = lambda words: words[:1].upper() + words[1:]
    return made


def quoted(text: str) -> Md:
    """Plain words as the title of a box, between quotation marks."""
    return Md('"' + escape(text).replace('"', "&quot;") + '"')


def phone(number: str) -> Md:
    """A telephone number as a link that dials it, by RFC 3966; plain words where it is more than a number."""
    if not re.fullmatch(r"[0-9#*+() .-]+", number):
        return Md(escape(number))
    dialled = re.sub(r"[^0-9#*+]", "", number).replace("#", "%23")
    return Md(f"[{escape(number)}](tel:{dialled})")


def rendered(templates: Environment, name: str, **context: object) -> str:
    """One page's Markdown.

    Raises TemplateMistake.
    """
    try:
        return templates.get_template(f"{name}.md.j2").render(**context)
    except TemplateError as error:
        raise TemplateMistake(_template_line(error, name)) from error


def _template_line(error: TemplateError, name: str) -> str:
    if isinstance(error, TemplateSyntaxError):
        return f"theme/pages/{error.name}:{error.lineno}: {error.message}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else f"{name}.md.j2"
    return f"theme/pages/{where}: {error.message}"


def with_meta(meta: Mapping[str, object], text: str, more: str = "") -> str:
    """A page's text below its front matter; `more` is front matter that is ready."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()]
    body = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", _keep_break, text)).strip()
    return "---\n" + "\n".join(lines) + "\n" + more + "---\n\n" + body + "\n"


def _keep_break(found: re.Match[str]) -> str:
    return "  \n" if found[0] == "  \n" else "\n"
