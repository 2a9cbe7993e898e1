"""A site beside the last one, checked, then exchanged: what is built, and what stands when nothing is."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from factbound.cli import main
from helpers import EPOCH, ROOT, SITE, TODAY, BuiltSite, copy_site, edit, environment, library_of, run, tree

PAUSE = """
import sys

def on_post_build(config):
    print("paused", flush=True)
    sys.stdin.read()
"""
"""A hook that stops a build after its pages are written, until its input is closed."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_site(tmp_path / "project")


def build(root: Path, *options: str) -> Result:
    command = ["--project", str(root), "build", "--today", TODAY, *options]
    return CliRunner().invoke(main, command, catch_exceptions=False)


@contextmanager
def paused_build(root: Path) -> Iterator[subprocess.Popen[str]]:
    """A build that has written its pages and not exchanged them."""
    (root / "pause.py").write_text(PAUSE)
    plain = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(plain + "hooks: [pause.py]\n", "utf-8")
    command = [str(Path(sys.executable).parent / "factbound"), "build", "--today", TODAY]
    with subprocess.Popen(
        command, cwd=root, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "paused\n"
        (root / "mkdocs.yml").write_text(plain, "utf-8")
        try:
            yield process
        finally:
            process.kill()


# ----- what is built -----


@pytest.fixture(params=["tiny_site", "real_site"])
def site(request: pytest.FixtureRequest) -> BuiltSite:
    built: BuiltSite = request.getfixturevalue(request.param)
    return built


def test_every_page_has_one_heading_a_title_a_description_and_a_text(site: BuiltSite) -> None:
    lacking = {
        name: (headings, page.text("title"), page.meta("description"))
        for name, page in site.pages.items()
        if (headings := len(page.named("h1"))) != 1
        or not all((page.text("h1"), page.text("title"), page.meta("description"), page.text("article")))
    }
    assert lacking == {}


def test_titles_tell_the_pages_apart(tiny_site: BuiltSite) -> None:
    titles = [
        page.text("title") for page in tiny_site.pages.values() if "refresh" not in page.values("http-equiv")
    ]
    assert len(titles) == len(set(titles))


def test_every_internal_link_and_anchor_resolves(site: BuiltSite) -> None:
    files = set(tree(site.folder))
    broken = [
        (name, file, anchor)
        for name in site.pages
        for file, anchor in site.linked(name)
        if file not in files or (anchor and file in site.pages and anchor not in site.pages[file].ids)
    ]
    assert broken == []


def test_no_page_asks_anything_of_another_host(site: BuiltSite) -> None:
    asked = {
        (name, tag.name, address)
        for name, page in site.pages.items()
        for tag in page.tags
        if tag.name not in ("a", "form") and tag.attributes.get("rel") != "canonical"
        for attribute in ("src", "href", "srcset", "poster", "data")
        if re.match(r"\s*(?:[a-z]+:)?//", address := tag.attributes.get(attribute, ""), re.IGNORECASE)
    }
    assert asked == set()


def test_no_style_asks_anything_of_another_host(site: BuiltSite) -> None:
    found = {
        (name, address.decode())
        for name, text in tree(site.folder).items()
        if name.endswith(".css")
        for address in re.findall(rb"(?:url\(|@import\s)\s*[\"']?((?:https?:)?//[^\"')]+)", text)
    }
    assert found == set()


def test_the_same_input_gives_the_same_bytes(root: Path) -> None:
    url = {"FACTBOUND_SITE_URL": "https://site.example/"}
    noon = "1948622400"  # of 1 October 2031
    for folder, options, variables in (
        ("one", ["--today", TODAY], {"PYTHONHASHSEED": "1"}),
        ("other", [], {"PYTHONHASHSEED": "2", "SOURCE_DATE_EPOCH": noon}),
        ("later", ["--today", "2031-10-02"], {"SOURCE_DATE_EPOCH": noon}),
    ):
        result = run(
            "factbound", "build", "--strict", "--site-dir", folder, *options, root=root, **url, **variables
        )
        assert result.returncode == 0, result.stderr
    assert tree(root / "one") == tree(root / "other")
    assert tree(root / "one")["sitemap.xml.gz"] != tree(root / "later")["sitemap.xml.gz"]  # it holds the day


def test_the_build_leaves_its_surroundings_as_they_were(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    assert build(root, "--site-dir", str(root.parent / "site")).exit_code == 0
    assert (tree(root), sorted(path.name for path in root.parent.iterdir())) == (
        before,
        [".site.lock", "project", "site"],
    )
    assert CliRunner().invoke(main, ["--project", str(root), "build"]).exit_code == 0  # by the same epoch


def test_what_it_says_at_the_end(root: Path) -> None:
    result = run("factbound", "build", "--strict", "--today", TODAY, root=root)
    pages = len(list((root / "site").rglob("*.html")))
    library = library_of(root)
    notes = len(
        {
            (name, id)
            for name, page in BuiltSite(root / "site").pages.items()
            for id in page.ids
            if id.startswith("fn:")
        }
    )
    assert result.stdout == (
        f"site/ holds {pages} pages of {len(library.entries)} records, with {library.count_facts()} facts and {notes} citations.\n"
        "To look at it: python3 -m http.server -d site 8000, then open http://localhost:8000/\n"
    )
    assert result.stderr == (
        f"building {len(library.entries)} records …\n"
        "checking every link of the built pages …\n"
        "note: canonical addresses left out: FACTBOUND_SITE_URL is not set\n"
        'note: "edit this page" left out: FACTBOUND_EDIT_URL is not set\n'
        "note: the address to which corrections are sent left out: FACTBOUND_CORRECTIONS_URL is not set\n"
    )


def test_a_new_build_takes_the_place_of_the_last_one(root: Path) -> None:
    assert build(root).exit_code == 0
    (root / "content" / "pages" / "visiting.md").rename(root / "content" / "pages" / "arriving.md")
    edit(root / "content" / "explainers" / "harbour-lanterns.yml", "[[visiting]]", "[[arriving]]")
    assert build(root).exit_code == 0
    assert (root / "site" / "arriving" / "index.html").is_file()
    assert not (root / "site" / "visiting").exists()
    assert sorted(path.name for path in root.iterdir()) == [".site.lock", "content", "mkdocs.yml", "site"]


def test_nothing_of_a_build_is_kept_for_the_next_one(root: Path) -> None:
    assert build(root).exit_code == 0
    break_content(root)
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "other"))
    with pytest.raises(Abort):
        mkdocs_build(config)


