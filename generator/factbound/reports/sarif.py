"""Findings in; a log in SARIF 2.1.0 out, the format of OASIS in which code hosts and editors take findings."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any
from urllib.parse import quote

from ..problems import NOT_SHOWN, Problem, one_line
from ..rules import RULES, Rule
from .findings import Findings

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "advice": "warning"}


def as_sarif(findings: Findings) -> str:
    """The findings as a log with one run, which describes every rule."""
    from importlib.metadata import version  # takes longer to import than to ask

    prints = _Prints(findings)
    run = {
        "tool": {
            "driver": {
                "name": "Factbound",
                "semanticVersion": version("factbound"),
                "rules": [_rule(rule) for rule in RULES.values()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, findings, prints) for problem in findings.problems],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.explains},
        "fullDescription": {"text": rule.explains},
        "help": {
            "text": f"{rule.explains}\n\nWrong:\n{rule.wrong}\n\nRight:\n{rule.right}",
            "markdown": f"{rule.explains}\n\nWrong:\n\n```yaml\n{rule.wrong}\n```\n\nRight:\n\n```yaml\n{rule.right}\n```",
        },
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
    }


_INDEX = {id: index for index, id in enumerate(RULES)}


def _result(problem: Problem, findings: Findings, prints: _Prints) -> dict[str, Any]:
    # A name that is not UTF-8 is shown with the sign for what cannot be read, as everywhere.
    address = quote(one_line(findings.folder + problem.path))
    return {
        "ruleId": problem.rule,
        "ruleIndex": _INDEX[problem.rule],
        "level": _LEVELS[problem.level],
        "message": {"text": one_line(f"{problem.message} ({problem.todo})")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": address, "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": max(problem.line, 1), "startColumn": max(problem.column, 1)},
                }
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": prints.of(problem)},
    }


class _Prints:
    """What tells a finding from others, and stays when lines above it come or go: its file, its rule, and the words of its line."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.seen: Counter[str] = Counter()
        self.lines: dict[str, list[str]] = {}

    def of(self, problem: Problem) -> str:
        path = problem.path
        if path not in self.lines:
            self.lines[path] = (self.findings.source_of(path) or "").split("\n")
        # Who has a list of names could find out from a hash which of them the line holds.
        shown = problem.rule != NOT_SHOWN and 0 < problem.line <= len(self.lines[path])
        words = " ".join((self.lines[path][problem.line - 1] if shown else problem.message).split())
        made = "\0".join((path, problem.rule, words)).encode("utf-8", "surrogateescape")
        digest = hashlib.sha256(made).hexdigest()[:16]
        self.seen[digest] += 1
        return f"{digest}:{self.seen[digest]}"
