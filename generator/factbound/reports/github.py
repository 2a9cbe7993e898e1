"""Findings in; what GitHub shows of a run out: annotations at the lines of a change, and a table in the job's summary."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from ..problems import Problem, one_line, report, tally
from .findings import Findings

SHOWN = 10
"""Annotations of a level that GitHub keeps for a step; it drops all others without a word."""
MAX_SUMMARY = 1 << 20
"""Bytes of a step's summary that GitHub keeps; a longer one it refuses as a whole."""

_LEAST = 500
"""Bytes that the heads of a summary and its last line take at most."""
_COMMANDS = {"error": "error", "advice": "warning"}
_SIGN = re.compile(r"[^\w\s.,;?()'-]|_")
_NAMES = {"error": ("error", "errors"), "advice": ("piece of advice", "pieces of advice")}


def workflow_log(findings: Findings, token: str) -> str:
    """What is printed: all problems in a group of the log, then at most ten annotations of a level.

    `token` is a word that nobody can guess: until it comes back, no line of content counts as a command.
    """
    if not findings.problems:
        return findings.tally
    lines = [
        f"::group::{tally(findings.problems)}",
        f"::stop-commands::{token}",
        report(findings.problems, findings.source_of),
        f"::{token}::",
        "::endgroup::",
    ]
    for level in _COMMANDS:
        of_level = [problem for problem in findings.changed_first if problem.level == level]
        lines += [_annotation(problem, findings.folder) for problem in of_level[:SHOWN]]
        if (more := len(of_level) - SHOWN) > 0:
            lines.append(f"and {more} more {_NAMES[level][more > 1]}: all of them are listed above")
    return "\n".join([*lines, findings.tally])


def _annotation(problem: Problem, folder: str) -> str:
    where = {
        "file": folder + problem.path,
        "line": max(problem.line, 1),
        "col": max(problem.column, 1),
        "title": f"{problem.level}[{problem.rule}]",
    }
    properties = ",".join(f"{name}={_property(one_line(str(value)))}" for name, value in where.items())
    return (
        f"::{_COMMANDS[problem.level]} {properties}::{_data(one_line(f'{problem.message} ({problem.todo})'))}"
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


# ----- the summary -----


def summary(findings: Findings, room: int, environment: Mapping[str, str]) -> str:
    """All problems as a table in Markdown, as far as it fits into `room` bytes; what does not is counted. Empty where
    there is no room for it at all."""
    head = f"### {findings.tally[0].upper()}{findings.tally[1:]}\n\n"
    if room < _LEAST:
        return ""
    if not findings.problems:
        return head
    head += "| Where | Rule | What is wrong | What to do |\n| --- | --- | --- | --- |\n"
    rows, left = [], room - _LEAST
    for row in _rows(findings, _blob(environment)):
        left -= len(row.encode())
        if left < 0:
            break
        rows.append(row)
    more = len(findings.problems) - len(rows)
    rest = (
        f"\nAnd {more:,} more, which this summary has no room for: the log lists them all.\n" if more else ""
    )
    return head + "".join(rows) + rest


def _rows(findings: Findings, blob: str) -> Iterator[str]:
    for problem in findings.changed_first:
        where = f"{_cell(problem.path)}:{problem.line}"
        if blob:
            path = quote(one_line(findings.folder + problem.path))
            where = f'<a href="{blob}{path}#L{max(problem.line, 1)}">{where}</a>'
        if problem.path in findings.changed:
            where = f"<b>{where}</b>"
        rule = f"{problem.level} <code>{_cell(problem.rule)}</code>"
        yield f"| {where} | {rule} | {_cell(problem.message)} | {_cell(problem.todo)} |\n"


def _blob(environment: Mapping[str, str]) -> str:
    """The address below which GitHub shows the files of this commit; empty where that is not known."""
    server, repository, commit = (
        environment.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "SHA")
    )
    known = server.startswith("https://") and repository and commit
    return html.escape(f"{server}/{repository}/blob/{commit}/") if known else ""


def _cell(text: str) -> str:
    """Words in a cell of a table: nothing of them is markup, an address, or calls somebody."""
    escaped = _SIGN.sub(lambda found: f"&#{ord(found[0])};", one_line(text))
    # GitHub looks for names and numbers in what is shown, however it was written.
    return re.sub("(&#64;|&#35;)", "\\1\N{ZERO WIDTH SPACE}", escaped)
