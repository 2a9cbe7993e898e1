"""What the check of a pull request left behind in; one comment under that pull request, written or renewed, out.

The files may be a stranger's. They are read as text, at most so much of it; the number in them counts only where GitHub
says that this pull request is open and ends in the very commit that was checked; and the text calls nobody.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from urllib.parse import urlencode

from hub import BOT, MOST, api, every, notice

MARK = "<!-- factbound changes -->"


def main(folder: Path) -> None:
    number = _text(folder / "number", 20).strip()
    if not number:
        notice("The check made no report: it ended before that.")
    elif number not in _pull_requests():
        notice("No open pull request ends in the commit that was checked: a newer check will report.")
    else:
        _write(number, _text(folder / "changes.md", MOST))


def _text(file: Path, most: int) -> str:
    """The beginning of a file, whole lines of it where there are several; empty where there is none."""
    if file.is_symlink() or not file.is_file():
        return ""
    with file.open(encoding="utf-8", errors="replace") as opened:
        text = opened.read(most + 1)
    if len(text) <= most:
        return text
    return text[:most].rpartition("\n")[0] + "\n\nThe rest stands in the summary of the check.\n"


def _pull_requests() -> set[str]:
    """The open pull requests whose last commit is the one that was checked. GitHub says so, not the files."""
    head = f"{os.environ['HEAD_OWNER']}:{os.environ['HEAD_BRANCH']}"
    pulls = every(f"pulls?{urlencode({'state': 'open', 'head': head})}")
    return {str(pull["number"]) for pull in pulls if pull["head"]["sha"] == os.environ["HEAD_SHA"]}


def _write(number: str, report: str) -> None:
    mine = [
        comment["id"]
        for comment in every(f"issues/{number}/comments")
        if comment["user"]["login"] == BOT and comment["body"].startswith(MARK)
    ]
    if report.strip():
        body = {"body": _comment(report)}
        api(*(f"issues/comments/{mine[0]}", "PATCH") if mine else (f"issues/{number}/comments", "POST"), body)
    elif mine:
        api(f"issues/comments/{mine[0]}", "DELETE")


def _comment(report: str) -> str:
    # Nobody is called by a report: a name after @ would be.
    quiet = re.sub("@(?=[A-Za-z0-9])", "@\N{ZERO WIDTH SPACE}", report)
    sha, url = os.environ["HEAD_SHA"], os.environ["RUN_URL"]
    return f'{MARK}\nOf {sha}. [The check]({url}) keeps the pages for a week, under "Artifacts" as `site`.\n\n{quiet}'


if __name__ == "__main__":
    main(Path(sys.argv[1]))
