"""How Lighthouse rates five pages of the real site on a phone, and what it would have better."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from common.measure import REPOSITORY, Failed, arguments, progress, run

sys.path.insert(0, str(REPOSITORY / "tests"))

from audit.serving import hosted
from browsing import KINDS, browser_path

NODE = Path(__file__).resolve().parent / "node"
PAGES = ("front", "case", "statistic", "term", "compare")
AT_LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}


def main() -> int:
    """Rate, print, and return 1 where a target is missed."""
    quick = arguments(__doc__, "rate the site/ that is there, and each page once instead of three times")
    _install()
    with tempfile.TemporaryDirectory(prefix="factbound-bench-") as temporary:
        site = REPOSITORY / "site" if quick else Path(temporary) / "site"
        if not quick:
            progress("building the real content")
            run("factbound", "--project", REPOSITORY, "build", "--today", "2026-12-01", "--site-dir", site)
        if not (site / "index.html").is_file():
            raise Failed("there is no built site/ (build it with 'make site', or leave out --quick)")
        with hosted(site) as address:
            rated = {kind: [_rate(address + KINDS[kind]) for _ in range(1 if quick else 3)] for kind in PAGES}
    return _print(rated)


def _install() -> None:
    if (NODE / "node_modules" / ".package-lock.json").is_file():
        return
    if not shutil.which("npm"):
        raise Failed("npm is missing (Debian, Ubuntu: sudo apt-get install -y npm)")
    progress("installing Lighthouse with npm")
    done = subprocess.run(["npm", "ci", "--silent"], cwd=NODE, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"npm failed (run: cd benchmarks/node && npm ci):\n{done.stderr[-2000:]}")


def _rate(address: str) -> dict[str, Any]:
    """Lighthouse's report of one visit, by its own measure of a phone."""
    progress(f"Lighthouse looks at {address}")
    flags = "--headless=new" + (" --no-sandbox" if os.geteuid() == 0 else "")
    done = subprocess.run(
        [
            str(NODE / "node_modules" / ".bin" / "lighthouse"), address, "--quiet", "--output=json",
            f"--chrome-flags={flags}", f"--only-categories={','.join(AT_LEAST)}", "--no-enable-error-reporting",
        ],
        env=os.environ | {"CHROME_PATH": browser_path()}, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    if done.returncode:
        raise Failed(f"Lighthouse returned {done.returncode}:\n{done.stderr[-2000:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _print(rated: dict[str, list[dict[str, Any]]]) -> int:
    """The best scores of each page (other work on the machine only takes points), then what costs some; the exit code."""
    print(f"{'':<12}" + "".join(f"{name:>16}" for name in AT_LEAST))
    print(f"{'at least':<12}" + "".join(f"{score:>16}" for score in AT_LEAST.values()))
    missed = False
    for kind, reports in rated.items():
        scores = {
            name: round(100 * max(one["categories"][name]["score"] or 0 for one in reports))
            for name in AT_LEAST
        }
        missed |= any(scores[name] < least for name, least in AT_LEAST.items())
        print(f"{kind:<12}" + "".join(f"{score:>16}" for score in scores.values()))
    print()
    for line in dict.fromkeys(line for reports in rated.values() for line in _losses(reports[0])):
        print(line)
    return int(missed)


def _losses(report: dict[str, Any]) -> list[str]:
    audits = {
        part["id"]: name
        for name, category in report["categories"].items()
        for part in category["auditRefs"]
        if part["weight"]
    }
    return [
        f"{audits[id]}: {id}: {audit['title']} {audit.get('displayValue', '')}".rstrip()
        for id, audit in report["audits"].items()
        if id in audits and audit["score"] is not None and audit["score"] < 0.9
    ]


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as error:
        sys.exit(str(error))
