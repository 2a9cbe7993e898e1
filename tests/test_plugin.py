"""The plugin by itself: what `mkdocs build` and `mkdocs serve` do with a project."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from mkdocs.exceptions import PluginError

from builder import Builder
from factbound.pages import make_pages
from factbound.plugin import watched
from factbound.scaffold import write_site
from factbound.settings import Project
from helpers import DAY, EPOCH, ROOT, SITE, copy_site, edit, environment, free_port, library_of, run, tree

BROKEN = "content/cases/lantern-ruling.yml:10:25: error[source-unknown]: source 'example-gazete' does not exist (did you mean 'example-gazette'?)"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_site(tmp_path / "project")


def misspell(root: Path) -> None:
    """Break the content at one place."""
    file = root / "content" / "cases" / "lantern-ruling.yml"
    edit(
        file,
        "    label: Covered flames\n",
        "    evidence: [{source: example-gazete}]\n    label: Covered flames\n",
    )


def mend(root: Path) -> None:
    edit(root / "content" / "cases" / "lantern-ruling.yml", "    evidence: [{source: example-gazete}]\n", "")


def pages_of(builder: Builder) -> dict[str, str]:
    """The pages among what the plugin adds: data to take away is left out."""
    return {name: text for name, text in builder.files().items() if name.endswith(".md")}


def test_mkdocs_alone_writes_the_same_site_as_factbound(root: Path) -> None:
    surroundings = {"FACTBOUND_SITE_URL": "https://site.example/a/", "SOURCE_DATE_EPOCH": EPOCH}
    assert (
        run("factbound", "build", "--strict", "--site-dir", "one", root=root, **surroundings).returncode == 0
    )
    assert (
        run("mkdocs", "build", "--strict", "--site-dir", "other", root=root, **surroundings).returncode == 0
    )
    assert tree(root / "one") == tree(root / "other")


def test_the_pages_are_virtual_files_and_the_project_stays_as_it_is(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    before, pages = tree(root), pages_of(Builder(root))
    assert pages == {page.path: page.markdown for page in make_pages(library_of(SITE), "en", today=DAY)}
    assert tree(root) == before


def test_broken_content_ends_the_build_with_its_problem(root: Path) -> None:
    misspell(root)
    result = run("mkdocs", "build", root=root)
    assert result.returncode == 1
    assert BROKEN in re.split(r"\n|  -  ", result.stderr)
    assert "Traceback" not in result.stderr


def test_advice_ends_a_strict_build(root: Path) -> None:
    (root / "content" / "sources" / "spare.yml").write_text(
        (SITE / "content" / "sources" / "example-blog.yml").read_text()
    )
    advice = "content/sources/spare.yml:1:1: advice[source-unused]: nothing cites the source 'spare' (cite it, or remove the file)"
    for strict, code in ((["--strict"], 1), ([], 0)):
        result = run("mkdocs", "build", *strict, root=root)
        assert (result.returncode, advice in result.stderr) == (code, True)


@pytest.mark.parametrize(
    ("variables", "file", "message"),
    [
        ({"FACTBOUND_EDIT_URL": "code.example"}, "", "FACTBOUND_EDIT_URL is 'code.example' (begin it with https:// or http://)"),
        ({}, "content/site.yml", "content/site.yml is missing (mkdocs.yml stands beside content/)"),
        ({}, "theme/strings/en.yml", "theme/strings/en.yml does not exist (copy en.yml and translate it)"),
    ],
)  # fmt: skip
def test_mistakes_around_the_content_show_no_traceback(
    root: Path, variables: dict[str, str], file: str, message: str
) -> None:
    if file.startswith("theme"):
        (root / "theme" / "strings").mkdir(parents=True)  # a theme of the project's own, without words
    elif file:
        (root / file).unlink()
    result = run("mkdocs", "build", root=root, **variables)
    assert (result.returncode, message in result.stderr, "Traceback" in result.stderr) == (1, True, False)


def test_building_a_mistake_is_raised(root: Path) -> None:
    misspell(root)
    with pytest.raises(PluginError) as raised:
        Builder(root, "build").files()
    assert str(raised.value).split("\n")[0] == BROKEN


def test_serving_a_mistake_is_every_page_until_it_is_mended(root: Path) -> None:
    serving = Builder(root)
    good = pages_of(serving)
    misspell(root)
    broken = pages_of(serving)
    assert (set(broken), len(set(broken.values()))) == (set(good), 1)
    assert f"    {BROKEN}" in broken["cases/lantern-quay.md"].split("\n")
    mend(root)
    assert pages_of(serving) == good


def test_serving_can_begin_with_a_mistake(root: Path) -> None:
    misspell(root)
    serving = Builder(root)
    assert list(pages_of(serving)) == ["index.md"]
    mend(root)
    assert "cases/lantern-quay.md" in pages_of(serving)


@pytest.mark.parametrize("kind", ["no site.yml", "no YAML", "no words", "no template"])
def test_serving_survives_whatever_is_broken(root: Path, kind: str) -> None:
    serving = Builder(root)
    good = pages_of(serving)
    if kind == "no site.yml":
        (root / "content" / "site.yml").unlink()
    elif kind == "no YAML":
        (root / "content" / "site.yml").write_text("title: [\n")
    else:
        (root / "theme" / ("strings" if kind == "no template" else "pages")).mkdir(parents=True)
    broken = pages_of(serving)
    assert (set(broken), len(set(broken.values()))) == (set(good), 1)
    assert "This cannot be shown yet" in broken["index.md"]


def test_drafts_are_shown_while_serving_and_not_built(root: Path) -> None:
    edit(
        root / "content" / "cases" / "lantern-quay.yml",
        "    standing: alleged\n    about: holder\n",
        "    standing: unsourced\n",
    )
    assert "Needs a source" in pages_of(Builder(root))["cases/lantern-quay.md"]
    assert run("mkdocs", "build", root=root).returncode == 1


@contextmanager
def served(root: Path) -> Iterator[str]:
    """`factbound serve` on a free port; its address once it answers."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "factbound"), "serve", "--address", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=root, env=environment(), stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    limit = threading.Timer(60, process.kill)
    limit.start()
    try:
        assert any("Serving on" in line for line in process.stderr), "the server ended before it answered"
        # What it says later must be read, or it would wait for a reader.
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield f"http://127.0.0.1:{port}"
    finally:
        limit.cancel()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        process.stderr.close()


