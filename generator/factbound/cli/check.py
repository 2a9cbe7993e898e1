"""`factbound check`."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from .shared import EXIT_PROBLEMS, checked, print_problems, tally_of

if TYPE_CHECKING:
    from ..library import Library
    from ..problems import Problem
    from ..settings import Project


@click.command()
@click.option("--strict", is_flag=True, help="Advice blocks too, unless a record accepts it.")
@click.option(
    "--base", metavar="REV", help="Also what changed since a revision of git, without a note for readers."
)
@click.pass_obj
def check(project: Project, strict: bool, base: str | None) -> None:
    """Check all content; print every problem at its line and column.

    With --base, a stage, a value, a status or a standing that changed since REV, or since this branch left it, must
    have a note in 'changes', and no fact that stays may have lost a source.

    Exit code 0: nothing blocks. 1: problems. 2: the command itself was wrong.

    \b
    Example:
        factbound check --strict --base origin/main
    """
    library, problems = checked(project, partial(_since, project, base) if base is not None else None)
    blocked = print_problems(library, problems, strict=strict)
    click.echo(f"{len(library.entries)} records checked: {tally_of(problems)}", err=blocked)
    sys.exit(EXIT_PROBLEMS if blocked else 0)


def _since(project: Project, base: str, library: Library) -> list[Problem]:
    from ..changes import NoRevision, library_at, untold
    from ..rules import not_accepted

    try:
        then = library_at(project, base)
    except NoRevision as error:
        raise click.UsageError(f"--base: {error}") from None
    if then.unread:
        click.echo(
            f"not compared, since {base} cannot be read there: {', '.join(sorted(then.unread))}", err=True
        )
    return not_accepted(untold(then, library), library)
