"""The MkDocs plugin: hooks that unwrap, call and wrap. `mkdocs build --strict` and `mkdocs serve` just work."""

from __future__ import annotations

import html
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin

from markupsafe import Markup
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel

from .copies import make_copies
from .edited import last_edits
from .export import changes
from .headers import protect
from .jsonld import SOCIAL_CARD
from .library import Library, load
from .pages import Page, built_from, make_files, make_pages, navigation, override_words
from .problems import Problem, report
from .rules import check, is_blocking
from .settings import Addresses, Project, today
from .strings import MissingString
from .templates import TemplateMistake
from .tidy import tidy
from .withheld import Names, names_in_texts, not_checked, read_names, texts_of, with_names

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
        """What readers can take away besides the pages: path in the site -> text."""
        self.copies: dict[str, str] = {}
        """Pages as plain Markdown; not among the builder's files, since it would make pages of them again."""
        self._serving = False
        self._last_good: list[str] = []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        # A project without a theme/ of its own wears the one that came with the program.
        overrides = project_of(config).theme / "overrides"
        if overrides not in map(Path, config.theme.dirs):
            config.theme.dirs.insert(0, str(overrides))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        try:
            self.pages = self._make(config)
        except Exception as error:
            # A hook that raises while serving would leave every request hanging, so the mistake becomes the page.
            if not self._serving:
                raise
            log.error("%s", error, exc_info=not isinstance(error, PluginError))
            self.pages, self.files, self.copies = _mistake_pages(error, self._last_good), {}, {}
        else:
            self._last_good = [page.path for page in self.pages]
        _replace(files, self.pages, config)
        for path, text in self.files.items():
            files.append(File.generated(config, path, content=text))
        return files

    def _make(self, config: MkDocsConfig) -> list[Page]:
        library = self.given or _read(project_of(config))
        problems = [] if self.given else _problems(library)
        blocking = [problem for problem in problems if is_blocking(problem, writes_site=not self._serving)]
        if blocking or library.site is None:
            raise Blocked(problems, library)
        for problem in problems:
            log.warning("%s", problem)
        lang = library.site.languages[0].lang
        with _mistakes_of(ValueError):
            addresses, day = Addresses.from_environment(), today()
        with _mistakes_of(MissingString, TemplateMistake):
            settings = site_settings(library, lang, addresses)
            pages = make_pages(library, lang, addresses, today=day, edits=last_edits(library.project))
            self.files = make_files(library, lang, addresses, today=day)
            self.copies = make_copies(pages, library, lang, addresses)
        # As markup, since the theme escapes the name once more in one place.
        config.site_name, config.site_description = (
            Markup(settings["site_name"]),
            settings["site_description"],
        )
        config.nav = settings["nav"]
        config.copyright = settings["copyright"]
        config.extra.update(settings["extra"] | {"copies": True})
        return pages

    def on_page_context(self, context: Any, *, page: Any, config: MkDocsConfig, nav: Any) -> Any:
        # A former address names the one that took its place, which search engines then keep.
        if "moved_to" in page.meta and config.site_url:
            page.canonical_url = urljoin(config.site_url, page.meta["moved_to"])
        return context

    def on_post_page(self, output: str, *, page: Any, config: MkDocsConfig) -> str:
        return tidy(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        return tidy(output_content) if template_name.endswith(".html") else output_content

    # After every other plugin, since whatever changes a page changes its policy.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        for path, text in self.copies.items():
            (Path(config.site_dir) / path).write_text(text, "utf-8")
        if not self._serving:  # a server puts a script of its own into every page
            with _mistakes_of(ValueError):
                protect(Path(config.site_dir))
        # `factbound build` looks at the site itself, before it takes the place of the last one.
        if self.given or self._serving:
            return
        names = _names()
        if names is None:
            log.info("%s", not_checked())
        elif told := names_in_texts(texts_of(Path(config.site_dir)), names, built_from(self.pages)):
            raise PluginError("\n".join(told))

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        for folder in watched(project_of(config)):
            server.watch(str(folder))
        return server


def project_of(config: MkDocsConfig) -> Project:
    """The project that a configuration belongs to: its file stands beside content/."""
    return Project(Path(config.config_file_path or "mkdocs.yml").resolve().parent)


def watched(project: Project) -> Iterator[Path]:
    """The folders whose changes renew what is served: the site's own, and not a program that stands elsewhere."""
    yield project.content
    if project.root.is_relative_to(project.theme.parent):
        yield project.theme


def _read(project: Project) -> Library:
    if not (project.content / "site.yml").is_file():
        raise PluginError(f"{project.content}/site.yml is missing (mkdocs.yml stands beside content/)")
    return load(project)


def _problems(library: Library) -> list[Problem]:
    return with_names(library, check(library), _names() or Names())


def _names() -> Names | None:
    with _mistakes_of(ValueError):
        return read_names()


@contextmanager
def _mistakes_of(*kinds: type[Exception]) -> Iterator[None]:
    """What somebody got wrong ends the build with its message; MkDocs shows a traceback for anything else."""
    try:
        yield
    except kinds as error:
        raise PluginError(str(error)) from None


class Blocked(PluginError):
    """Problems that keep the site from being built; a message without a traceback."""

    def __init__(self, problems: list[Problem], library: Library) -> None:
        super().__init__(report(problems, library.text_of))


def site_settings(library: Library, lang: str, addresses: Addresses) -> dict[str, Any]:
    """What the content decides of a builder's configuration."""
    site = library.site
    assert site is not None

    def words(label: Any) -> str:
        # The builder's templates print these as HTML.
        return html.escape(" ".join(label.in_(lang, site.languages[0].lang)[0].split())) if label else ""

    return {
        "site_name": words(site.title),
        "site_description": words(site.description),
        "copyright": words(site.licence) or None,
        "nav": [{html.escape(section.title): section.path} for section in navigation(library, lang)],
        "extra": {
            "edit_base": addresses.edit,
            "corrections": addresses.corrections,
            "generator": False,
            "words": override_words(library, lang),
            "feed": bool(addresses.site and changes(library)),
            "locale": site.languages[0].locale.replace("-", "_"),
            "social_card": SOCIAL_CARD,
            "help": "help" in site.collections,
            # Where a group of the menu begins: what is told over all records, and what is told of the site.
            "groups": [f"{row[0]}/" for row in (site.overviews, site.pages) if row],
        },
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
