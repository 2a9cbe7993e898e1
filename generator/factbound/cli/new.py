"""`factbound new`."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .shared import EXIT_PROBLEMS, Commands, allow_host, asks_for_help, project_at, renew_ids

if TYPE_CHECKING:
    from ..scaffold import Filling, Said, Slot
    from ..settings import Project

_WHAT = {
    "case": "a case", "statistic": "a statistic", "regulation": "a regulation", "jurisdiction": "a jurisdiction", "term": "a term",
    "source": "a source", "explainer": "an explainer", "help": "a service for people affected",
}  # fmt: skip
_HELP = """Start {what} from its starter in content/_starters/. ID is its file's name and its address.

In a terminal it asks for what is required; an empty answer leaves a key blank. No file is ever overwritten.
{more}
Exit code 0: written, and right. 1: written, but a key is still blank, which is said, or something is not right yet.
2: nothing was written.

\b
Example:
    factbound new {kind} {example}
"""
_EXAMPLES = {
    "case": "the-lantern-fire --set jurisdiction=northland",
    "statistic": 'festival-count --set "measures.lanterns.value={number: 400}"',
    "regulation": "harbour-by-laws --set history.of-2001.label='As first passed'",
    "jurisdiction": "northland --set kind=country",
    "term": "lantern --set 'forms={en: [lantern, lanterns]}'",
    "source": "--url https://gazette.example/2031/lanterns",
    "explainer": "the-story --set questions.what.question='What burnt?'",
    "help": "harbour-office --set phone=#777",
}


_OF_PAGES = """
With --url it takes what a page says of itself, and says what of it is a guess. Whether you have read it, and when, is for you
to say. Without ID, one is made of who published it and when.
"""


def _help(kind: str, more: str = "") -> str:
    return _HELP.format(what=_WHAT[kind], kind=kind, example=_EXAMPLES[kind], more=more)


class _Kinds(Commands):
    """Takes the name of a collection's folder for its kind too."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from ..scaffold import KINDS

        kinds = {collection: kind for kind, collection in KINDS.items()}
        return super().get_command(ctx, kinds.get(cmd_name, cmd_name))


@click.group(cls=_Kinds, invoke_without_command=True)
@click.pass_context
def new(context: click.Context) -> None:
    """Start a record, or a whole site on another subject.

    \b
    Example:
        factbound new term lantern
        factbound new site ../harbour
    """
    if context.invoked_subcommand != "site" and not asks_for_help(context):
        assert context.parent is not None
        context.obj = project_at(context.parent.params["project"])
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


_SET = click.option(
    "--set",
    "given",
    multiple=True,
    metavar="KEY=VALUE",
    help="A value, as text or as YAML; status.value=bill for a key within another. May be repeated.",
)


def _record_command(kind: str) -> click.Command:
    @click.command(
        kind,
        short_help=f"Start {_WHAT[kind]}.",
        help=_help(kind),
    )
    @click.argument("id")
    @_SET
    @click.pass_obj
    def command(project: Project, id: str, given: tuple[str, ...]) -> None:
        _refuse_id(project, id)
        _make(project, kind, id, _filling(project, kind, given))

    return command


@click.command(
    "source",
    short_help="Start a source.",
    help=_help("source", _OF_PAGES),
)
@click.argument("id", required=False)
@_SET
@click.option("--url", metavar="URL", help="The page to take it from.")
@allow_host
@click.pass_obj
def source(
    project: Project, id: str | None, given: tuple[str, ...], url: str | None, allowed: tuple[str, ...]
) -> None:
    from ..scaffold import id_for

    if id is None and url is None:
        raise click.UsageError("an ID is missing (give one, or --url)")
    if id:
        _refuse_id(project, id)
    filling = _filling(project, "source", given)
    said = _said(url, allowed) if url else []
    _take_said(filling, said, {one.partition("=")[0] for one in given})
    if not id:
        _refuse_id(project, id := id_for(said, url or ""))
    _make(project, "source", id, filling)


def _said(url: str, allowed: tuple[str, ...]) -> list[Said]:
    """What a page says of itself."""
    from ..fetch import Fetcher
    from ..scaffold import said_by
    from ..settings import Addresses

    try:
        home = Addresses.from_environment().site
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    answer = Fetcher(allowed=allowed, home=home).fetch(url)
    why = answer.why or (f"it answers {answer.status}" if answer.status >= 400 else "")
    if why:
        other = "name its host with --allow-host, or " if answer.trouble == "private" else ""
        raise click.UsageError(
            f"{url} tells nothing: {why} ({other}leave --url out and give what you know with --set)"
        )
    return said_by(answer.body, answer.content_type, answer.moved or url)


