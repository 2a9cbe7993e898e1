"""A revision of version control in; the Library of its content out. The files on disk are not touched."""

from __future__ import annotations

import io
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..library import Library, load
from ..settings import Project
from .git import NoRevision, branch_point, git


def library_at(project: Project, revision: str, like: Library | None = None) -> Library:
    """The content as it was where the present state left a revision of git. Its problems are those of that time. `like` is
    the present content, of which the same files are not read again.

    Raises NoRevision: no git, no repository, no such revision, no content in it.
    """
    with project_at(project, revision) as then:
        return load(then, like=like)


@contextmanager
def project_at(project: Project, revision: str) -> Iterator[Project]:
    """The content and the theme as they were, in a folder that goes away afterwards; raises like `library_at`."""
    inside = place_in_repository(project)
    commit = branch_point(project.root, revision)
    wanted = ("content", "theme")
    listed = git(project.root, "ls-tree", "-z", "--name-only", commit, "--", *wanted)
    there = [name for name in wanted if name.encode() in listed.split(b"\0")]
    if "content" not in there:
        raise NoRevision(f"'{revision}' has no {inside}content/ (name a revision that has it)")
    packed = git(project.root, "archive", "--format=tar", commit, "--", *there)
    with tempfile.TemporaryDirectory(prefix="factbound-") as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, [one for one in archive if one.isfile() or one.isdir()], filter="data")
        yield Project(Path(folder))


def place_in_repository(project: Project) -> str:
    """Where the project lies within its repository: empty for its top, else `sites/lanterns/`; raises like `library_at`."""
    return os.fsdecode(git(project.root, "rev-parse", "--show-prefix").rstrip(b"\n"))


def changed_files(project: Project, revision: str) -> set[str]:
    """The files of the project that are new or not as they were, as problems name them; raises like `library_at`."""
    changed = git(
        project.root, "diff", "--name-only", "--relative", "-z", branch_point(project.root, revision)
    )
    new = git(project.root, "ls-files", "--others", "--exclude-standard", "-z")
    return {os.fsdecode(name) for name in (changed + new).split(b"\0") if name}
