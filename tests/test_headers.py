"""What a browser may do on the site: the policy of every page, the headers of its host, and nothing kept of a reader."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from browsing import KINDS, served
from factbound.headers import protect
from helpers import BuiltSite, tree

PAGE = '<!doctype html>\n<html><head>\n<meta charset="utf-8">\n<title>A quay</title>{head}</head><body>{body}</body></html>\n'


class Inline(HTMLParser):
    """The scripts and styles that stand in a page, found by a parser that is not the program's."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {"script": [], "style": []}
        self.first: list[tuple[str, dict[str, str | None]]] = []
        """The tags of the head, in order."""
        self._open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.first.append((tag, attributes))
        data = (attributes.get("type") or "").endswith("json")
        if tag in self.found and "src" not in attributes and not data:
            self.found[tag].append("")
            self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[self._open][-1] += data


def hash_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def directives(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


def policy_of(text: str) -> dict[str, list[str]]:
    found = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    assert len(found) == 1
    return directives(found[0])


def headers_of(site: Path) -> dict[str, str]:
    first, *lines = (site / "_headers").read_text("utf-8").splitlines()
    assert first == "/*" and all(line.startswith("  ") for line in lines)
    return dict(line.strip().split(": ", 1) for line in lines)


# ----- what is written -----


def write(folder: Path, **pages: str) -> Path:
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, "utf-8")
    protect(folder)
    return folder


def test_a_page_runs_its_own_scripts_and_no_others(tmp_path: Path) -> None:
    text = PAGE.format(
        head='<script>lamp()</script><style>p {}</style><script type="application/ld+json">{}</script>',
        body='<script src="a.js"></script><script type="module">quay()</script>',
    )
    policy = policy_of((write(tmp_path, index=text) / "index.html").read_text("utf-8"))
    assert policy["script-src"] == ["'self'", *sorted([hash_of("lamp()"), hash_of("quay()")])]
    assert policy["style-src"] == ["'self'", hash_of("p {}")]
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"]


def test_the_hosts_policy_fits_every_page(tmp_path: Path) -> None:
    pages = {name: PAGE.format(head=f"<script>{name}()</script>", body="") for name in ("quay", "lamp")}
    policy = directives(headers_of(write(tmp_path, **pages))["Content-Security-Policy"])
    assert policy["script-src"] == ["'self'", *sorted([hash_of("quay()"), hash_of("lamp()")])]
    assert policy["frame-ancestors"] == ["'none'"]


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    once = tree(write(tmp_path, index=PAGE.format(head="<script>lamp()</script>", body="")))
    protect(tmp_path)
    assert tree(tmp_path) == once


def test_a_page_without_a_head_is_refused(tmp_path: Path) -> None:
    (tmp_path / "part.html").write_text("<p>A lamp.</p>")
    with pytest.raises(ValueError) as raised:
        protect(tmp_path)
    assert (
        str(raised.value)
        == "part.html has no <head> for its security policy (write one, or take the file out of the pages)"
    )


@pytest.fixture(params=["tiny_site", "real_site"])
def site(request: pytest.FixtureRequest) -> BuiltSite:
    built: BuiltSite = request.getfixturevalue(request.param)
    return built


def test_every_page_allows_what_stands_in_it_and_says_so_first(site: BuiltSite) -> None:
    host = directives(headers_of(site.folder)["Content-Security-Policy"])
    for name in site.pages:
        text = (site.folder / name).read_text("utf-8")
        inline, policy = Inline(text), policy_of(text)
        for kind, directive in (("script", "script-src"), ("style", "style-src")):
            assert set(policy[directive]) == {"'self'", *map(hash_of, inline.found[kind])}, name
            assert set(policy[directive]) <= set(host[directive])
        head = [tag for tag, _attributes in inline.first[:4]]
        assert head == ["html", "head", "meta", "meta"]
        assert (
            "charset" in inline.first[2][1] and inline.first[3][1]["http-equiv"] == "Content-Security-Policy"
        )