def _take_said(filling: Filling, said: list[Said], given: set[str]) -> None:
    from ..scaffold import Unfit

    for one in said:
        if one.key in given:
            continue
        try:
            filling.set(one.key, one.value)
        except Unfit as error:
            click.echo(f"left out: {one.key} of {one.where}: {error}")
        else:
            click.echo(f"{'guessed' if one.is_guess else 'found'}: {one.key}: {one.value} ({one.where})")


def _filling(project: Project, kind: str, given: tuple[str, ...]) -> Filling:
    """The starter of a kind with the values that are given."""
    from ..scaffold import Filling, NoStarter, read_starter

    try:
        filling = Filling(read_starter(project, kind))
    except NoStarter as error:
        raise click.UsageError(str(error)) from None
    _take(filling, given)
    return filling


def _refuse_id(project: Project, id: str) -> None:
    from ..library import load, why_taken

    if why := why_taken(load(project), id):
        raise click.BadParameter(why, param_hint="ID")


def _make(project: Project, kind: str, id: str, filling: Filling) -> None:
    from ..scaffold import path_for, write_new

    if sys.stdin.isatty():
        _ask(filling)
    path = path_for(kind, id)
    try:
        write_new(project, path, filling.text())
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written: {error.strerror}") from None
    click.echo(f"{path} written")
    renew_ids(project)
    _tell(project, path, filling)


def _take(filling: Filling, given: tuple[str, ...]) -> None:
    from ..scaffold import Unfit

    for one in given:
        key, sign, value = one.partition("=")
        if not sign:
            raise click.BadParameter(f"'{one}' has no = (write it as key=value)", param_hint="'--set'")
        try:
            filling.set(key, value)
        except Unfit as error:
            raise click.BadParameter(str(error), param_hint=f"'--set {key}'") from None


def _ask(filling: Filling) -> None:
    """Ask for each blank; an empty answer leaves it, and what is below it."""
    left: list[Slot] = []
    if filling.blanks:
        click.echo("Enter alone leaves a key blank; Ctrl-C ends this, and nothing is written.")
    while waiting := [slot for slot in filling.blanks if not any(slot.start < one.end for one in left)]:
        slot = waiting[0]
        if not _ask_for(filling, slot):
            left.append(slot)


def _ask_for(filling: Filling, slot: Slot) -> bool:
    from ..scaffold import Unfit

    path = filling.shown(slot)
    click.echo(f"\n{slot.about}")
    while True:
        answer = click.prompt(path, default="", show_default=False).strip()
        if not answer:
            return False
        try:
            filling.set(path, answer)
        except Unfit as error:
            click.echo(str(error))
        else:
            return True


def _tell(project: Project, path: str, filling: Filling) -> None:
    """What is still to be done about a new file."""
    from ..library import load
    from ..problems import report
    from ..scaffold import problems_of

    if filling.blanks:
        click.echo(f"still blank: {', '.join(map(filling.shown, filling.blanks))}", err=True)
        click.echo("Fill them in, then run: factbound check", err=True)
        sys.exit(EXIT_PROBLEMS)
    library = load(project)
    if problems := problems_of(library, path):
        click.echo(report(problems, library.text_of), err=True)
    sys.exit(EXIT_PROBLEMS if any(problem.level == "error" for problem in problems) else 0)


@new.command(short_help="Start a site on another subject.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def site(folder: Path) -> None:
    """Start a site on another subject in DIR: settings, one invented record of each kind, instructions.

    It can be checked and built at once. DIR is a new folder, or an empty one.

    \b
    Example:
        factbound new site ../harbour
    """
    from ..scaffold import NotEmpty, write_site

    try:
        files = write_site(folder)
    except NotEmpty as error:
        raise click.BadParameter(str(error), param_hint="DIR") from None
    except OSError as error:
        raise click.UsageError(f"{error.filename} cannot be written: {error.strerror}") from None
    click.echo(f"{folder} holds a site of {len(files)} files; README.md says how to make it yours")
    click.echo(f"Next: cd {shlex.quote(str(folder))}, then factbound check, then factbound build")


for _kind in _WHAT:
    new.add_command(source if _kind == "source" else _record_command(_kind))
