"""A built site in, broken links out: seeded faults of each kind, and a second opinion on whole sites."""

from __future__ import annotations

from pathlib import Path

import pytest

from factbound.links import check_links
from factbound.yamlfile import read_file
from helpers import ROOT, BuiltSite, Html, tree

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
    assert [tuple(one) for one in check_links(tmp_path, data.get("base", "/"))] == [
        tuple(one) for one in data["broken"]
    ]


def test_none_in_the_built_sites(tiny_site: BuiltSite, real_site: BuiltSite) -> None:
    for site in (tiny_site, real_site):
        assert check_links(site.folder, site.base) == []


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
    found = [(one.page, one.link) for one in check_links(tmp_path, tiny_site.base)]
    assert found == [("index.html", fault.partition("=")[2].strip("\"'")) for fault in faults]
    assert [name for name, _link in second_opinion(BuiltSite(tmp_path, tiny_site.base))] == [
        "index.html"
    ] * len(faults)


def test_an_id_stands_once_on_every_page(tiny_site: BuiltSite, real_site: BuiltSite) -> None:
    def doubled(page: Html) -> bool:
        ids = page.values("id")
        return len(ids) != len(set(ids))

    assert [
        name for site in (tiny_site, real_site) for name, page in site.pages.items() if doubled(page)
    ] == []
