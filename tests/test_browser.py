"""The built site of this repository in a browser, by clicks and keys as well as by address."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import KINDS, browser_path, press_until_heard
from helpers import BuiltSite, Tag

pytestmark = pytest.mark.browser


IN_SIGHT = """target => [...document.links].find(link => {
    const place = link.getBoundingClientRect()
    return link.href === target && place.width && place.left >= 0 && place.top + scrollY >= 0
})"""


def follow(page: Page, target: str) -> None:
    """Click on the first link that can be seen and leads to an address."""
    link = page.evaluate_handle(IN_SIGHT, target).as_element()
    assert link is not None, f"{page.url} has no link to {target}"
    link.click()
    page.wait_for_url(target)


def test_without_a_browser_the_tests_fail_and_say_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(pytest.fail.Exception) as raised:
        browser_path()
    assert (
        str(raised.value)
        == "setup-browser: $CHROMIUM names /nowhere/chromium, which does not run.\nThen run: make test"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_opens_by_its_address(kind: str, page: Page, address: str) -> None:
    page.goto(address + KINDS[kind], wait_until="networkidle")
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("h1")).to_be_in_viewport()


def test_every_kind_of_page_opens_by_clicks(page: Page, address: str) -> None:
    page.goto(address + KINDS["hand-written"])
    for target in KINDS.values():
        folder, _, record = target.rstrip("/").partition("/")
        if record:
            follow(page, f"{address}{folder}/")
        follow(page, address + target)
        expect(page.locator("article h1")).to_be_in_viewport()


def test_the_front_page_answers_first_and_leads_to_the_case(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("article p").first).to_be_in_viewport()
    follow(page, address + KINDS["case"])
    assert page.locator("h1").inner_text().rstrip("¶") == page.title().rpartition(" - ")[0]


def test_a_footnote_is_followed_and_left_again(page: Page, address: str) -> None:
    page.goto(address + KINDS["case"])
    mark = page.locator("article a.footnote-ref").first
    number = mark.inner_text()
    mark.click()
    note = page.locator(f'[id="fn:{number}"]')
    expect(note).to_be_in_viewport()
    note.locator("a.footnote-backref").first.click()
    expect(mark).to_be_in_viewport()
    assert urlsplit(page.url).fragment == f"fnref:{number}"


def test_a_note_leads_to_the_page_of_its_source(page: Page, address: str) -> None:
    page.goto(address + KINDS["case"])
    page.locator('[id="fn:1"] a[href*="/sources/"]').click()
    page.wait_for_url(f"{address}sources/*/")
    expect(page.locator("h1")).to_be_visible()


def test_a_term_leads_to_its_page(page: Page, address: str) -> None:
    page.goto(address + KINDS["case"])
    term = page.locator('article a[href*="/glossary/"]:not([href$="/glossary/"])').first
    target = term.evaluate("link => link.href")
    assert isinstance(target, str)
    term.click()
    page.wait_for_url(target)
    assert urlsplit(target).path.startswith("/glossary/")
    expect(page.locator("h1")).to_be_visible()


def test_a_search_by_keys_finds_a_page_to_click(page: Page, address: str) -> None:
    page.goto(address)
    press_until_heard(page, "/")
    page.keyboard.type("indictment")
    result = page.locator("[data-md-component=search-result] a").first
    expect(result).to_contain_text("indict", ignore_case=True)
    result.click()
    page.wait_for_function("front => location.href.split(/[?#]/)[0] !== front", arg=address)
    expect(page.locator("h1")).to_have_count(1)


def test_the_link_of_a_key_fact_scrolls_to_the_fact(page: Page, address: str) -> None:
    page.goto(address)
    link = page.locator('article li a[href*="#facts-"]').first
    anchor = urlsplit(str(link.get_attribute("href"))).fragment
    link.click()
    page.wait_for_url(f"**/*#{anchor}")
    expect(page.locator(f'[id="{anchor}"]')).to_be_in_viewport()
    assert page.evaluate("scrollY") > 0


def test_without_scripts_a_page_is_read_and_its_notes_are_reached(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + KINDS["case"])
    page.locator("article a.footnote-ref").first.click()
    expect(page.locator('[id="fn:1"]')).to_be_in_viewport()
    context.close()


def test_the_timeline_shows_only_the_kinds_that_are_asked_for(page: Page, address: str) -> None:
    page.goto(f"{address}timeline/")
    laws, cases = page.locator("li:has([data-kind=law])"), page.locator("li:has([data-kind=case])")
    page.get_by_role("button", name="Law", exact=True).click()
    expect(page.get_by_role("status")).to_have_text(
        f"Entries shown: {page.locator('li:has([data-kind]):visible').count()}"
    )
    expect(laws.first).to_be_hidden()
    expect(cases.first).to_be_visible()
    page.get_by_role("button", name="Law", exact=True).click()
    expect(laws.first).to_be_visible()


def test_the_comparison_says_what_was_not_yet_in_force_on_a_day(page: Page, address: str) -> None:
    page.goto(f"{address}compare/")
    day, told = page.get_by_label("Show the law as it stood on:"), page.get_by_role("status").first
    dated, undated, vague = (
        page.locator(f".fb-compare {one}").first
        for one in (
            '[data-since^="202"]:not(:has(.fb-status))',
            '[data-since=""]:not(:has(.fb-status))',
            '[data-since="1907-01-01"]',
        )
    )
    expect(dated).not_to_contain_text("not yet in force")
    day.fill("1907-06-30")
    expect(dated).to_contain_text("(not yet in force)")
    expect(undated).to_contain_text("(start not known)")
    expect(vague).to_contain_text("(perhaps not yet in force)")
    expect(told).to_have_text(re.compile(r"^Answers not yet in force on that day: [1-9]\d$"))
    day.fill("2039-01-01")
    for answer in (dated, undated, vague):
        expect(answer.locator(".fb-later-note")).to_have_count(0)
    expect(told).to_have_text(
        re.compile(
            r"^Answers not yet in force on that day: 0\. A later day may bring what is not known on \d+ \w+ 20\d\d\.$"
        )
    )


def test_what_a_law_waits_for_has_come_by_a_later_day(page: Page, address: str) -> None:
    page.goto(f"{address}compare/")
    waiting = page.locator('[data-since]:not([data-since=""]) .fb-status').first
    expect(waiting).to_have_text("· Passed, not yet in force")
    page.get_by_label("Show the law as it stood on:").fill("2030-01-01")
    expect(waiting).to_be_hidden()


@pytest.mark.parametrize("name", ["timeline", "compare", "statistics/yomiuri-site-visits-2024"])
def test_a_page_is_complete_without_script(
    browser: Browser, address: str, name: str, real_site: BuiltSite
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{name}/")
    rows = page.locator("article li, article tr")
    assert rows.count() == sum(tag.name in ("li", "tr") for tag in _article(real_site, name))
    expect(rows.last).to_be_visible()
    context.close()


def _article(site: BuiltSite, name: str) -> list[Tag]:
    """The tags of a page's article, in the order of the page."""
    tags = site.pages[f"{name}/index.html"].tags
    start = next(at for at, tag in enumerate(tags) if tag.name == "article")
    end = next(at for at, tag in enumerate(tags) if tag.attributes.get("class") == "md-footer")
    return tags[start:end]


