"""The days on which content was edited, from a repository of git."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from factbound.edited import last_edits
from factbound.pages import make_pages
from factbound.settings import Project
from helpers import DAY, lay

TERM = "title: Lantern\nforms: {en: [lantern]}\ndefinition: A lamp.\nchecked: unknown\n"


def commit(root: Path, day: str) -> None:
    who = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "-m", "Edit"]):
        subprocess.run(
            ["git", "-C", str(root), *command],
            check=True,
            env={"PATH": "/usr/bin:/bin", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z", "HOME": str(root)},
        )


def strip_of(root: Path, files: dict[str, str]) -> tuple[str, list[str]]:
    """The strip of a term's page, and the days that its front matter says."""
    pages = make_pages(lay(root, files), "en", today=DAY)
    text = next(page.markdown for page in pages if page.path == "glossary/lantern.md")
    return text, re.findall(r'(?:updated: |dateModified\\":\\)"([0-9-]+)', text)


def test_each_file_has_the_day_of_its_newest_commit(tmp_path: Path) -> None:
    project = tmp_path / "a project ランタン"
    lay(project, {"content/glossary/lantern.yml": TERM, "content/glossary/灯.yml": TERM})
    commit(tmp_path, "2031-01-02")
    (project / "content/glossary/lantern.yml").write_text(TERM + "summary: It burns.\n", "utf-8")
    commit(tmp_path, "2031-03-04")
    days = last_edits(Project(project))
    assert (days["content/glossary/lantern.yml"], days["content/glossary/灯.yml"]) == (
        "2031-03-04",
        "2031-01-02",
    )


def test_without_a_repository_nobody_knows(tmp_path: Path) -> None:
    lay(tmp_path, {"content/glossary/lantern.yml": TERM})
    assert last_edits(Project(tmp_path)) == {}


def test_a_page_is_as_of_its_last_edit_where_nothing_else_says(tmp_path: Path) -> None:
    files = {"content/glossary/lantern.yml": TERM}
    lay(tmp_path, files)
    commit(tmp_path, "2031-03-04")
    text, days = strip_of(tmp_path, files)
    assert "<dt>Last edited</dt>\n<dd markdown>4 March 2031</dd>" in text
    assert days == ["2031-03-04", "2031-03-04"]


def test_what_a_record_says_itself_goes_before(tmp_path: Path) -> None:
    files = {"content/glossary/lantern.yml": TERM.replace("checked: unknown", "checked: 2031-02-01")}
    lay(tmp_path, files)
    commit(tmp_path, "2031-03-04")
    text, days = strip_of(tmp_path, files)
    assert "Last edited" not in text
    assert days == ["2031-02-01", "2031-02-01"]
