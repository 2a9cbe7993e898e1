"""`factbound links`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .external import Request, external_links
from .shared import (
    EXIT_PROBLEMS,
    Days,
    allow_host,
    as_data,
    print_json,
    print_report,
    read_list,
    tally_of,
    text_or_json,
    today_option,
    without_names,
)

if TYPE_CHECKING:
    from ..library import Library
    from ..pages import Page
    from ..settings import Project


@click.command()
@click.argument("site", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--url",
    metavar="ADDRESS",
    help="Where the site will stand.  [default: what its front page says of itself]",
)
@click.option("--external", is_flag=True, help="Ask the addresses outside the site instead.")
@click.option(
    "--changed-since",
    "since",
    metavar="REV",
    help="External: only links that a revision of git does not have.",
)
@click.option(
    "--older-than",
    type=Days(),
    metavar="TIME",
    help="External: ask only for what was not asked for in this time.  [default: 7d]",
)
@click.option("--all", "ask_all", is_flag=True, help="External: ask for everything.")
@allow_host
@click.option(
    "--at-once",
    type=click.IntRange(1, 100),
    metavar="N",
    help="External: hosts asked at once.  [default: 32]",
)
@click.option(
    "--pause",
    type=click.FloatRange(0, 60),
    metavar="SECONDS",
    help="External: between two requests to one host.  [default: 1]",
)
@today_option
@click.option("--strict", is_flag=True, help="Advice blocks too.")
@text_or_json
@click.pass_obj
def links(
    project: Project,
    site: Path | None,
    url: str | None,
    external: bool,
    since: str | None,
    older_than: int | None,
    ask_all: bool,
    allowed: tuple[str, ...],
    at_once: int | None,
    pause: float | None,
    today: str | None,
    strict: bool,
    format_: str,
) -> None:
    """Look at every link of a built SITE, by default site/: whether it leads somewhere, and whether pages lead to each.

    With --external, ask the addresses to which the content links out: ok, moved, gone or unknown. What they answer is
    kept in .cache/links.json; Ctrl-C ends it and keeps what was learnt.

    Exit code 0: all is well. 1: problems; with --external, a link is gone or an entry of links-ignored has ended.
    2: the command itself was wrong. 130: Ctrl-C.

    \b
    Example:
        factbound build && factbound links
        factbound links --external                          # what was not asked for in a week
        factbound links --external --changed-since main     # what this branch brings
    """
    if external:
        if site or url:
            raise click.UsageError("--external asks for the links of the content (leave SITE and --url out)")
        request = Request(since, 7 if older_than is None else older_than, ask_all, allowed, at_once, pause)
        sys.exit(external_links(project, request, today, strict=strict, format_=format_))
    if since or older_than is not None or ask_all or allowed or at_once or pause is not None:
        raise click.UsageError("an option that asks the web needs --external (add it)")
    sys.exit(_internal(project, site, url, strict=strict, format_=format_))


def _internal(project: Project, site: Path | None, url: str | None, *, strict: bool, format_: str) -> int:
    from ..library import load
    from ..links import Made, check_site, home_of, problems_of
    from ..rules import is_blocking

    if url and not url.startswith(("https://", "http://", "/")):
        raise click.BadParameter(f"'{url}' is no address (begin it with https://)", param_hint="'--url'")
    folder = (site or project.root / "site").resolve()
    if not (folder / "index.html").is_file():
        raise click.UsageError(
            f"{folder.name}/ holds no built site (run factbound build, or name the folder of one)"
        )
    library = load(project)
    checked = check_site(folder, url or home_of(folder))
    shown = project.shown(folder) if folder.is_relative_to(project.root) else folder.name
    problems = problems_of(checked, Made(library, folder, shown, lambda: _pages(library)))
    problems = without_names(library, problems, read_list())
    if format_ == "json":
        print_json({"problems": as_data(problems)})
    else:
        print_report(library, problems)
        summary = f"{checked.addresses} addresses of {checked.pages} pages looked at"
        click.echo(f"{summary}: {tally_of(problems)}")
    return EXIT_PROBLEMS if any(is_blocking(one, strict=strict) for one in problems) else 0


def _pages(library: Library) -> list[Page]:
    """The pages as they are made now; none while the content has mistakes, which `check` tells."""
    from ..pages import make_pages
    from ..rules import check, is_blocking
    from ..settings import today
    from ..strings import MissingString
    from ..templates import TemplateMistake

    if library.site is None or any(is_blocking(problem, writes_site=True) for problem in check(library)):
        return []
    try:
        return make_pages(library, library.site.languages[0].lang, today=today())
    except (MissingString, TemplateMistake):
        return []
