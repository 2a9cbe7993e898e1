"""The audit of built sites: that it sees what is wrong, and that one page of each kind has nothing wrong."""

from __future__ import annotations

import gzip
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from audit.findings import Finding, counted, told
from audit.serving import hosted
from audit.site import audit, pages_of
from audit.tools import Missing
from helpers import BuiltSite

pytestmark = pytest.mark.browser

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Lanterns</title>
<style>body {{ color: #000; background: #fff }} [data-md-color-scheme=slate] {{ color: #fff; background: #000 }} {style}</style>
</head>
<body data-md-color-scheme="default">
<main><h1>Lanterns</h1>{content}</main>
<script>matchMedia("(prefers-color-scheme: dark)").onchange = asked => {{
  document.body.dataset.mdColorScheme = asked.matches ? "slate" : "default"
}}
{script}</script>
</body>
</html>
"""


def found(folder: Path, content: str = "", style: str = "", script: str = "") -> list[Finding]:
    """What the audit finds on a site of one page."""
    text = PAGE.format(content=content, style=style, script=script)
    (folder / "index.html").write_text(text, "utf-8")
    return audit(folder, ["index.html"])


def test_a_page_without_fault_has_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path) == []


def test_every_tool_is_asked(tmp_path: Path) -> None:
    findings = found(tmp_path, content='<img src="lantern.png">')
    assert [(one.rule, one.element) for one in findings] == [
        ("axe/image-alt", "img"),
        ("link", "lantern.png"),
        ("page/answer", "lantern.png"),
        ("vnu/error", '<img src="lantern.png">'),
    ]


def test_closed_details_are_looked_into(tmp_path: Path) -> None:
    content = "<details><summary>More</summary><p><input></p></details>"
    assert [str(one) for one in found(tmp_path, content)] == [
        "index.html: axe/label: input: Form elements must have labels (Element does not have an implicit (wrapped) <label>;"
        " Element does not have an explicit <label>; aria-label attribute does not exist or is empty; aria-labelledby"
        " attribute does not exist, references elements that do not exist or references elements that are empty;"
        " Element has no title attribute; Element has no placeholder attribute; Element's default semantics were not"
        ' overridden with role="none" or role="presentation")'
    ]


def test_contrast_is_measured_in_each_width_and_scheme(tmp_path: Path) -> None:
    content = '<p id="dusk">Lit.</p><p id="dawn">Put out.</p><p id="quay">Seen.</p><p id="oil">Filled.</p>'
    # Grey at less than 7:1. What is still on its way from black to white would be grey, too.
    style = (
        "[data-md-color-scheme=default] #dusk { color: #666 }"
        " [data-md-color-scheme=slate] #dawn { color: #888 }"
        " @media (width < 400px) { [data-md-color-scheme=default] #quay { color: #666 } }"
        " #oil { transition: color 9s } [data-md-color-scheme=slate] #oil { color: #eee }"
    )
    findings = [one for one in found(tmp_path, content, style) if one.rule == "axe/color-contrast-enhanced"]
    assert [(one.element, *one.views) for one in findings] == [
        ("#dusk", "1280 px light", "320 px light"),
        ("#quay", "320 px light"),
        ("#dawn", "320 px dark", "1280 px dark"),
    ]


def test_a_page_keeps_nothing_and_asks_nothing_of_other_hosts(tmp_path: Path) -> None:
    script = (
        'localStorage["/.__palette"] = 1; localStorage.lamp = 1; document.cookie = "oil=1"; new Image().src = "http://127.0.0.1:9/";'
        ' console.error("no oil")'
    )
    assert {str(one) for one in found(tmp_path, script=script)} == {
        "index.html: page/storage: lamp: a page keeps nothing but the colour scheme (do not store this)",
        "index.html: page/storage: oil: a page keeps nothing but the colour scheme (do not store this)",
        "index.html: page/host: http://127.0.0.1:9/: a page asks nothing of another host (bring it into the site)",
        "index.html: page/console: a message: no oil",
    }


def test_what_a_reader_opens_is_looked_at(tmp_path: Path) -> None:
    content = """<label for="__drawer" class="md-header__button"><button type="button" title="Menu">=</button></label>
        <input id="__drawer" type="checkbox"><label data-md-component="search">Search <input class="md-search__input"></label>
        <div id="results"></div><article><p>A <a class="fb-term" href="#fn">lantern</a>
        <a class="footnote-ref" href="#fn">1</a></p></article><p id="fn">Lit.</p><div id="fb-pop" hidden></div>"""
    script = """// Does what assets/factbound.js does.
        document.querySelector('.md-search__input').oninput = () => {
            results.innerHTML = '<p class="md-search-result__item"><img src="data:,">Found</p>' }
        document.querySelector('.fb-term').onpointerenter = () => {
            document.getElementById('fb-pop').hidden = false
            document.getElementById('fb-pop').innerHTML = '<select></select>It burns.' }
        document.querySelector('.footnote-ref').onpointerenter = () => {
            document.getElementById('fb-pop').hidden = false
            document.getElementById('fb-pop').innerHTML = '<p>Printed.</p>' }"""
    style = "a { color: inherit } [data-md-color-scheme=default] #fb-pop p { color: #666 }"
    findings = [one for one in found(tmp_path, content, style, script) if one.rule.startswith("axe/")]
    assert [(one.rule, one.element, *one.views) for one in findings] == [
        ("axe/color-contrast-enhanced", "#fb-pop > p", "a reference open, 320 px light"),
        ("axe/image-alt", "img", "the search open, 1280 px light"),
        ("axe/select-name", "select", "a definition open, 1280 px light"),
    ]


def test_what_is_the_same_on_many_pages_is_told_once() -> None:
    findings = [Finding(f"{name}.html", "axe/label", "input", "label it") for name in "abc"]
    findings.append(Finding("a.html", "axe/label", "select", "label it", ("320 px light",)))
    assert told(findings) == [
        "a.html: axe/label: input: label it [and on 2 more]",
        "a.html: axe/label: select: label it (320 px light)",
    ]
    assert counted(findings) == ["     4  axe/label, on 3 pages"]


def test_a_tool_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.tools.AXE", tmp_path / "axe.min.js")
    with pytest.raises(Missing) as raised:
        found(tmp_path)
    assert str(raised.value) == "no axe.min.js in tests/audit/node_modules (run: tests/setup-audit)"


def test_the_site_is_served_as_by_a_host(tiny_site: BuiltSite) -> None:
    with hosted(tiny_site.folder, tiny_site.base) as address:
        connection = HTTPConnection(urlsplit(address).netloc)

        def ask(path: str) -> tuple[int, str | None, bytes]:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            return answer.status, answer.headers["Content-Type"], answer.read()

        front = (tiny_site.folder / "index.html").read_bytes()
        status, kind, body = ask("/saltmouth/")
        assert (status, kind, gzip.decompress(body)) == (200, "text/html; charset=utf-8", front)
        assert ask("/saltmouth/assets/factbound.js")[:2] == (200, "text/javascript; charset=utf-8")
        assert ask("/saltmouth/nowhere/")[:2] == (404, "text/html; charset=utf-8")
        assert ask("/")[0] == 404
        assert ask("/saltmouth/../index.html")[0] == 404
        connection.close()


@pytest.mark.parametrize("name", ["tiny_site", "real_site"])
def test_one_page_of_each_kind_has_no_finding(name: str, request: pytest.FixtureRequest) -> None:
    site: BuiltSite = request.getfixturevalue(name)
    assert told(audit(site.folder, _one_of_each(site.folder), site.base)) == []


def _one_of_each(site: Path) -> list[str]:
    """The longest page of each collection, and every page that stands in none."""
    longest: dict[str, str] = {}
    for page in sorted(pages_of(site), key=lambda name: (site / name).stat().st_size):
        folder, *rest = page.split("/")
        longest[folder if len(rest) > 1 else page] = page
    return list(longest.values())
