"""`factbound check --format`: one set of findings as JSON, as SARIF that holds to its schema, and as GitHub shows it."""

from __future__ import annotations

import html
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from factbound.cli import main
from factbound.problems import Problem
from factbound.reports import MAX_SUMMARY, Findings, as_sarif, summary, workflow_log
from factbound.rules import RULES
from helpers import ROOT, commit, copy_site, edit, git

SCHEMA = json.loads((ROOT / "tests" / "cases" / "sarif-2.1.0.schema.json").read_text("utf-8"))
"""As SchemaStore publishes it (Apache License 2.0), after OASIS; taken from Microsoft's jest-sarif (MIT)."""
RULING = "content/cases/lantern-ruling.yml"
OFFICE = "content/help/harbour-office.yml"
UNKNOWN = "record 'northlnd' does not exist (did you mean 'northland'?)"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_site(tmp_path / "project")


def broken(root: Path) -> Path:
    """A project with an error in each of two files, and one piece of advice."""
    edit(root / RULING, "jurisdiction: northland", "jurisdiction: northlnd")
    edit(root / OFFICE, "saltmouth", "saltmuth")
    spare = root / "content" / "sources" / "spare.yml"
    spare.write_text((root / "content" / "sources" / "example-blog.yml").read_text("utf-8"), "utf-8")
    return root


def check(root: Path, form: str, *more: str, **variables: str) -> Result:
    command = ["--project", str(root), "check", "--format", form, *more]
    around = {name: None for name in os.environ if name.startswith("GITHUB_")}
    return CliRunner(env={**around, **variables}).invoke(main, command, catch_exceptions=False)


def findings(*problems: Problem, text: str = "", **more: Any) -> Findings:
    return Findings(tuple(sorted(problems)), 1, False, lambda path: text, **more)


def problem(number: int = 1, message: str = "a lamp is out", path: str = "content/a.yml", level: str = "error") -> Problem:  # fmt: skip
    return Problem(path, number, 1, "error" if level == "error" else "advice", "yaml", message, "light it")


# ----- one set of findings -----


def test_every_format_tells_the_same_findings(root: Path) -> None:
    broken(root)
    text = [line for line in check(root, "text").stderr.splitlines() if line.startswith("content/")]
    assert len(text) == 3
    plain = json.loads(check(root, "json").stdout)["problems"]
    assert [
        "{path}:{line}:{column}: {level}[{rule}]: {message} ({todo})".format_map(one) for one in plain
    ] == text
    results = json.loads(check(root, "sarif").stdout)["runs"][0]["results"]
    places = [one["locations"][0]["physicalLocation"] for one in results]
    assert [
        f"{at['artifactLocation']['uri']}:{at['region']['startLine']}:{at['region']['startColumn']}: "
        f"{'error' if one['level'] == 'error' else 'advice'}[{one['ruleId']}]: {one['message']['text']}"
        for at, one in zip(places, results, strict=True)
    ] == text
    assert [line for line in check(root, "github").stdout.splitlines() if line.startswith("content/")] == text


@pytest.mark.parametrize(("options", "code"), [([], 1), (["--strict"], 1)])
@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_every_format_ends_alike(root: Path, form: str, options: list[str], code: int) -> None:
    assert check(root, form, *options).exit_code == 0
    assert check(broken(root), form, *options).exit_code == code


def test_json_says_what_blocks(root: Path) -> None:
    made = json.loads(check(broken(root), "json").stdout)
    assert {**made, "problems": len(made["problems"])} == {
        "version": 1, "records": 20, "errors": 2, "advice": 1, "blocked": True, "problems": 3,
    }  # fmt: skip
    assert [one["blocks"] for one in made["problems"]] == [True, True, False]
    assert all(one["blocks"] for one in json.loads(check(root, "json", "--strict").stdout)["problems"])


def test_json_of_what_cannot_be_shown_is_json(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "project")
    (root / "content" / "cases" / "a\x1b[2J\ud800.yml".encode("utf-8", "replace").decode()).write_text(
        "a: 1\n"
    )
    made = json.loads(check(root, "json").stdout)["problems"][0]
    assert made["path"] == "content/cases/a\N{REPLACEMENT CHARACTER}[2J?.yml"


# ----- SARIF -----


def test_sarif_holds_to_its_schema(root: Path) -> None:
    for project in (root, broken(root)):
        log = json.loads(check(project, "sarif").stdout)
        assert [error.message for error in Draft4Validator(SCHEMA).iter_errors(log)] == []
    log["runs"][0]["results"][0]["level"] = "advice"
    assert len(list(Draft4Validator(SCHEMA).iter_errors(log))) == 1


def test_sarif_describes_every_rule(root: Path) -> None:
    run = json.loads(check(broken(root), "sarif").stdout)["runs"][0]
    described = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in described] == list(RULES)
    assert {rule["defaultConfiguration"]["level"] for rule in described} == {"error", "warning"}
    for rule in described:
        assert RULES[rule["id"]].right in rule["help"]["text"]
        assert RULES[rule["id"]].wrong in rule["help"]["markdown"]
    assert [described[one["ruleIndex"]]["id"] for one in run["results"]] == [
        one["ruleId"] for one in run["results"]
    ]


