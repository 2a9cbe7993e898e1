"""`factbound schema`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from .shared import EXIT_PROBLEMS

if TYPE_CHECKING:
    from ..settings import Project


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Say what is out of date; write nothing.")
@click.pass_obj
def schema(project: Project, only_check: bool) -> None:
    """Write what editors' programs read: a JSON Schema of each kind of file, and the ids that exist, to content/_schema/.

    With these, a program that knows YAML completes keys, words and ids, explains a field under the pointer, and marks
    mistakes while you write. An id that is not listed yet is never marked as a mistake, so new ones can wait.

    Exit code 0: written, or all is as the program says. 1: --check found a file that is not, or a newer Factbound
    wrote one. 2: the command itself was wrong.

    \b
    Example:
        factbound schema             # after adding records, so that their ids are offered
        factbound schema --check     # in CI, after a new version of Factbound
    """
    from ..library import load
    from ..schema import FOLDER, IDS, has_broken_ids, newer_schemas, stale_schemas, unlisted, write_schemas

    library = load(project)
    if library.site is None:
        click.echo("note: content/site.yml cannot be read, so what it names is not offered", err=True)
    if newer := newer_schemas(project):
        for path, version in newer.items():
            click.echo(
                f"{path} is of Factbound {version}, which is newer than this one (update Factbound)", err=True
            )
        click.echo("nothing written", err=True)
        sys.exit(EXIT_PROBLEMS)
    if only_check:
        stale = stale_schemas(project)
        for path in stale:
            click.echo(
                f"{path} is not what this version of Factbound writes (run: factbound schema)", err=True
            )
        if broken := has_broken_ids(project):
            click.echo(f"{IDS} holds no lists of ids (run: factbound schema)", err=True)
        elif ids := unlisted(library):
            click.echo(f"note: {IDS} does not match {_some(ids)} (factbound schema renews it)", err=True)
        if not stale and not broken:
            click.echo(f"{FOLDER}/ is what this version of Factbound writes")
        sys.exit(EXIT_PROBLEMS if stale or broken else 0)
    try:
        written = write_schemas(library)
    except OSError as error:
        click.echo(f"{error.filename} cannot be written: {error.strerror}", err=True)
        sys.exit(EXIT_PROBLEMS)
    for path in written:
        click.echo(f"{path} written")
    if not written:
        click.echo(f"{FOLDER}/ is as it should be; nothing written")


def _some(ids: list[str]) -> str:
    shown = ", ".join(f"'{id}'" for id in ids[:5])
    return shown if len(ids) <= 5 else f"{shown} and {len(ids) - 5} more"
