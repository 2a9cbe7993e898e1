"""The pages as a project of their own: what another builder gets, and what it makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
import yaml
from click.testing import CliRunner, Result

from builder import Builder
from factbound.cli import main
from helpers import ADDRESSES, EPOCH, SITE, TODAY, BuiltSite, copy_site, run, tree


def hand_over(
    folder: Path, project: Path = SITE, environment: Mapping[str, str] = MappingProxyType({})
) -> Result:
    command = ["--project", str(project), "build", "--strict", "--today", TODAY, "--pages-only", str(folder)]
    return CliRunner(env=environment).invoke(main, command, catch_exceptions=False)


def test_the_pages_are_those_of_the_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    result = hand_over(tmp_path / "out")
    added = {name: text.encode() for name, text in Builder(SITE, "build").files().items()}
    written = tree(tmp_path / "out" / "docs")
    assert (
        written.pop("images/harbour.svg")
        == (SITE / "content" / "pages" / "images" / "harbour.svg").read_bytes()
    )
    assert written == added
    assert result.stdout == (
        f"{sum(name.endswith('.md') for name in added)} pages written to {tmp_path}/out/ "
        f"(build them with: properdocs build -f {tmp_path}/out/mkdocs.yml)\n"
    )


def test_the_configuration_needs_nothing_of_this_program(tmp_path: Path) -> None:
    hand_over(tmp_path / "out", environment=ADDRESSES)
    config = yaml.safe_load((tmp_path / "out" / "mkdocs.yml").read_text("utf-8"))
    assert config["site_name"] == "The Saltmouth lanterns"
    assert config["site_url"] == ADDRESSES["FACTBOUND_SITE_URL"]
    assert config["plugins"] == ["search"]
    assert (config["docs_dir"], config["site_dir"], config["theme"]["custom_dir"]) == (
        "docs",
        "site",
        "overrides",
    )
    assert config["extra"]["edit_base"] == ADDRESSES["FACTBOUND_EDIT_URL"] + "/"
    assert config["nav"][0] == {"Home": "index.md"}
    for folder in ("docs", "overrides"):
        assert (tmp_path / "out" / folder).is_dir()


def test_the_same_content_is_handed_over_in_the_same_bytes(tmp_path: Path) -> None:
    hand_over(tmp_path / "one")
    hand_over(tmp_path / "other")
    assert tree(tmp_path / "one") == tree(tmp_path / "other")


def test_a_second_run_takes_away_what_the_first_one_wrote(tmp_path: Path) -> None:
    project = copy_site(tmp_path / "project")
    hand_over(tmp_path / "out", project)
    (tmp_path / "out" / "docs" / "stale.md").write_text("# Stale\n")
    (tmp_path / "out" / "site").mkdir()
    (tmp_path / "out" / "site" / "index.html").write_text("built by another builder")
    hand_over(tmp_path / "out", project)
    assert not (tmp_path / "out" / "docs" / "stale.md").exists()
    assert (tmp_path / "out" / "site" / "index.html").is_file()


@pytest.mark.parametrize("where", ["notes", "project", "project/content"])
def test_a_folder_that_is_not_its_own_is_refused(tmp_path: Path, where: str) -> None:
    project = copy_site(tmp_path / "project")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mkdocs.yml").write_text("by hand")
    before = tree(tmp_path)
    result = hand_over(tmp_path / where, project)
    assert (result.exit_code, tree(tmp_path)) == (2, before)
    assert result.stderr.splitlines()[-1] == (
        f"Error: {tmp_path / where} is not empty and was not written by 'build --pages-only' (name a new folder)"
    )


def test_content_with_problems_is_not_handed_over(tmp_path: Path) -> None:
    project = copy_site(tmp_path / "project")
    (project / "content" / "glossary" / "harbour-master.yml").unlink()
    result = hand_over(tmp_path / "out", project)
    assert (result.exit_code, (tmp_path / "out").exists()) == (1, False)


def test_another_builder_makes_the_same_pages_of_it(tmp_path: Path, tiny_site: BuiltSite) -> None:
    hand_over(tmp_path / "out", copy_site(tmp_path / "project"), ADDRESSES)
    result = run("properdocs", "build", "--strict", root=tmp_path / "out")
    assert result.returncode == 0, result.stderr
    site = BuiltSite(tmp_path / "out" / "site", tiny_site.base)
    assert set(site.pages) == set(tiny_site.pages)
    assert [
        name
        for name, page in site.pages.items()
        if page.text("article") != tiny_site.pages[name].text("article")
    ] == []
    assert [name for name in site.pages if site.linked(name) != links_to_pages(tiny_site, name)] == []
    assert [name for name in site.pages if site.pages[name].jsonld != tiny_site.pages[name].jsonld] == []
    assert (site.folder / "sitemap.xml").read_text() == (tiny_site.folder / "sitemap.xml").read_text()


def links_to_pages(site: BuiltSite, name: str) -> list[tuple[str, str]]:
    """Without the page's copy as Markdown: to another builder that file would be one more page."""
    return [link for link in site.linked(name) if not link[0].endswith(".md")]
