"""`factbound verify`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from .shared import (
    EXIT_INTERRUPTED,
    EXIT_PROBLEMS,
    EXIT_USAGE,
    Days,
    allow_host,
    today_option,
)

if TYPE_CHECKING:
    from ..fetch import Fetcher
    from ..settings import Project
    from ..verify import Plan, Quotes, Run, Way


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--archive", is_flag=True, help="Look at the copies that archives keep; writes nothing.")
@click.option(
    "--pages",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Look at saved pages, without a network: DIR/<source>.html, .htm, .pdf or .txt.",
)
@click.option(
    "--older-than",
    type=Days(),
    default="7d",
    show_default=True,
    metavar="TIME",
    help="Ask only for what was not asked for in this time. A SOURCE that is named is always asked.",
)
@click.option("--all", "ask_all", is_flag=True, help="Ask for everything.")
@allow_host
@click.option("--kept", "only_kept", is_flag=True, help="Ask for nothing; tell what the last runs found.")
@click.option("--no-write", is_flag=True, help="Leave content/_verified.json as it is.")
@today_option
@click.pass_obj
def verify(
    project: Project,
    sources: tuple[str, ...],
    archive: bool,
    pages: Path | None,
    older_than: int,
    ask_all: bool,
    only_kept: bool,
    allowed: tuple[str, ...],
    no_write: bool,
    today: str | None,
) -> None:
    """Ask the pages of all sources, or of each SOURCE, whether the words quoted from them still stand there.

    What it learns it keeps in content/_verified.json; notes then say when the words were last seen. Ctrl-C ends it and
    keeps what was learnt.

    Exit code 0: no quote is gone or reworded. 1: some are. 2: the command itself was wrong, or the kept results are, or
    there is no network.

    \b
    Example:
        factbound verify                      # what was not asked for in a week
        factbound verify example-gazette      # one source
        factbound verify --pages saved/       # pages that refuse programs, saved in a browser
    """
    from ..fetch import Fetcher
    from ..library import load, why_unknown
    from ..problems import report
    from ..settings import Addresses
    from ..settings import today as day_of
    from ..verified import FILE, UnreadableResults, read_verified
    from ..verify import Run, looked_at, plan_of, problems_of, quotes_of, strangers, tally_of, unknown_of
    from ..withheld import Names, not_checked, read_names

    if archive and pages:
        raise click.UsageError("--archive and --pages do not go together (give one of them)")
    if only_kept and (archive or pages or ask_all):
        raise click.UsageError("--kept asks for nothing, and goes with neither --archive, --pages nor --all")
    try:
        day, home, names = day_of(today), Addresses.from_environment().site, read_names()
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    try:
        kept = read_verified(project.root)
    except UnreadableResults as error:
        _refuse(
            f"nothing was asked: {FILE} cannot be used: {error} (update Factbound, or restore the file from version control)"
        )
    if kept.latest and kept.latest > day:
        _refuse(
            f"nothing was asked: {FILE} has results of {kept.latest}, but today is {day} (set the clock, or give --today)"
        )
    library = load(project)
    known = [entry.id for entry in library.collection("sources")]
    for id in sources:
        if why := why_unknown(library, id, "sources"):
            raise click.BadParameter(why, param_hint="SOURCE")
    if library.problems:
        click.echo("note: records with mistakes are left out (factbound check lists them)", err=True)
    if names is None:
        click.echo(not_checked(), err=True)
    for stranger in strangers(pages, known) if pages else ():
        click.echo(f"note: {stranger}", err=True)

    quotes = quotes_of(library, sources)
    way: Way = "saved" if pages else "archive" if archive else "live"
    plan = plan_of(library, quotes, way, pages)
    run = Run(library, way, day, {} if archive else dict(kept.results), names=names or Names())
    if only_kept:
        plan = plan.only(set(), "not asked for (--kept)")
    elif way == "live" and not (sources or ask_all):
        why = f"asked in the last {older_than} days (--all asks again)"
        plan = plan.only(run.due(quotes, older_than), why)
    keep = not (archive or no_write or only_kept)
    whole = _look(run, quotes, run.longest_ago_first(plan), Fetcher(allowed=allowed, home=home), keep=keep)

    problems = list(problems_of(run, quotes))
    for lines in (report(problems, library.text_of), *unknown_of(run, quotes)):
        if lines:
            click.echo(lines)
    plan = plan.only(run.looked_at | run.left_alone, "not reached")
    plan = plan.only(run.looked_at, "left alone, as their host asks")
    click.echo(f"{tally_of(run, quotes)}\n{looked_at(plan)}")
    if not whole:
        sys.exit(EXIT_INTERRUPTED)
    bad = any(problem.rule in ("quote-gone", "quote-reworded") for problem in problems)
    sys.exit(EXIT_PROBLEMS if bad else 0)


def _look(run: Run, quotes: Quotes, plan: Plan, fetcher: Fetcher, *, keep: bool) -> bool:
    """Look at all pages of a plan, and keep what each says; whether Ctrl-C did not end it."""
    from ..fetch import fetch_all, host_of
    from ..verified import FILE, Verified, write_verified
    from ..verify import read_saved

    # Where no name of a host is known, there is no network, and what is known would be lost for nothing.
    hosts = {host_of(place) for place in plan.places.values()}
    is_heard = run.way == "saved" or len(hosts) < 2

    def write() -> None:
        try:
            if keep and is_heard:
                write_verified(run.library.project.root, Verified(run.results))
        except OSError as error:
            _refuse(f"{FILE} cannot be written: {error.strerror}")

    answers = read_saved(plan) if run.way == "saved" else fetch_all(fetcher, plan.places)
    try:
        for count, (id, answer) in enumerate(answers, 1):
            place = plan.places[id]
            is_heard = is_heard or answer.trouble != "name"
            found = run.learn(quotes, id, place, answer)
            write()
            said = ", ".join(f"{number} {verdict}" for verdict, number in found.items()) or answer.why
            click.echo(f"{count}/{len(plan.places)} {host_of(place) or place}: {said}", err=True)
    except KeyboardInterrupt:
        write()
        click.echo("stopped; what was learnt is kept" if keep else "stopped", err=True)
        return False
    if not is_heard:
        _refuse(f"nothing was kept: not one of {len(hosts)} hosts was found (is there a network?)")
    if run.results != run.library.verified.results:
        write()
    return True


def _refuse(why: str) -> NoReturn:
    click.echo(f"Error: {why}", err=True)
    sys.exit(EXIT_USAGE)
