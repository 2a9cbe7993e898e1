"""A checked library in, a site out: built beside the last one, checked, then exchanged for it."""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .library import Library
from .links import Made, check_site, problems_of
from .pages import Page, built_from
from .rules import is_blocking
from .settings import Project
from .withheld import Names, names_in_texts, texts_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from .plugin import FactboundPlugin


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


class WrongFolder(BuildFailed):
    """The site cannot be written where the command says; the message says why and what to do."""


def build_site(
    library: Library,
    site: Path,
    *,
    strict: bool = False,
    today: date,
    names: Names | None = None,
    say: Callable[[str], None],
) -> Built:
    """Build the site of a library without blocking problems, and put it in the place of the last one.

    Raises BuildFailed where a name that is withheld stands in what was built, a builder's warning blocks, a link
    leads nowhere, another build is at work, or the folder holds anything but a built site.
    """
    site = site.resolve()
    _refuse_other(site, library.project)
    with _alone(site):
        beside = site.with_name(f".{site.name}.building")
        shutil.rmtree(beside, ignore_errors=True)
        try:
            say(f"building {len(library.entries)} records")
            made = _run_mkdocs(library, beside, today)
            # Before the links, whose troubles are told in the words of the pages.
            refuse_names(texts_of(beside), names, built_from(made.pages))
            say("checking every link of the built pages")
            found = problems_of(
                check_site(beside, made.home), Made(library, beside, site.name, lambda: made.pages)
            )
            troubles = [str(one) for one in found if is_blocking(one, strict=strict)]
            warnings = [str(one) for one in found if not is_blocking(one, strict=strict)] + made.warnings
            if strict:
                troubles += made.warnings
            if troubles:
                raise BuildFailed("\n".join(troubles))
            _exchange(beside, site)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    for line in warnings:
        print(line, file=sys.stderr)
    count = sum(1 for _ in site.rglob("*.html"))
    return Built(
        site, count, len(library.entries), library.count_facts(), sum(page.citations for page in made.pages)
    )


def refuse_names(texts: Iterable[tuple[str, str]], names: Names | None, sources: Mapping[str, str]) -> None:
    """Let no text (path, text) be published in which a name stands.

    Raises BuildFailed with a line for each, at the content file that `sources` has for its path.
    """
    if names and (told := names_in_texts(texts, names, sources)):
        raise BuildFailed("\n".join(told))


def _refuse_other(site: Path, project: Project) -> None:
    """The folder is going to be thrown away, so it must be none that somebody wrote."""
    inside = any(site.is_relative_to(folder.resolve()) for folder in (project.content, project.theme))
    if inside or project.root.is_relative_to(site):
        raise WrongFolder(f"{site} holds what the site is made from (name a folder of its own)")
    if site.is_dir() and any(site.iterdir()) and not all((site / name).is_file() for name in _ALWAYS):
        raise WrongFolder(
            f"{site} holds files and is no built site (name an empty folder, or empty this one)"
        )


_ALWAYS = ("index.html", "404.html", "sitemap.xml")
"""What MkDocs writes into every site."""


class _Made(NamedTuple):
    pages: list[Page]
    home: str
    """The address at which the site will stand, or `/`."""
    warnings: list[str]


def _run_mkdocs(library: Library, folder: Path, today: date) -> _Made:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, MkDocsException

    # The library lives as long as the build: the collector need not walk it for every page.
    gc.freeze()
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        with _build_date(today):
            # Not MkDocs' own `strict`: it would stop before the links are checked, and its warnings name no YAML.
            config = load_config(config_file=str(_configuration(library.project)), site_dir=str(folder))
            plugin = _own_plugin(config)
            plugin.given = library
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
                # MkDocs keeps a plugin for the next configuration that is loaded.
                plugin.given = None
    except (Abort, MkDocsException) as error:
        # MkDocs has logged what is wrong; its error then only says that it gave up.
        raise BuildFailed("\n".join(warnings.lines or [str(error)])) from error
    finally:
        logger.removeHandler(warnings)
    return _Made(plugin.pages, config.site_url or "/", warnings.lines)


@contextmanager
def _build_date(today: date) -> Iterator[None]:
    """The day that MkDocs prints, by the one variable that it reads; a tool that builds twice keeps its own."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(midnight.timestamp()))
    try:
        yield
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before


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


def _own_plugin(config: MkDocsConfig) -> FactboundPlugin:
    from .plugin import FactboundPlugin

    plugin = config.plugins.get("factbound")
    if not isinstance(plugin, FactboundPlugin):
        raise BuildFailed("mkdocs.yml does not name the plugin 'factbound' (add it to the list 'plugins')")
    return plugin


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
