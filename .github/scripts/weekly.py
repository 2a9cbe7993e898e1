"""What commands printed in, as `Heading=file`; one Markdown report out, with a link to every line of YAML that it names."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PROPOSALS = {
    "content/_verified.json": ("weekly-quotes", "Keep when quotes were last seen"),
    "requirements.lock": ("weekly-packages", "Take newer Python packages"),
}
"""A file that a week changes -> the branch that proposes it, and what the change does."""
PLACE = re.compile(r"(?:\d{4}-\d{2}-\d{2} +)?(?P<path>[^\s:]+):(?P<line>\d+):\d+: (?P<said>.*)")
MOST = 50
"""Lines of a section: an issue holds 65,536 characters."""
ADDRESS = f"{os.environ.get('GITHUB_SERVER_URL', '')}/{os.environ.get('GITHUB_REPOSITORY', '')}"
BRANCH = os.environ.get("GITHUB_REF_NAME", "main")


def main(sections: list[str]) -> None:
    for section in sections:
        heading, _, file = section.rpartition("=")
        print(f"## {heading}\n")
        lines = Path(file).read_text("utf-8").splitlines()
        print("\n".join(_listed(lines)) + "\n")
    proposed = [name for name in PROPOSALS if _is_changed(name)]
    if proposed:
        print("## To be proposed\n")
    for name in proposed:
        branch, title = PROPOSALS[name]
        print(f"- {title}: [open the pull request]({ADDRESS}/compare/{BRANCH}...{branch}?expand=1)")


def _listed(lines: list[str]) -> Iterator[str]:
    """Places as a list of links, then what was said of the whole. Lines that show YAML are left out."""
    placed = [found for line in lines if (found := PLACE.fullmatch(line))]
    for found in placed[:MOST]:
        where, line = found["path"], found["line"]
        yield f"- [{where}:{line}]({ADDRESS}/blob/{BRANCH}/{where}?plain=1#L{line}) {_code(found['said'])}"
    if len(placed) > MOST:
        yield f"- {len(placed) - MOST} more, which the command lists"
    for line in lines:
        if line.strip() and not line.startswith(" ") and not PLACE.fullmatch(line):
            yield f"\n{_code(line)}"


def _code(text: str) -> str:
    """As code, in which GitHub reads neither markup nor names that would be called."""
    return "`" + text.replace("`", "'") + "`"


def _is_changed(name: str) -> bool:
    said = subprocess.run(
        ["git", "status", "--porcelain", "--", name], capture_output=True, text=True, check=True
    )
    return bool(said.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
