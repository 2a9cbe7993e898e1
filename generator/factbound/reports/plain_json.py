"""Findings in; JSON out, one object with all that a line of text says."""

from __future__ import annotations

import json

from ..problems import Problem, one_line
from .findings import Findings

VERSION = 1
"""Grows when a key is taken away or means something else; not when one is added."""


def as_json(findings: Findings) -> str:
    """The findings as JSON."""
    levels = [problem.level for problem in findings.problems]
    made = {
        "version": VERSION,
        "records": findings.records,
        "errors": levels.count("error"),
        "advice": levels.count("advice"),
        "blocked": findings.blocked,
        "problems": [_problem(problem, findings) for problem in findings.problems],
    }
    return json.dumps(made, ensure_ascii=False, indent=2)


def _problem(problem: Problem, findings: Findings) -> dict[str, object]:
    return {
        "path": one_line(problem.path),
        "line": problem.line,
        "column": problem.column,
        "level": problem.level,
        "rule": problem.rule,
        "message": one_line(problem.message),
        "todo": one_line(problem.todo),
        "blocks": findings.blocks(problem),
    }
