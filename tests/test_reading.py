"""What a reader sees and does on the site of this repository: with a mouse, keys or a finger, on a phone, enlarged, on
paper, without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from browsing import KINDS, faultless, press_until_heard, served
from helpers import ROOT, BuiltSite, library_of

pytestmark = pytest.mark.browser

PAGES = {**KINDS, "error": "404.html"}
"""Kind of page -> an address."""
PHONE: ViewportSize = {"width": 390, "height": 750}
NARROW: ViewportSize = {"width": 320, "height": 640}


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """A page on a phone, which has no hover."""
    with faultless(browser, address, viewport=PHONE, has_touch=True, is_mobile=True) as page:
        yield page


@pytest.fixture
def scriptless(browser: Browser, address: str) -> Iterator[Page]:
    """A page in a browser that runs no script."""
    with faultless(browser, address, java_script_enabled=False) as page:
        yield page


# ----- definitions and references beside their links -----

# A short page has such links as well, and opens quickly.
CASE = f"cases/{min(library_of(ROOT).collection('cases'), key=lambda entry: len(entry.document.text)).id}/"
LINKS = {"term": "article .fb-term", "note": "article .footnote-ref"}
both = pytest.mark.parametrize("kind", LINKS)


def first(page: Page, kind: str) -> Locator:
    return page.locator(LINKS[kind]).first


def box_of(page: Page) -> Locator:
    return page.locator("#fb-pop")


def behind(page: Page, kind: str, site: BuiltSite) -> str:
    """The definition or the reference to which the first link leads."""
    target = str(first(page, kind).get_attribute("href"))
    if kind == "term":
        return site.pages[f"glossary/{target.rstrip('/').split('/')[-1]}/index.html"].meta("description")
    words = page.locator(f'[id="{target.removeprefix("#")}"] p').inner_text()
    return " ".join(words.replace("↩", "").split())


def move_away(page: Page) -> None:
    page.mouse.move(2, 2)


@both
def test_a_hovered_link_shows_what_stands_behind_it(
    page: Page, address: str, kind: str, real_site: BuiltSite
) -> None:
    page.goto(address + CASE)
    first(page, kind).hover()
    expect(box_of(page)).to_contain_text(behind(page, kind, real_site))
    expect(box_of(page)).to_be_visible()
    move_away(page)
    expect(box_of(page)).to_be_hidden()


@both
def test_a_box_stays_while_the_mouse_is_in_it(page: Page, address: str, kind: str) -> None:
    page.goto(address + CASE)
    first(page, kind).hover()
    expect(box_of(page)).to_be_visible()
    box_of(page).hover()
    page.wait_for_timeout(300)
    expect(box_of(page)).to_be_visible()
    move_away(page)
    expect(box_of(page)).to_be_hidden()


@both
def test_escape_closes_a_box(page: Page, address: str, kind: str) -> None:
    page.goto(address + CASE)
    first(page, kind).hover()
    expect(box_of(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(box_of(page)).to_be_hidden()


@both
def test_a_link_that_is_reached_by_key_shows_what_stands_behind_it(
    page: Page, address: str, kind: str, real_site: BuiltSite
) -> None:
    page.goto(address + CASE)
    link = first(page, kind)
    link.focus()
    page.keyboard.press("Shift+Tab")
    expect(link).not_to_have_attribute("aria-describedby", "fb-pop")
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    expect(link).to_have_attribute("aria-describedby", "fb-pop")
    expect(box_of(page)).to_contain_text(behind(page, kind, real_site))
    page.locator(".md-logo").first.focus()
    expect(box_of(page)).to_be_hidden()


@both
@pytest.mark.parametrize("by", ["mouse", "key"])
def test_a_click_or_enter_follows_the_link(page: Page, address: str, kind: str, by: str) -> None:
    page.goto(address + CASE)
    link = first(page, kind)
    target = link.evaluate("link => link.href")
    if by == "mouse":
        link.click()
    else:
        link.focus()
        page.keyboard.press("Enter")
    page.wait_for_url(target)


@both
def test_a_tap_shows_what_stands_behind_a_link_and_how_to_go_on(
    phone: Page, address: str, kind: str, real_site: BuiltSite
) -> None:
    phone.goto(address + CASE)
    first(phone, kind).tap()
    expect(box_of(phone)).to_be_visible()
    expect(box_of(phone)).to_contain_text(behind(phone, kind, real_site))
    assert phone.url == address + CASE
    onward = box_of(phone).locator({"term": "a", "note": 'a[href*="sources/"]'}[kind])
    target = onward.evaluate("link => link.href")
    assert target.startswith(address + {"term": "glossary/", "note": "sources/"}[kind])
    onward.tap()
    phone.wait_for_url(target)


@both
def test_a_key_follows_a_link_that_was_tapped_before(phone: Page, address: str, kind: str) -> None:
    phone.goto(address + CASE)
    link = first(phone, kind)
    target = link.evaluate("link => link.href")
    link.tap()
    expect(box_of(phone)).to_be_visible()
    link.focus()
    phone.keyboard.press("Enter")
    phone.wait_for_url(target)


@both
def test_a_tap_elsewhere_closes_a_box(phone: Page, address: str, kind: str) -> None:
    phone.goto(address + CASE)
    first(phone, kind).tap()
    expect(box_of(phone)).to_be_visible()
    phone.touchscreen.tap(2, 400)
    expect(box_of(phone)).to_be_hidden()


@both
def test_a_second_tap_follows_the_link(phone: Page, address: str, kind: str) -> None:
    phone.goto(address + CASE)
    link = first(phone, kind)
    target = link.evaluate("link => link.href")
    link.tap()
    expect(box_of(phone)).to_be_visible()
    link.tap()
    phone.wait_for_url(target)


def test_a_box_says_the_language_of_each_phrase(page: Page, address: str, real_site: BuiltSite) -> None:
    found = [
        (name, tag.attributes)
        for name, html in real_site.pages.items()
        for tag in html.named("a")
        if "data-foreign" in tag.attributes
    ]
    name, link = found[0]
    page.goto(address + name.removesuffix("index.html"))
    page.locator(f'article a.fb-term[data-foreign][href="{link["href"]}"]').first.hover()
    expect(box_of(page).locator("p")).to_have_text(link["title"])
    marked = box_of(page).locator("p [lang]").all()
    assert (
        ";".join(f"{one.get_attribute('lang')} {one.text_content()}" for one in marked)
        == link["data-foreign"]
    )


COVERED = """links => [...document.querySelectorAll(links)].filter(link => {
    if (!link.checkVisibility()) return false
    link.focus()
    const [box, own, head] = [document.getElementById('fb-pop'), link, document.querySelector('.md-header')]
        .map(one => one.getBoundingClientRect())
    return !box.height || box.left < 0 || box.right > innerWidth || (box.top < own.bottom && box.bottom > own.top)
        || (own.top > head.bottom && box.top < head.bottom)
}).map(link => link.textContent)"""


def test_a_box_covers_no_link_to_which_it_belongs(page: Page, address: str) -> None:
    page.set_viewport_size(NARROW)
    page.goto(address + KINDS["case"])
    page.keyboard.press("Tab")
    assert page.locator(", ".join(LINKS.values())).count() > 100
    assert page.evaluate(COVERED, ", ".join(LINKS.values())) == []


@both
def test_without_script_the_links_are_plain(
    scriptless: Page, address: str, kind: str, real_site: BuiltSite
) -> None:
    scriptless.goto(address + CASE)
    link = first(scriptless, kind)
    if kind == "term":
        expect(link).to_have_attribute("title", behind(scriptless, kind, real_site))
    target = link.evaluate("link => link.href")
    link.click()
    scriptless.wait_for_url(target)


# ----- the search -----


@pytest.mark.parametrize("way", ["click", "/", "s"])
def test_the_search_index_is_asked_for_only_when_the_search_is_opened(
    page: Page, address: str, way: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    assert [url for url in asked if "search_index" in url] == []
    with page.expect_request("**/search/search_index.json"):
        if way == "click":
            page.get_by_placeholder("Search").click()
        else:
            press_until_heard(page, way)


def test_an_address_with_a_question_is_answered_at_once(page: Page, address: str) -> None:
    page.goto(f"{address}?q=deepfake")
    assert first_result(page) == "glossary/deepfake/"


def first_result(page: Page) -> str:
    """The address within the site to which the first result leads."""
    link = page.locator(".md-search-result__list > li a").first
    expect(link).to_be_attached()
    return str(link.evaluate("link => link.pathname")).removeprefix("/")


FOUND = {
    "deepfake": "glossary/deepfake/",
    "Article 175": "regulations/penal-code-175/",
    "is it legal": "",
    "help": "help/",
    # What people type for a term.
    "deep fakes": "glossary/deepfake/",
    "CSAM": "glossary/child-sexual-abuse-material/",
    "NCII": "glossary/non-consensual-intimate-image/",
    "nudifier": "glossary/nudification-tool/",
    "pixelation": "glossary/mosaic/",
    "police cleared": "glossary/cleared-case/",
    "cyberpatrol": "glossary/cyber-patrol/",
    "digital forgeries": "glossary/digital-forgery/",
    "extrapolated": "glossary/extrapolation/",
    "fines": "glossary/fine/",
    "generative artificial intelligence": "glossary/generative-ai/",
    "hashing": "glossary/hash/",
    "obscenity": "glossary/obscene/",
    "pseudo-photo": "glossary/pseudo-photograph/",
    "publicly displayed": "glossary/public-display/",
    "referred to prosecutors": "glossary/referral-to-prosecutors/",
    # The same in Japanese.
    "ディープフェイク": "glossary/deepfake/",
    "性的ディープフェイク": "glossary/sexual-deepfake/",
    "逮捕": "glossary/arrest/",
    "過料": "glossary/administrative-fine/",
    "ぼかし": "glossary/mosaic/",
    "わいせつ": "glossary/obscene/",
    "猥褻": "glossary/obscene/",
    "生成AI": "glossary/generative-ai/",
    "書類送検": "glossary/referral-to-prosecutors/",
    "拘禁刑": "glossary/kokinkei/",
    # What people ask who know none of these words.
    "eu ai act": "regulations/eu-ai-act/",
    "article 50": "regulations/eu-ai-act-50/",
    "someone made a fake nude of me": "help/stopncii-org/",
    "ai images of children": "regulations/child-pornography-act/",
    "how to remove my picture from the internet": "help/stopncii-org/",
    "is it illegal to make ai porn": "",
    "what happened to the four arrested": "",
    "I am being blackmailed": "help/",
    "I need help": "help/",
    "fake nudes of my daughter": "help/take-it-down-ncmec/",
    "police phone number": "help/japan-police-sexual-crime-line/",
    "8103": "help/japan-police-sexual-crime-line/",
    "uk law": "jurisdictions/united-kingdom/",
    "korea deepfake law": "jurisdictions/south-korea/",
    "can you go to jail for deepfakes": "",
    "is it legal to buy": "",
    "deepfake law": "",
    "child pornography": "glossary/child-sexual-abuse-material/",
    "revenge porn": "glossary/non-consensual-intimate-image/",
    "児童ポルノ": "regulations/child-pornography-act/",
    "リベンジポルノ": "regulations/revenge-porn-prevention-act/",
    "law": "regulations/",
    "article 5": "regulations/eu-ai-act-5/",
    # The pages over many records, by their titles and by what people call them.
    "cases": "cases/",
    "what is not known": "unknown/",
    "how we work": "how-we-work/",
    "comparison": "compare/",
    "countries": "jurisdictions/",
    "corrections": "changes/",
    "download": "data/",
    # A question mark, a word that no page holds, and signs of the reader's own.
    "What is a deepfake?": "glossary/deepfake/",
    "(Chatterley's) - xylophone": "cases/chatterley-1957/",
    "mosaic -pixelation": "glossary/unaltered/",
}
"""What is typed -> the page that stands first among the results."""


def test_a_search_finds_the_right_page_first(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_placeholder("Search").click()
    results, found = page.locator(".md-search-result__list > li"), {}
    for words in FOUND:
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.press("Delete")
        expect(results).to_have_count(0)
        # As from an input method: the words come at once, and the search listens to the key after them.
        page.keyboard.insert_text(words)
        page.keyboard.press("End")
        found[words] = first_result(page)
    assert found == FOUND


def test_the_words_by_which_a_page_is_found_are_not_shown(page: Page, address: str) -> None:
    page.goto(f"{address}?q=child porn")
    assert first_result(page) == "glossary/child-sexual-abuse-material/"
    expect(page.locator(".md-search-result .md-tag")).to_have_count(0)


def test_a_question_is_answered_by_the_pages_that_hold_all_its_words(page: Page, address: str) -> None:
    page.goto(f"{address}?q=Chatterley 1957")
    assert first_result(page) == "cases/chatterley-1957/"
    results = page.locator(".md-search-result__list > li").evaluate_all(
        "all => all.map(one => one.textContent)"
    )
    assert [text for text in results if "1957" not in text] == []


# ----- small screens, enlarged text -----


def test_no_page_scrolls_sideways_on_a_narrow_phone(page: Page, address: str) -> None:
    page.set_viewport_size(NARROW)
    widths = {}
    for kind, target in PAGES.items():
        page.goto(address + target)
        widths[kind] = page.evaluate("document.documentElement.scrollWidth")
    assert widths == dict.fromkeys(PAGES, NARROW["width"])


STRETCHED = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('td { white-space: nowrap }')
    document.adoptedStyleSheets = [sheet]
    dispatchEvent(new Event('resize'))
}"""


