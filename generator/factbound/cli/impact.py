"""`factbound impact`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..impact import Place
    from ..settings import Project


@click.command()
@click.argument("source")
@click.pass_obj
def impact(project: Project, source: str) -> None:
    """List what would fall if SOURCE were removed: look before you take a source away.

    Exit code 0: listed. 2: there is no such source.

    \b
    Example:
        factbound impact example-gazette
    """
    from ..impact import impact as find
    from ..library import load, why_unknown

    library = load(project)
    if why := why_unknown(library, source, "sources"):
        raise click.BadParameter(why, param_hint="SOURCE")
    found = find(library, source)
    groups = (
        ("would lose its last support", "would lose their last support", found.falls),
        ("would rest on one independent account", "would rest on one independent account", found.weakens),
        ("sentence cites nothing else", "sentences cite nothing else", found.cited),
    )
    for one, many, places in groups:
        if places:
            click.echo(f"{len(places)} {one if len(places) == 1 else many}:")
            for place in places:
                click.echo(f"    {_line(place)}")
    if found.copies:
        click.echo(
            f"{'1 source repeats its story and falls' if len(found.copies) == 1 else f'{len(found.copies)} sources repeat its story and fall'} with it:"
        )
        for entry in found.copies:
            click.echo(f"    {entry.document.path}")
    if not any((found.falls, found.weakens, found.cited, found.copies)):
        click.echo(f"nothing would fall with '{source}'")


def _line(place: Place) -> str:
    line, column = place.entry.document.place(
        place.keys, at_key=place.offset is None, offset=place.offset, snippet=place.snippet
    )
    return f"{place.entry.document.path}:{line}:{column}: {'.'.join(map(str, place.keys))}"
