"""The command line: what each command prints and with what it ends."""

from __future__ import annotations

import gc
import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from factbound.cli import main
from helpers import ROOT, SITE, TODAY, copy_site, edit, run


def invoke(*arguments: str, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_site(tmp_path / "project")


@pytest.mark.parametrize("command", [None, *sorted(main.commands)])
def test_help_explains_and_shows_an_example(command: str | None) -> None:
    result = invoke("--project", str(SITE), *([command] if command else []), "--help")
    assert result.exit_code == 0
    example = result.stdout.partition("\n  Example:\n")[2].splitlines()[0].strip()
    assert "factbound" in example.split()
    assert command is None or command in example.split()


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_option_is_explained(command: str) -> None:
    options = [option for option in main.commands[command].params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("command", sorted(main.commands))
def test_without_a_project_a_command_is_wrong(command: str, tmp_path: Path) -> None:
    result = invoke("--project", str(tmp_path), command)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        "Error: no content/site.yml here or in a folder above (change into the project, or give --project DIR)"
    )


@pytest.mark.parametrize(
    "command", [*([name] for name in sorted(main.commands)), ["new", "term"], ["new", "source"]]
)
def test_help_needs_no_project(command: list[str], tmp_path: Path) -> None:
    result = invoke("--project", str(tmp_path), *command, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"Usage: main {' '.join(command)} " in result.stdout


@pytest.mark.parametrize("address", ["999", "127.0.0.1:99999", "127.0.0.1:-1", "not a host:80"])
def test_an_address_to_serve_at_that_is_none(address: str, root: Path) -> None:
    result = invoke("--project", str(root), "serve", "--address", address)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        f"Error: Invalid value for '--address': '{address}' is no address of this machine with a port "
        "(write one such as 127.0.0.1:8000)",
    )


def test_a_folder_that_is_not_there_is_no_project(tmp_path: Path) -> None:
    result = invoke("--project", str(tmp_path / "none"), "check")
    assert result.exit_code == 2
    assert (
        result.stderr.splitlines()[-1]
        == f"Error: Invalid value for '--project': Directory '{tmp_path}/none' does not exist."
    )


def test_an_unknown_command_names_the_nearest() -> None:
    result = invoke("chek")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith("Error: No such command 'chek'.")


def test_the_project_is_found_from_a_folder_within(root: Path) -> None:
    result = run("factbound", "check", root=root / "content" / "pages" / "images")
    assert (result.returncode, result.stdout, result.stderr) == (0, "19 records checked: no problems\n", "")


# ----- check -----


def test_check_tells_every_problem_with_its_line_and_a_caret(root: Path) -> None:
    edit(
        root / "content" / "cases" / "lantern-ruling.yml", "jurisdiction: northland", "jurisdiction: northlnd"
    )
    edit(root / "content" / "help" / "harbour-office.yml", "hours:", "hour:")
    result = invoke("--project", str(root), "check")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "content/cases/lantern-ruling.yml:4:15: error[reference-unknown]: record 'northlnd' does not exist (did you mean 'northland'?)\n"
        "    jurisdiction: northlnd\n"
        "                  ^\n"
        "content/help/harbour-office.yml:8:1: error[unknown-key]: unknown key 'hour' (did you mean 'hours'?)\n"
        "    hour: Day and night.\n"
        "    ^\n"
        "18 records checked: 2 errors\n"
    )


def test_advice_is_told_and_blocks_only_a_strict_check(root: Path) -> None:
    (root / "content" / "sources" / "spare.yml").write_text(
        (SITE / "content" / "sources" / "example-blog.yml").read_text()
    )
    for options, code in (([], 0), (["--strict"], 1)):
        result = invoke("--project", str(root), "check", *options)
        assert result.exit_code == code
        assert (result.stdout, result.stderr.splitlines()[-1])[code] == (
            "20 records checked: 1 piece of advice" + "\n" * (not code)
        )
        assert result.stderr.splitlines()[0] == (
            "content/sources/spare.yml:1:1: advice[source-unused]: nothing cites the source 'spare' (cite it, or remove the file)"
        )


