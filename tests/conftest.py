"""Fixtures that several test files share, and the order in which the files run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import settings

from factbound.cli import main
from helpers import ADDRESSES, ROOT, TODAY, WITHHELD, BuiltSite, copy_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# The same examples in every run, and no file of what failed before.
settings.register_profile("factbound", derandomize=True, database=None, deadline=None)
settings.load_profile("factbound")

ORDER = (
    "problems", "settings", "verified", "visited", "yamlfile", "values", "prose", "model", "library", "withheld", "glossary", "strings", "rules", "due", "changes", "edited", "impact", "outgoing", "typed", "fix", "citations",
    "charts", "paths", "writer", "findable", "glance", "related", "pages", "render", "export", "jsonld", "copies", "schema", "links", "tidy", "headers", "fetch", "verify", "visit", "scaffold", "rename", "show", "plugin", "build",
    "handover", "cli",
)  # fmt: skip
"""The program's modules as data flows: what a later one stands on has been tested before it."""
LAST = ("content", "browser", "reading")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _turn(Path(item.path).stem.removeprefix("test_")))


def _turn(name: str) -> tuple[int, int, str]:
    if name in LAST:
        return 2, LAST.index(name), name
    module = next((one for one in ORDER if name == one or name.startswith(f"{one}_")), None)
    return (0, ORDER.index(module), name) if module else (1, 0, name)


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the surroundings say decides what a test sees."""
    for name in (*ADDRESSES, "SOURCE_DATE_EPOCH", "CI", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setenv("FACTBOUND_WITHHELD", str(WITHHELD))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of all tests that need one."""
    from browsing import started_browser

    with started_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def address(real_site: BuiltSite) -> Iterator[str]:
    """Where the site of this repository's content is served, on this machine only."""
    from browsing import served

    with served(real_site.folder) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page of that site on a desk, on which nothing goes wrong."""
    from browsing import faultless

    with faultless(browser, address) as page:
        yield page


@pytest.fixture(scope="session")
def tiny_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The tiny site as it is hosted: below a path, with addresses for edits and corrections."""
    # A copy, in no repository: the days on which this one was edited are not the site's.
    folder = tmp_path_factory.mktemp("tiny")
    copy_site(folder / "project")
    return BuiltSite(_built(folder / "project", folder / "site", ADDRESSES), "/saltmouth/")


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The site of this repository's content."""
    return BuiltSite(_built(ROOT, tmp_path_factory.mktemp("real") / "site", {}))


def _built(project: Path, folder: Path, environment: dict[str, str]) -> Path:
    command = ["--project", str(project), "build", "--strict", "--today", TODAY, "--site-dir", str(folder)]
    result = CliRunner(env=environment).invoke(main, command, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return folder