def test_a_table_that_is_wider_than_the_screen_scrolls_by_key(page: Page, address: str) -> None:
    page.set_viewport_size(NARROW)
    page.goto(address + KINDS["source"])
    table = page.locator(".md-typeset__scrollwrap").first
    expect(table).not_to_have_attribute("tabindex", "0")
    page.evaluate(STRETCHED)
    expect(table).to_have_attribute("tabindex", "0")
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("table => table.scrollLeft > 0", arg=table.element_handle())


def test_the_comparison_is_a_table_on_a_desk_and_a_list_on_a_phone(page: Page, address: str) -> None:
    page.goto(address + KINDS["compare"])
    head, subject, none = (
        page.locator(f".fb-compare {one}").first
        for one in ("thead", "td:has([class^=fb-answer]) .fb-cell", ".fb-none")
    )
    expect(head).to_be_visible()
    expect(subject).to_be_hidden()
    expect(none).to_be_visible()
    page.set_viewport_size(NARROW)
    expect(head).to_be_hidden()
    expect(none).to_be_hidden()
    answers = page.locator(".fb-compare td:has([class^=fb-answer])")
    assert answers.count() > 20
    assert answers.locator(".fb-cell:visible").count() == answers.count()


SPACED = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
        p { margin-bottom: 2em !important }`)
    document.adoptedStyleSheets = [sheet]
    document.querySelectorAll('details').forEach(one => { one.open = true })
    const cut = [...document.querySelectorAll('article *')].filter(one => {
        const { overflowX, overflowY } = getComputedStyle(one)
        return one instanceof HTMLElement && one.innerText.trim() && /hidden|clip/.test(overflowX + overflowY)
            && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
    })
    return [document.documentElement.scrollWidth, ...cut.map(one => one.outerHTML.slice(0, 80))]
}"""


def test_enlarged_and_widely_spaced_text_is_not_cut(page: Page, address: str) -> None:
    """At 200 % a desk is 640 pixels wide; the spacing is that of WCAG 2.2, 1.4.12."""
    page.set_viewport_size({"width": 640, "height": 400})
    found = {}
    for kind, target in PAGES.items():
        page.goto(address + target)
        found[kind] = page.evaluate(SPACED)
    assert found == {kind: [640] for kind in PAGES}


RECORDS = ("front", "case", "law", "statistic", "place", "term", "source", "service", "hand-written")
FIRST_SCREEN = """() => {
    const title = document.querySelector('h1'), line = document.createRange()
    line.selectNodeContents(document.querySelector('h1 ~ p'))
    const strip = document.querySelector('.fb-glance')
    return {
        title: title.getBoundingClientRect().bottom, sentence: line.getClientRects()[0].bottom,
        strip: strip ? strip.getBoundingClientRect().top : 0
    }
}"""


@pytest.mark.parametrize("kind", RECORDS)
def test_the_first_screen_of_a_phone_says_what_a_page_is(
    phone: Page, address: str, kind: str, real_site: BuiltSite
) -> None:
    folder = KINDS[kind].partition("/")[0]
    longest = max(
        (name for name in real_site.pages if name.startswith(f"{folder}/")),
        key=lambda name: len(real_site.pages[name].text("h1")),
        default="",
    )
    for target in (KINDS[kind], longest.removesuffix("index.html")):
        phone.goto(address + target)
        places = phone.evaluate(FIRST_SCREEN)
        assert {what: at for what, at in places.items() if at > PHONE["height"]} == {}, target


def test_the_headings_of_a_page_open_above_it_where_no_room_is_beside_it(page: Page, address: str) -> None:
    page.goto(address + CASE)
    beside, above = page.locator(".md-sidebar--secondary nav a"), page.locator(".fb-toc a")
    expect(above.first).to_be_hidden()
    headings = beside.evaluate_all("links => links.map(link => link.innerText.trim())")
    assert len(headings) > 5
    page.set_viewport_size(PHONE)
    expect(beside.first).to_be_hidden()
    page.get_by_text("On this page").filter(visible=True).click()
    assert above.evaluate_all("links => links.map(link => link.innerText.trim())") == headings
    above.last.click()
    expect(page.locator("h2").last).to_be_in_viewport()


# ----- keys, motion, paper -----

FOCUSED = """() => {
    const one = document.activeElement
    // The colour switch is an input without a size: its button shows where it is.
    const shown = one.matches('.md-option') ? one.nextElementSibling : one
    const style = getComputedStyle(shown), place = shown.getBoundingClientRect()
    const top = one.closest('article') ? document.querySelector('.md-header').offsetHeight : 0
    return {
        kind: one.matches('article a') ? one.href : one.className.replace(' focus-visible', '') || one.tagName,
        name: one.getAttribute('aria-label') || one.innerText,
        seen: style.outlineStyle !== 'none' && style.opacity > 0 && shown.checkVisibility({ visibilityProperty: true })
            && place.width > 0 && place.right > 0 && place.left < innerWidth && place.bottom > top && place.top < innerHeight
    }
}"""
IN_ARTICLE = "[...document.querySelectorAll('article a')].filter(link => link.checkVisibility()).map(link => link.href)"


def press(page: Page, *keys: str) -> str:
    """What has the focus after some keys."""
    for key in keys:
        page.keyboard.press(key)
    return str(page.evaluate(FOCUSED)["name"])


def walk(page: Page) -> list[dict[str, Any]]:
    """All that Tab reaches from the start of a page, which lets go of the focus at last."""
    stops: list[dict[str, Any]] = []
    while len(stops) < 500:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return stops
        stops.append(page.evaluate(FOCUSED))
    pytest.fail("the page keeps the focus")


def test_everything_on_a_page_is_reached_by_key_and_shows_it(page: Page, address: str) -> None:
    page.goto(address + CASE)
    links = page.evaluate(IN_ARTICLE)
    stops = walk(page)
    kinds = [stop["kind"] for stop in stops]
    assert kinds[0] == "md-skip"
    assert kinds.index("md-option") < kinds.index("md-search__input") < kinds.index(links[0])
    assert [kind for kind in kinds if kind.startswith("http")] == links
    assert [stop["kind"] for stop in stops if not stop["seen"]] == []


def test_a_heading_is_called_by_its_words_alone(page: Page, address: str) -> None:
    page.goto(address + CASE)
    for words in (page.locator("h1 > span").inner_text(), "Sources and notes"):
        expect(page.get_by_role("heading", name=words, exact=True)).to_have_count(1)


@pytest.mark.parametrize("viewport", [PHONE, {"width": 640, "height": 400}, {"width": 1000, "height": 700}])
def test_where_the_menu_is_a_drawer_every_stop_of_a_key_is_in_sight(
    page: Page, address: str, viewport: ViewportSize
) -> None:
    page.set_viewport_size(viewport)
    page.goto(address + CASE)
    expect(page.locator("html.js")).to_be_attached()
    stops = walk(page)
    names = [stop["name"] for stop in stops]
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    assert names[:4] == ["Skip to content", "Navigation", "Switch to dark colours", "Search"]
    following = page.locator(".md-sidebar--secondary a, article a").filter(visible=True).first
    assert names[4] == following.inner_text(), "what the closed menu holds is not reached"


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_menu_of_a_phone_is_opened_walked_and_closed_by_key(page: Page, address: str, key: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address + CASE)
    expect(page.locator("html.js")).to_be_attached()
    button = page.get_by_role("button", name="Navigation")
    menu = page.locator(f"#{button.get_attribute('aria-controls')}")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_hidden()
    assert press(page, "Tab", "Tab") == "Navigation"
    page.keyboard.press(key)
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(menu).to_be_in_viewport()
    stops, links = [page.evaluate(FOCUSED)], menu.get_by_role("link")
    while len(stops) < links.count():
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    expect(links.last).to_be_focused()
    assert press(page, "Escape") == "Navigation"
    expect(menu).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_an_open_menu_closes_behind_who_goes_on_to_the_page(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address + CASE)
    menu = page.locator(".md-sidebar--primary")
    page.locator(".md-header [for=__drawer]").click()
    expect(menu).to_be_in_viewport()
    menu.get_by_role("link").last.focus()
    page.keyboard.press("Tab")
    expect(menu).to_be_hidden()
    expect(page.locator("article :focus")).to_be_visible()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_menu_of_a_phone_opens_by_finger_and_closes_beside_it(
    browser: Browser, address: str, motion: str
) -> None:
    with faultless(browser, address, viewport=PHONE, has_touch=True, reduced_motion=motion) as phone:
        phone.goto(address + CASE)
        menu = phone.locator(".md-sidebar--primary")
        phone.locator(".md-header [for=__drawer]").tap()
        expect(menu).to_be_in_viewport(ratio=0.9)
        phone.touchscreen.tap(380, 600)
        expect(menu).to_be_hidden()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_search_of_a_phone_is_opened_and_closed_by_key(page: Page, address: str, key: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address + CASE)
    expect(page.locator("html.js")).to_be_attached()
    assert press(page, "Tab", "Tab", "Tab", "Tab") == "Search"
    field = page.get_by_placeholder("Search")
    page.keyboard.press(key)
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Search", exact=True)).to_be_focused()
    expect(field).not_to_be_in_viewport()


def test_the_key_of_the_search_opens_it_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address + CASE)
    press_until_heard(page, "/")
    expect(page.get_by_placeholder("Search")).to_be_in_viewport()


@pytest.mark.parametrize("key", ["Enter", "Space", "ArrowRight"])
def test_the_colours_are_switched_by_key(page: Page, address: str, key: str) -> None:
    page.goto(address + CASE)
    expect(page.locator("html.js")).to_be_attached()
    scheme = page.locator("body[data-md-color-scheme=slate]")
    expect(scheme).to_have_count(0)
    page.get_by_label("Switch to dark colours").focus()
    page.keyboard.press(key)
    expect(scheme).to_have_count(1)
    expect(page.get_by_label("Switch to light colours")).to_be_focused()


def test_without_script_the_menu_comes_when_it_is_reached(scriptless: Page, address: str) -> None:
    scriptless.set_viewport_size(PHONE)
    scriptless.goto(address + CASE)
    menu = scriptless.locator(".md-sidebar--primary")
    expect(menu).not_to_be_in_viewport()
    menu.get_by_role("link").first.focus()
    expect(menu).to_be_in_viewport()


TITLE_CUT = """() => {
    const title = document.querySelector('.md-header__topic .md-ellipsis')
    return title.scrollWidth > title.clientWidth
}"""


@pytest.mark.parametrize("spaced", [False, True])
def test_the_name_of_the_site_is_whole_on_a_narrow_phone(page: Page, address: str, spaced: bool) -> None:
    page.set_viewport_size(NARROW)
    page.goto(address + CASE)
    if spaced:
        page.evaluate(SPACED)
    assert not page.evaluate(TITLE_CUT)


@pytest.mark.parametrize(("script", "part"), [(True, "#facts-stalls"), (False, "")])
def test_a_former_address_leads_to_the_same_part_of_the_page(
    browser: Browser, tiny_site: BuiltSite, script: bool, part: str
) -> None:
    with served(tiny_site.folder) as tiny, faultless(browser, tiny, java_script_enabled=script) as page:
        page.goto(f"{tiny}cases/quay-fire/#facts-stalls", wait_until="commit")
        page.wait_for_url(f"{tiny}cases/lantern-quay/{part}")


MOVING = """() => [...document.querySelectorAll('[class*=fb-], article *')].filter(one => {
    const { transitionDuration, animationDuration } = getComputedStyle(one)
    return `${transitionDuration},${animationDuration}`.split(',').some(time => parseFloat(time) > 0.01)
}).map(one => one.outerHTML.slice(0, 80))"""


def test_nothing_moves_for_who_asked_for_less_motion(page: Page, address: str) -> None:
    for kind in ("front", "case", "timeline", "compare"):
        page.goto(address + KINDS[kind])
        assert page.evaluate(MOVING) == [], kind


NOT_PRINTED = (
    ".md-header, .md-sidebar, .md-search, .md-footer, .md-top, .fb-crumbs, .fb-toc, .fb-pager, .fb-controls, .fb-asof, .fb-pop, "
    ".headerlink, .fb-permalink, .footnote-backref"
)  # fmt: skip
WRITTEN_OUT = """() => [...document.querySelectorAll('article a[href^=http]')].map(
    link => [link.getAttribute('href'), getComputedStyle(link, '::after').content])"""


@pytest.mark.parametrize("kind", ["case", "timeline", "compare"])
def test_paper_has_words_only(page: Page, address: str, kind: str) -> None:
    page.goto(address + KINDS[kind])
    page.emulate_media(media="print")
    assert page.locator(NOT_PRINTED).count() > 0
    expect(page.locator(NOT_PRINTED).filter(visible=True)).to_have_count(0)


@pytest.mark.parametrize(("kind", "least"), [("print", 20), ("service", 1)])
def test_paper_has_the_addresses_of_other_sites(page: Page, address: str, kind: str, least: int) -> None:
    page.goto(address + KINDS[kind])
    page.emulate_media(media="print")
    links = page.evaluate(WRITTEN_OUT)
    assert len(links) >= least
    # Of a link into a passage the page is enough; nobody types a fragment.
    told = [(href.split("#:~:")[0], content) for href, content in links]
    assert [href for href, content in told if f"<{href}>" not in content] == []


COLOURS = """() => [...new Set([...document.querySelectorAll('article *')].map(one => getComputedStyle(one).color))].sort()"""


def test_paper_has_the_colours_of_the_light_scheme(browser: Browser, address: str) -> None:
    on_screen, on_paper = [], []
    for scheme in ("light", "dark"):
        with faultless(browser, address, color_scheme=scheme) as page:
            page.goto(address + KINDS["law"])
            on_screen.append(page.evaluate(COLOURS))
            page.emulate_media(media="print")
            on_paper.append(page.evaluate(COLOURS))
    assert on_screen[0] != on_screen[1]
    assert on_paper[0] == on_paper[1]