def fetch(address: str) -> str:
    with urlopen(address, timeout=30) as answer:
        return str(answer.read().decode("utf-8"))


def after_the_next_build(address: str, page: str) -> str:
    """A page once the server has noticed a change: it answers this request only then."""
    found = re.search(r"livereload\((\d+), (\d+)\)", page)
    assert found
    fetch(f"{address}/livereload/{found[1]}/{found[2]}")
    return fetch(f"{address}/cases/lantern-quay/")


def test_a_server_shows_a_mistake_and_takes_it_away_again(root: Path) -> None:
    with served(root) as address:
        good = fetch(f"{address}/cases/lantern-quay/")
        misspell(root)
        broken = after_the_next_build(address, good)
        mend(root)
        mended = after_the_next_build(address, broken)
    assert ["The lanterns on the north quay" in page for page in (good, broken, mended)] == [
        True,
        False,
        True,
    ]
    assert [BROKEN in page for page in (good, broken, mended)] == [False, True, False]
    # The server puts a script of its own into each page.
    assert "Content-Security-Policy" not in good + broken + mended


def test_a_site_with_a_theme_of_its_own_watches_both(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    assert list(watched(Project(tmp_path))) == [tmp_path / "content", tmp_path / "theme"]


def test_a_site_within_the_program_s_repository_watches_its_theme() -> None:
    assert list(watched(Project(SITE))) == [SITE / "content", ROOT / "theme"]


def test_a_site_elsewhere_watches_its_content_alone(tmp_path: Path) -> None:
    write_site(tmp_path / "harbour")
    assert list(watched(Project(tmp_path / "harbour"))) == [tmp_path / "harbour/content"]
