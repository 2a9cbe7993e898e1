"""`factbound links --external`."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urldefrag

import click

from .shared import (
    EXIT_INTERRUPTED,
    EXIT_PROBLEMS,
    as_data,
    print_json,
    print_report,
    read_list,
    without_names,
)

if TYPE_CHECKING:
    from ..settings import Project
    from ..visit import Visits
    from ..visited import Visit

_KEEP_EVERY = 5
"""Seconds: what is learnt is kept while others are still asked."""


class Request(NamedTuple):
    """What is to be asked for, and how."""

    since: str | None
    days: int
    ask_all: bool
    allowed: tuple[str, ...]
    at_once: int | None
    pause: float | None


def external_links(
    project: Project, request: Request, today: str | None, *, strict: bool, format_: str
) -> int:
    """Ask for the links of the content that are due, print what is known of all; the exit code."""
    from ..library import load
    from ..outgoing import ignored_by, outgoing, problems_of_ignored, problems_of_visits
    from ..rules import is_blocking, not_accepted
    from ..settings import today as day_of
    from ..visit import Visits, tally_of, unknown_of
    from ..visit import as_data as links_as_data

    try:
        day = day_of(today)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    names = read_list()
    library = load(project)
    if library.problems:
        click.echo("note: records with mistakes are left out (factbound check lists them)", err=True)
    every = outgoing(library)
    known = _links_at(project, request.since) if request.since else set()
    links = {link: places for link, places in every.items() if link not in known}
    ignored = {link for link in links if ignored_by(library, link, day)}
    asked = {link: places for link, places in links.items() if link not in ignored}
    visits = Visits(asked, day, names, _kept(project))
    # A record that could not be read still has its links.
    gone = set(visits.known) - set(every) if not library.problems else set()
    count, whole = _visit(project, visits, request, gone)

    found = [*problems_of_ignored(library, every, day), *problems_of_visits(asked, visits.known)]
    problems = without_names(library, not_accepted(found, library), names)
    if format_ == "json":
        data = links_as_data(links, ignored, visits.known)
        print_json({"links": data, "problems": as_data(problems)})
    else:
        print_report(library, problems)
        for line in unknown_of(asked, visits.known):
            click.echo(line)
        pages = "1 page" if count == 1 else f"{count} pages"
        click.echo(f"{tally_of(links, ignored, visits.known)}; {pages} asked now")
    if not whole:
        return EXIT_INTERRUPTED
    blocks = any(is_blocking(one, strict=strict) or one.rule == "link-gone" for one in problems)
    return EXIT_PROBLEMS if blocks else 0


def _links_at(project: Project, revision: str) -> set[str]:
    from ..changes import NoRevision, library_at
    from ..outgoing import outgoing

    try:
        return set(outgoing(library_at(project, revision)))
    except NoRevision as error:
        raise click.UsageError(f"--changed-since: {error}") from None


def _visit(project: Project, visits: Visits, request: Request, gone: set[str]) -> tuple[int, bool]:
    """Ask for what is due, and keep what is learnt but for links that are gone from the content; how many pages were asked,
    and whether Ctrl-C did not end it."""
    from ..fetch import Fetcher, host_of
    from ..settings import Addresses
    from ..visit import AT_ONCE, LIMITS, visit_all

    try:
        home = Addresses.from_environment().site
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    due = visits.due(request.days, ask_all=request.ask_all)
    limits = LIMITS if request.pause is None else replace(LIMITS, pause=request.pause)
    fetcher = Fetcher(limits, allowed=request.allowed, home=home)
    answers = visit_all(fetcher, due, visits.copies(), visits.today, at_once=request.at_once or AT_ONCE)
    pages, count, kept_at = len({urldefrag(link).url for link in due}), 0, time.monotonic()
    try:
        for count, (page, found) in enumerate(answers, 1):
            visits.learn(found)
            said = ", ".join(dict.fromkeys(visit.verdict for visit in found.values()))
            click.echo(f"{count}/{pages} {host_of(page)}: {said}", err=True)
            if time.monotonic() - kept_at > _KEEP_EVERY:
                _keep(project, visits.known)
                kept_at = time.monotonic()
    except KeyboardInterrupt:
        _keep(project, visits.known)
        click.echo("stopped; what was learnt is kept", err=True)
        return count, False
    if due or gone:
        _keep(project, {link: visit for link, visit in visits.known.items() if link not in gone})
    return count, True


def _kept(project: Project) -> dict[str, Visit]:
    from ..visited import FILE, UnreadableVisits, read_visits

    try:
        return read_visits(project.root)
    except UnreadableVisits as error:
        click.echo(f"note: {FILE} is not used, and is written anew: {error}", err=True)
        return {}


def _keep(project: Project, known: dict[str, Visit]) -> None:
    from ..visited import FILE, write_visits

    try:
        write_visits(project.root, known)
    except OSError as error:
        # What was found is shown all the same.
        click.echo(f"note: {FILE} cannot be written: {error.strerror}", err=True)
