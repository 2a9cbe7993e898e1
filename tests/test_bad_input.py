"""What goes wrong around the content, told as an editor would wish: git, names of files, line ends, terminals, and very much
of everything."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from factbound.problems import cells
from helpers import TODAY, WITHHELD, commit, copy_site, edit, environment, git, run

RULING = "content/cases/lantern-ruling.yml"
MISTAKE = (
    f"{RULING}:4:15: error[reference-unknown]: record 'northlnd' does not exist (did you mean 'northland'?)"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_site(tmp_path / "project")


def problems(root: Path, *more: str) -> list[str]:
    """The lines that name a problem, of a check that ends as one with problems does."""
    result = run("factbound", "check", *more, root=root)
    assert (result.returncode, "Traceback" in result.stderr) == (1, False)
    return [line for line in result.stderr.splitlines() if line.startswith("content/")]


# ----- git -----

SHALLOW = "(this clone is shallow: run git fetch --unshallow, or in CI set fetch-depth: 0)"


def no_repository(root: Path) -> Path:
    return root


def nothing_committed(root: Path) -> Path:
    git(root, "init", "-q", "-b", "main")
    return root


def no_such_revision(root: Path) -> Path:
    git(commit(root), "branch", "-m", "trunk")
    return root


def shallow(root: Path) -> Path:
    git(commit(root), "branch", "kept")
    git(root.parent, "clone", "-q", "--depth", "1", "-b", "kept", f"file://{root}", "clone")
    return root.parent / "clone"


def shallow_at_both_ends(root: Path) -> Path:
    git(commit(root), "checkout", "-q", "-b", "change")
    git(root, "commit", "-q", "--allow-empty", "-m", "Change")
    git(root, "checkout", "-q", "main")
    git(root, "commit", "-q", "--allow-empty", "-m", "Since")
    git(
        root.parent,
        "clone",
        "-q",
        "--depth",
        "1",
        "--no-single-branch",
        "-b",
        "change",
        f"file://{root}",
        "clone",
    )
    git(root.parent / "clone", "branch", "-q", "main", "origin/main")
    return root.parent / "clone"


def unrelated(root: Path) -> Path:
    git(commit(root), "checkout", "-q", "--orphan", "other")
    git(root, "commit", "-q", "-m", "Another beginning")
    return root


def without_content(root: Path) -> Path:
    (root / "content").rename(root.parent / "content")
    (root / "README").write_text("Empty.", "utf-8")
    git(commit(root), "checkout", "-q", "-b", "change")
    (root.parent / "content").rename(root / "content")
    return root


@pytest.mark.parametrize("command", ["check", "changes"])
@pytest.mark.parametrize(
    ("made", "said"),
    [
        (no_repository, "project/ is in no git repository (run git init, or work in a clone)"),
        (nothing_committed, "git knows no revision 'main' (name a branch, a tag or a commit that git log knows)"),
        (no_such_revision, "git knows no revision 'main' (name a branch, a tag or a commit that git log knows)"),
        (shallow, f"git knows no revision 'main' {SHALLOW}"),
        (shallow_at_both_ends, f"where this state left 'main' is not known {SHALLOW}"),
        (unrelated, "'main' and the present state have no commit in common (name a revision from which this one was made)"),
        (without_content, "'main' has no content/ (name a revision that has it)"),
    ],
)  # fmt: skip
def test_a_base_that_cannot_be_read(command: str, made: object, said: str, root: Path) -> None:
    assert callable(made)
    result = run("factbound", command, "--base", "main", root=made(root))
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == f"Error: --base: {said}"


def test_nothing_is_committed_yet(root: Path) -> None:
    result = run("factbound", "changes", "--base", "HEAD", root=nothing_committed(root))
    assert result.stderr.splitlines()[-1] == (
        "Error: --base: nothing is committed yet (commit the first state: git add -A, git commit)"
    )


def test_no_git(root: Path, tmp_path: Path) -> None:
    commit(root)
    result = run("factbound", "changes", "--base", "main", root=root, PATH=str(tmp_path))
    assert (result.returncode, result.stderr.splitlines()[-1]) == (
        2, "Error: --base: git is not installed (install it: an earlier state is read from it)",
    )  # fmt: skip


def test_a_repository_of_somebody_else(root: Path) -> None:
    result = run(
        "factbound", "changes", "--base", "main", root=commit(root), GIT_TEST_ASSUME_DIFFERENT_OWNER="1"
    )
    todo = f"(run git config --global --add safe.directory '{root}')"
    assert result.stderr.splitlines()[-1] == (
        f"Error: --base: git does not trust project/, which belongs to another user {todo}"
    )


def test_an_option_is_no_revision(root: Path) -> None:
    commit(root)
    result = run("factbound", "changes", "--base", "--output=x", root=root)
    assert result.stderr.splitlines()[-1].startswith("Error: --base: git knows no revision '--output=x' (")
    assert not (root / "x").exists()


def test_links_in_an_earlier_state_are_not_followed(root: Path) -> None:
    (root / "content" / "cases" / "outside.yml").symlink_to("/etc/passwd")
    commit(root)
    (root / "content" / "cases" / "outside.yml").unlink()
    result = run("factbound", "changes", "--base", "main", root=root)
    assert (result.returncode, result.stdout.splitlines()[-1]) == (0, "Nothing that a reader would notice.")


# ----- files -----


@pytest.mark.parametrize(
    ("file", "at"),
    [(RULING, "kind: ruling\n"), ("content/pages/about.md", "checked: ")],
    ids=["yaml", "page"],
)
def test_a_merge_conflict_is_told_at_its_first_line(file: str, at: str, root: Path) -> None:
    text = (root / file).read_text("utf-8")
    line = text[: text.index(at)].count("\n") + 1
    marked = f"<<<<<<< HEAD\n||||||| base\nx: 0\n=======\nx: 1\n>>>>>>> change\n{at}"
    (root / file).write_text(text.replace(at, marked, 1), "utf-8")
    assert problems(root)[0] == (
        f"{file}:{line}:1: error[yaml]: a merge conflict was left behind "
        "(choose one side and remove the lines that begin with <<<<<<<, ======= and >>>>>>>)"
    )


def test_a_file_with_capitals_is_told_how_to_be_renamed(root: Path) -> None:
    folder = root / "content" / "help"
    (folder / "harbour-office.yml").rename(folder / "Harbour-Office.yml")
    assert problems(root)[0] == (
        "content/help/Harbour-Office.yml:1:1: error[file-name]: 'Harbour-Office' has capitals, which an id has not "
        "(rename it: git mv -f 'content/help/Harbour-Office.yml' 'content/help/harbour-office.yml')"
    )


def test_two_files_that_differ_by_capitals_only(root: Path) -> None:
    folder = root / "content" / "help"
    (folder / "Harbour-Office.yml").write_bytes((folder / "harbour-office.yml").read_bytes())
    assert problems(root) == [
        "content/help/Harbour-Office.yml:1:1: error[file-name]: 'Harbour-Office.yml' and 'harbour-office.yml' are one file where capitals "
        "are not told apart, as on Windows and macOS (keep one of the two, under the name 'harbour-office.yml')"
    ]


def test_a_file_that_was_renamed_by_case_only_is_no_new_record(root: Path) -> None:
    folder = root / "content" / "help"
    (folder / "harbour-office.yml").rename(folder / "Harbour-Office.yml")
    commit(root)
    git(root, "mv", "-f", "content/help/Harbour-Office.yml", "content/help/harbour-office.yml")
    result = run("factbound", "changes", "--base", "main", root=root)
    assert "new" not in result.stdout and "removed" not in result.stdout
    assert "- Not taken in at main because of the file's name: Harbour-Office.\n" in result.stdout
    assert run("factbound", "check", "--base", "main", root=root).returncode == 0


@pytest.mark.parametrize(
    ("name", "todo"),
    [
        ("Quay Master", "name it quay-master.yml, with lowercase letters, digits and single hyphens: the file name is the record's id and address"),
        ("灯台", "use lowercase letters, digits and single hyphens: the file name is the record's id and address"),
    ],
)  # fmt: skip
def test_a_name_that_is_no_id(name: str, todo: str, root: Path) -> None:
    file = root / "content" / "help" / f"{name}.yml"
    file.write_bytes((root / "content" / "help" / "harbour-office.yml").read_bytes())
    assert problems(root) == [
        f"content/help/{name}.yml:1:1: error[file-name]: '{name}' cannot be an id ({todo})"
    ]


def as_on_windows(root: Path) -> None:
    for file in [*root.glob("content/*/*.yml"), *root.glob("content/*/*.md"), *root.glob("content/*.yml")]:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


def test_line_ends_of_windows(root: Path) -> None:
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "core.autocrlf", "false")
    commit(root)
    as_on_windows(root)
    assert run("factbound", "check", "--strict", root=root).returncode == 0
    told = run("factbound", "changes", "--base", "main", root=root).stdout
    assert told == "## What changes since `main`\n\nNothing that a reader would notice.\n"
    file = root / RULING
    file.write_bytes(file.read_bytes().replace(b"jurisdiction: northland", b"jurisdiction: northlnd"))
    result = run("factbound", "check", root=root)
    assert result.stderr.splitlines()[:3] == [MISTAKE, "    jurisdiction: northlnd", "                  ^"]


def test_fix_keeps_the_line_ends_of_windows(root: Path) -> None:
    edit(root / RULING, "checked: ", "checked: 2031-09-30 # ")
    as_on_windows(root)
    before = (root / RULING).read_bytes()
    assert run("factbound", "fix", root=root).returncode == 0
    after = (root / RULING).read_bytes()
    assert after.endswith(before) and after.count(b"\n") == after.count(b"\r\n") == before.count(b"\n") + 1


def test_a_path_with_spaces_and_japanese(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "二つ の 語" / "[a] :b")
    commit(tmp_path / "二つ の 語")
    assert run("factbound", "check", "--strict", root=root).returncode == 0
    edit(root / "content" / "help" / "harbour-office.yml", "Day and night.", "By day.")
    told = run("factbound", "changes", "--base", "main", root=root)
    assert (told.returncode, "Day and night. → By day.\n" in told.stdout) == (0, True)
    built = run("factbound", "build", "--today", TODAY, root=root)
    assert built.returncode == 0, built.stderr
    edit(root / RULING, "jurisdiction: northland", "jurisdiction: northlnd")
    assert problems(root, "--base", "main") == [MISTAKE]


# ----- terminals -----


def on_a_terminal(root: Path, columns: int = 80, **variables: str) -> str:
    """What `factbound check` shows on a terminal of so many columns; its other output goes elsewhere."""
    master, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    around = {**environment(), "NO_COLOR": "", "TERM": "xterm", **variables}
    program = Path(sys.executable).parent / "factbound"
    process = subprocess.Popen(
        [program, "check"], cwd=root, env=around, stdout=subprocess.DEVNULL, stderr=terminal
    )
    os.close(terminal)
    shown = b""
    while True:
        try:
            read = os.read(master, 4096)
        except OSError:  # Linux ends a terminal that nobody holds with an error.
            break
        if not read:
            break
        shown += read
    process.wait()
    os.close(master)
    return shown.decode("utf-8").replace("\r\n", "\n")


LONG = "says: {'ja': '" + "港の灯台についての話。" * 12 + " [[nowhere]]'}"


def test_a_terminal_of_forty_columns(root: Path) -> None:
    text = (root / RULING).read_text("utf-8") + f"unknown:\n  price: {LONG.removeprefix('says: ')}\n"
    (root / RULING).write_text(text, "utf-8")
    lines = on_a_terminal(root, 40, NO_COLOR="1").split("\n")
    start = next(number for number, line in enumerate(lines) if "nowhere" in line)
    shown, caret = lines[start + 1], lines[start + 2]
    assert cells(shown) <= 40 and caret.endswith("^") and cells(caret) <= 40
    assert cells(shown[: shown.index("[[nowhere")]) == caret.index("^")


def test_a_terminal_gets_colours(root: Path) -> None:
    edit(root / RULING, "jurisdiction: northland", "jurisdiction: northlnd")
    place, rest = MISTAKE.split(" error[reference-unknown]")
    assert on_a_terminal(root).split("\n")[:3] == [
        f"\x1b[1m{place}\x1b[0m \x1b[31m\x1b[1merror[reference-unknown]\x1b[0m{rest}",
        "    jurisdiction: northlnd",
        "                  \x1b[36m\x1b[1m^\x1b[0m",
    ]


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_are_left_out_where_they_are_not_wanted(variables: dict[str, str], root: Path) -> None:
    edit(root / RULING, "jurisdiction: northland", "jurisdiction: northlnd")
    assert "\x1b" not in on_a_terminal(root, 80, **variables)
    assert "\x1b" not in run("factbound", "check", root=root).stderr


# ----- very much of it -----


def test_ten_thousand_findings(root: Path) -> None:
    with (root / RULING).open("a", encoding="utf-8") as file:
        file.writelines(f"key-{number}: 1\n" for number in range(9000))
    for number in range(1000):
        (root / "content" / "glossary" / f"word-{number}.yml").write_text("title: Word\nforms: {en: [word]}\nchecked: unknown\n", "utf-8")  # fmt: skip
    result = run("factbound", "check", root=root)
    lines = result.stderr.splitlines()
    assert len([line for line in lines if line.startswith("content/")]) == 10_000
    assert lines[-4:] == [
        "", "   9000 error[unknown-key]", "   1000 error[missing-key]", "18 records checked: 10000 errors",
    ]  # fmt: skip
    shown = run("factbound", "check", "--format", "github", root=root).stdout.splitlines()
    assert sum(line.startswith("::error ") for line in shown) == 10
    assert "and 9990 more errors: all of them are listed above" in shown


def test_a_line_of_a_megabyte(root: Path) -> None:
    edit(root / RULING, "jurisdiction: northland", f"jurisdiction: northlnd # {'灯' * 300_000}")
    lines = run("factbound", "check", root=root).stderr.splitlines()
    assert lines[0] == MISTAKE and cells(lines[1]) <= 104


def test_a_reader_that_goes_away(root: Path) -> None:
    for number in range(300):
        (root / "content" / "cases" / f"case-{number}.yml").write_text("title: A case\n", "utf-8")
    command = f"{Path(sys.executable).parent / 'factbound'} check --format json | head -c 10"
    result = subprocess.run(
        ["sh", "-c", command], cwd=root, capture_output=True, text=True, check=False,
        env=environment(FACTBOUND_WITHHELD=str(WITHHELD)), timeout=60,
    )  # fmt: skip
    assert not re.search("Traceback|Error", result.stderr)
