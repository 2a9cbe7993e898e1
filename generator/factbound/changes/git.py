"""A folder and a command of git in; what git answers out, or a plain reason why it does not."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_TODO = "name a branch, a tag or a commit that git log knows"
_SHALLOW = "this clone is shallow: run git fetch --unshallow, or in CI set fetch-depth: 0"


class NoRevision(ValueError):
    """The revision cannot be read; the message says why and what to do."""


def git(folder: Path, *arguments: str) -> bytes:
    """What a command of git prints.

    Raises NoRevision: no git, no repository, not a trusted one, or what git itself says.
    """
    found = _run(folder, *arguments)
    if found.returncode == 0:
        return found.stdout
    said = found.stderr.decode("utf-8", "replace").strip().splitlines()
    if any("not a git repository" in line for line in said):
        raise NoRevision(f"{folder.name}/ is in no git repository (run git init, or work in a clone)")
    if any("dubious ownership" in line for line in said):
        todo = f"run git config --global --add safe.directory '{folder}'"
        raise NoRevision(f"git does not trust {folder.name}/, which belongs to another user ({todo})")
    why = next(
        (line for line in said if line.startswith(("fatal:", "error:"))), f"it ends with {found.returncode}"
    )
    raise NoRevision(f"git says: {why} (run git {arguments[0]} to see more)")


def branch_point(folder: Path, revision: str) -> str:
    """The commit at which the present state left a revision: what came to the revision since is no change of ours.

    Raises NoRevision: no such revision, or none that both share.
    """
    commit = _commit(folder, revision)
    found = _run(folder, "merge-base", "HEAD", commit)
    if found.returncode == 0:
        return found.stdout.decode().strip()
    _commit(folder, "HEAD")
    if _is_shallow(folder):
        raise NoRevision(f"where this state left '{revision}' is not known ({_SHALLOW})")
    raise NoRevision(
        f"'{revision}' and the present state have no commit in common (name a revision from which this one was made)"
    )


def _commit(folder: Path, revision: str) -> str:
    found = _run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found.returncode == 0:
        return found.stdout.decode().strip()
    if revision == "HEAD" and not _is_shallow(folder):
        raise NoRevision("nothing is committed yet (commit the first state: git add -A, git commit)")
    raise NoRevision(f"git knows no revision '{revision}' ({_SHALLOW if _is_shallow(folder) else _TODO})")


def _is_shallow(folder: Path) -> bool:
    return git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    # A folder may be called [a] or :b, which git would take for a pattern; what git says is looked at in English.
    environment = {**os.environ, "GIT_LITERAL_PATHSPECS": "1", "LC_ALL": "C"}
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *arguments], env=environment, capture_output=True, check=False
        )
    except (FileNotFoundError, PermissionError):
        raise NoRevision("git is not installed (install it: an earlier state is read from it)") from None
