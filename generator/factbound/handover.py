"""The pages as a project of their own, which another builder can build: Markdown, configuration, overrides."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import yaml

from .build import WrongFolder, refuse_names
from .edited import last_edits
from .library import Library
from .pages import built_from, make_files, make_pages
from .plugin import site_settings
from .settings import Addresses
from .withheld import Names, texts_of

_MARK = ".factbound-pages"


def write_project(
    library: Library,
    folder: Path,
    addresses: Addresses,
    *,
    today: datetime.date,
    names: Names | None = None,
) -> int:
    """Write `mkdocs.yml`, `docs/` and `overrides/` into a folder; return how many pages.

    Raises WrongFolder where the folder holds something that was not written by this function, BuildFailed where a name that
    is withheld stands in what would be written.
    """
    _refuse_other(folder)
    site, project = library.site, library.project
    assert site is not None
    lang = site.languages[0].lang
    # Made before anything is taken away: a mistake of the theme leaves the last project as it was.
    pages = make_pages(library, lang, addresses, today=today, edits=last_edits(project))
    configuration = _configuration(library, lang, addresses)
    files = {page.path: page.markdown for page in pages}
    files |= make_files(library, lang, addresses, today=today)
    settings = yaml.safe_dump(configuration, allow_unicode=True, sort_keys=False)
    overrides, images = project.theme / "overrides", project.content / "pages"
    texts = [*files.items(), ("mkdocs.yml", settings), *texts_of(overrides), *texts_of(images)]
    refuse_names(texts, names, built_from(pages))
    _empty(folder)
    for path, text in files.items():
        file = folder / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    _copy_images(images, folder / "docs")
    if overrides.is_dir():
        shutil.copytree(overrides, folder / "overrides")
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    return len(pages)


def _refuse_other(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).is_file():
        raise WrongFolder(
            f"{folder} is not empty and was not written by 'build --pages-only' (name a new folder)"
        )


def _empty(folder: Path) -> None:
    """Take away what the last run wrote; what another builder made of it stays."""
    for name in ("docs", "overrides"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / "docs").mkdir(parents=True)
    (folder / _MARK).write_text(
        "Written by 'factbound build --pages-only'; the next run replaces docs/ and overrides/.\n", "utf-8"
    )


def _copy_images(pages: Path, docs: Path) -> None:
    """Copy whatever stands beside the hand-written pages and is none."""
    for file in sorted(pages.rglob("*")):
        if file.is_file() and file.suffix != ".md":
            copy = docs / file.relative_to(pages)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)


def _configuration(library: Library, lang: str, addresses: Addresses) -> dict[str, Any]:
    from mkdocs.utils.yaml import yaml_load

    with (library.project.root / "mkdocs.yml").open(encoding="utf-8") as file:
        config: dict[str, Any] = yaml_load(file)
    config.update(site_settings(library, lang, addresses))
    config = {key: value for key, value in config.items() if value is not None}
    config["docs_dir"], config["site_dir"] = "docs", "site"
    config["theme"] = {**config["theme"], "custom_dir": "overrides"}
    config["plugins"] = [plugin for plugin in config["plugins"] if plugin != "factbound"]
    # Records stay out of the navigation, and builders warn of pages that are in none.
    config["not_in_nav"] = "*.md"
    return config