def prints(root: Path) -> list[str]:
    results = json.loads(check(root, "sarif").stdout)["runs"][0]["results"]
    return [one["partialFingerprints"]["primaryLocationLineHash"] for one in results]


def test_a_finding_keeps_its_print_when_lines_move(root: Path) -> None:
    before = prints(broken(root))
    assert len(set(before)) == 3
    for path in (RULING, OFFICE):
        (root / path).write_text("# a comment\n\n" + (root / path).read_text("utf-8"), "utf-8")
    assert prints(root) == before
    edit(root / RULING, "northlnd", "nortland")
    assert prints(root) != before


def test_the_same_finding_on_equal_lines_has_prints_of_its_own() -> None:
    log = json.loads(as_sarif(findings(problem(1), problem(2), text="final: no\nfinal: no\n")))
    first, second = (
        one["partialFingerprints"]["primaryLocationLineHash"] for one in log["runs"][0]["results"]
    )
    assert (first.partition(":")[0], first[-2:], second[-2:]) == (second.partition(":")[0], ":1", ":2")


def test_paths_are_addresses_from_the_top_of_the_repository(tmp_path: Path) -> None:
    root = broken(copy_site(tmp_path / "two words" / "灯台, 1:2"))
    commit(tmp_path)
    results = json.loads(check(root, "sarif").stdout)["runs"][0]["results"]
    place = results[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    folder = "two%20words/%E7%81%AF%E5%8F%B0%2C%201%3A2"
    assert place == {"uri": f"{folder}/{RULING}", "uriBaseId": "%SRCROOT%"}
    line = next(line for line in check(root, "github").stdout.splitlines() if line.startswith("::error "))
    assert line == (
        f"::error file=two words/灯台%2C 1%3A2/{RULING},line=4,col=15,title=error[reference-unknown]::{UNKNOWN}"
    )


# ----- GitHub -----


def test_github_gets_the_log_then_annotations(root: Path) -> None:
    lines = check(broken(root), "github").stdout.splitlines()
    token = lines[1].removeprefix("::stop-commands::")
    assert re.fullmatch("[0-9a-f]{32}", token)
    end = lines.index(f"::{token}::")
    assert (lines[0], lines[2], lines[end + 1]) == (
        "::group::2 errors, 1 piece of advice", f"{RULING}:4:15: error[reference-unknown]: {UNKNOWN}", "::endgroup::",
    )  # fmt: skip
    assert lines[end + 2 :] == [
        f"::error file={RULING},line=4,col=15,title=error[reference-unknown]::{UNKNOWN}",
        f"::error file={OFFICE},line=4,col=15,title=error[reference-unknown]::record 'saltmuth' does not exist (did you mean 'saltmouth'?)",
        "::warning file=content/sources/spare.yml,line=1,col=1,title=advice[source-unused]::nothing cites the source 'spare' (cite it, or remove the file)",
        "20 records checked: 2 errors, 1 piece of advice",
    ]


def test_github_hears_of_no_problems_in_one_line(root: Path) -> None:
    assert check(root, "github").stdout == "19 records checked: no problems\n"


UNESCAPE = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}


@given(st.text(max_size=30), st.text(alphabet="a:,%\n\r= 灯/", min_size=1, max_size=20))
def test_whatever_is_annotated_is_one_command(message: str, path: str) -> None:
    text = workflow_log(findings(problem(message=message, path=path)), "0")
    line = text.split("::endgroup::\n")[1].rpartition("\n")[0]
    found = re.fullmatch(r"::error file=([^,:\n]*),line=1,col=1,title=error\[yaml\]::([^\n\r]*)", line)
    assert found
    shown = (re.sub("%(25|0D|0A|3A|2C)", lambda sign: UNESCAPE[sign[0]], part) for part in found.groups())
    said = str(problem(message=message, path=path))
    assert "{}:1:1: error[yaml]: {}".format(*shown) == said


def test_content_gives_no_commands(root: Path) -> None:
    edit(root / RULING, "jurisdiction: northland", "jurisdiction: northland\n::set-env name=a::b: 1")
    lines = check(root, "github").stdout.splitlines()
    token = lines[1].removeprefix("::stop-commands::")
    inside = lines[2 : lines.index(f"::{token}::")]
    assert any(line.strip().startswith("::set-env") for line in inside)
    assert not any("::set-env" in line for line in lines[len(inside) + 4 :] if not line.startswith("::error"))


