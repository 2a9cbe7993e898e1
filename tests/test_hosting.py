"""What docs/hosting.md has a server send is what the program writes for hosts that read `_headers`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from factbound.headers import protect
from helpers import ROOT

TEXT = (ROOT / "docs" / "hosting.md").read_text("utf-8")
WAYS = {
    "table": r"^\| `([A-Z][\w-]+)` \| `(.+?)`",
    "nginx": r"^ +add_header ([A-Z][\w-]+) \"(.+)\" always;$",
    "caddy": r"^\t\t([A-Z][\w-]+) \"(.+)\"$",
}
"""How each writes a header and its value, the same for every file."""


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The headers of a built site. Of the policy only what a page cannot carry itself, where browsers do not look for it."""
    site = tmp_path_factory.mktemp("site")
    (site / "index.html").write_text("<html><head></head></html>", "utf-8")
    protect(site)
    lines = (site / "_headers").read_text("utf-8").splitlines()[1:]
    headers = dict(line.strip().split(": ", 1) for line in lines)
    policy = headers["Content-Security-Policy"].split("; ")
    page = (site / "index.html").read_text("utf-8")
    [only_here] = [part for part in policy if part not in page]
    return {**headers, "Content-Security-Policy": only_here}


@pytest.mark.parametrize("way", WAYS)
def test_a_server_is_told_to_send_the_headers_of_the_program(sent: dict[str, str], way: str) -> None:
    assert dict(re.findall(WAYS[way], TEXT, re.MULTILINE)) == sent


def test_names_that_are_kept_for_a_year_hold_a_hash() -> None:
    patterns = {pattern.rstrip('"') for pattern in re.findall(r"\\\.\[0-9a-f\]\S+", TEXT)}
    assert patterns == {r"\.[0-9a-f]{8}\.min\.(css|js)$"}
    [hashed] = (re.compile(pattern) for pattern in patterns)
    assert hashed.search("/assets/stylesheets/main.57a0d79d.min.css")
    assert not hashed.search("/assets/factbound.css") and not hashed.search(
        "/assets/javascripts/lunr/min/lunr.de.min.js"
    )


def test_the_readme_links_to_it() -> None:
    assert "(docs/hosting.md)" in (ROOT / "README.md").read_text("utf-8")
    assert Path(ROOT / ".github" / "workflows" / "deploy.yml").is_file()
