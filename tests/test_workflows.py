"""What GitHub runs for us: nothing for zizmor or GitHub's schemas to find, pinned, with least rights, with commands that exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from factbound.cli import main
from helpers import ROOT, run

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
ACTIONS = sorted((GITHUB / "actions").glob("*/action.yml"))
FORMS = sorted(file for file in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if file.name != "config.yml")


def read(file: Path) -> dict[str, Any]:
    """YAML as GitHub reads it: `on` is a word."""
    found: dict[str, Any] = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)
    return found


def jobs() -> Iterator[Any]:
    """Every job of every workflow, named by both."""
    for file in WORKFLOWS:
        for name, job in read(file)["jobs"].items():
            yield pytest.param(job, id=f"{file.stem}-{name}")


def steps() -> list[dict[str, Any]]:
    """Every step of every workflow and action."""
    of_jobs = (job["steps"] for file in WORKFLOWS for job in read(file)["jobs"].values())
    of_actions = (read(file)["runs"]["steps"] for file in ACTIONS)
    return [step for some in (*of_jobs, *of_actions) for step in some]


def commands(program: str) -> list[list[str]]:
    """The arguments with which steps call a program."""
    found = []
    for step in steps():
        for line in step.get("run", "").splitlines():
            words = shlex.split(line, comments=True)
            for start, word in enumerate(words):
                if word.rpartition("/")[2] == program:
                    rest = words[start + 1 :]
                    end = next((at for at, one in enumerate(rest) if re.match(r"[|&;]|\d?>", one)), len(rest))
                    found.append(rest[:end])
    return found


def zizmor(where: Path) -> str:
    """What zizmor finds, however pedantic; empty where it finds nothing. It asks nothing of the network."""
    told = run("zizmor", "--offline", "--collect=all", "--strict-collection", "--no-progress", "--quiet",
               "--persona=pedantic", "--format=plain", str(where), root=ROOT)  # fmt: skip
    return "" if told.returncode == 0 else told.stdout + told.stderr


def test_zizmor_reports_nothing() -> None:
    assert zizmor(GITHUB) == ""


def test_zizmor_would_report_a_fault(tmp_path: Path) -> None:
    file = tmp_path / ".github" / "workflows" / "check.yml"
    file.parent.mkdir(parents=True)
    text = (GITHUB / "workflows" / "check.yml").read_text("utf-8")
    file.write_text(text.replace("persist-credentials: false", "lfs: false"), "utf-8")
    assert "artipacked" in zizmor(file)


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows", WORKFLOWS),
        ("github-actions", ACTIONS),
        ("dependabot", [GITHUB / "dependabot.yml"]),
        ("github-issue-forms", FORMS),
        ("github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
    ],
)
def test_files_fit_githubs_schemas(schema: str, files: list[Path]) -> None:
    told = run("check-jsonschema", f"--builtin-schema=vendor.{schema}", *map(str, files), root=ROOT)
    assert (files != [], told.stdout + told.stderr) == (True, "ok -- validation done\n")


def test_a_schema_would_report_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "check.yml"
    file.write_text("on: push\njobs: {one: {runs-on: ubuntu-24.04, stepps: []}}\n", "utf-8")
    told = run("check-jsonschema", "--builtin-schema=vendor.github-workflows", str(file), root=ROOT)
    assert told.returncode == 1 and "stepps" in told.stdout + told.stderr


def test_every_action_is_pinned_to_one_commit_with_its_version_beside_it() -> None:
    lines = [
        line.strip().removeprefix("- ")
        for file in (*WORKFLOWS, *ACTIONS)
        for line in file.read_text("utf-8").splitlines()
        if re.match(r"\s*(- )?uses:", line) and "$/" not in line
    ]
    pins = {re.sub(r"(uses: [\w-]+/[\w-]+)(/\w+)?@", r"\1@", line) for line in lines}
    assert [
        pin for pin in pins if not re.fullmatch(r"uses: actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", pin)
    ] == []
    names = [pin.partition("@")[0] for pin in pins]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_a_workflow_has_no_rights_and_one_run_at_a_time(file: Path) -> None:
    workflow = read(file)
    assert (workflow["permissions"], "group" in workflow["concurrency"]) == ({}, True)
    assert "pull_request_target" not in workflow["on"]


@pytest.mark.parametrize("job", [*jobs()])
def test_a_job_says_its_rights_and_how_long_it_may_take(job: dict[str, Any]) -> None:
    assert {"permissions", "timeout-minutes"} <= set(job)
    checkouts = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    assert [step["with"]["persist-credentials"] for step in checkouts] == ["false"] * len(checkouts)


def test_what_a_stranger_may_have_written_runs_where_nothing_can_be_written() -> None:
    of_proposals = [file for file in WORKFLOWS if "pull_request" in read(file)["on"]]
    rights = [job["permissions"] for file in of_proposals for job in read(file)["jobs"].values()]
    assert rights and all(right == {"contents": "read"} for right in rights)


def test_the_job_that_comments_checks_out_nothing_of_the_proposal() -> None:
    [job] = read(GITHUB / "workflows" / "report.yml")["jobs"].values()
    [checkout] = (step for step in job["steps"] if "checkout@" in step.get("uses", ""))
    assert checkout["with"] == {"persist-credentials": "false", "sparse-checkout": ".github/scripts"}
    assert [step["run"] for step in job["steps"] if "run" in step] == [
        'python3 .github/scripts/comment.py "$RUNNER_TEMP/report"'
    ]


def parse(arguments: list[str]) -> None:
    """Read a command line as the program does, and do nothing of it. Raises click.UsageError."""
    with main.make_context("factbound", list(arguments)) as context:
        name, command, rest = main.resolve_command(context, list(arguments))
        assert command is not None
        command.make_context(name, rest, parent=context).close()


@pytest.mark.parametrize(
    "arguments",
    [pytest.param(line, id=" ".join(line)) for line in commands("factbound")],
)
def test_commands_of_the_program_are_what_it_takes(arguments: list[str]) -> None:
    parse(arguments)


def test_commands_are_found_and_a_wrong_one_is_refused() -> None:
    assert {line[0] for line in commands("factbound")} == {
        "build", "changes", "check", "due", "links", "verify",
    }  # fmt: skip
    with pytest.raises(click.UsageError):
        parse(["check", "--strictly"])


def test_make_targets_and_scripts_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    asked = {word for line in commands("make") for word in line if "=" not in word}
    assert asked == {"setup", "lock"} and asked <= targets
    scripts = [line[0] for line in commands("python3")] + [".ci/run"]
    assert [name for name in scripts if not (ROOT / name).is_file()] == []
    assert ".ci/run" in [step.get("run") for step in steps()]