def test_ten_annotations_of_a_level_those_of_the_change_first(root: Path) -> None:
    for number in range(12):
        for name in ("old", "also-old"):
            (root / "content" / "cases" / f"{name}-{number:02}.yml").write_text("title: A case\n", "utf-8")
    commit(root)
    (root / "content" / "sources" / "new 灯.yml").write_text("title: A report\n", "utf-8")
    edit(root / OFFICE, "saltmouth", "saltmuth")
    lines = check(root, "github", "--base", "HEAD").stdout.splitlines()
    shown = [line for line in lines if line.startswith("::error ")]
    assert len(shown) == 10
    files = [line.partition("file=")[2].partition(",")[0] for line in shown]
    assert files == sorted(files, key=lambda name: name not in (OFFICE, "content/sources/new 灯.yml"))
    assert {OFFICE, "content/sources/new 灯.yml"} <= set(files)
    errors = int(lines[0].removeprefix("::group::").split()[0])
    assert f"and {errors - 10} more errors: all of them are listed above" in lines
    assert not any(line.startswith("::warning") for line in lines)


def test_in_a_pull_request_its_base_says_what_has_changed(root: Path, tmp_path: Path) -> None:
    edit(root / RULING, "jurisdiction: northland", "jurisdiction: northlnd")
    commit(root)
    git(root, "checkout", "-q", "-b", "change")
    edit(root / OFFICE, "saltmouth", "saltmuth")
    git(root, "commit", "-q", "-a", "-m", "Change")
    git(tmp_path, "clone", "-q", "-b", "change", f"file://{root}", "clone")
    for project in (root, tmp_path / "clone"):
        lines = check(project, "github", GITHUB_BASE_REF="main").stdout.splitlines()
        shown = [
            line.partition("file=")[2].partition(",")[0] for line in lines if line.startswith("::error ")
        ]
        assert shown == [OFFICE, RULING]
    git(tmp_path, "clone", "-q", "--depth", "1", "-b", "change", f"file://{root}", "shallow")
    result = check(tmp_path / "shallow", "github", GITHUB_BASE_REF="main")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == (
        "files of this change are not put first: git knows no revision 'main' (this clone is shallow: run git fetch --unshallow, or in CI set fetch-depth: 0)"
    )


# ----- the summary -----

CI = {"GITHUB_SERVER_URL": "https://code.example", "GITHUB_REPOSITORY": "a/b", "GITHUB_SHA": "abc"}


def test_the_whole_table_is_in_the_summary_of_the_job(root: Path, tmp_path: Path) -> None:
    commit(root)
    broken(root)
    file = tmp_path / "summary.md"
    file.write_text("Before.\n", "utf-8")
    check(root, "github", "--base", "HEAD", GITHUB_STEP_SUMMARY=str(file), **CI)
    text = file.read_text("utf-8")
    assert text.startswith(
        "Before.\n### 20 records checked: 2 errors, 1 piece of advice\n\n| Where | Rule | What is wrong | What to do |\n| --- | --- | --- | --- |\n"
    )
    rows = [html.unescape(line) for line in text.splitlines()[5:]]
    assert rows[0] == (
        f'| <b><a href="https://code.example/a/b/blob/abc/{RULING}#L4">{RULING}:4</a></b> | error <code>reference-unknown</code> '
        "| record 'northlnd' does not exist | did you mean 'northland'? |"
    )
    assert len(rows) == 3


def test_a_summary_without_problems_says_so(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    check(root, "github", GITHUB_STEP_SUMMARY=str(file))
    assert file.read_text("utf-8") == "### 19 records checked: no problems\n\n"


def test_a_summary_that_cannot_be_written_is_told(root: Path, tmp_path: Path) -> None:
    result = check(root, "github", GITHUB_STEP_SUMMARY=str(tmp_path))
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        0, f"the summary cannot be written to {tmp_path}: Is a directory",
    )  # fmt: skip


def test_a_full_summary_is_told(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    file.write_bytes(b"a" * (MAX_SUMMARY - 10))
    result = check(root, "github", GITHUB_STEP_SUMMARY=str(file))
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (0, "the job's summary is full")
    assert file.stat().st_size == MAX_SUMMARY - 10


@pytest.mark.parametrize("room", [500, 2000, 30_000])
def test_a_summary_keeps_to_its_room_and_counts_the_rest(room: int) -> None:
    text = summary(findings(*(problem(number, "灯" * 40) for number in range(1, 200))), room, {})
    rows = [line for line in text.splitlines() if line.startswith("| content")]
    assert len(text.encode()) <= room
    if len(rows) < 199:
        assert text.endswith(
            f"\nAnd {199 - len(rows)} more, which this summary has no room for: the log lists them all.\n"
        )


def test_nothing_in_the_summary_is_markup_or_calls_anybody() -> None:
    message = "a | `b` <script> [c](http://d.example) @team *e* _f_ #12"
    row = summary(findings(problem(message=message)), MAX_SUMMARY, {}).splitlines()[-1]
    cell = row.split(" | ")[2]
    assert not re.search(r"[|`<>\[\]@*_/]", cell) and "35;1" not in cell
    assert html.unescape(cell).replace("\N{ZERO WIDTH SPACE}", "") == message
