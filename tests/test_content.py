"""The content of this repository: it passes its own check, and each of its sources exists."""

from __future__ import annotations

import re

from factbound.rules import check
from helpers import ROOT, library_of, run

CONTENT = ROOT / "content"


def test_the_content_passes_a_strict_check() -> None:
    result = run("factbound", "check", "--strict", root=ROOT)
    assert (result.returncode, result.stderr) == (0, "")
    assert re.fullmatch(r"\d+ records checked: no problems\n", result.stdout)


def test_the_content_has_no_problem_at_all() -> None:
    assert [str(problem) for problem in check(library_of(ROOT))] == []


def test_every_id_stands_once() -> None:
    ids = [
        file.stem
        for file in CONTENT.rglob("*.*")
        if file.suffix in (".yml", ".md") and file.parent.name[0] != "_"
    ]
    assert len(ids) > 100
    assert sorted({id for id in ids if ids.count(id) > 1}) == []


def test_every_source_that_is_named_exists_and_every_source_is_named() -> None:
    there = {file.stem for file in (CONTENT / "sources").glob("*.yml")}
    named: set[str] = set()
    for file in (*CONTENT.glob("[!_]*/*.yml"), *CONTENT.glob("*/*.md"), CONTENT / "site.yml"):
        text = file.read_text("utf-8")
        named |= set(re.findall(r"\b(?:source|derives-from): ([a-z0-9-]+)", text))
        for citation in re.findall(r"\[(@[^\[\]]+)\]", text):
            named |= set(re.findall(r"@([a-z0-9-]+)", citation))
    assert (sorted(named - there - {"source-id"}), sorted(there - named)) == ([], [])
