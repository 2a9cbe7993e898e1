"""`factbound changes`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from .shared import EXIT_PROBLEMS, soon_over, today_option

if TYPE_CHECKING:
    from ..settings import Project


@click.command()
@click.option(
    "--base",
    required=True,
    metavar="REV",
    help="The revision of git from which the change was made, such as main.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    help="markdown: to read, also as a comment on a pull request. json: for a program.  [default: markdown]",
)
@today_option
@click.pass_obj
@soon_over
def changes(project: Project, base: str, format_: str, today: str | None) -> None:
    """Tell what changes, in the words of the pages: facts, sources, stages, and every page that reads differently.

    The present files are compared with the state at which they left REV. Nothing is written.

    Exit code 0: told. 1: some of the present content is wrong, so that not everything was compared. 2: the command itself
    was wrong.

    \b
    Example:
        factbound changes --base origin/main
    """
    from ..changes import NoRevision
    from ..revised import NotTold, as_json, as_markdown, report_of, without_names
    from ..settings import Addresses
    from ..settings import today as day_of
    from ..strings import MissingString
    from ..withheld import not_checked, read_names

    try:
        day, addresses, names = day_of(today), Addresses.from_environment(), read_names()
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    try:
        report = report_of(project, base, addresses, day)
    except NoRevision as error:
        raise click.UsageError(f"--base: {error}") from None
    except (NotTold, MissingString) as error:
        click.echo(f"{error} (factbound check says why)", err=True)
        sys.exit(EXIT_PROBLEMS)
    if names is None:
        click.echo(not_checked(), err=True)
    else:
        report = without_names(report, names)
    click.echo(as_markdown(report) if format_ == "markdown" else as_json(report))
    if not report.right:
        click.echo(
            "not everything was compared: the report says why, and factbound check what is wrong", err=True
        )
        sys.exit(EXIT_PROBLEMS)
