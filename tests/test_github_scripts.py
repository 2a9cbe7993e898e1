"""What our scripts say to GitHub: a comment that a stranger's files cannot lead astray, one issue, a branch to propose."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from helpers import ROOT

SCRIPTS = ROOT / ".github" / "scripts"
BOT = {"login": "github-actions[bot]"}
HEAD = "a" * 40
GH = f"""#!{sys.executable}
import json, pathlib, sys
here = pathlib.Path(__file__).parent
_gh, _api, _method, method, path, *rest = sys.argv
asked = method + " " + path.removeprefix("repos/example/harbour/")
body = json.load(sys.stdin) if rest else None
with (here / "asked").open("a") as log:
    log.write(json.dumps([asked, body]) + "\\n")
answers = json.loads((here / "answers").read_text())
if asked in answers:
    print(json.dumps(answers[asked]))
elif method == "GET" and "page=" in asked:
    print("[]")
else:
    sys.exit("gh: Not Found (HTTP 404)" if method == "GET" else "gh: Resource not accessible by integration (HTTP 403)")
"""
"""A stand-in for GitHub's program, which answers as it is told to and writes down what it was asked."""


@dataclass
class Hub:
    """A folder in which scripts run, with a GitHub that a test made up."""

    folder: Path
    answers: dict[str, Any]

    def run(self, script: str, *arguments: str, fails: bool = False) -> str:
        """What a script printed, on both channels."""
        (self.folder / "bin").mkdir(exist_ok=True)
        gh = self.folder / "bin" / "gh"
        gh.write_text(GH, "utf-8")
        gh.chmod(0o755)
        (gh.parent / "answers").write_text(json.dumps(self.answers), "utf-8")
        (gh.parent / "asked").write_text("", "utf-8")
        done = subprocess.run(
            [sys.executable, str(SCRIPTS / script), *arguments],
            cwd=self.folder, capture_output=True, text=True, check=False, timeout=60,
            env={
                "PATH": f"{gh.parent}:{Path(shutil.which('git') or '/usr/bin/git').parent}",
                "PYTHONUTF8": "1", "GITHUB_REPOSITORY": "example/harbour", "GITHUB_SERVER_URL": "https://code.example",
                "GITHUB_REF_NAME": "main", "GITHUB_SHA": "b" * 40, "HEAD_OWNER": "visitor", "HEAD_BRANCH": "fix&state=all",
                "HEAD_SHA": HEAD, "RUN_URL": "https://code.example/run/1",
            },
        )  # fmt: skip
        assert (done.returncode != 0) == fails, done.stderr
        return done.stdout + done.stderr

    @property
    def written(self) -> list[tuple[str, Any]]:
        """The requests that changed something, with what was sent."""
        lines = (self.folder / "bin" / "asked").read_text("utf-8").splitlines()
        return [(asked, body) for asked, body in map(json.loads, lines) if not asked.startswith("GET ")]


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    return Hub(tmp_path, {})


PULLS = "GET pulls?state=open&head=visitor%3Afix%26state%3Dall&per_page=100&page=1"
COMMENTS = "GET issues/7/comments?per_page=100&page=1"


def report(hub: Hub, text: str, number: str = "7\n") -> str:
    """A folder as a check leaves it behind."""
    folder = hub.folder / "report"
    folder.mkdir()
    (folder / "number").write_text(number, "utf-8")
    (folder / "changes.md").write_text(text, "utf-8")
    return str(folder)


def open_pull_request(hub: Hub, *comments: dict[str, Any]) -> None:
    """Let number 7 be open, end in the commit that was checked, and have comments."""
    hub.answers[PULLS] = [{"number": 7, "head": {"sha": HEAD}}, {"number": 8, "head": {"sha": "c" * 40}}]
    hub.answers[COMMENTS] = list(comments)
    hub.answers |= {
        "POST issues/7/comments": {},
        "PATCH issues/comments/3": {},
        "DELETE issues/comments/3": None,
    }


def test_a_report_becomes_a_comment(hub: Hub) -> None:
    open_pull_request(hub)
    hub.run("comment.py", report(hub, "1 fact added."))
    said = (
        f"<!-- factbound changes -->\nOf {HEAD}. [The check](https://code.example/run/1) keeps the pages for a week, "
        'under "Artifacts" as `site`.\n\n1 fact added.'
    )
    assert hub.written == [("POST issues/7/comments", {"body": said})]


