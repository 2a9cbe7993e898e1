"""A request to GitHub's API in, what it answers out, by `gh`, which every runner has."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

REPOSITORY = os.environ.get("GITHUB_REPOSITORY", "")
BOT = "github-actions[bot]"
"""Who writes with a workflow's own token."""
MOST = 60_000
"""Characters of a text that GitHub takes, with room for what stands around it."""


def api(path: str, method: str = "GET", body: Any = None) -> Any:
    """What GitHub answers; None for what is not there. Any other refusal ends the program and says why."""
    command = ["gh", "api", "--method", method, f"repos/{REPOSITORY}/{path}"]
    if body is not None:
        command += ["--input", "-"]
    sent = None if body is None else json.dumps(body)
    done = subprocess.run(command, input=sent, capture_output=True, text=True, check=False)
    if done.returncode and "(HTTP 404)" in done.stderr and method == "GET":
        return None
    if done.returncode:
        sys.exit(f"GitHub refused {method} {path}: {done.stderr.strip()}")
    return json.loads(done.stdout) if done.stdout.strip() else None


def every(path: str) -> list[Any]:
    """All of a list that GitHub gives in pages of a hundred."""
    found: list[Any] = []
    page = 1
    while got := api(f"{path}{'&' if '?' in path else '?'}per_page=100&page={page}"):
        found += got
        page += 1
    return found


def notice(text: str) -> None:
    """Say why nothing was to do, where somebody who wonders looks."""
    print(f"::notice::{text}")
