"""What several commands do: read and check the content, print its problems."""

from __future__ import annotations

import atexit
import functools
import gc
import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from pathlib import Path

    from ..library import Library
    from ..problems import Problem
    from ..settings import Project
    from ..withheld import Names

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

EXIT_PROBLEMS, EXIT_USAGE, EXIT_INTERRUPTED = 1, 2, 130
WIDTH = 104
"""Of the lines of content that are shown, in cells; a narrower terminal gets what fits."""


class Days(click.ParamType[int]):
    """`7d`, `2w`: a number of days."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        found = re.fullmatch(r"([0-9]{1,4})([dw])", value)
        if not found:
            self.fail(f"'{value}' is no time (write one such as 7d or 2w)", param, ctx)
        return int(found[1]) * (7 if found[2] == "w" else 1)


allow_host = click.option(
    "--allow-host",
    "allowed",
    multiple=True,
    metavar="HOST",
    help="A host in a private network that may be asked; may be repeated.",
)
"""Of every command that asks addresses of the web."""

today_option = click.option(
    "--today",
    metavar="DATE",
    help="The day that counts as today, such as 2026-07-01.  [default: SOURCE_DATE_EPOCH, else the clock]",
)
"""Of every command of which a day decides what it says."""

text_or_json = click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="json: for a program."
)
"""Of every command whose findings programs read."""


class Commands(click.Group):
    """A group of commands that knows, before it runs one, whether only its help is asked for: that needs no project."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[_HELP_ASKED] = bool({"-h", "--help"}.intersection(args))
        return super().parse_args(ctx, args)


_HELP_ASKED = "factbound.help"


def asks_for_help(context: click.Context) -> bool:
    return bool(context.meta.get(_HELP_ASKED))


def soon_over(command: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """A command that reads, tells and ends: nothing searches its memory for garbage, which goes with the process.

    The collector would walk all that is imported and read, and at the exit of the interpreter once more: a tenth of the time.
    """

    @functools.wraps(command)
    def run(*arguments: Arguments.args, **options: Arguments.kwargs) -> Result:
        was_on = gc.isenabled()
        gc.disable()
        atexit.register(gc.freeze)
        try:
            return command(*arguments, **options)
        finally:
            if was_on:
                gc.enable()

    return run


def project_at(folder: Path) -> Project:
    """The project that a folder belongs to; where there is none, the command was wrong."""
    from ..settings import find_project

    try:
        return find_project(folder)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def checked(
    project: Project, further: Callable[[Library], list[Problem]] | None = None
) -> tuple[Library, list[Problem]]:
    """The content with its problems, and those that a further look finds; none of them repeats a withheld name."""
    from ..library import collector_paused, load
    from ..rules import check as run

    names = read_list()
    # One pause for both: between two, the collector would walk everything that was read.
    with collector_paused():
        library = load(project)
        problems = run(library)
    if further is not None:
        problems += further(library)
    if any(one.rule == "unknown-key" for one in problems):
        from ..schema import with_newer

        problems = with_newer(project, problems)
    return library, without_names(library, problems, names)


def print_problems(
    library: Library, problems: list[Problem], *, strict: bool, writes_site: bool = False
) -> bool:
    """Print all problems; whether one of them blocks."""
    from ..problems import MANY, by_rule, plain, report
    from ..rules import is_blocking

    if problems:
        terminal = sys.stderr.isatty()
        width = os.get_terminal_size(sys.stderr.fileno()).columns or WIDTH if terminal else WIDTH
        paint = _paint if terminal and _is_coloured() else plain
        click.echo(report(problems, library.text_of, width=min(width, WIDTH), paint=paint), err=True)
    if len(problems) > MANY:
        click.echo(f"\n{by_rule(problems)}", err=True)
    return any(is_blocking(problem, strict=strict, writes_site=writes_site) for problem in problems)


_STYLES: dict[str, dict[str, Any]] = {
    "place": {"bold": True},
    "error": {"fg": "red", "bold": True},
    "advice": {"fg": "yellow", "bold": True},
    "caret": {"fg": "cyan", "bold": True},
}


def _paint(words: str, what: str) -> str:
    return click.style(words, **_STYLES[what])


def _is_coloured(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a terminal is to get colours: not where NO_COLOR says no (https://no-color.org), nor where it has none."""
    return not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def read_list() -> Names | None:
    """The names that must stand nowhere; where no list is given, that is said."""
    from ..withheld import not_checked, read_names

    try:
        names = read_names()
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if names is None:
        click.echo(not_checked(), err=True)
    return names


def without_names(library: Library, problems: list[Problem], names: Names | None) -> list[Problem]:
    from ..withheld import Names, with_names

    return with_names(library, problems, names or Names())


def renew_ids(project: Project, *, only_say: bool = False) -> None:
    """Bring the ids that editors' programs offer up to date after a change of ids, and say so."""
    from ..library import load
    from ..schema import IDS, renew_ids

    try:
        written = [IDS] if only_say else renew_ids(load(project))
    except OSError as error:
        click.echo(f"{IDS} cannot be written: {error.strerror} (factbound schema writes it)", err=True)
        return
    for path in written if (project.root / IDS).is_file() else ():
        click.echo(f"{path}{'' if only_say else ' written'}: the ids that editors' programs offer")


def print_report(library: Library, problems: list[Problem]) -> None:
    """Print what was looked for, where that is what a command is for."""
    from ..problems import report

    if problems:
        click.echo(report(problems, library.text_of))


def print_json(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def as_data(problems: list[Problem]) -> list[dict[str, object]]:
    return [
        {
            "path": one.path, "line": one.line, "column": one.column, "level": one.level, "rule": one.rule,
            "message": one.message, "todo": one.todo,
        }
        for one in problems
    ]  # fmt: skip


def tally_of(problems: list[Problem]) -> str:
    from ..problems import tally

    return tally(problems)
