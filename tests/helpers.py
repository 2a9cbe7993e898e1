"""What several test files share: the two projects, commands, and built HTML read back."""

from __future__ import annotations

import datetime
import os
import posixpath
import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml

from factbound.library import Library, load
from factbound.settings import Project

ROOT = Path(__file__).resolve().parent.parent
"""The repository: a project with the real content."""
SITE = ROOT / "tests" / "cases" / "site"
"""A tiny complete project, on a matter that is invented."""
WITHHELD = ROOT / "tests" / "cases" / "withheld.txt"
"""A list of names that stand nowhere, so that commands do not say that none is given."""
TODAY = "2031-10-01"
"""The day that the tests build on."""
DAY = datetime.date.fromisoformat(TODAY)
EPOCH = "1948579200"
"""The same for SOURCE_DATE_EPOCH."""
ADDRESSES = {
    "FACTBOUND_SITE_URL": "https://site.example/saltmouth/",
    "FACTBOUND_EDIT_URL": "https://code.example/edit/main",
    "FACTBOUND_CORRECTIONS_URL": "mailto:corrections@site.example",
}
"""Where the tiny site stands, for tests of a site that is hosted."""


def copy_site(to: Path) -> Path:
    """The tiny site at a place where a test may change it."""
    shutil.copytree(SITE, to)
    return to


def edit(file: Path, old: str, new: str) -> None:
    """Replace what stands once in a file."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"'{old}' stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), "utf-8")


FAIR = "content/cases/the-fair.yml"
"""A case that several tests lay over the base project, and change."""
FAIR_HEAD = """\
title: The fair
kind: incident
jurisdiction: example-land
occurred: 2025-04-14
checked: unknown
evidence: [{source: example-gazette}]
"""
FAIR_CASE = f"""\
{FAIR_HEAD}parties:
  keeper: {{role: The keeper, stage: charged, evidence: [{{source: example-gazette}}]}}
facts:
  takings:
    says: About ten thousand.
    value: {{amount: 10000, currency: EUR}}
    standing: alleged
    evidence: [{{source: example-gazette}}, {{source: example-register}}]
"""
"""Of the fair: a party and a fact that stands on two sources."""


def a_source(title: str, publisher: str, kind: str = "report") -> str:
    """A source that was read at its publisher's."""
    return (
        f"type: {kind}\ntitle: {title}\nlanguage: en\npublisher: {publisher}\n"
        "issued: 2025-04-14\naccessed: 2025-05-01\nread: publisher\n"
    )


REGISTER = a_source("The register", "Example Office")


@cache
def _base() -> dict[str, str]:
    base: dict[str, str] = yaml.safe_load((ROOT / "tests" / "cases" / "base.yml").read_text("utf-8"))
    return base


def lay(root: Path, files: Mapping[str, str]) -> Library:
    """A project of `tests/cases/base.yml` with files (path -> text) laid over it, read."""
    for path, text in {**_base(), **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return load(Project(root))


def library_of(root: Path) -> Library:
    """A project, read."""
    return load(Project(root))


def environment(**variables: str) -> dict[str, str]:
    """Of a program that a test starts: nothing of the surroundings decides what it writes."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("FACTBOUND_") and name != "SOURCE_DATE_EPOCH"
    }
    return {
        **kept,
        "FACTBOUND_WITHHELD": str(WITHHELD),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUTF8": "1",
        **variables,
    }


def run(*command: str, root: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """A program of the virtual environment, run in a folder."""
    return subprocess.run(
        [str(Path(sys.executable).parent / command[0]), *command[1:]],
        cwd=root, env=environment(**variables), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def git(root: Path, *arguments: str) -> str:
    """A command of git in a folder, by an invented editor."""
    command = ["git", "-c", "user.name=Editor", "-c", "user.email=editor@site.example", *arguments]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout


def commit(root: Path, message: str = "Before") -> Path:
    """A folder with all that is in it committed; a repository of its own if it is in none."""
    if not (root / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)
    return root


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with what it holds."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@dataclass(frozen=True)
class Tag:
    name: str
    attributes: dict[str, str]


class Html(HTMLParser):
    """A page of a built site, read with a parser that is not the program's."""

    VOID = frozenset(
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
    )

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []
        self.jsonld = ""
        """What the page tells programs, as it stands there; no script that runs."""
        self._open: list[str] = []
        self._texts: list[tuple[tuple[str, ...], str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["script"] and self.tags[-1].attributes.get("type") == "application/ld+json":
            self.jsonld += data
        else:
            self._texts.append((tuple(self._open), data))

    def text(self, within: str = "body") -> str:
        """The words inside an element of a kind, without scripts and styles, and without drawings, whose labels are cut
        into lines; of those, ask for `svg`."""
        left_out = {"script", "style", "svg"} - {within}
        found = (data for path, data in self._texts if within in path and left_out.isdisjoint(path))
        return " ".join("".join(found).split())

    def scripts(self) -> list[str]:
        """What runs on the page: the address or the text of each script."""
        texts = [data for path, data in self._texts if path and path[-1] == "script"]
        return [tag.attributes["src"] for tag in self.named("script") if "src" in tag.attributes] + texts

    def named(self, name: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name == name]

    def values(self, *attributes: str) -> list[str]:
        """All values of some attributes, in the order of the page."""
        return [tag.attributes[name] for tag in self.tags for name in attributes if name in tag.attributes]

    def meta(self, name: str) -> str:
        return next(
            (tag.attributes["content"] for tag in self.named("meta") if tag.attributes.get("name") == name),
            "",
        )

    @cached_property
    def ids(self) -> set[str]:
        return set(self.values("id"))


@dataclass(frozen=True)
class BuiltSite:
    """A built site and its pages, by the files that hold them."""

    folder: Path
    base: str = "/"
    """The path below which it will stand on its host."""

    @cached_property
    def pages(self) -> dict[str, Html]:
        return {
            file.relative_to(self.folder).as_posix(): Html(file.read_text("utf-8"))
            for file in sorted(self.folder.rglob("*.html"))
        }

    def linked(self, name: str) -> list[tuple[str, str]]:
        """Where the links of a page lead within the site: file and anchor, in the order of the page."""
        links = (urlsplit(link) for link in self.pages[name].values("href", "src"))
        return [
            (_file(name, link.path, self.base), unquote(link.fragment).partition(":~:")[0])
            for link in links
            if not (link.scheme or link.netloc)
        ]

    def links_to(self, name: str, target: str) -> int:
        """How many links of a page lead to another one, such as `cases/x`, or to an anchor of it."""
        file, _, anchor = target.partition("#")
        return sum(
            found == posixpath.normpath(f"{file}/index.html") and anchor in ("", at)
            for found, at in self.linked(name)
        )


def _file(page: str, path: str, base: str) -> str:
    """The file of a site that a server sends for a path: of a folder, its index.html."""
    if path.startswith(base):
        page, path = "", path.removeprefix(base) or "."
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path))) if path else page
    return joined if posixpath.splitext(joined)[1] else posixpath.normpath(f"{joined}/index.html")
