"""What is told of a change in; JSON out."""

from __future__ import annotations

import json
from dataclasses import asdict

from .told import Report

VERSION = 1
"""Grows when a key is taken away or means something else; not when one is added."""


def as_json(report: Report) -> str:
    """The report as JSON."""
    made = asdict(report)
    for told in (made["settings"], *(record["told"] for record in made["records"])):
        for one in told:
            del one["at"]
    return json.dumps({"version": VERSION, **made}, ensure_ascii=False, indent=2)