def test_check_does_not_depend_on_the_day() -> None:
    outcomes = [
        run("factbound", "check", "--strict", root=SITE, SOURCE_DATE_EPOCH=epoch)
        for epoch in ("0", "4102444800")
    ]
    assert {(one.returncode, one.stdout, one.stderr) for one in outcomes} == {
        (0, "19 records checked: no problems\n", "")
    }


def test_a_file_that_is_no_yaml_shows_no_traceback(root: Path) -> None:
    (root / "content" / "site.yml").write_text("title: [\n")
    result = run("factbound", "check", root=root)
    assert (result.returncode, "Traceback" in result.stderr) == (1, False)
    assert re.fullmatch(r"content/site\.yml:\d+:\d+: error\[yaml\]: .+ \(.+\)", result.stderr.splitlines()[0])


# ----- build -----


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("FACTBOUND_SITE_URL", "site.example", "FACTBOUND_SITE_URL is 'site.example' (begin it with https:// or http://)"),
        ("FACTBOUND_EDIT_URL", "ftp://code.example", "FACTBOUND_EDIT_URL is 'ftp://code.example' (begin it with https:// or http://)"),
        (
            "FACTBOUND_CORRECTIONS_URL",
            "corrections@site.example",
            "FACTBOUND_CORRECTIONS_URL is 'corrections@site.example' (begin it with https:// or http:// or mailto:)",
        ),
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(root: Path, variable: str, value: str, said: str) -> None:
    result = invoke("--project", str(root), "build", **{variable: value})
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, f"Error: {said}")
    assert not (root / "site").exists()


@pytest.mark.parametrize(
    ("options", "variables", "said"),
    [
        (["--today", "tomorrow"], {}, "there is no day 'tomorrow' (write one such as 2026-07-01)"),
        (["--today", "2031-02-30"], {}, "there is no day '2031-02-30' (write one such as 2026-07-01)"),
        ([], {"SOURCE_DATE_EPOCH": "soon"}, "SOURCE_DATE_EPOCH is 'soon' (give it whole seconds since 1970)"),
    ],
)
def test_a_day_that_is_none_is_refused(
    root: Path, options: list[str], variables: dict[str, str], said: str
) -> None:
    result = invoke("--project", str(root), "build", *options, **variables)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, f"Error: {said}")
    assert not (root / "site").exists()


def test_a_word_that_the_theme_lacks_is_named(root: Path) -> None:
    shutil.copytree(ROOT / "theme", root / "theme")
    edit(root / "theme" / "strings" / "en.yml", "nav.front: Home\n", "")
    result = invoke("--project", str(root), "build", "--today", TODAY)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-2:] == [
        "error: theme/strings/en.yml lacks 'nav.front'",
        "not built; the last site is as it was",
    ]


def test_an_unknown_option_is_refused(root: Path) -> None:
    result = invoke("--project", str(root), "build", "--site-folder", "x")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith("Error: No such option '--site-folder'.")


def test_problems_keep_the_site_from_being_built(root: Path) -> None:
    edit(
        root / "content" / "cases" / "lantern-ruling.yml", "jurisdiction: northland", "jurisdiction: northlnd"
    )
    result = invoke("--project", str(root), "build", "--today", TODAY)
    assert (result.exit_code, result.stdout, result.stderr.splitlines()[-1]) == (1, "", "not built: 1 error")


def test_what_has_an_address_is_not_said_to_be_left_out(root: Path) -> None:
    result = invoke(
        "--project", str(root), "build", "--today", TODAY, FACTBOUND_SITE_URL="https://site.example/"
    )
    assert [line for line in result.stderr.splitlines() if line.startswith("note: ")] == [
        'note: "edit this page" left out: FACTBOUND_EDIT_URL is not set',
        "note: the address to which corrections are sent left out: FACTBOUND_CORRECTIONS_URL is not set",
    ]


def test_the_program_is_installed_under_its_name() -> None:
    assert run("factbound", "--version", root=ROOT).stdout == "factbound, version 0.1.0\n"


@pytest.mark.parametrize("command", ["check", "changes"])
def test_a_command_that_is_soon_over_leaves_the_collector_as_it_was(command: str, root: Path) -> None:
    assert gc.isenabled()
    invoke("--project", str(root), command, *(["--base", "HEAD"] if command == "changes" else []))
    assert gc.isenabled()
