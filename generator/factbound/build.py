"""A checked library in, a site out: built beside the last one, checked, then exchanged for it."""

from __future__ import annotations

import ctypes
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from .library import Library
from .links import Broken, check_links
from .pages import Page
from .settings import Project
from .writer import path_of


@dataclass(frozen=True)
class Built:
    """What a finished site holds."""

    site: Path
    pages: int
    records: int
    facts: int
    citations: int


class BuildFailed(Exception):
    """The site was not built; the last one stands as it was. The message says why, in lines."""


def build_site(
    library: Library, site: Path, *, strict: bool = False, today: date, say: Callable[[str], None]
) -> Built:
    """Build the site of a library without blocking problems, and put it in the place of the last one.

    Raises BuildFailed where a builder's warning blocks, a link leads nowhere, or another build is at work.
    """
    site = site.resolve()
    with _alone(site):
        beside = site.with_name(f".{site.name}.building")
        shutil.rmtree(beside, ignore_errors=True)
        try:
            say(f"building {len(library.entries)} records")
            pages = _run_mkdocs(library, beside, strict=strict, today=today)
            say("checking every link of the built pages")
            broken = check_links(beside)
            if broken:
                raise BuildFailed("\n".join(_at_its_yaml(library, pages, one) for one in broken))
            _exchange(beside, site)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    count = sum(1 for _ in site.rglob("*.html"))
    return Built(
        site, count, len(library.entries), library.count_facts(), sum(page.citations for page in pages)
    )


def _run_mkdocs(library: Library, folder: Path, *, strict: bool, today: date) -> list[Page]:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, MkDocsException

    from .plugin import FactboundPlugin

    os.environ["SOURCE_DATE_EPOCH"] = str(
        int(datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp())
    )
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        config = load_config(
            config_file=str(_configuration(library.project)), site_dir=str(folder), strict=strict
        )
        plugin = config.plugins["factbound"]
        assert isinstance(plugin, FactboundPlugin)
        plugin.given = library
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except (Abort, MkDocsException) as error:
        raise BuildFailed("\n".join([*warnings.lines, str(error)])) from error
    finally:
        logger.removeHandler(warnings)
    for line in warnings.lines:
        print(line, file=sys.stderr)
    return plugin.pages


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname.lower()}: {record.getMessage()}")


def _configuration(project: Project) -> Path:
    file = project.root / "mkdocs.yml"
    if not file.is_file():
        raise BuildFailed(f"{file.name} is missing beside content/ (copy it from another Factbound project)")
    return file


def _at_its_yaml(library: Library, pages: list[Page], one: Broken) -> str:
    """A broken link at the line of YAML that made it, or at the record's file, or at the built file."""
    made = {page.path.removesuffix(".md").removesuffix("index"): page for page in pages}
    page = made.get(one.page.removesuffix("index.html")) or made.get(one.page.removesuffix("/index.html"))
    front = library.site.front if library.site else ""
    for link in page.links if page else ():
        id, _, rest = link.target.partition(".")
        target = library.entries.get(id)
        anchor = library.anchor(library.place(target, tuple(rest.split(".")))) if rest and target else ""
        address = path_of(target, front).removesuffix(".md").removesuffix("index") if target else f"{id}/"
        if (
            one.link.split("#")[0].rstrip("/").endswith(address.rstrip("/"))
            and one.link.partition("#")[2] == anchor
        ):
            entry = library.entries.get(link.entry) or library.about
            assert entry is not None
            return str(
                entry.problem(
                    link.keys,
                    "link-broken",
                    f"'{link.snippet}' leads to {one.link}: {one.why}",
                    "correct the reference",
                    offset=link.at,
                    snippet=link.snippet,
                )
            )
    where = f"{page.source}:1:1" if page and page.source else one.page
    return f"{where}: error[link-broken]: '{one.link}' on {one.page}: {one.why} (correct it where it is written, or report it as a fault of the theme)"


@contextmanager
def _alone(site: Path) -> Iterator[None]:
    """Hold the lock of one site folder, so that two builds do not write into each other."""
    import fcntl

    site.parent.mkdir(parents=True, exist_ok=True)
    lock = site.with_name(f".{site.name}.lock")
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BuildFailed(f"another build of {site.name}/ is at work (wait for it, or end it)") from None
        yield


_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def _exchange(new: Path, site: Path) -> None:
    """Put the new folder in the place of the old: at no moment is there none."""
    if not site.exists():
        new.rename(site)
        return
    if _swap(new, site):
        return
    # Without renameat2(2) there is a moment between two renames; a build that is killed there is mended by hand.
    old = site.with_name(f".{site.name}.last")
    shutil.rmtree(old, ignore_errors=True)
    site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def _swap(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, by Linux' renameat2(2). False where the system cannot."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
