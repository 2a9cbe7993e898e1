"""The command line: parse, call, print, exit code."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from .library import Library
    from .problems import Problem
    from .settings import Project

EXIT_PROBLEMS, EXIT_USAGE = 1, 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="factbound")
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("."),
    help="The project's folder, or one inside it.  [default: the current folder]",
)
@click.pass_context
def main(context: click.Context, project: Path) -> None:
    """Every fact bound to its source: structured YAML in, a cited, cross-linked static site out.

    \b
    Example:
        factbound check          # is the content right?
        factbound serve          # look at the site while you write
        factbound build          # write it to site/
    """
    from .settings import find_project

    try:
        context.obj = find_project(project)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


@main.command()
@click.option("--strict", is_flag=True, help="Advice blocks too, unless a record accepts it.")
@click.pass_obj
def check(project: Project, strict: bool) -> None:
    """Check all content; print every problem at its line and column.

    Exit code 0: nothing blocks. 1: problems. 2: the command itself was wrong.

    \b
    Example:
        factbound check --strict
    """
    library, problems = _checked(project)
    blocked = _print(library, problems, strict=strict)
    click.echo(f"{len(library.entries)} records checked: {_tally(problems)}", err=blocked)
    sys.exit(EXIT_PROBLEMS if blocked else 0)


@main.command()
@click.option("--strict", is_flag=True, help="Advice and warnings of MkDocs block too.")
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write the site.  [default: site/ in the project]",
)
@click.option(
    "--pages-only",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write a project of Markdown pages to DIR instead, for ProperDocs or Zensical.",
)
@click.option(
    "--today",
    metavar="DATE",
    help="The day that counts as today, such as 2026-07-01.  [default: SOURCE_DATE_EPOCH, else the clock]",
)
@click.pass_obj
def build(
    project: Project, strict: bool, site_dir: Path | None, pages_only: Path | None, today: str | None
) -> None:
    """Check the content, build the site beside the last one, check its links, then exchange the two.

    Where anything fails, the last site stays as it was. Exit code 0: built. 1: problems. 2: the command itself
    was wrong.

    \b
    Example:
        FACTBOUND_SITE_URL=https://example.org/ factbound build --strict
    """
    from .build import BuildFailed, build_site
    from .handover import write_project
    from .pages import TemplateMistake
    from .settings import Addresses
    from .settings import today as day_of
    from .strings import MissingString

    try:
        day, addresses = day_of(today), Addresses.from_environment()
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    library, problems = _checked(project)
    if _print(library, problems, strict=strict, writes_site=True):
        click.echo(f"not built: {_tally(problems)}", err=True)
        sys.exit(EXIT_PROBLEMS)
    try:
        if pages_only is not None:
            count = write_project(library, pages_only, addresses)
            click.echo(
                f"{count} pages written to {pages_only}/ (build them with: properdocs build -f {pages_only}/mkdocs.yml)"
            )
            return
        built = build_site(
            library,
            site_dir or project.root / "site",
            strict=strict,
            today=day,
            say=lambda step: click.echo(f"{step} …", err=True),
        )
    except (BuildFailed, MissingString, TemplateMistake) as error:
        click.echo(f"{error}\nnot built; the last site is as it was", err=True)
        sys.exit(EXIT_PROBLEMS)
    for line in addresses.left_out():
        click.echo(f"note: {line}", err=True)
    where = built.site.relative_to(Path.cwd()) if built.site.is_relative_to(Path.cwd()) else built.site
    click.echo(
        f"{where}/ holds {built.pages} pages of {built.records} records, with {built.facts} facts and {built.citations} citations."
    )
    click.echo(f"To look at it: python3 -m http.server -d {where} 8000, then open http://localhost:8000/")


@main.command()
@click.option(
    "--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", help="Where to serve."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@click.pass_obj
def serve(project: Project, address: str, open_browser: bool) -> None:
    """Show the site while you write: it renews itself when content or theme change.

    A mistake shows as a page, and goes when it is mended. Ctrl-C ends it.

    \b
    Example:
        factbound serve --open
    """
    from mkdocs.commands.serve import serve as run

    logging.getLogger("mkdocs").setLevel(logging.INFO)
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    logging.getLogger("mkdocs").addHandler(handler)
    run(config_file=str(project.root / "mkdocs.yml"), dev_addr=address, open_in_browser=open_browser)


@main.command()
@click.argument("id", required=False)
@click.option("--markdown", "as_markdown", is_flag=True, help="Print docs/rules.md, the page of all rules.")
def rules(id: str | None, as_markdown: bool) -> None:
    """Explain the rule with this ID, or list all rules.

    A problem shows the id of its rule in brackets.

    \b
    Example:
        factbound rules figure-uncited
    """
    from .problems import suggest
    from .rules import RULES, explanation, listing, page

    if id is not None and id not in RULES:
        raise click.BadParameter(f"there is no rule '{id}' ({suggest(id, list(RULES))})", param_hint="ID")
    if as_markdown:
        click.echo(page(RULES.values()), nl=False)
    else:
        click.echo(explanation(RULES[id]) if id else listing(RULES.values()))


def _checked(project: Project) -> tuple[Library, list[Problem]]:
    from .library import collector_paused, load
    from .rules import check as run
    from .withheld import NOT_CHECKED, find_names, read_names

    try:
        names = read_names()
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if names is None:
        click.echo(NOT_CHECKED, err=True)
    # One pause for both: between two, the collector would walk everything that was read.
    with collector_paused():
        library = load(project)
        problems = run(library)
    return library, sorted({*problems, *find_names(library, names or [])})


def _print(library: Library, problems: list[Problem], *, strict: bool, writes_site: bool = False) -> bool:
    """Print all problems; whether one of them blocks."""
    from .problems import report
    from .rules import is_blocking

    if problems:
        click.echo(report(problems, library.text_of), err=True)
    return any(is_blocking(problem, strict=strict, writes_site=writes_site) for problem in problems)


def _tally(problems: list[Problem]) -> str:
    from .problems import tally

    return tally(problems)


if __name__ == "__main__":
    main()