def test_from_a_figure_to_the_words_in_its_source_in_one_click(browser: Browser, address: str) -> None:
    words = "10 million yen in sales over approximately a year"
    page = browser.new_page(reduced_motion="reduce")
    # Nothing is asked of the web: a page of ours answers for the source.
    page.route(
        re.compile(r"^https?://(?!127\.)"),
        lambda route: route.fulfill(body=f"<p>{words}</p>", content_type="text/html"),
    )
    page.goto(f"{address}cases/tokyo-ai-posters-2025/#facts-takings")
    fact = page.locator("#facts-takings")
    expect(fact).to_contain_text("about 10 million yen")
    # What others say of it stands below.
    expect(fact.locator("xpath=following-sibling::ul[1]")).to_contain_text("more than 10 million yen")
    expect(fact.locator("xpath=following-sibling::ul[1]")).to_contain_text("10.56 million yen")
    fact.locator(".footnote-ref").first.hover()
    source = page.locator("#fb-pop a").first
    expect(source).to_be_visible()
    passage = unquote(source.get_attribute("href") or "")
    assert passage.endswith(f"#:~:text={words}")
    source.click()
    page.wait_for_url(lambda url: url.startswith(passage.partition("#")[0]))
    expect(page.locator("p")).to_have_text(words)
    page.close()
