"""`factbound due`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from .shared import (
    EXIT_PROBLEMS,
    Days,
    text_or_json,
    today_option,
)

if TYPE_CHECKING:
    from ..due import Item
    from ..library import Entry
    from ..settings import Project


@click.command()
@click.option(
    "--within",
    type=Days(),
    default="0d",
    metavar="TIME",
    help="Also what will be due in this time, such as 30d.",
)
@click.option("--all", "list_all", is_flag=True, help="List each record that was never checked.")
@text_or_json
@today_option
@click.pass_obj
def due(project: Project, within: int, list_all: bool, format_: str, today: str | None) -> None:
    """List what is to be looked at again: reviews, allegations without an outcome, laws whose day has come.

    Nothing of it is wrong, and nothing of it fails a check. Exit code 0: listed, whether or not something is
    due. 1: some content cannot be read. 2: the command itself was wrong, or the clock is.

    \b
    Example:
        factbound due --within 30d
    """
    from ..due import due as find
    from ..due import never_checked
    from ..library import load
    from ..settings import today as day_of

    try:
        day = day_of(today)
        library = load(project)
        if library.site is None:
            click.echo("content/site.yml cannot be read (factbound check says why)", err=True)
            raise SystemExit(EXIT_PROBLEMS)
        items = find(library, day, within)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    never = never_checked(library)
    if format_ == "json":
        click.echo(_json(items, never))
    else:
        _print(items, never, list_all=list_all)
    if library.problems:
        count = len(library.problems)
        said = "1 problem of reading is" if count == 1 else f"{count} problems of reading are"
        click.echo(f"{said} left out (factbound check lists {'it' if count == 1 else 'them'})", err=True)
        raise SystemExit(EXIT_PROBLEMS)


def _print(items: list[Item], never: dict[str, list[Entry]], *, list_all: bool) -> None:
    if items:
        click.echo(f"{'due on':10}  where, and what is to be looked at (what to do)")
    for item in items:
        click.echo(f"{item.since}  {item.problem}")
    for name, entries in never.items():
        records = "1 record" if len(entries) == 1 else f"{len(entries)} records"
        click.echo(
            f"content/{name}/: of {records} no day is recorded on which it was last checked"
            + ("" if list_all else " (--all lists them)")
        )
        for entry in entries if list_all else ():
            click.echo(f"    {entry.document.path}")
    waiting = sum(map(len, never.values()))
    click.echo(f"{len(items)} due, {waiting} never checked" if items or waiting else "nothing is due")


def _json(items: list[Item], never: dict[str, list[Entry]]) -> str:
    listed = [
        {
            "since": item.since.isoformat(), "path": item.problem.path, "line": item.problem.line, "column": item.problem.column,
            "rule": item.problem.rule, "message": item.problem.message, "todo": item.problem.todo,
        }
        for item in items
    ]  # fmt: skip
    unchecked = {name: [entry.document.path for entry in entries] for name, entries in never.items()}
    return json.dumps({"due": listed, "never-checked": unchecked}, ensure_ascii=False, indent=2)