def test_nothing_unsafe_is_allowed_and_no_element_needs_it(site: BuiltSite) -> None:
    assert "unsafe" not in headers_of(site.folder)["Content-Security-Policy"]
    handlers = {
        (name, attribute)
        for name, page in site.pages.items()
        for tag in page.tags
        for attribute in tag.attributes
        if attribute.startswith("on") or attribute == "style"
    }
    assert handlers == set()


def test_the_host_is_told_the_rest(site: BuiltSite) -> None:
    headers = headers_of(site.folder)
    assert set(headers) == {
        "Content-Security-Policy", "Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
        "Permissions-Policy", "Cross-Origin-Opener-Policy",
    }  # fmt: skip
    # Cloudflare Pages ignores a longer line.
    assert max(len(f"  {name}: {value}") for name, value in headers.items()) < 2000
    assert {page.meta("referrer") for page in site.pages.values()} == {headers["Referrer-Policy"]}


# ----- what a browser makes of it -----

WATCH = "addEventListener('securitypolicyviolation', event => console.error(`${event.violatedDirective} ${event.blockedURI}`))"
KEPT = """async () => ({
    local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookies: document.cookie,
    caches: await caches.keys(), databases: await indexedDB.databases(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""


@pytest.fixture(scope="module")
def address(real_site: BuiltSite) -> Iterator[str]:
    """The site as a host serves it that reads `_headers`."""
    with served(real_site.folder, headers_of(real_site.folder)) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page on which no policy is broken, nothing is asked of another host, and nothing is kept but the colours."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    context.add_init_script(WATCH)
    page, faults, asked = context.new_page(), [], []

    def request(one: Request) -> None:
        asked.append(one.url)
        if not one.url.startswith((address, "data:")):
            faults.append(f"{page.url} asks {one.url}")

    page.on("request", request)
    page.on(
        "console",
        lambda message: faults.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    yield page
    kept = page.evaluate(KEPT)
    cookies = context.cookies()
    context.close()
    assert (faults, [url for url in asked if url.endswith("sitemap.xml")], cookies) == ([], [], [])
    assert set(kept.pop("local")) <= {"/.__palette"}
    assert kept == {"session": [], "cookies": "", "caches": [], "databases": [], "workers": 0}


@pytest.mark.browser
def test_colours_are_changed_and_kept(page: Page, address: str) -> None:
    page.goto(address)
    before = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator("[data-md-component=palette] label:visible").first.click()
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", str(before))
    page.goto(f"{address}about/")
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", str(before))


@pytest.mark.browser
def test_a_reader_searches_and_follows_notes(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("summary")
    expect(page.locator("[data-md-component=search-result] a").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/*h=summary*")
    page.goto(f"{address}cases/")
    page.locator("article strong > a[href]").first.click()
    page.locator("article a.footnote-ref").first.click()
    page.locator("a.footnote-backref").first.click()
    page.locator("article a[href*='/sources/']").first.click()
    page.wait_for_url("**/sources/*/")


@pytest.mark.browser
def test_filters_and_days_work(page: Page, address: str) -> None:
    page.goto(f"{address}timeline/")
    page.get_by_role("button", name="Law", exact=True).click()
    expect(page.locator("li:has([data-kind=law])").first).to_be_hidden()
    page.goto(f"{address}compare/")
    page.get_by_label("Show the law as it stood on:").fill("1990-01-01")
    expect(page.locator("[data-since]").first).to_contain_text("not yet in force")


@pytest.mark.browser
def test_a_phone_opens_menu_and_search(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{address}statistics/")
    page.locator("label[for=__drawer]:visible").first.click()
    page.locator(".md-nav--primary a:visible").nth(1).click()
    page.locator("label[for=__search]:visible").first.click()
    page.keyboard.type("law")
    expect(page.locator("[data-md-component=search-result] a").first).to_be_visible()


@pytest.mark.browser
def test_every_kind_of_page_is_shown_as_it_was_meant(page: Page, address: str) -> None:
    for target in (*KINDS.values(), "404.html"):
        page.goto(address + target, wait_until="networkidle")
        expect(page.locator("h1")).to_be_visible()


@pytest.mark.browser
def test_a_script_that_is_not_the_sites_own_does_not_run(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )
    assert page.evaluate("window.ran") is None
    page.close()
