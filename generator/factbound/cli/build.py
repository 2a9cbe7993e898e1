"""`factbound build` and `factbound serve`."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .shared import (
    EXIT_PROBLEMS,
    checked,
    print_problems,
    tally_of,
    today_option,
)

if TYPE_CHECKING:
    from ..settings import Project


@click.command()
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
@today_option
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
    from ..build import BuildFailed, WrongFolder, build_site
    from ..due import ClockBehind, refuse_a_clock_behind
    from ..handover import write_project
    from ..settings import Addresses
    from ..settings import today as day_of
    from ..strings import MissingString
    from ..templates import TemplateMistake
    from ..withheld import read_names

    try:
        day, addresses = day_of(today), Addresses.from_environment()
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    library, problems = checked(project)
    names = read_names()
    if print_problems(library, problems, strict=strict, writes_site=True):
        click.echo(f"not built: {tally_of(problems)}", err=True)
        sys.exit(EXIT_PROBLEMS)
    try:
        refuse_a_clock_behind(library, day)  # what is overdue, and which ages are shown, depend on the day
    except ClockBehind as error:
        raise click.UsageError(f"{error}; the last site is as it was") from None
    try:
        if pages_only is not None:
            count = write_project(library, pages_only, addresses, today=day, names=names)
            click.echo(
                f"{count} pages written to {pages_only}/ (build them with: properdocs build -f {pages_only}/mkdocs.yml)"
            )
            return
        built = build_site(
            library,
            site_dir or project.root / "site",
            strict=strict,
            today=day,
            names=names,
            say=lambda step: click.echo(f"{step} …", err=True),
        )
    except WrongFolder as error:
        raise click.UsageError(str(error)) from None
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


def _address(context: click.Context, option: click.Parameter, given: str) -> str:
    """An address at which MkDocs can serve."""
    from mkdocs.config.base import ValidationError
    from mkdocs.config.config_options import IpAddress

    try:
        port = IpAddress().validate(given).port
    except ValidationError:
        port = -1
    if not 0 <= port < 1 << 16:
        raise click.BadParameter(
            f"'{given}' is no address of this machine with a port (write one such as 127.0.0.1:8000)"
        )
    return given


@click.command()
@click.option(
    "--address",
    default="127.0.0.1:8000",
    show_default=True,
    metavar="HOST:PORT",
    callback=_address,
    help="Where to serve.",
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
