"""`factbound fix`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from .shared import EXIT_PROBLEMS

if TYPE_CHECKING:
    from ..fix import Edit, Fixes
    from ..settings import Project


@click.command()
@click.option("--diff", "only_diff", is_flag=True, help="Show the changes as a unified diff; write nothing.")
@click.option(
    "--rule", "ids", multiple=True, metavar="ID", help="Mend problems of this rule only; may be repeated."
)
@click.option("--ask", is_flag=True, help="Ask about misspelt ids, keys and words too, one by one.")
@click.pass_obj
def fix(project: Project, only_diff: bool, ids: tuple[str, ...], ask: bool) -> None:
    """Mend what has one right answer: numbers that a record holds, text that needs quotes, days that can only be one, the line
    that names the schema, addresses that the last `factbound links --external` found to have moved for good.

    Only those characters change. A file in which anything else would go wrong stays as it is.

    Exit code 0: all is mended, or nothing was to do. 1: something is left. 2: the command itself was wrong.

    \b
    Example:
        factbound fix --diff                  # look first
        factbound fix --rule typed-number
        factbound fix --rule link-moved
    """
    from ..fix import MODELINE, find_fixes, write
    from ..problems import likely
    from ..rules import RULES

    for id in ids:
        if id not in (known := [*RULES, MODELINE]):
            todo = likely(id, known) or "factbound rules lists them"
            raise click.BadParameter(f"there is no rule '{id}' ({todo})", param_hint="'--rule'")
    if ask and not sys.stdin.isatty():
        raise click.UsageError("--ask needs a terminal (leave it out, or run this by hand)")
    fixes = find_fixes(project, ids, _ask if ask else None)
    if only_diff:
        click.echo(fixes.diff(), nl=False)
        changed: list[str] = []
    else:
        try:
            changed = write(project, fixes)
        except OSError as error:
            click.echo(f"{error.filename} cannot be written: {error.strerror}", err=True)
            sys.exit(EXIT_PROBLEMS)
        for edit in fixes.edits:
            if edit.path not in changed:
                click.echo(_shown(edit, fixes))
    for path in changed:
        click.echo(f"{path} was changed in the meantime and is left as it is (run this again)", err=True)
    for left in fixes.left:
        click.echo(f"left: {left.problem}\n    {left.why}", err=True)
    for path in fixes.unread:
        click.echo(f"{path} cannot be read as a record yet (factbound check says why)", err=True)
    done = sum(edit.path not in changed for edit in fixes.edits)
    said = f"{done} to be mended" if only_diff else f"{done} mended"
    more = fixes.again + fixes.for_a_person
    click.echo(f"{said}, {len(fixes.left) + len(fixes.edits) - done + more} left", err=True)
    if fixes.again:
        click.echo(f"{fixes.again} of these can be mended next: run this again", err=True)
    if fixes.for_a_person:
        count = "1 error is" if fixes.for_a_person == 1 else f"{fixes.for_a_person} errors are"
        click.echo(f"{count} left for a person (factbound check says what to do)", err=True)
    sys.exit(EXIT_PROBLEMS if fixes.left or fixes.unread or more or changed else 0)


def _shown(edit: Edit, fixes: Fixes) -> str:
    """`path:line:column: rule: 'was' -> 'is'`."""
    problem = edit.problem
    was = " ".join(fixes.before[edit.path][edit.start : edit.end].split())
    return f"{problem.path}:{problem.line}:{problem.column}: {problem.rule}: '{was}' -> '{edit.text.strip()}'"


def _ask(edit: Edit) -> bool:
    return click.confirm(f"{edit.problem}\n    write '{edit.text}'?", default=False)
