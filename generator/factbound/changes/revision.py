"""A revision of version control in; the Library of its content out. The files on disk are not touched."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path

from ..library import Library, load
from ..settings import Project


class NoRevision(ValueError):
    """The revision cannot be read; the message says why and what to do."""


def library_at(project: Project, revision: str) -> Library:
    """The content as it was at a revision of git, or where the present branch left it, so that what others have done
    there since is not taken for a change of ours. Its problems are those of that time.

    Raises NoRevision: no git, no repository, no such revision, no content in it.
    """
    top = _git(project.root, "rev-parse", "--show-toplevel").decode().strip()
    inside = project.root.resolve().relative_to(Path(top).resolve())
    _refuse_unknown(project.root, revision)
    left = _run(project.root, "merge-base", "--end-of-options", revision, "HEAD")
    # Otherwise a shallow clone does not know it, or the two have nothing in common.
    at = left.stdout.decode().strip() if left.returncode == 0 else revision
    content = (inside / "content").as_posix()
    packed = _git(
        Path(top),
        "archive",
        "--format=tar",
        at,
        "--",
        content,
        missing=f"'{revision}' has no {content}/",
    )
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        return load(Project(Path(folder) / inside))


def _refuse_unknown(root: Path, revision: str) -> None:
    found = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found.returncode == 0:
        return
    todo = "name a branch, a tag or a commit that git log knows"
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        todo = "this clone is shallow: run git fetch --unshallow, or in CI set fetch-depth: 0"
    raise NoRevision(f"git knows no revision '{revision}' ({todo})")


def _git(root: Path, *arguments: str, missing: str = "") -> bytes:
    found = _run(root, *arguments)
    if found.returncode == 0:
        return found.stdout
    said = found.stderr.decode("utf-8", "replace").strip().splitlines()
    if any("not a git repository" in line for line in said):
        raise NoRevision(f"{root.name}/ is in no git repository (run git init, or work in a clone)")
    if missing and any("did not match any files" in line for line in said):
        raise NoRevision(f"{missing} (name a revision that has it)")
    raise NoRevision(
        f"git says: {said[-1] if said else found.returncode} (run git {arguments[0]} to see more)"
    )


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise NoRevision("git is not installed (install it: an earlier state is read from it)") from None
