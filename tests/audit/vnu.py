"""HTML files in; what the Nu HTML checker says about them out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .findings import Finding
from .tools import VNU, Missing

_NOT_ITS_MATTER = ".*violates Content Security Policy.*"
"""It takes a file's own site for another host, and data in a <script> for a script. In a browser, `axe.py` sees what
the policy blocks."""


def check_html(site: Path, files: Iterable[Path]) -> list[Finding]:
    """Every error, warning and note on some files of a site."""
    command = [
        "java", "-jar", str(VNU), "--stdout", "--format", "json", "--exit-zero-always",
        "--filterpattern", _NOT_ITS_MATTER, *(str(file.resolve()) for file in files),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        messages = json.loads(done.stdout)["messages"]
    except (ValueError, KeyError):
        raise Missing(f"vnu did not run: {(done.stderr or done.stdout).strip()[-500:]}") from None
    return [_finding(site, one) for one in messages]


def _finding(site: Path, message: dict[str, object]) -> Finding:
    file = Path(unquote(urlsplit(str(message["url"])).path))
    page = file.relative_to(site.resolve()).as_posix()
    return Finding(page, f"vnu/{message['type']}", _extract(message), str(message["message"]))


def _extract(message: dict[str, object]) -> str:
    text, start, length = (message.get(key) for key in ("extract", "hiliteStart", "hiliteLength"))
    if not (isinstance(text, str) and isinstance(start, int) and isinstance(length, int)):
        return "the file"
    return " ".join(text[start : start + length].split())