def test_the_comment_is_renewed_and_no_other_is_touched(hub: Hub) -> None:
    mark = "<!-- factbound changes -->"
    forged = {"id": 1, "user": {"login": "visitor"}, "body": f"{mark} mine"}
    other = {"id": 2, "user": BOT, "body": "Something else"}
    open_pull_request(hub, forged, other, {"id": 3, "user": BOT, "body": f"{mark} old"})
    hub.run("comment.py", report(hub, "2 facts added."))
    assert [asked for asked, _body in hub.written] == ["PATCH issues/comments/3"]


def test_a_comment_goes_when_the_proposal_changes_no_content_any_more(hub: Hub) -> None:
    open_pull_request(hub, {"id": 3, "user": BOT, "body": "<!-- factbound changes --> old"})
    hub.run("comment.py", report(hub, ""))
    assert hub.written == [("DELETE issues/comments/3", None)]


def test_a_proposal_that_changes_no_content_gets_no_comment(hub: Hub) -> None:
    open_pull_request(hub)
    hub.run("comment.py", report(hub, "\n"))
    assert hub.written == []


@pytest.mark.parametrize("number", ["8", "9", "7/../8", "7\n8", "-1"])
def test_a_number_that_github_does_not_confirm_leads_nowhere(hub: Hub, number: str) -> None:
    open_pull_request(hub)
    said = hub.run("comment.py", report(hub, "1 fact added.", number))
    assert (said, hub.written) == (
        "::notice::No open pull request ends in the commit that was checked: a newer check will report.\n",
        [],
    )


def test_a_check_that_made_no_report_is_said(hub: Hub) -> None:
    assert (
        hub.run("comment.py", str(hub.folder))
        == "::notice::The check made no report: it ended before that.\n"
    )


def test_a_report_calls_nobody_and_is_cut_at_a_line(hub: Hub) -> None:
    open_pull_request(hub)
    hub.run("comment.py", report(hub, "@keeper and [@gazette]\n" + "line\n" * 20_000))
    [(_asked, sent)] = hub.written
    text = sent["body"]
    assert "@\u200bkeeper and [@\u200bgazette]\n" in text and len(text) < 65_536
    assert text.endswith("\nline\n\nThe rest stands in the summary of the check.\n")


def test_a_report_that_is_a_link_to_another_file_is_not_read(hub: Hub) -> None:
    open_pull_request(hub)
    folder = report(hub, "")
    (hub.folder / "secret").write_text("not for you", "utf-8")
    (Path(folder) / "changes.md").unlink()
    (Path(folder) / "changes.md").symlink_to(hub.folder / "secret")
    hub.run("comment.py", folder)
    assert hub.written == []


def test_a_refusal_of_github_is_said_and_fails(hub: Hub) -> None:
    open_pull_request(hub)
    del hub.answers["POST issues/7/comments"]
    said = hub.run("comment.py", report(hub, "1 fact added."), fails=True)
    assert said == (
        "GitHub refused POST issues/7/comments: gh: Resource not accessible by integration (HTTP 403)\n"
    )


TITLE = "What is due: links, quotes, reviews, packages"
ISSUES = "GET issues?labels=weekly&state=all&per_page=100&page=1"


def weekly(hub: Hub, text: str) -> str:
    file = hub.folder / "weekly.md"
    file.write_text(text, "utf-8")
    return str(file)


def test_the_first_report_opens_an_issue_and_makes_its_label(hub: Hub) -> None:
    hub.answers |= {"POST labels": {}, "POST issues": {}}
    hub.run("issue.py", weekly(hub, "## Due\n\n- one\n"))
    label = {"name": "weekly", "description": "What time does to the site", "color": "ededed"}
    assert hub.written == [
        ("POST labels", label),
        ("POST issues", {"title": TITLE, "body": "## Due\n\n- one\n", "labels": ["weekly"]}),
    ]


@pytest.mark.parametrize(
    ("text", "state"), [("## Due\n\n- one\n", "open"), ("## Due\n\n`nothing is due`\n", "closed")]
)
def test_later_reports_renew_the_same_issue_and_close_it_while_nothing_is_due(
    hub: Hub, text: str, state: str
) -> None:
    forged = {"number": 4, "user": {"login": "visitor"}, "title": TITLE}
    hub.answers[ISSUES] = [forged, {"number": 5, "user": BOT, "title": TITLE}]
    hub.answers["PATCH issues/5"] = {}
    hub.run("issue.py", weekly(hub, text))
    assert hub.written == [("PATCH issues/5", {"body": text, "state": state})]


