"""Take pictures of ten kinds of page, for people to look at: on a phone and a desk, in both colour schemes.

The site of this repository, built before, in; files such as screenshots/case-phone-dark.png out.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from browsing import KINDS, started_browser

from .serving import hosted

PICTURED = (
    "front", "case", "law", "statistic", "place", "term", "source", "index of sources", "timeline", "compare",
)  # fmt: skip
SCREENS = {"phone": (390, 844), "desk": (1280, 800)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_MOST_SCREENS = 4
"""A picture ends there: the longest page would fill thirty."""


def take(site: Path, folder: Path) -> int:
    """Write all pictures into a folder, in the place of the last ones; return their number."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with hosted(site) as address, started_browser() as browser:
        for screen in SCREENS:
            for scheme in SCHEMES:
                page = _page(browser, screen, scheme)
                for kind in PICTURED:
                    page.goto(address + KINDS[kind], wait_until="networkidle")
                    name = f"{kind.replace(' ', '-')}-{screen}-{scheme}.png"
                    _take_one(page, folder / name)
                    print(f"{folder / name} …", file=sys.stderr, flush=True)
    return len(list(folder.iterdir()))


def _page(browser: Browser, screen: str, scheme: Literal["light", "dark"]) -> Page:
    width, height = SCREENS[screen]
    phone = screen == "phone"
    return browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce",
        is_mobile=phone, has_touch=phone, device_scale_factor=2 if phone else 1,
    )  # fmt: skip


def _take_one(page: Page, file: Path) -> None:
    size = page.viewport_size
    assert size is not None
    height = min(page.evaluate("document.documentElement.scrollHeight"), _MOST_SCREENS * size["height"])
    page.screenshot(
        path=file, full_page=True, clip={"x": 0, "y": 0, "width": size["width"], "height": height}
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m audit.screenshots",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("site", type=Path, nargs="?", default=Path("site"), help="its folder (site/)")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("screenshots"), help="(screenshots/)")
    arguments = parser.parse_args()
    if not (arguments.site / "index.html").is_file():
        print(f"no site in {arguments.site}/ (build it: make site)", file=sys.stderr)
        return 2
    print(f"{take(arguments.site, arguments.folder)} pictures in {arguments.folder}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
