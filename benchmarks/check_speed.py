"""How long `factbound check` takes on the real content and on 1,000 and 10,000 invented records."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from common.measure import REPOSITORY, Command, Failed, Table, arguments, best, progress
from synthetic import write_project

RUNS = 3


def main() -> int:
    """Measure, print, and return 1 where a target is missed."""
    quick = arguments(__doc__, "100 and 1,000 records, without the targets for 10,000")
    small, large = (100, 1000) if quick else (1000, 10_000)
    table = Table((f"factbound check --strict  (the best of {RUNS} runs)",))
    progress("checking the real content")
    [real] = best(RUNS, _check(REPOSITORY), may_fail=True)
    with tempfile.TemporaryDirectory(prefix="factbound-bench-") as temporary:
        projects = {records: Path(temporary) / str(records) for records in (small, large)}
        sizes = {}
        for records, project in projects.items():
            progress(f"writing {records:,} records")
            sizes[records] = write_project(project, records) / 1e6
        progress(f"checking {small:,} and {large:,} records, {RUNS} times")
        few, many = best(RUNS, *map(_check, projects.values()))
    for records, took in ((small, few), (large, many)):
        if f"{records} records checked: no problems" not in took.output:
            raise Failed(f"the invented records have problems, or not all were read:\n{took.output[-3000:]}")
    table.add("real content", real.seconds, "s", below=1)
    table.add("real content, peak", real.peak_mb, "MB")
    table.add(f"{small:,} records, {sizes[small]:.1f} MB of YAML", few.seconds, "s")
    table.add(f"{small:,} records, processor time", few.busy, "s")
    table.add(f"{small:,} records, peak", few.peak_mb, "MB")
    table.add(f"{large:,} records, {sizes[large]:.1f} MB of YAML", many.seconds, "s", below=0 if quick else 6)
    table.add(f"{large:,} records, processor time", many.busy, "s")
    table.add(f"{large:,} records, peak", many.peak_mb, "MB", below=0 if quick else 700)
    # Growth is judged by processor time, which other work on the machine disturbs less.
    table.add(f"growth, {large:,} / {small:,}", many.busy / few.busy, at_most=11)
    return table.print()


def _check(project: Path) -> Command:
    return "factbound", "--project", project, "check", "--strict"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as error:
        sys.exit(str(error))
