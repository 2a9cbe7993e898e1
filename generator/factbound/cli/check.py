"""`factbound check`."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from .shared import EXIT_PROBLEMS, checked, print_problems, soon_over

if TYPE_CHECKING:
    from ..library import Library
    from ..problems import Problem
    from ..reports import Findings
    from ..settings import Project

FORMATS = ("text", "json", "github", "sarif")


@click.command()
@click.option("--strict", is_flag=True, help="Advice blocks too, unless a record accepts it.")
@click.option(
    "--base", metavar="REV", help="Also what changed since a revision of git, without a note for readers."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    help="json, sarif: for a program. github: annotations and a summary in a run of GitHub Actions.  [default: text]",
)
@click.pass_obj
@soon_over
def check(project: Project, strict: bool, base: str | None, format_: str) -> None:
    """Check all content; print every problem at its line and column.

    With --base, a stage, a value, a status or a standing that changed since REV, or since this branch left it, must
    have a note in 'changes', and no fact that stays may have lost a source.

    Exit code 0: nothing blocks. 1: problems. 2: the command itself was wrong.

    \b
    Example:
        factbound check --strict --base origin/main
        factbound check --format sarif > factbound.sarif
    """
    from ..reports import Findings, as_json, as_sarif

    library, problems = checked(project, partial(_since, project, base) if base is not None else None)
    where = _where(project, base) if format_ in ("github", "sarif") else ("", frozenset())
    findings = Findings(tuple(problems), len(library.entries), strict, library.text_of, *where)
    if format_ == "text":
        print_problems(library, problems, strict=strict)
        click.echo(findings.tally, err=findings.blocked)
    elif format_ == "github":
        _tell_github(findings)
    else:
        click.echo(as_json(findings) if format_ == "json" else as_sarif(findings))
    sys.exit(EXIT_PROBLEMS if findings.blocked else 0)


def _since(project: Project, base: str, library: Library) -> list[Problem]:
    from ..changes import NoRevision, library_at, untold
    from ..rules import not_accepted
    from ..settings import today

    try:
        day = today()
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    try:
        then = library_at(project, base, library)
    except NoRevision as error:
        raise click.UsageError(f"--base: {error}") from None
    if then.unread:
        click.echo(
            f"not compared, since {base} cannot be read there: {', '.join(sorted(then.unread))}", err=True
        )
    return not_accepted(untold(then, library, day), library)


def _where(project: Project, base: str | None) -> tuple[str, frozenset[str]]:
    """Where the project lies in its repository, and the files that this change touches, as far as git knows."""
    from ..changes import NoRevision, changed_files, place_in_repository

    try:
        folder = place_in_repository(project)
    except NoRevision:
        return "", frozenset()
    target = os.environ.get("GITHUB_BASE_REF", "")
    for revision in (base, f"origin/{target}", target) if target else (base,):
        if revision:
            try:
                return folder, frozenset(changed_files(project, revision))
            except NoRevision as error:
                why = error
    if target:
        click.echo(f"files of this change are not put first: {why}", err=True)
    return folder, frozenset()


def _tell_github(findings: Findings) -> None:
    import secrets
    from pathlib import Path

    from ..reports import MAX_SUMMARY, summary, workflow_log

    click.echo(workflow_log(findings, secrets.token_hex(16)))
    if name := os.environ.get("GITHUB_STEP_SUMMARY"):
        file = Path(name)
        try:
            # Other commands of the same step have written to it too.
            room = MAX_SUMMARY - (file.stat().st_size if file.exists() else 0)
            with file.open("a", encoding="utf-8") as sink:
                if not sink.write(summary(findings, room, os.environ)):
                    click.echo("the job's summary is full", err=True)
        except OSError as error:
            click.echo(f"the summary cannot be written to {name}: {error.strerror}", err=True)
