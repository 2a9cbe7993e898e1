"""How long `factbound build` takes beside plain MkDocs with Material over the same pages, and how much it writes.

The plain build has every page in its navigation. Its 2,000 pages take minutes and 1.3 GB in the folder for temporary
files, which are deleted afterwards."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import yaml
from common.measure import Failed, Run, Table, arguments, best, html_sizes, progress, run
from synthetic import write_project

RUNS = 2
ROOM = 4_000_000_000
"""Bytes that have to be free before the full run begins."""


class Built(NamedTuple):
    """A build and what it left."""

    took: Run
    pages: int
    html: int
    """Bytes of all HTML."""


def main() -> int:
    """Measure, print, and return 1 where a target is missed."""
    quick = arguments(__doc__, "100 and 400 records, without the targets for 2,000")
    small, large = (100, 400) if quick else (500, 2000)
    if not quick and shutil.disk_usage(tempfile.gettempdir()).free < ROOM:
        raise Failed(f"less than {ROOM / 1e9:.0f} GB free for temporary files (set TMPDIR to another folder)")
    table = Table(
        (
            f"factbound build --today 2026-12-01  (the best of {RUNS} runs)",
            "mkdocs build -q  (once; the same pages, all in nav, Material without overrides)",
        )
    )
    with tempfile.TemporaryDirectory(prefix="factbound-bench-") as temporary:
        few, many = _ours(Path(temporary), small, large)
        plain = _plain(Path(temporary) / str(large), Path(temporary) / "plain", large)
    table.add(f"{small:,} records", few.took.seconds, "s")
    table.add(f"{large:,} records", many.took.seconds, "s")
    table.add(f"{large:,} records, plain", plain.took.seconds, "s")
    table.add(f"{small:,} records, processor time", few.took.busy, "s")
    table.add(f"{large:,} records, processor time", many.took.busy, "s")
    table.add(f"{large:,} records, plain, processor time", plain.took.busy, "s")
    table.add("time / plain", many.took.seconds / plain.took.seconds, at_most=0 if quick else 0.3)
    # Growth is judged by processor time, which other work on the machine disturbs less.
    table.add(f"growth, {small:,} / {large:,}", few.took.busy / many.took.busy, at_most=0 if quick else 0.3)
    table.add("peak", many.took.peak_mb, "MB", below=300)
    table.add("peak, plain", plain.took.peak_mb, "MB")
    table.add("pages", many.pages)
    table.add("pages, plain", plain.pages)
    table.add("HTML", many.html / 1e6, "MB")
    table.add("HTML, plain", plain.html / 1e6, "MB")
    table.add("HTML / plain", many.html / plain.html, at_most=0 if quick else 0.05)
    return table.print()


def _ours(folder: Path, *counts: int) -> list[Built]:
    projects = [folder / str(records) for records in counts]
    for records, project in zip(counts, projects, strict=True):
        progress(f"writing {records:,} records")
        write_project(project, records)
    progress(f"building {' and '.join(f'{records:,}' for records in counts)} records, {RUNS} times")
    took = best(
        RUNS, *(("factbound", "--project", project, "build", "--today", "2026-12-01") for project in projects)
    )
    return [_built(run, project / "site") for run, project in zip(took, projects, strict=True)]


def _plain(project: Path, folder: Path, records: int) -> Built:
    run("factbound", "--project", project, "build", "--pages-only", folder)
    configuration = folder / "mkdocs.yml"
    configuration.write_text(_plain_configuration(configuration, folder / "docs"), "utf-8")
    progress(f"building {records:,} records with plain MkDocs, which takes much longer")
    took = run("mkdocs", "build", "-q", "-f", configuration)
    return _built(took, folder / "site")


def _built(took: Run, site: Path) -> Built:
    sizes = html_sizes(site)
    return Built(took, len(sizes), sum(sizes.values()))


def _plain_configuration(written: Path, docs: Path) -> str:
    """The configuration of `--pages-only` with every page in the navigation and the theme as it comes."""
    config = yaml.safe_load(written.read_text("utf-8"))
    config["theme"].pop("custom_dir", None)
    for name in ("extra_css", "extra_javascript", "hooks", "not_in_nav"):
        config.pop(name, None)
    sections: dict[str, list[str]] = {}
    for page in sorted(docs.rglob("*.md"), key=lambda file: (file.name != "index.md", file)):
        path = page.relative_to(docs)
        sections.setdefault(path.parts[0] if len(path.parts) > 1 else "", []).append(path.as_posix())
    config["nav"] = [*sections.pop("", []), *({name: pages} for name, pages in sections.items())]
    return yaml.safe_dump(config, allow_unicode=True, sort_keys=False)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as error:
        sys.exit(str(error))
