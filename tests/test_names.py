"""Persons on the pages: a withheld name is refused wherever it was built, a given one has its reason, and what is
private falls away after its day."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factbound.cli import main
from factbound.pages import make_files, make_pages
from factbound.settings import Addresses
from helpers import ROOT, TODAY, BuiltSite, copy_site, edit, library_of, run, tree

CASE = "cases/lantern-quay"
TODO = "(remove it: the site names nobody who is on the list)"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "names.txt").write_text("Wilhelmina Quaverly\n灯台守 太郎\n", "utf-8")
    return copy_site(tmp_path / "project")


def build(root: Path, *options: str, today: str = TODAY) -> Result:
    environment = {"FACTBOUND_WITHHELD": str(root.parent / "names.txt")}
    command = ["--project", str(root), "build", "--today", today, *options]
    return CliRunner(env=environment).invoke(main, command, catch_exceptions=False)


# ----- a name that is withheld -----


def in_an_image(root: Path) -> str:
    edit(
        root / "content" / "pages" / "images" / "harbour.svg", "</svg>", "<!-- Quaverly, Wilhelmina --></svg>"
    )
    return "images/harbour.svg: error[name-withheld]: a name that is withheld stands in images/harbour.svg"


def in_a_file_name(root: Path) -> str:
    images = root / "content" / "pages" / "images"
    (images / "a.png").write_bytes(b"\x89PNG\xff")
    edit(root / "mkdocs.yml", "docs_dir:", "hooks: [rename.py]\ndocs_dir:")
    (root / "rename.py").write_text(
        "from pathlib import Path\n\n\ndef on_post_build(config):\n    name = 'wilhelmina' + '-quaverly.png'\n"
        "    (Path(config.site_dir) / 'images' / 'a.png').rename(Path(config.site_dir) / 'images' / name)\n"
    )
    return "images/…: error[name-withheld]: a name that is withheld stands in images/…"


def in_a_template(root: Path) -> str:
    shutil.copytree(ROOT / "theme", root / "theme")
    with (root / "theme" / "pages" / "help.md.j2").open("a", encoding="utf-8") as file:
        file.write("\n灯台守&#x592A;郎\n")
    return (
        "content/help/harbour-office.yml:1:1: error[name-withheld]: "
        "a name that is withheld stands in help/harbour-office/index.html"
    )


def in_two_templates(root: Path) -> str:
    shutil.copytree(ROOT / "theme", root / "theme")
    with (root / "theme" / "pages" / "case.md.j2").open("a", encoding="utf-8") as file:
        file.write("\n{{ 'Wilhelmina' }} *{{ 'Quaverly' }}*\n")
    return (
        "content/cases/lantern-quay.yml:1:1: error[name-withheld]: "
        "a name that is withheld stands in cases/lantern-quay/index.html"
    )


def in_a_style(root: Path) -> str:
    shutil.copytree(ROOT / "theme", root / "theme")
    with (root / "theme" / "overrides" / "assets" / "factbound.css").open("a", encoding="utf-8") as file:
        file.write("/* WILHELMINA  QUAVERLY */\n")
    return (
        "assets/factbound.css: error[name-withheld]: a name that is withheld stands in assets/factbound.css"
    )


@pytest.mark.parametrize(
    "how",
    [in_an_image, in_a_file_name, in_a_template, in_two_templates, in_a_style],
    ids=lambda how: how.__name__,
)
def test_a_name_in_what_was_built_refuses_the_build(root: Path, how: object) -> None:
    assert build(root).exit_code == 0
    before = tree(root / "site")
    assert callable(how)
    said = how(root)
    result = build(root)
    assert f"{said} {TODO}" in result.stderr.splitlines()
    assert result.stderr.splitlines()[-1] == "not built; the last site is as it was"
    assert (result.exit_code, tree(root / "site")) == (1, before)
    assert "quaverly" not in result.stderr.lower() and "太郎" not in result.stderr


def test_the_search_index_is_read(root: Path) -> None:
    in_a_template(root)
    # What stands below the last heading is not searched for.
    edit(
        root / "theme" / "pages" / "help.md.j2",
        "{{ parts.head(p, say, record) }}",
        "{{ parts.head(p, say, record) }}\n\n灯台守&#x592A;郎\n",
    )
    file = "search/search_index.json"
    said = f"{file}: error[name-withheld]: a name that is withheld stands in {file} {TODO}"
    assert said in build(root).stderr.splitlines()


@pytest.mark.parametrize("how", [in_an_image, in_a_template, in_two_templates], ids=lambda how: how.__name__)
def test_pages_for_another_builder_are_read_before_they_are_written(root: Path, how: object) -> None:
    folder = str(root.parent / "out")
    assert build(root, "--pages-only", folder).exit_code == 0
    before = tree(root.parent / "out")
    assert callable(how)
    said = how(root).replace("/index.html", ".md")
    result = build(root, "--pages-only", folder)
    assert (result.exit_code, tree(root.parent / "out")) == (1, before)
    assert f"{said} {TODO}" in result.stderr.splitlines()


def test_mkdocs_alone_ends_with_the_name_s_place(root: Path) -> None:
    listed = {"FACTBOUND_WITHHELD": str(root.parent / "names.txt")}
    said = in_a_template(root)
    result = run("mkdocs", "build", root=root, **listed)
    assert (result.returncode, f"{said} {TODO}" in result.stderr) == (1, True)
    (root / "README.md").write_text("Quaverly (Wilhelmina)\n", "utf-8")
    result = run("mkdocs", "build", root=root, **listed)
    assert "README.md:1:1: error[name-withheld]: a name that is withheld stands here" in result.stderr
    assert (result.returncode, "Traceback" in result.stderr) == (1, False)


def test_mkdocs_alone_says_that_names_were_not_checked(root: Path) -> None:
    result = run("mkdocs", "build", "--strict", root=root, FACTBOUND_WITHHELD="")
    assert (result.returncode, "NAMES WERE NOT CHECKED" in result.stderr) == (0, True)


# ----- a name with a reason -----


def test_a_name_is_shown_with_its_reason(root: Path) -> None:
    party = "    role: The helper\n"
    named = "    name: Ada Example\n    named: She signed the order as mayor [@example-register].\n"
    edit(root / "content" / f"{CASE}.yml", party, party + named)
    assert build(root, "--strict").exit_code == 0
    text = BuiltSite(root / "site").pages[f"{CASE}/index.html"].text("article")
    assert "The helper (Ada Example) was convicted" in text
    assert "Why the name stands here: She signed the order as mayor" in text


# ----- what is private falls away -----


@pytest.mark.parametrize(
    ("review", "today", "shown"),
    [
        ("2033-01", "2033-01-31", True), ("2033-01", "2033-02-01", False), ("2032/2033", "2033-12-31", True),
        ("2032/2033", "2034-01-01", False), ("2033/..", "2099-01-01", True),
    ],
)  # fmt: skip
def test_the_last_day_of_a_review_counts(root: Path, review: str, today: str, shown: bool) -> None:
    edit(root / "content" / f"{CASE}.yml", "privacy-review: 2033-01-01", f"privacy-review: {review}")
    library, day = library_of(root), datetime.date.fromisoformat(today)
    [page] = [page for page in make_pages(library, "en", today=day) if page.path == f"{CASE}.md"]
    record = make_files(library, "en", Addresses(), today=day)[f"data/{CASE}.json"]
    assert ("Lantern maker" in page.markdown, "Lantern maker" in record) == (shown, shown)


@pytest.mark.parametrize(("today", "shown"), [("2033-01-01", True), ("2033-01-02", False)])
def test_ages_and_occupations_fall_away_from_the_whole_site(root: Path, today: str, shown: bool) -> None:
    assert build(root, today=today).exit_code == 0
    holding = {name for name, text in tree(root / "site").items() if b"Lantern maker" in text}
    places = {f"{CASE}/index.html", f"data/{CASE}.json", "search/search_index.json"}
    assert (holding >= places, bool(holding)) == (shown, shown)
    party = json.loads((root / "site" / f"data/{CASE}.json").read_text("utf-8"))["parties"]["holder"]
    assert ({"age", "occupation"} <= set(party), "role" in party) == (shown, True)
    text = BuiltSite(root / "site").pages[f"{CASE}/index.html"].text("article")
    assert ("50 years old" in text, "As reported:" in text) == (shown, shown)


def test_pages_for_another_builder_know_the_day_too(root: Path) -> None:
    folder = root.parent / "out"
    for today, shown in (("2033-01-01", True), ("2033-01-02", False)):
        assert build(root, "--pages-only", str(folder), today=today).exit_code == 0
        assert (b"Lantern maker" in b"".join(tree(folder).values())) == shown


def test_a_check_does_not_depend_on_the_day(root: Path) -> None:
    for epoch in ("1948579200", "4102444800"):
        result = run("factbound", "check", "--strict", root=root, SOURCE_DATE_EPOCH=epoch)
        assert (result.returncode, result.stderr) == (0, "")
