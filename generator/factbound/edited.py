"""A project in; the day on which each of its content files was last changed, as git tells it, out."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping

from .settings import Project

_DAY = "\x01"
"""What stands before a commit's day; no path begins with it."""


def last_edits(project: Project) -> Mapping[str, str]:
    """Content file, relative to the project -> the day of its newest commit, in ISO 8601.

    Empty where there is no git or no repository: then nobody knows.
    """
    command = [
        "git",
        "-C",
        str(project.root),
        "-c",
        "core.quotePath=false",
        "log",
        "--no-renames",
        "--relative",
    ]
    command += ["--name-only", f"--format={_DAY}%cs", "--", "content"]
    try:
        found = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        return {}
    days: dict[str, str] = {}
    day = ""
    for line in found.stdout.decode("utf-8", "replace").splitlines():
        if line.startswith(_DAY):
            day = line.removeprefix(_DAY)
        elif line:
            days.setdefault(line, day)
    return days
