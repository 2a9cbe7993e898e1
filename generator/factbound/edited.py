"""A project in; the day on which each of its content files was last changed, as git tells it, out."""

from __future__ import annotations

from collections.abc import Mapping

from .changes import NoRevision, git
from .settings import Project

_DAY = "\x01"
"""What stands before a commit's day; no path begins with it."""


def last_edits(project: Project) -> Mapping[str, str]:
    """Content file, relative to the project -> the day of its newest commit, in ISO 8601.

    Empty where there is no git or no repository: then nobody knows.
    """
    command = ["-c", "core.quotePath=false", "log", "--no-renames", "--relative", "--name-only"]
    try:
        told = git(project.root, *command, f"--format={_DAY}%cs", "--", "content")
    except NoRevision:
        return {}
    days: dict[str, str] = {}
    day = ""
    for line in told.decode("utf-8", "replace").splitlines():
        if line.startswith(_DAY):
            day = line.removeprefix(_DAY)
        elif line:
            days.setdefault(line, day)
    return days
