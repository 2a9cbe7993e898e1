"""A built site in, broken links out: seeded faults of each kind, and a second opinion on whole sites."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from factbound.cli import main
from factbound.links import check_site
from factbound.yamlfile import read_file
from helpers import ROOT, BuiltSite, Html, copy_site, edit, tree

CASES = sorted((ROOT / "tests" / "cases" / "links").glob("*.yml"))


def second_opinion(site: BuiltSite) -> list[tuple[str, str]]:
    """Links and anchors that lead nowhere, found with a parser of HTML and nothing of the program's."""
    files = set(tree(site.folder))
    return [
        (name, file + (f"#{anchor}" if anchor else ""))
        for name in site.pages
        for file, anchor in site.linked(name)
        if file not in files or (anchor and file in site.pages and anchor not in site.pages[file].ids)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_broken_links(case: Path, tmp_path: Path) -> None:
    data = read_file(case, case.name).data
    assert data is not None
    for name, text in data["files"].items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    found = check_site(tmp_path, data.get("home", "/"))
    assert [one[:3] for one in found.broken] == [tuple(one) for one in data.get("broken", ())]
    if "alone" in data:
        assert [one[1:3] for one in found.alone] == [tuple(one) for one in data["alone"]]


def test_none_in_the_built_sites(tiny_site: BuiltSite, real_site: BuiltSite) -> None:
    for site in (tiny_site, real_site):
        found = check_site(site.folder, site.base)
        assert (found.broken, found.alone) == ([], [])


def test_a_parser_of_html_agrees_on_the_built_sites(tiny_site: BuiltSite, real_site: BuiltSite) -> None:
    assert (second_opinion(tiny_site), second_opinion(real_site)) == ([], [])


def test_a_parser_of_html_agrees_on_what_is_broken(tmp_path: Path, tiny_site: BuiltSite) -> None:
    faults = [
        'href="none/"',
        "href='../none/index.html'",
        'href="#none"',
        'href="cases/lantern-quay/#none"',
        "src=none.svg",
    ]
    for name, text in tree(tiny_site.folder).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(text)
    front = tmp_path / "index.html"
    front.write_text(
        front.read_text("utf-8").replace(
            "</article>", "".join(f"<a {fault}>x</a>" for fault in faults) + "</article>"
        )
    )
    found = [(one.page, one.link) for one in check_site(tmp_path, tiny_site.base).broken]
    assert found == [("index.html", fault.partition("=")[2].strip("\"'")) for fault in faults]
    assert [name for name, _link in second_opinion(BuiltSite(tmp_path, tiny_site.base))] == [
        "index.html"
    ] * len(faults)


# ----- the command -----


SEEDED = ROOT / "tests" / "cases" / "seeded-links.yml"


@pytest.fixture
def root(tmp_path: Path, tiny_site: BuiltSite) -> Path:
    """The tiny project with its site built, as it is hosted."""
    root = copy_site(tmp_path / "project")
    shutil.copytree(tiny_site.folder, root / "site")
    return root


def links(root: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["--project", str(root), "links", *options], catch_exceptions=False)


def put(root: Path, faults: Mapping[str, Mapping[str, str]]) -> None:
    for fault in faults.values():
        file = root / "site" / fault["in"]
        if "new" not in fault:
            file.unlink()
        elif "old" in fault:
            text = file.read_text("utf-8")
            assert fault["old"] in text, fault
            file.write_text(text.replace(fault["old"], fault["new"], 1), "utf-8")
        else:
            file.parent.mkdir(exist_ok=True)
            file.write_text(fault["new"], "utf-8")


def test_every_seeded_fault_is_found_at_the_line_that_made_it(root: Path) -> None:
    faults = yaml.safe_load(SEEDED.read_text("utf-8"))
    assert len(faults) >= 30
    put(root, faults)
    result = links(root)
    told = [
        re.sub(r"^(site/\S+\.(?:html|md|txt|xml|json)):\d+:\d+:", r"\1:", line)
        for line in result.stdout.splitlines()
        if re.match(r"\S+:\d+:\d+: ", line)
    ]
    assert sorted(told) == sorted(line for fault in faults.values() for line in fault["found"])
    assert result.exit_code == 1


def test_none_in_the_site_as_it_was_built(root: Path) -> None:
    result = links(root, "--strict")
    assert (result.exit_code, re.sub(r"\d+", "n", result.stdout)) == (
        0, "n addresses of n pages looked at: no problems\n",
    )  # fmt: skip


def test_the_line_is_found_even_where_the_content_has_mistakes_by_now(root: Path) -> None:
    edit(root / "content" / "cases" / "lantern-ruling.yml", "kind: ruling", "kind: verdict")
    put(
        root,
        {
            "a part": {
                "in": "statistics/festival-count/index.html",
                "old": 'id="measures-lanterns"',
                "new": "",
            }
        },
    )
    assert "content/explainers/harbour-lanterns.yml:14:38: error[link-broken]: " in links(root).stdout


def test_a_page_that_nothing_leads_to_is_advice_that_a_record_can_accept(root: Path) -> None:
    front = root / "site" / "index.html"
    front.write_text(front.read_text("utf-8").replace('href="visiting/"', 'href="about/"'), "utf-8")
    said = "content/pages/visiting.md:2:1: advice[page-unlinked]: "
    for options, code in (([], 0), (["--strict"], 1)):
        result = links(root, *options)
        assert (result.exit_code, result.stdout.startswith(said)) == (code, True)
    accepted = "accepted: [{rule: page-unlinked, because: It is handed out on paper., until: 2032-01-01}]"
    edit(root / "content" / "pages" / "visiting.md", "title: Visiting", f"title: Visiting\n{accepted}")
    assert links(root, "--strict").exit_code == 0
    assert CliRunner().invoke(main, ["--project", str(root), "check", "--strict"]).exit_code == 0


def test_findings_as_data(root: Path) -> None:
    put(
        root,
        {
            "a list": {
                "in": "robots.txt",
                "new": "User-agent: *\nSitemap: https://site.example/saltmouth/map.xml\n",
            }
        },
    )
    assert json.loads(links(root, "--format", "json").stdout)["problems"][0] == {
        "path": "site/robots.txt", "line": 2, "column": 10, "level": "error", "rule": "link-broken",
        "message": "'https://site.example/saltmouth/map.xml' on robots.txt: there is no such file in the site",
        "todo": "correct it where it is written, or report it as a fault of the theme",
    }  # fmt: skip


def test_the_site_can_stand_elsewhere_than_it_says(root: Path) -> None:
    first = links(root, "--url", "https://site.example/north/").stdout.splitlines()[0]
    assert first == (
        "content/cases/lantern-quay.yml:1:1: error[link-broken]: 'https://site.example/saltmouth/' on cases/lantern-quay/index.html: "
        "it does not stand below https://site.example/north/ (correct it where it is written, or report it as a fault of the theme)"
    )


def test_an_address_that_is_none_and_a_folder_without_a_site_are_refused(root: Path) -> None:
    result = links(root, "--url", "site.example")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2, "Error: Invalid value for '--url': 'site.example' is no address (begin it with https://)",
    )  # fmt: skip
    result = links(root, str(root / "content"))
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2, "Error: content/ holds no built site (run factbound build, or name the folder of one)",
    )  # fmt: skip


def test_an_id_stands_once_on_every_page(tiny_site: BuiltSite, real_site: BuiltSite) -> None:
    def doubled(page: Html) -> bool:
        ids = page.values("id")
        return len(ids) != len(set(ids))

    assert [
        name for site in (tiny_site, real_site) for name, page in site.pages.items() if doubled(page)
    ] == []
