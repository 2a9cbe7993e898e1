"""`factbound show`."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from .shared import (
    EXIT_PROBLEMS,
    print_problems,
    today_option,
)

if TYPE_CHECKING:
    from ..settings import Project

WIDEST = 100
"""Columns; longer lines are hard to read."""


@click.command()
@click.argument("id")
@click.option(
    "--markdown", "as_markdown", is_flag=True, help="Print the page as Markdown, as it stands on the site."
)
@today_option
@click.pass_obj
def show(project: Project, id: str, as_markdown: bool, today: str | None) -> None:
    """Print the record ID as its page has it, and every place that names it.

    Exit code 0: shown. 1: the content has errors, so there is no page. 2: there is no such record.

    \b
    Example:
        factbound show lantern-quay
        factbound show lantern-quay --markdown > page.md
    """
    from ..copies import plain_markdown
    from ..library import load, why_unknown
    from ..pages import make_page
    from ..rules import check
    from ..settings import today as day_of
    from ..show import as_text, referrers
    from ..strings import MissingString
    from ..templates import TemplateMistake

    try:
        day = day_of(today)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    library = load(project)
    if why := why_unknown(library, id):
        raise click.BadParameter(why, param_hint="ID")
    errors = [problem for problem in check(library) if problem.level == "error"]
    if print_problems(library, errors, strict=False) or library.site is None:
        click.echo("not shown: mend what is listed here first", err=True)
        sys.exit(EXIT_PROBLEMS)
    try:
        page = make_page(library, library.site.languages[0].lang, id, today=day)
    except (MissingString, TemplateMistake) as error:
        click.echo(str(error), err=True)
        sys.exit(EXIT_PROBLEMS)
    text = plain_markdown(page.markdown)
    if as_markdown:
        click.echo(text, nl=False)
        return
    width = min(shutil.get_terminal_size().columns, WIDEST)
    named = referrers(library, id)
    click.echo(f"{library.entries[id].document.path}\n\n{as_text(text, width)}")
    click.echo(
        f"Named at {len(named)} {'place' if len(named) == 1 else 'places'}:" if named else "Nothing names it."
    )
    for place in named:
        click.echo(place)
