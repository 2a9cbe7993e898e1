"""The command line, a file for each command: parse, call, print, exit code."""

from __future__ import annotations

from pathlib import Path

import click

from .build import build, serve
from .changes import changes
from .check import check
from .due import due
from .fix import fix
from .impact import impact
from .links import links
from .new import new
from .rename import rename
from .rules import rules
from .schema import schema
from .shared import Commands, asks_for_help, project_at
from .show import show
from .verify import verify


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
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
    # `new site` needs none.
    if context.invoked_subcommand != "new" and not asks_for_help(context):
        context.obj = project_at(project)


for command in (
    check,
    fix,
    changes,
    build,
    serve,
    due,
    verify,
    links,
    impact,
    rules,
    schema,
    new,
    rename,
    show,
):
    main.add_command(command)
