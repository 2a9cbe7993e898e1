"""How many bytes of HTML the real site's pages have: the median and the largest."""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from common.measure import REPOSITORY, Failed, Table, arguments, html_sizes, progress, run


def main() -> int:
    """Measure, print, and return 1 where a target is missed."""
    quick = arguments(__doc__, "weigh the site/ that is there, without building it anew")
    table = Table(("the site/ that is there" if quick else "factbound build --today 2026-12-01",))
    with tempfile.TemporaryDirectory(prefix="factbound-bench-") as temporary:
        site = REPOSITORY / "site" if quick else Path(temporary) / "site"
        if not quick:
            progress("building the real content")
            run("factbound", "--project", REPOSITORY, "build", "--today", "2026-12-01", "--site-dir", site)
        sizes = html_sizes(site)
    if not sizes:
        raise Failed("there is no built site/ (build it with 'make site', or leave out --quick)")
    heaviest = sorted(sizes, key=sizes.__getitem__, reverse=True)
    table.add("pages", len(sizes))
    table.add("HTML, all pages", sum(sizes.values()) / 1000, "kB")
    table.add("median", statistics.median(sizes.values()) / 1000, "kB", below=60)
    table.add("smallest", min(sizes.values()) / 1000, "kB")
    for page in heaviest[:3]:
        table.add(f"largest: {page}", sizes[page] / 1000, "kB")
    return table.print()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as error:
        sys.exit(str(error))
