"""How long `factbound changes` takes on the real content, after a change of the record to which most others refer."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from common.measure import REPOSITORY, Command, Failed, Table, arguments, best, progress

from factbound.library import load
from factbound.settings import Project

RUNS = 5


def main() -> int:
    """Measure, print, and return 1 where the target is missed."""
    runs = 2 if arguments(__doc__, "two runs") else RUNS
    table = Table((f"factbound changes --base HEAD  (the best of {runs} runs)",))
    with tempfile.TemporaryDirectory(prefix="factbound-bench-") as temporary:
        project = Path(temporary) / "project"
        subprocess.run(["git", "clone", "-q", REPOSITORY, project], check=True)
        library = load(Project(project))
        id = _most_referred_to(project)
        progress(f"changing '{id}' and telling it, {runs} times")
        _change(project / library.entries[id].document.path)
        [changes] = best(runs, _changes(project))
    if "pages read differently" not in changes.output:
        raise Failed(f"no page was found to read differently:\n{changes.output[-3000:]}")
    table.add(f"{len(library.entries)} records", changes.seconds, "s", below=2)
    table.add("processor time", changes.busy, "s")
    table.add("peak", changes.peak_mb, "MB")
    return table.print()


def _most_referred_to(project: Path) -> str:
    """The case that most other records name."""
    library = load(Project(project))
    counts = Counter(
        {entry.id: len(library.backlinks.get(entry.id, ())) for entry in library.collection("cases")}
    )
    return counts.most_common(1)[0][0]


def _change(file: Path) -> None:
    """Another title, which every page shows that leads to the record."""
    text = file.read_text("utf-8")
    start = text.index("title: ") + len("title: ")
    end = text.index("\n", start)
    file.write_text(f'{text[:start]}"The same under another title"{text[end:]}', "utf-8")


def _changes(project: Path) -> Command:
    return "factbound", "--project", project, "changes", "--base", "HEAD"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as error:
        sys.exit(str(error))
