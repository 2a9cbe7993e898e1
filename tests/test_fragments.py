"""The address of a quote in a browser: it scrolls to the passage, whatever signs the words hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown import markdown
from playwright.sync_api import Browser, Page

from browsing import served
from factbound.citations import Pointer, passage_url
from factbound.prose import one_line

pytestmark = pytest.mark.browser

FILLER = "<p>The tide came in and went out again, and nobody lit a lamp.</p>\n" * 60


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 800, "height": 600}, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


CASES = {
    "plain words": ("<p id=goal>They burnt on the first night.</p>", Pointer("a", quote="burnt on the first night")),
    "a hyphen": ("<p id=goal>All forty-two of them.</p>", Pointer("a", quote="forty-two of them")),
    "a hyphen at either end": ("<p id=goal>from -2 to -5- degrees</p>", Pointer("a", quote="-2 to -5-")),
    "a comma": ("<p id=goal>They went out one by one, then all at once.</p>", Pointer("a", quote="one by one, then all")),
    "an ampersand": ("<p id=goal>Wick &amp; Sons made them.</p>", Pointer("a", quote="Wick & Sons")),
    "signs of addresses": ("<p id=goal>It was 50% of #1, was it? a=b+c</p>", Pointer("a", quote="50% of #1, was it? a=b+c")),
    "signs of Markdown": ("<p id=goal>The _first_ (and last) *lamp* [sic] ~now~</p>", Pointer("a", quote="_first_ (and last) *lamp* [sic] ~now~")),
    "typographic quotes": ("<p id=goal>The keeper’s “lamps” burnt.</p>", Pointer("a", quote="keeper’s “lamps” burnt")),
    "plain quotes for typographic ones": ("<p id=goal>The keeper’s “lamps” burnt.</p>", Pointer("a", quote="keeper's \"lamps\" burnt")),
    "words over tags and lines": ("<p id=goal>They <b>burnt\non</b> the <a href=x>first</a>\n  night.</p>", Pointer("a", quote="burnt on the first night")),
    "a no-break space": ("<p id=goal>It was 10&nbsp;million crowns.</p>", Pointer("a", quote="10 million crowns")),
    "Japanese": ("<p id=goal>岸壁の灯りは初日の夜、すべて消えた。</p>", Pointer("a", quote="灯りは初日の夜、すべて消えた")),
    "Japanese with a full-width space": ("<p id=goal>東の灯台　西の灯台　すべて消えた。</p>", Pointer("a", quote="西の灯台　すべて")),
    "Japanese wrapped in the YAML": ("<p id=goal>岸壁の灯りは初日の夜、すべて消えた。</p>", Pointer("a", quote=one_line("灯りは\n  初日の 夜、 すべて消えた"))),
    "full-width signs": ("<p id=goal>灯台守は２６２個のＬＡＭＰを数えた。</p>", Pointer("a", quote="２６２個のＬＡＭＰを数えた")),
    "a word that stands more than once, by what is before it": (
        f"<p>One lantern.</p>{FILLER}<p id=goal>Another lantern.</p>{FILLER}<p>Any lantern.</p>",
        Pointer("a", quote="lantern", prefix="Another"),
    ),
    "a word that stands more than once, by what is after it": (
        f"<p>A lantern was lit.</p>{FILLER}<p id=goal>A lantern, unlit, hung there.</p>",
        Pointer("a", quote="lantern", suffix=", unlit"),
    ),
    "both": (
        f"<p>the red lantern - lit</p>{FILLER}<p>the blue lantern - unlit</p>{FILLER}<p id=goal>the red lantern - unlit</p>",
        Pointer("a", quote="lantern", prefix="the red", suffix="- unlit"),
    ),
    "Japanese, by what is around it": (
        f"<p>西の灯台は消えた。</p>{FILLER}<p id=goal>東の灯台は消えなかった。</p>",
        Pointer("a", quote="灯台は", prefix="東の", suffix="消えなかった"),
    ),
}  # fmt: skip


def follow(page: Page, folder: Path, address: str, pointer: Pointer, passage: str) -> None:
    """Click a link to a quote on a long page that holds a passage, and wait until the browser scrolls."""
    with served(folder) as site:
        link = markdown(f"[there]({passage_url(site + address, pointer)})")
        (folder / "near.html").write_text(f"<!doctype html><meta charset=utf-8>{link}", "utf-8")
        (folder / "far.html").write_text(
            f"<!doctype html><meta charset=utf-8><h1 id=harbour>The harbour</h1>{FILLER}{passage}{FILLER}",
            "utf-8",
        )
        page.goto(f"{site}near.html")
        page.get_by_role("link").click()
        page.wait_for_url(f"{site}far.html*")
        page.wait_for_function("scrollY > 0")


def in_sight(page: Page, id: str) -> bool:
    place = page.locator(f"#{id}").bounding_box()
    return place is not None and 0 <= place["y"] <= 600 - place["height"]


@pytest.mark.parametrize("name", CASES)
def test_a_browser_scrolls_to_the_passage(name: str, page: Page, tmp_path: Path) -> None:
    passage, pointer = CASES[name]
    follow(page, tmp_path, "far.html", pointer, passage)
    assert in_sight(page, "goal")


@pytest.mark.parametrize(
    "address",
    ["far.html?a=1&b=2", "far.html#harbour", "far.html#:~:text=tide", "far.html#harbour:~:text=tide"],
)
def test_an_address_may_have_a_query_or_an_anchor(address: str, page: Page, tmp_path: Path) -> None:
    follow(page, tmp_path, address, Pointer("a", quote="one by one"), "<p id=goal>They went one by one.</p>")
    assert in_sight(page, "goal")


def test_without_its_context_a_word_is_found_where_it_stands_first(page: Page, tmp_path: Path) -> None:
    # Else the cases with a context would prove nothing.
    passage = f"<p id=first>One lantern.</p>{FILLER}<p id=goal>Another lantern.</p>"
    follow(page, tmp_path, "far.html", Pointer("a", quote="lantern"), passage)
    assert (in_sight(page, "first"), in_sight(page, "goal")) == (True, False)