def test_where_folders_cannot_be_exchanged_in_one_step_they_are_renamed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build(root).exit_code == 0
    (root / "site" / "old.txt").write_text("of the last site")
    monkeypatch.setattr("factbound.build._swap", lambda _one, _other: False)
    assert build(root).exit_code == 0
    assert not (root / "site" / "old.txt").exists()
    assert sorted(path.name for path in root.iterdir()) == [".site.lock", "content", "mkdocs.yml", "site"]


# ----- what stands when nothing is built -----


def break_content(root: Path) -> None:
    edit(root / "content" / "site.yml", "front: harbour-lanterns", "front: harbour-lantern")


def break_link(root: Path) -> None:
    edit(root / "content" / "pages" / "about.md", "images/harbour.svg", "images/pier.svg")


def break_theme(root: Path) -> None:
    (root / "theme" / "pages").mkdir(parents=True)


def break_configuration(root: Path) -> None:
    edit(root / "mkdocs.yml", "docs_dir: content/pages", "docs_dir: content/leaves")


@pytest.mark.parametrize(
    "how", [break_content, break_link, break_theme, break_configuration], ids=lambda how: how.__name__
)
def test_a_failed_build_leaves_the_last_site_as_it_was(root: Path, how: object) -> None:
    assert build(root).exit_code == 0
    before = tree(root / "site")
    assert callable(how)
    how(root)
    result = build(root)
    assert (result.exit_code, tree(root / "site")) == (1, before)
    assert not (root / ".site.building").exists()
    assert re.search(r"^not built", result.stderr.splitlines()[-1])


def test_a_killed_build_leaves_the_last_site_as_it_was(root: Path) -> None:
    assert build(root).exit_code == 0
    before = tree(root / "site")
    edit(root / "content" / "pages" / "visiting.md", "title: Visiting", "title: Coming")
    with paused_build(root) as process:
        process.send_signal(signal.SIGKILL)
        assert process.wait(20) == -signal.SIGKILL
    assert tree(root / "site") == before
    assert (root / ".site.building" / "visiting" / "index.html").is_file()
    assert build(root).exit_code == 0
    assert "Coming" in (root / "site" / "visiting" / "index.html").read_text("utf-8")
    assert not (root / ".site.building").exists()


def test_a_second_build_at_the_same_time_is_refused(root: Path) -> None:
    with paused_build(root) as process:
        second = build(root)
        assert (second.exit_code, second.stderr) == (
            1,
            "another build of site/ is at work (wait for it, or end it)\nnot built; the last site is as it was\n",
        )
        assert build(root, "--site-dir", str(root / "elsewhere")).exit_code == 0
        _out, _err = process.communicate(timeout=30)
        assert process.returncode == 0
    assert (root / "site" / "index.html").is_file()


