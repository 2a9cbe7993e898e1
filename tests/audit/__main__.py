"""Audit a built site: axe on every page in both widths and colour schemes, vnu on every file, every link.

Exit code 0 when nothing was found, 1 when something was, 2 when a tool or the site is not there.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from .findings import counted, told
from .site import audit, pages_of
from .tools import Missing


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m audit", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, nargs="?", default=Path("site"), help="its folder (site/)")
    parser.add_argument("pages", nargs="*", help="only these, such as cases/x/index.html")
    arguments = parser.parse_args()
    began = time.monotonic()
    pages = arguments.pages or pages_of(arguments.site)
    absent = [page for page in pages if not (arguments.site / page).is_file()]
    if absent or not pages:
        print(f"no {' '.join(absent) or 'page'} in {arguments.site}/ (build it: make site)", file=sys.stderr)
        return 2
    try:
        found = audit(arguments.site, pages, say=lambda line: print(f"{line} …", file=sys.stderr, flush=True))
    except Missing as error:
        print(error, file=sys.stderr)
        return 2
    for line in (*told(found), *counted(found)):
        print(line)
    print(f"{len(found)} findings on {len(pages)} pages, in {time.monotonic() - began:.0f} s")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
