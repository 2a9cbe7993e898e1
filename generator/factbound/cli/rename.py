"""`factbound rename`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from .shared import EXIT_PROBLEMS, renew_ids

if TYPE_CHECKING:
    from ..rename import Renaming
    from ..settings import Project


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--diff", "only_diff", is_flag=True, help="Show the changes as a unified diff; write nothing.")
@click.option("--dry-run", is_flag=True, help="Say which files would change; write nothing.")
@click.pass_obj
def rename(project: Project, old: str, new: str, only_diff: bool, dry_run: bool) -> None:
    """Give the record OLD the id NEW, everywhere: its file's name, whatever names it, the results of verify.

    OLD becomes a former id, so that its address leads to the new one. All is tried first: it is changed everywhere, or
    nothing is.

    Exit code 0: renamed. 1: it cannot be while the content is as it is. 2: one of the ids cannot be.

    \b
    Example:
        factbound rename --dry-run lantern-quay lantern-fire
        factbound rename lantern-quay lantern-fire
    """
    from ..rename import CannotRename, WrongId, find_renaming, write

    try:
        renaming = find_renaming(project, old, new)
        if not (only_diff or dry_run):
            write(project, renaming)
    except WrongId as error:
        raise click.UsageError(str(error)) from None
    except CannotRename as error:
        _end(str(error))
    except OSError as error:
        _end(f"{error.filename} cannot be written: {error.strerror}")
    click.echo(renaming.diff() if only_diff else _listed(renaming), nl=not only_diff)
    if not only_diff:
        renew_ids(project, only_say=dry_run)
    would = "would be " if only_diff or dry_run else ""
    click.echo(f"'{old}' {would}renamed to '{new}'; its old address leads to the new one", err=True)


def _end(why: str) -> None:
    click.echo(f"{why}\nnot renamed; nothing was changed", err=True)
    sys.exit(EXIT_PROBLEMS)


def _listed(renaming: Renaming) -> str:
    """`path: 3 places`, a line for each file that changes."""
    lines = [f"{renaming.old} -> {renaming.new}"]
    for path, edits in sorted(renaming.edits.items()):
        lines.append(
            f"{renaming.path_after(path)}: {'1 place' if len(edits) == 1 else f'{len(edits)} places'}"
        )
    return "\n".join(lines)
