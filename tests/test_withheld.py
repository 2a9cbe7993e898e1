"""Names of a list from outside stand nowhere, however they are written; without a list a check says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factbound.cli import main
from helpers import copy_site

NAMES = "# invented\nTarō Keeper\n波止 場郎\nLi\n"
UNSET = "NAMES WERE NOT CHECKED: FACTBOUND_WITHHELD is not set (give it the path of a file with a name on each line)"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_site(tmp_path / "site")


def checked(root: Path, words: str, names: str | None = NAMES) -> Result:
    page = root / "content" / "pages" / "visiting.md"
    page.write_text(page.read_text("utf-8") + f"\n{words}\n", "utf-8")
    listed = root.parent / "names.txt"
    listed.write_text(names or "", "utf-8")
    environment = {"FACTBOUND_WITHHELD": str(listed) if names is not None else ""}
    return CliRunner(env=environment).invoke(main, ["--project", str(root), "check"], catch_exceptions=False)


@pytest.mark.parametrize(
    "words",
    [
        "Taro Keeper was there.", "It was TARO  KEEPER.", "Keeper, Taro came.", "The Ｔａｒｏ Ｋｅｅｐｅｒ story.", "Taro\nKeeper was there.",
        "TaroKeeper wrote it.", "名は波止場郎という。", "名は波 止　場郎という。", "場郎波止と書く。", "It was Li.",
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(words: str, root: Path) -> None:
    result = checked(root, words)
    lines = (root / "content" / "pages" / "visiting.md").read_text("utf-8").count("\n") - words.count("\n")
    what = "error[name-withheld]: a name that is withheld stands here (remove it: the site names nobody who is on the list)"
    assert f"content/pages/visiting.md:{lines}:1: {what}" in result.stderr
    assert result.exit_code == 1


@pytest.mark.parametrize(
    "words", ["A delivery for the beekeeper.", "Tarot keepers.", "波止場の光。", "The keeper was there."]
)
def test_other_words_are_no_names(words: str, root: Path) -> None:
    result = checked(root, words)
    assert (result.exit_code, "withheld" in result.stderr) == (0, False)


def test_without_a_list_a_check_says_so_and_does_not_fail(root: Path) -> None:
    result = checked(root, "Taro Keeper was there.", None)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (0, UNSET)


def test_a_list_that_is_missing_or_empty_is_refused(root: Path) -> None:
    assert (
        "FACTBOUND_WITHHELD: the list holds no name (write one on each line)"
        in checked(root, "x", "# none\n").stderr
    )
    environment = {"FACTBOUND_WITHHELD": str(root / "nowhere.txt")}
    result = CliRunner(env=environment).invoke(main, ["--project", str(root), "check"])
    assert (result.exit_code, "the list cannot be read (FileNotFoundError)" in result.stderr) == (2, True)
