"""Each rule has a project that breaks it and one that keeps it: `tests/cases/rules/<rule>[-why].yml` holds the files
that are laid over `tests/cases/base.yml`, the lines that a check prints, and the files that mend it."""

from __future__ import annotations

import ast
import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from factbound.build import BuildFailed, build_site
from factbound.cli import main
from factbound.problems import Problem
from factbound.rules import RULES, check, errors, is_blocking, page
from helpers import ROOT, lay

CASES: dict[str, dict[str, Any]] = {
    file.stem: yaml.safe_load(file.read_text("utf-8"))
    for file in sorted((ROOT / "tests" / "cases" / "rules").glob("*.yml"))
}
BUILT = {name: case for name, case in CASES.items() if "built" in case}


def rule_of(name: str) -> str:
    """The rule that a case is named after: the longest id with which its name begins."""
    return max((id for id in RULES if name == id or name.startswith(f"{id}-")), key=len)


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_is_reported_and_its_mending_is_not(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    wrong = lay(tmp_path / "wrong", case["files"])
    problems = check(wrong)
    assert list(map(str, problems)) == case["problems"]
    assert set(errors(wrong)) == {problem for problem in problems if problem.level == "error"}
    assert list(map(str, check(lay(tmp_path / "right", case["mended"])))) == []


@pytest.mark.parametrize("name", BUILT)
def test_what_only_the_built_site_shows_keeps_it_from_being_built(name: str, tmp_path: Path) -> None:
    wrong, right = (
        lay(tmp_path / "wrong", BUILT[name]["files"]),
        lay(tmp_path / "right", BUILT[name]["mended"]),
    )
    today = datetime.date(2031, 10, 1)
    with pytest.raises(BuildFailed) as failed:
        build_site(wrong, tmp_path / "wrong" / "site", today=today, say=lambda _: None)
    assert str(failed.value).split("\n") == BUILT[name]["built"]
    assert build_site(right, tmp_path / "right" / "site", today=today, say=lambda _: None).records == len(
        right.entries
    )


@pytest.mark.parametrize("name", CASES)
def test_a_case_breaks_the_rule_that_it_is_named_after(name: str) -> None:
    lines = CASES[name]["problems"] + CASES[name].get("built", [])
    assert any(f"[{rule_of(name)}]: " in line for line in lines)


def test_each_rule_has_a_case() -> None:
    # One needs a list from outside: test_withheld.py. Four depend on what pages answer: test_verify.py. Six depend on the
    # day: test_due.py.
    outside = {"name-withheld", "quote-gone", "quote-reworded", "quote-repeated", "quote-moved"}
    outside |= {id for id in RULES if id.startswith("due-")}
    outside |= {"link-gone", "link-moved", "link-ignored-ended", "link-ignored-unused"}  # test_visit.py
    outside |= {"page-unlinked"}  # test_links.py
    outside |= {"change-unnoted", "evidence-removed", "address-removed"}  # test_changes.py
    assert {*map(rule_of, CASES), *outside} == set(RULES)


@pytest.mark.parametrize("name", CASES)
def test_a_problem_is_found_by_the_finders_of_its_rule_at_its_level(name: str, tmp_path: Path) -> None:
    library = lay(tmp_path, CASES[name]["files"])
    for problem in check(library):
        rule = RULES[problem.rule]
        assert problem.level == rule.level
        if rule.finds:
            assert problem in [found for finder in rule.finds for found in finder(library)]
        else:
            assert problem in library.problems or problem.rule == "accepted-unused"


def test_every_id_in_the_program_is_registered() -> None:
    assert reported_ids() <= set(RULES)
    assert {"yaml", "prose-html", "source-unknown", "word-refused", "link-broken"} <= reported_ids()


PLACES = {"problem": 1, "complain": 1, "Problem": 4, "trouble": 2, "Trouble": 2}
"""What makes a problem -> which of its arguments is the id of the rule."""


def reported_ids() -> set[str]:
    """Every id of a rule that the program's text gives to a problem."""
    found: set[str] = set()
    for node in _nodes(ROOT / "generator" / "factbound"):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            found.update(map(_text, node.args[PLACES[name] :][:1] if name in PLACES else []))
        elif _text(node).startswith("prose-") or _text(node).endswith("-unknown"):
            found.add(_text(node))
    return {text for text in found if re.fullmatch(r"[a-z]+(-[a-z]+)*", text)}


def _nodes(folder: Path) -> Iterator[ast.AST]:
    for file in sorted(folder.rglob("*.py")):
        yield from ast.walk(ast.parse(file.read_text("utf-8")))


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_no_two_rules_have_one_id() -> None:
    ids = [
        _text(node.args[0])
        for node in _nodes(ROOT / "generator" / "factbound" / "rules")
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Rule"
    ]
    assert sorted(ids) == sorted(RULES)


# ----- accepted advice, and what blocks -----

SOURCE = "type: webpage\ntitle: The fair\nlanguage: en\nissued: 2025\naccessed: unknown\nread: publisher\n"
ACCEPTED = "accepted: [{rule: source-unused, because: It is being read., until: 2001-01-31}]\n"


def test_accepted_advice_is_left_out_whatever_the_day(tmp_path: Path) -> None:
    assert check(lay(tmp_path, {"content/sources/the-herald.yml": SOURCE + ACCEPTED})) == []


def test_advice_is_accepted_in_its_own_record_only(tmp_path: Path) -> None:
    library = lay(
        tmp_path,
        {"content/sources/the-herald.yml": SOURCE + ACCEPTED, "content/sources/the-crier.yml": SOURCE},
    )
    assert list(map(str, check(library))) == [
        "content/sources/the-crier.yml:1:1: advice[source-unused]: nothing cites the source 'the-crier' "
        "(cite it, or remove the file)"
    ]


@pytest.mark.parametrize(
    ("problem", "blocks", "strictly", "a_site"),
    [
        (Problem("a.yml", 1, 1, "error", "circle", "a", "b"), True, True, True),
        (Problem("a.yml", 1, 1, "advice", "source-unused", "a", "b"), False, True, False),
        (Problem("a.yml", 1, 1, "advice", "unsourced", "a", "b"), False, True, True),
    ],
)
def test_what_blocks(problem: Problem, blocks: bool, strictly: bool, a_site: bool) -> None:
    assert is_blocking(problem) == blocks
    assert is_blocking(problem, strict=True) == strictly
    assert is_blocking(problem, writes_site=True) == a_site


def test_without_site_yml_only_what_reading_finds_is_reported(tmp_path: Path) -> None:
    library = lay(
        tmp_path, {"content/site.yml": "title: [\n", "content/cases/the-fair.yml": "titel: The fair\n"}
    )
    assert [(problem.path, problem.rule) for problem in check(library)] == [
        ("content/cases/the-fair.yml", "missing-key"),
        ("content/cases/the-fair.yml", "missing-key"),
        ("content/cases/the-fair.yml", "missing-key"),
        ("content/cases/the-fair.yml", "missing-key"),
        ("content/cases/the-fair.yml", "unknown-key"),
        ("content/site.yml", "yaml"),
    ]


# ----- the page of rules -----


def rules(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["--project", str(ROOT), "rules", *arguments])
    return result.exit_code, result.output


def test_docs_hold_every_rule() -> None:
    stale = "docs/rules.md is stale; renew it with: .venv/bin/factbound rules --markdown > docs/rules.md"
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == page(RULES.values()), stale
    assert rules("--markdown") == (0, page(RULES.values()))


def test_one_rule_is_explained() -> None:
    assert rules("part-of-missing") == (
        0,
        "part-of-missing (error)\n"
        "A provision names its instrument, a part of a country its country.\n\n"
        "Wrong:\n    level: provision\n\n"
        "Right:\n    level: provision\n    part-of: harbour-act\n",
    )


def test_all_rules_are_listed() -> None:
    code, output = rules()
    assert code == 0
    assert [line.split()[:2] for line in output.splitlines()] == [
        [rule.id, rule.level] for rule in RULES.values()
    ]


def test_an_unknown_rule_names_the_nearest() -> None:
    code, output = rules("sourse-unused")
    assert code == 2
    assert output.splitlines()[-1] == (
        "Error: Invalid value for ID: there is no rule 'sourse-unused' (did you mean 'source-unused'?)"
    )


def test_an_unknown_rule_like_none_is_not_told_with_all() -> None:
    assert rules("zzz")[1].splitlines()[-1] == (
        "Error: Invalid value for ID: there is no rule 'zzz' (factbound rules lists them)"
    )
