"""A built site in; what every tool finds on some of its pages, or on all of them, out."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from browsing import started_browser
from factbound.links import check_site

from .axe import Tab
from .findings import Finding
from .serving import hosted
from .tools import require_tools
from .vnu import check_html

_OPENS = (b'class="fb-term"', b'class="footnote-ref"', b'data-md-component="search"', b"assets/factbound.js")
"""What stands on a page on which everything can be opened that the theme and its script open."""
_LEADS_ON = re.compile(rb'<meta http-equiv="refresh"')


def pages_of(site: Path) -> list[str]:
    """Every page of a site, by its file."""
    return sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html"))


def audit(
    site: Path, pages: Iterable[str], base: str = "/", say: Callable[[str], None] = lambda line: None
) -> list[Finding]:
    """All findings on some pages of a site that stands below `base` on its host; its links are all looked at.

    Raises Missing where a tool is not there.
    """
    require_tools()
    names = list(pages)
    say("checking every link")
    found = [Finding(one.page, "link", one.link, one.why) for one in check_site(site, base).broken]
    say(f"vnu reads {len(names)} files")
    found += check_html(site, [site / name for name in names])
    found += _in_browsers(site, names, base, say)
    return sorted(found, key=lambda one: (one.rule, one.page))


def _in_browsers(site: Path, names: list[str], base: str, say: Callable[[str], None]) -> list[Finding]:
    """A browser for each core; each takes the longest page that waits."""
    # Nobody sees a page that only leads on: the browser leaves it at once.
    seen = [name for name in names if not _LEADS_ON.search((site / name).read_bytes())]
    full = [name for name in seen if all(part in (site / name).read_bytes() for part in _OPENS)]
    opened = min(full, key=lambda name: (site / name).stat().st_size, default=None)
    waiting = deque(sorted(seen, key=lambda name: (site / name).stat().st_size, reverse=True))
    say(f"axe looks at {len(seen)} pages in a browser")

    def work(number: int) -> list[Finding]:
        found: list[Finding] = []
        with started_browser() as browser:
            tab = Tab(browser, address)
            if opened and number == 0:
                found += tab.audit_opened(opened)
            while waiting:
                try:
                    name = waiting.popleft()
                except IndexError:  # Another took the last one.
                    break
                found += tab.audit(name)
                if len(waiting) % 50 == 0:
                    say(f"axe: {len(waiting)} pages to go")
        return found

    cores = min(os.cpu_count() or 1, len(seen))
    with hosted(site, base) as address, ThreadPoolExecutor(cores) as pool:
        shares = [pool.submit(work, number) for number in range(cores)]
        return [finding for share in shares for finding in share.result()]
