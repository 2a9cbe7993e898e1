"""The templates of `theme/pages`, in which whatever is printed is escaped."""

from __future__ import annotations

import html
import traceback
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from markupsafe import Markup

from .prose import escape
from .settings import Project


class TemplateMistake(Exception):
    """A template of the theme cannot be rendered; the message says where and why."""


class Md(Markup):
    """Markdown that is ready; all other text is escaped where a template prints it.

    What macros return is Markup as well, so that it is not escaped a second time.
    """


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
