"""`factbound check`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from .shared import EXIT_PROBLEMS, checked, print_problems, tally_of

if TYPE_CHECKING:
    from ..settings import Project


@click.command()
@click.option("--strict", is_flag=True, help="Advice blocks too, unless a record accepts it.")
@click.pass_obj
def check(project: Project, strict: bool) -> None:
    """Check all content; print every problem at its line and column.

    Exit code 0: nothing blocks. 1: problems. 2: the command itself was wrong.

    \b
    Example:
        factbound check --strict
    """
    library, problems = checked(project)
    blocked = print_problems(library, problems, strict=strict)
    click.echo(f"{len(library.entries)} records checked: {tally_of(problems)}", err=blocked)
    sys.exit(EXIT_PROBLEMS if blocked else 0)