def test_nothing_due_opens_no_issue(hub: Hub) -> None:
    hub.run("issue.py", weekly(hub, "## Due\n\n`nothing is due`\n"))
    assert hub.written == []


def repository(hub: Hub) -> None:
    """A repository with a lock that was committed and then renewed."""
    for command in (["init", "-q"], ["add", "requirements.lock"], ["commit", "-qm", "Begin"]):
        (hub.folder / "requirements.lock").write_text("old==1\n", "utf-8")
        subprocess.run(
            ["git", "-c", "user.name=A. Sample", "-c", "user.email=a@site.example", *command], cwd=hub.folder, check=True
        )  # fmt: skip
    (hub.folder / "requirements.lock").write_text("new==2\n", "utf-8")


def test_what_commands_say_becomes_one_report(hub: Hub) -> None:
    repository(hub)
    (hub.folder / "due.txt").write_text(
        "2031-09-01  content/cases/pier.yml:4:8: advice[due-review]: ask `them` of @keeper (look again)\n"
        "    title: The pier\n           ^\n\n1 due, 0 never checked\n",
        "utf-8",
    )
    (hub.folder / "links.txt").write_text("", "utf-8")
    assert hub.run("weekly.py", "Links to other sites=links.txt", "Due=due.txt") == (
        "## Links to other sites\n\n\n\n## Due\n\n"
        "- [content/cases/pier.yml:4](https://code.example/example/harbour/blob/main/content/cases/pier.yml?plain=1#L4) "
        "`advice[due-review]: ask 'them' of @keeper (look again)`\n\n`1 due, 0 never checked`\n\n"
        "## To be proposed\n\n- Take newer Python packages: "
        "[open the pull request](https://code.example/example/harbour/compare/main...weekly-packages?expand=1)\n"
    )


def test_a_long_section_ends_with_how_many_more(hub: Hub) -> None:
    repository(hub)
    line = "content/cases/pier.yml:4:8: advice[due-review]: look again\n"
    (hub.folder / "due.txt").write_text(line * 60, "utf-8")
    said = hub.run("weekly.py", "Due=due.txt")
    assert said.count("- [content/") == 50 and "- 10 more, which the command lists\n" in said


@pytest.mark.parametrize(
    ("branch", "last"),
    [
        (None, ("POST git/refs", {"ref": "refs/heads/weekly-packages", "sha": "made"})),
        ({"ref": "there"}, ("PATCH git/refs/heads/weekly-packages", {"sha": "made", "force": True})),
    ],
)
def test_a_file_that_changed_is_proposed_by_one_commit_on_a_branch(
    hub: Hub, branch: Any, last: tuple[str, Any]
) -> None:
    base = "b" * 40
    (hub.folder / "requirements.lock").write_text("old==1\n", "utf-8")
    (hub.folder / "new").mkdir()
    (hub.folder / "new" / "requirements.lock").write_text("new==2\n", "utf-8")
    hub.answers |= {
        f"GET git/commits/{base}": {"tree": {"sha": "tree"}}, "POST git/blobs": {"sha": "blob"},
        "POST git/trees": {"sha": "changed"}, "POST git/commits": {"sha": "made"}, last[0]: {},
    }  # fmt: skip
    if branch:
        hub.answers["GET git/ref/heads/weekly-packages"] = branch
    hub.run("propose.py", "new", "requirements.lock")
    entry = {"path": "requirements.lock", "mode": "100644", "type": "blob", "sha": "blob"}
    assert hub.written == [
        ("POST git/blobs", {"content": "bmV3PT0yCg==", "encoding": "base64"}),
        ("POST git/trees", {"base_tree": "tree", "tree": [entry]}),
        ("POST git/commits", {"message": "Take newer Python packages", "tree": "changed", "parents": [base]}),
        last,
    ]


def test_a_file_that_is_as_it_was_is_not_proposed(hub: Hub) -> None:
    (hub.folder / "new").mkdir()
    for folder in (hub.folder, hub.folder / "new"):
        (folder / "requirements.lock").write_text("old==1\n", "utf-8")
    assert hub.run("propose.py", "new", "requirements.lock") == "::notice::requirements.lock is as it was.\n"
    assert hub.written == []
