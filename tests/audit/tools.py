"""Where the audit's tools stand once `tests/setup-audit` has run."""

from __future__ import annotations

from pathlib import Path

MODULES = Path(__file__).resolve().parent / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
VNU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"


class Missing(Exception):
    """A tool is not there or does not run; the message says what to do."""


def require_tools() -> None:
    """Raise Missing where a tool was not installed."""
    for file in (AXE, VNU):
        if not file.is_file():
            raise Missing(f"no {file.name} in tests/audit/node_modules (run: tests/setup-audit)")
