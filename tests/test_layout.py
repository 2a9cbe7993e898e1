"""How the repository is laid out: one direction of imports, short files, no subject in the program, nothing of a
machine or a registry in any file."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import ROOT

PROGRAM = ROOT / "generator" / "factbound"
READING_ORDER = (
    "problems", "settings", "verified", "visited", "yamlfile", "values", "prose", "model", "library", "withheld", "glossary", "strings", "rules", "due", "changes", "edited", "impact", "outgoing", "reports", "fix", "schema",
    "charts", "bibliography", "citations", "paths", "templates", "writer", "findable", "glance", "related", "export", "jsonld", "indexes", "overviews", "editing", "pages", "copies", "revised", "links", "tidy", "headers", "fetch", "verify", "visit", "scaffold", "rename", "show", "plugin", "build",
    "handover", "cli",
)  # fmt: skip
"""The program's modules and packages; each imports only from those before it."""
FILES = sorted(PROGRAM.rglob("*.py"))
MAX_LINES = 400


def module_of(file: Path) -> str:
    return file.relative_to(PROGRAM).parts[0].removesuffix(".py")


def imported(file: Path) -> Iterator[tuple[str, int]]:
    """The modules of the program that a file imports from, with the line; not those that a function of `cli` imports."""
    tree = ast.parse(file.read_text("utf-8"))
    depth = len(file.relative_to(PROGRAM).parts)
    late = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and module_of(file) == "cli"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and id(node) not in late:
            if node.level == depth and node.module:
                yield node.module.split(".")[0], node.lineno
            elif node.level == depth:
                yield from ((name.name, node.lineno) for name in node.names)
            elif node.level == 0 and (node.module or "").split(".")[0] == "factbound":
                yield (node.module or "").partition(".")[2].split(".")[0], node.lineno


def test_the_reading_order_names_every_module() -> None:
    assert {module_of(file) for file in FILES} - {"__init__"} == set(READING_ORDER)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PROGRAM).as_posix())
def test_a_file_imports_only_from_files_above_it(file: Path) -> None:
    above = READING_ORDER[: READING_ORDER.index(module_of(file))] if module_of(file) != "__init__" else ()
    assert [f"{name} (line {line})" for name, line in imported(file) if name not in above] == []


def test_the_imports_of_this_program_are_found() -> None:
    assert {name for name, _line in imported(PROGRAM / "library" / "load.py")} == {
        "model", "problems", "settings", "verified", "yamlfile",
    }  # fmt: skip
    assert {name for name, _line in imported(PROGRAM / "glossary.py")} == {"library", "model", "prose"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PROGRAM).as_posix())
def test_a_file_is_short_and_says_what_it_is(file: Path) -> None:
    text = file.read_text("utf-8")
    assert len(text.splitlines()) <= MAX_LINES
    assert ast.get_docstring(ast.parse(text))


SUBJECT = re.compile(
    r"deep.?fake|obscen|\bporn|\bnud(?:e|ity)\b|\bintimate\b|\bposters?\b|\bgenerative\b|\bAI\b|\bAI-"
    r"|\bjapan\b|\btokyo\b|\btottori\b|\bmosaic\b|\bwaisetsu\b|わいせつ|生成AI|ポルノ|日本|東京",
    re.IGNORECASE,
)
"""Words of the site's own subject. A language is no subject, so "Japanese" may stand."""


def test_the_program_and_its_theme_know_no_subject() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for folder in (ROOT / "generator", ROOT / "theme")
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix in (".py", ".j2", ".html", ".yml", ".css", ".js", ".svg", ".md")
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if SUBJECT.search(_without_attributes(line))
    ]
    assert found == []


def _without_attributes(line: str) -> str:
    # HTML has an attribute of that name.
    return line.replace('"poster"', "")


REGISTRIES = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"), ("pythonhos" + "ted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"),
            ("deb", "debian", "org"), ("security", "debian", "org"), ("proxy", "golang", "org"), ("crates", "io"),
            ("unpkg", "com"), ("jsdelivr", "net"), ("anaconda", "org"),
        )
    )
)  # fmt: skip
"""Hosts of package registries, written here in parts."""
MACHINE = re.compile(
    r"(?<![\w.~$}])/(?:" + "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers")) + r")/[a-z]"
)
"""Folders of the machines on which this was written."""


def tracked() -> list[Path]:
    """Every text file of the repository: those that git tracks, and new ones that it does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    files = (ROOT / name for name in listed.split("\0") if name)
    return [file for file in files if file.is_file() and b"\0" not in file.read_bytes()[:1024]]


@pytest.mark.parametrize("pattern", [REGISTRIES, MACHINE], ids=["registry", "machine"])
def test_no_file_names_a_registry_or_a_machine(pattern: re.Pattern[str]) -> None:
    files = tracked()
    assert ROOT / "pyproject.toml" in files
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for file in files
        for number, line in enumerate(file.read_text("utf-8", "replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def test_what_must_not_stand_in_a_file_is_found() -> None:
    assert REGISTRIES.search("index-url = https://" + "pypi" + ".org/simple")
    assert MACHINE.search("cd /" + "work/main")
    assert not MACHINE.search("docs/" + "home/index.md")
    assert SUBJECT.search("a Deepfake") and not SUBJECT.search("Japanese text has no spaces")
