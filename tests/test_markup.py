"""Every built page of this repository as a screen reader meets it: headings in order, one main part, words of another
language marked as such."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

from factbound.model import Source
from helpers import ROOT, BuiltSite, Html, library_of

HEADING = re.compile("h[1-6]")
FOREIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Kana, Chinese characters and Hangul: what an English voice cannot read."""


class Unmarked(HTMLParser):
    """Collects the words in a foreign script, or that hold what `foreign` finds, in no element with a `lang` of its own."""

    def __init__(self, text: str, foreign: re.Pattern[str] = FOREIGN) -> None:
        super().__init__()
        self.found: list[str] = []
        self._foreign = foreign
        self._open: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in Html.VOID:
            self._open.append((tag, tag != "html" and "lang" in dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if any(tag == one for one, _marked in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        # The page's title is plain text; a script holds data, and code is no phrase.
        silent = any(marked or tag in ("title", "script", "code") for tag, marked in self._open)
        if not silent and self._foreign.search(data):
            self.found.append(" ".join(data.split()))


def test_headings_are_in_order_and_below_one_title(real_site: BuiltSite) -> None:
    wrong = {}
    for name, page in real_site.pages.items():
        levels = [int(tag.name[1]) for tag in page.tags if HEADING.fullmatch(tag.name)]
        if (
            levels[:1] != [1]
            or levels.count(1) != 1
            or any(below > above + 1 for above, below in pairwise(levels))
        ):
            wrong[name] = levels
    assert wrong == {}


def test_every_page_has_one_main_part(real_site: BuiltSite) -> None:
    assert [name for name, page in real_site.pages.items() if len(page.named("main")) != 1] == []


def test_words_of_another_script_say_their_language(real_site: BuiltSite) -> None:
    assert Unmarked("<p>A 灯台 and a <i lang='ja'>港</i></p>").found == ["A 灯台 and a"]
    wrong = {}
    for name in real_site.pages:
        found = Unmarked((real_site.folder / name).read_text("utf-8")).found
        if found:
            wrong[name] = found
    assert wrong == {}


def test_titles_in_another_language_say_it_in_the_same_script_too(real_site: BuiltSite) -> None:
    sources = [entry.record for entry in library_of(ROOT).collection("sources")]
    titles = {one.title for one in sources if isinstance(one, Source) and one.language != "en"} - {"unknown"}
    foreign = re.compile("|".join(map(re.escape, titles)))
    assert any(title.isascii() or not FOREIGN.search(title) for title in titles)
    found = {
        name: Unmarked((real_site.folder / name).read_text("utf-8"), foreign).found
        for name in real_site.pages
    }
    assert {name: unmarked for name, unmarked in found.items() if unmarked} == {}


def test_the_way_past_the_header_leads_to_the_title(real_site: BuiltSite) -> None:
    wrong = []
    for name, page in real_site.pages.items():
        skips = [
            tag.attributes["href"] for tag in page.named("a") if tag.attributes.get("class") == "md-skip"
        ]
        # Of what is not there, and of a page that only leads on, there is nothing to skip to.
        if skips != [f"#{page.named('h1')[0].attributes.get('id')}"] and name != "404.html":
            wrong.append((name, skips))
    assert wrong == []