@pytest.mark.parametrize("where", [".", "content", "content/pages/images", "..", "notes"])
def test_a_folder_that_holds_anything_else_is_not_replaced(root: Path, where: str) -> None:
    (root / "notes").mkdir()
    (root / "notes" / "index.html").write_text("by hand")
    before = tree(root.parent)
    result = build(root, "--site-dir", str(root / where))
    assert (result.exit_code, tree(root.parent)) == (2, before)
    why = {"notes": "holds files and is no built site (name an empty folder, or empty this one)"}
    assert result.stderr.splitlines()[-1] == (
        f"Error: {(root / where).resolve()} {why.get(where, 'holds what the site is made from (name a folder of its own)')}"
    )


def test_an_empty_folder_and_a_new_one_are_filled(root: Path) -> None:
    (root / "empty").mkdir()
    for name in ("empty", "new/below"):
        assert build(root, "--site-dir", str(root / name)).exit_code == 0
        assert (root / name / "index.html").is_file()


# ----- what is said of a mistake -----


def forget_the_anchors(root: Path) -> None:
    """A theme of the project's own, whose page of a statistic gives its figures no addresses."""
    shutil.copytree(ROOT / "theme", root / "theme")
    (root / "theme" / "pages" / "statistic.md.j2").write_text("# {{ p.label(record.title) }}\n\nText.\n")


def test_a_broken_link_is_told_at_the_line_that_made_it(root: Path) -> None:
    forget_the_anchors(root)
    said = (
        "content/explainers/harbour-lanterns.yml:14:38: error[link-broken]: '[[festival-count.measures.lanterns]]' leads to "
        "statistics/festival-count/#measures-lanterns: statistics/festival-count/index.html has no '#measures-lanterns' (correct the reference)"
    )
    for options in ([], ["--strict"]):
        result = build(root, *options)
        assert (result.exit_code, said in result.stderr.splitlines()) == (1, True)


def test_a_broken_link_of_site_yml_is_told_there(root: Path) -> None:
    forget_the_anchors(root)
    edit(root / "content" / "site.yml", "[[help|Help]]", "[[festival-count.measures.lanterns|here]]")
    lines = [
        line
        for line in build(root).stderr.splitlines()
        if line.startswith("content/site.yml:34:45: error[link-broken]: ")
    ]
    assert (
        "'[[festival-count.measures.lanterns|here]]' leads to ../../statistics/festival-count/#measures-lanterns: "
        in lines[0]
    )


def test_a_missing_image_is_told_where_it_is_written(root: Path) -> None:
    break_link(root)
    assert build(root).stderr.splitlines()[2] == (
        "content/pages/about.md:9:31: error[link-broken]: 'images/pier.svg' on about/index.html: there is no such file in the site "
        "(correct the address)"
    )


def test_warnings_of_mkdocs_are_told_and_block_a_strict_build(root: Path) -> None:
    edit(root / "mkdocs.yml", "extra_css:", "tide: high\nextra_css:")
    warning = "warning: Config value 'tide': Unrecognised configuration name: tide"
    for options, code in (([], 0), (["--strict"], 1)):
        result = build(root, *options)
        assert (result.exit_code, warning in result.stderr.splitlines()) == (code, True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("plugins: [search, factbound]", "plugins: [search]", "mkdocs.yml does not name the plugin 'factbound' (add it to the list 'plugins')"),
        ("", None, "mkdocs.yml is missing beside content/ (copy it from another Factbound project)"),
    ],
)  # fmt: skip
def test_a_project_that_cannot_be_built_says_why(root: Path, old: str, new: str | None, said: str) -> None:
    if new is None:
        (root / "mkdocs.yml").unlink()
    else:
        edit(root / "mkdocs.yml", old, new)
    assert build(root).stderr.splitlines()[-2:] == [said, "not built; the last site is as it was"]


def test_a_draft_is_checked_and_not_built(root: Path) -> None:
    edit(
        root / "content" / "cases" / "lantern-quay.yml",
        "    standing: alleged\n    about: holder\n",
        "    standing: unsourced\n",
    )
    assert CliRunner().invoke(main, ["--project", str(root), "check"]).exit_code == 0
    result = build(root)
    assert (result.exit_code, (root / "site").exists()) == (1, False)
    assert result.stderr.splitlines()[-1] == "not built: 1 piece of advice"


def test_the_tiny_site_has_every_collection() -> None:
    library = library_of(SITE)
    assert library.site is not None
    assert {entry.collection for entry in library.entries.values()} == {*library.site.collections, "pages"}
    assert len(library.site.collections) == 8
