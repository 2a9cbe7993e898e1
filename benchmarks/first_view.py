"""How many bytes a reader's first page takes, packed, with an empty cache: each kind of page and the longest ones."""

from __future__ import annotations

import gzip
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from common.measure import REPOSITORY, Failed, Table, arguments, html_sizes, progress, run

sys.path.insert(0, str(REPOSITORY / "tests"))

from playwright.sync_api import CDPSession, Page

from audit.serving import hosted
from browsing import KINDS, started_browser

OURS = re.compile(r"assets/[^/]*\.(css|js)$")
"""Material's own stand in folders of assets/."""
ICON = re.compile(r'<link rel="icon" href="([^"]+)"')
"""A browser without a window asks for no icon."""


def main() -> int:
    """Weigh, print, and return 1 where a target is missed."""
    quick = arguments(__doc__, "weigh the site/ that is there, without building it anew")
    with tempfile.TemporaryDirectory(prefix="factbound-bench-") as temporary:
        site = REPOSITORY / "site" if quick else Path(temporary) / "site"
        if not quick:
            progress("building the real content")
            run("factbound", "--project", REPOSITORY, "build", "--today", "2026-12-01", "--site-dir", site)
        sizes = html_sizes(site)
        if not sizes:
            raise Failed("there is no built site/ (build it with 'make site', or leave out --quick)")
        longest = sorted(sizes, key=sizes.__getitem__, reverse=True)[:10]
        views = _visit(site, dict.fromkeys([*(f"{kind}index.html" for kind in KINDS.values()), *longest]))
    table = Table(("the site/ that is there" if quick else "factbound build --today 2026-12-01",))
    weights = {page: sum(view.values()) / 1000 for page, view in views.items()}
    heaviest = sorted(weights, key=weights.__getitem__, reverse=True)
    for page in heaviest:
        table.add(page, weights[page], "kB", at_most=180)
        for file, size in sorted(views[page].items(), key=lambda one: -one[1]) if page == heaviest[0] else ():
            table.add(f"  {file}", size / 1000, "kB")
    ours = max(sum(size for file, size in view.items() if OURS.search(file)) for view in views.values())
    table.add("our own CSS and JS on any page, at most", ours / 1000, "kB", at_most=25)
    return table.print()


def _visit(site: Path, pages: Iterable[str]) -> dict[str, dict[str, int]]:
    """Page -> each file that it asks for by itself -> the bytes of its answer, headers and all."""
    views = {}
    with hosted(site) as address, started_browser() as browser:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        answers = _Answers(wire)
        for name in pages:
            progress(f"opening {name}")
            views[name] = {
                urlsplit(url).path.lstrip("/") or name: size
                for url, size in answers.of(page, address + name.removesuffix("index.html")).items()
            }
            icon = ICON.search((site / name).read_text("utf-8"))
            if icon:
                views[name].setdefault(urlsplit(urljoin(address + name, icon[1])).path.lstrip("/"), 0)
            # The tools do not tell of what a worker of the page fetches, nor, sometimes, in time.
            for path, size in views[name].items():
                views[name][path] = size or len(gzip.compress((site / path).read_bytes()))
    return views


class _Answers:
    """What came over the wire, as the browser's own tools tell it."""

    def __init__(self, wire: CDPSession) -> None:
        self._urls: dict[str, str] = {}
        self._sizes: dict[str, int] = defaultdict(int)
        wire.on("Network.requestWillBeSent", self._asked)
        wire.on("Network.loadingFinished", self._finished)

    def of(self, page: Page, address: str) -> dict[str, int]:
        """Of one visit, until nothing is asked for any more; 0 for what was not told to have come."""
        self._urls.clear()
        self._sizes.clear()
        page.goto(address, wait_until="networkidle")
        return {url: self._sizes.get(url, 0) for url in self._urls.values()}

    def _asked(self, event: dict[str, object]) -> None:
        request = event["request"]
        assert isinstance(request, dict)
        if request["url"].startswith("http"):
            self._urls[str(event["requestId"])] = request["url"]

    def _finished(self, event: dict[str, object]) -> None:
        url, size = self._urls.get(str(event["requestId"]), ""), event["encodedDataLength"]
        assert isinstance(size, float | int)
        if url:
            self._sizes[url] += int(size)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as error:
        sys.exit(str(error))
