"""`factbound links`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .shared import EXIT_PROBLEMS

if TYPE_CHECKING:
    from ..library import Library
    from ..pages import Page
    from ..problems import Problem
    from ..settings import Project


@click.command()
@click.argument("site", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--url",
    metavar="ADDRESS",
    help="Where the site will stand.  [default: what its front page says of itself]",
)
@click.option("--strict", is_flag=True, help="Advice blocks too: pages that nothing links to.")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="json: for a program."
)
@click.pass_obj
def links(project: Project, site: Path | None, url: str | None, strict: bool, format_: str) -> None:
    """Look at every link of a built SITE, by default site/: whether it leads somewhere, and whether pages lead to each.

    Exit code 0: all is well. 1: problems. 2: the command itself was wrong.

    \b
    Example:
        factbound build && factbound links
    """
    from ..library import load
    from ..links import Made, check_site, home_of, problems_of

    folder = (site or project.root / "site").resolve()
    if not (folder / "index.html").is_file():
        raise click.UsageError(
            f"{folder.name}/ holds no built site (run factbound build, or name the folder of one)"
        )
    library = load(project)
    checked = check_site(folder, url or home_of(folder))
    shown = project.shown(folder) if folder.is_relative_to(project.root) else folder.name
    problems = problems_of(checked, Made(library, folder, shown, lambda: _pages(library)))
    summary = f"{checked.addresses} addresses of {checked.pages} pages looked at"
    sys.exit(_report(library, problems, summary, strict=strict, format_=format_))


def _pages(library: Library) -> list[Page]:
    """The pages as they are made now; none while the content has mistakes, which `check` tells."""
    from ..pages import TemplateMistake, make_pages
    from ..rules import check, is_blocking
    from ..settings import today
    from ..strings import MissingString

    if library.site is None or any(is_blocking(problem, writes_site=True) for problem in check(library)):
        return []
    try:
        return make_pages(library, library.site.languages[0].lang, today=today())
    except (MissingString, TemplateMistake):
        return []


def _report(library: Library, problems: list[Problem], summary: str, *, strict: bool, format_: str) -> int:
    """Print what was found; the exit code."""
    from ..problems import report, tally
    from ..rules import is_blocking

    problems = _without_names(library, problems)
    if format_ == "json":
        click.echo(json.dumps({"problems": [_data(one) for one in problems]}, ensure_ascii=False, indent=2))
    else:
        if problems:
            click.echo(report(problems, library.text_of))
        click.echo(f"{summary}: {tally(problems)}")
    return EXIT_PROBLEMS if any(is_blocking(one, strict=strict) for one in problems) else 0


def _without_names(library: Library, problems: list[Problem]) -> list[Problem]:
    from ..withheld import Names, not_checked, read_names, with_names

    try:
        names = read_names()
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if names is None:
        click.echo(not_checked(), err=True)
    return with_names(library, problems, names or Names())


def _data(problem: Problem) -> dict[str, object]:
    return {
        "path": problem.path, "line": problem.line, "column": problem.column, "level": problem.level, "rule": problem.rule,
        "message": problem.message, "todo": problem.todo,
    }  # fmt: skip
