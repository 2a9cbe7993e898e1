"""The command line, a file for each command: parse, call, print, exit code."""

from __future__ import annotations

from pathlib import Path

import click

from .build import build, serve
from .check import check
from .due import due
from .fix import fix
from .impact import impact
from .links import links
from .rules import rules
from .verify import verify


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
    from ..settings import find_project

    try:
        context.obj = find_project(project)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


for command in (check, fix, build, serve, due, verify, links, impact, rules):
    main.add_command(command)
