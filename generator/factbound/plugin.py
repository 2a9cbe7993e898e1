"""The MkDocs plugin: hooks that unwrap, call and wrap. `mkdocs build --strict` and `mkdocs serve` just work."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel

from .library import Library, load
from .pages import Page, make_pages, navigation
from .problems import Problem, report
from .rules import check, is_blocking
from .settings import Addresses, Project, find_project

log = logging.getLogger("mkdocs.plugins.factbound")


class Options(Config):
    """None: what the site is about stands in content/site.yml."""


class FactboundPlugin(BasePlugin[Options]):
    """Adds every page of the project's content as a virtual file."""

    def __init__(self) -> None:
        super().__init__()
        self.given: Library | None = None
        """A library that `factbound build` has read and checked already."""
        self.pages: list[Page] = []
        self.files: dict[str, str] = {}
        """Data, bibliography and feed: path in the site -> text."""
        self._serving = False
        self._last_good: list[str] = []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self._serving = command == "serve"

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        project = find_project(Path(config.config_file_path or ".").parent)
        try:
            self.pages = self._make(project, config)
        except Exception as error:
            # A hook that raises while serving would leave every request hanging, so the mistake becomes the page.
            if not self._serving:
                raise
            log.error("%s", error)
            self.pages = _mistake_pages(error, self._last_good)
        else:
            self._last_good = [page.path for page in self.pages]
        _replace(files, self.pages, config)
        return files

    def _make(self, project: Project, config: MkDocsConfig) -> list[Page]:
        library = self.given or load(project)
        problems = [] if self.given else check(library)
        blocking = [problem for problem in problems if is_blocking(problem, writes_site=not self._serving)]
        if blocking or library.site is None:
            raise Blocked(problems, library)
        for problem in problems:
            log.warning("%s", problem)
        lang = library.site.languages[0].lang
        settings = site_settings(library, lang, Addresses.from_environment())
        config.site_name, config.site_description = settings["site_name"], settings["site_description"]
        config.nav = settings["nav"]
        config.copyright = settings["copyright"]
        config.extra.update(settings["extra"])
        return make_pages(library, lang)

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        project = find_project(Path(config.config_file_path or ".").parent)
        for folder in (project.content, project.theme):
            server.watch(str(folder))
        return server


class Blocked(PluginError):
    """Problems that keep the site from being built; a message without a traceback."""

    def __init__(self, problems: list[Problem], library: Library) -> None:
        super().__init__(report(problems, library.text_of))


def site_settings(library: Library, lang: str, addresses: Addresses) -> dict[str, Any]:
    """What the content decides of a builder's configuration."""
    site = library.site
    assert site is not None

    def words(label: Any) -> str:
        return " ".join(label.in_(lang, site.languages[0].lang)[0].split()) if label else ""

    return {
        "site_name": words(site.title),
        "site_description": words(site.description),
        "copyright": words(site.licence) or None,
        "nav": [{section.title: section.path} for section in navigation(library, lang)],
        "extra": {"edit_base": addresses.edit, "corrections": addresses.corrections, "generator": False},
    }


def _replace(files: Files, pages: list[Page], config: MkDocsConfig) -> None:
    """Put the pages among a builder's files; hand-written ones take the place of their sources."""
    made = {page.path for page in pages}
    for file in list(files):
        if file.src_uri.endswith(".md") or file.src_uri in made:
            files.remove(file)
    shown = {
        path
        for entry in config.nav or ()
        for path in (entry.values() if isinstance(entry, dict) else (entry,))
    }
    for page in pages:
        inclusion = InclusionLevel.INCLUDED if page.path in shown else InclusionLevel.NOT_IN_NAV
        files.append(File.generated(config, page.path, content=page.markdown, inclusion=inclusion))


def _mistake_pages(error: Exception, paths: list[str]) -> list[Page]:
    """The mistake on every page that stood there before, so that an editor who looks at any of them sees it."""
    text = "---\ntitle: This cannot be shown yet\nkind: mistake\n---\n\n# This cannot be shown yet\n\n"
    text += "Mend what is listed here and save: the page comes back by itself.\n\n"
    text += "\n".join(f"    {line}" for line in str(error).split("\n")) + "\n"
    return [Page(path, "This cannot be shown yet", text, "", (), 0) for path in paths or ["index.md"]]
