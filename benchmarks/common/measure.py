"""Commands in; seconds, processor time and peak memory out, and a table of them beside their targets."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
TOOLS = Path(sys.executable).parent


Command = tuple[str | Path, ...]
"""A tool's name and its arguments."""


@dataclass(frozen=True)
class Run:
    """What one command took."""

    seconds: float
    """By the clock."""
    busy: float
    """Processor time of the command and its children: other work on the machine changes it less than `seconds`."""
    peak_mb: float
    """The largest resident size of any one of its processes, in millions of bytes."""
    output: str


class Failed(Exception):
    """A measured command failed; the message holds the end of what it printed."""


def run(tool: str | Path, *arguments: str | Path, may_fail: bool = False) -> Run:
    """Run one of the tools beside this Python; raise Failed where it returns anything but 0."""
    command = [str(TOOLS / tool), *map(str, arguments)]
    if not Path(command[0]).is_file():
        raise Failed(f"no '{tool}' beside {Path(sys.executable).name} (run this with the project's .venv)")
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}
        )
        # wait4 tells of this one child; getrusage(RUSAGE_CHILDREN) would keep the largest peak of all so far.
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    if process.returncode and not may_fail:
        raise Failed(
            f"'{tool} {' '.join(map(str, arguments))}' returned {process.returncode}:\n{text[-3000:]}"
        )
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6, text)


def best(runs: int, *commands: Command, may_fail: bool = False) -> list[Run]:
    """The quickest run of each command. They take turns, so that what else the machine does slows all of them down."""
    rounds = [[run(*command, may_fail=may_fail) for command in commands] for _ in range(runs)]
    return [min(taken, key=lambda one: one.seconds) for taken in zip(*rounds, strict=True)]


def html_sizes(site: Path) -> dict[str, int]:
    """Every HTML file of a site with its bytes."""
    return {file.relative_to(site).as_posix(): file.stat().st_size for file in sorted(site.rglob("*.html"))}


def progress(message: str) -> None:
    """Tell whoever waits what is being done."""
    print(f"{message} …", file=sys.stderr, flush=True)


def arguments(docstring: str | None, quick: str) -> bool:
    """Read the command line, which has one switch; whether it is set."""
    parser = argparse.ArgumentParser(
        description=docstring, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help=quick)
    return bool(parser.parse_args().quick)


@dataclass
class Table:
    """Figures beside their targets."""

    commands: tuple[str, ...]
    _rows: list[tuple[str, str, str, str]] = field(default_factory=list)
    _load: float = field(default_factory=lambda: os.getloadavg()[0])
    """Of the minute before the first run: what else this machine was doing."""

    def add(self, what: str, figure: float, unit: str = "", *, below: float = 0, at_most: float = 0) -> None:
        """One figure, with a target that it has to stay below, or one that it may reach."""
        target, limit = ("<", below) if below else ("<=", at_most)
        met = figure < limit if below else figure <= limit
        self._rows.append(
            (
                what,
                _figure(figure, unit),
                f"{target} {_figure(limit, unit)}" if limit else "",
                ("met" if met else "MISSED") if limit else "",
            )
        )

    def print(self) -> int:
        """Print the table; return the exit code."""
        print(
            f"{os.cpu_count()} cores, load {self._load:.1f} before the first run, Python {platform.python_version()}"
        )
        for command in self.commands:
            print(f"  {command}")
        widths = [max(len(row[column]) for row in self._rows) for column in range(4)]
        print()
        for what, figure, target, verdict in self._rows:
            line = f"{what:<{widths[0]}}  {figure:>{widths[1]}}  {target:<{widths[2]}}  {verdict}"
            print(line.rstrip())
        return int(any(row[3] == "MISSED" for row in self._rows))


def _figure(figure: float, unit: str) -> str:
    digits = f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"
    return f"{digits} {unit}".rstrip()
