"""Copies of the pages as plain Markdown, and the list of them: what a program reads that takes no HTML."""

from __future__ import annotations

import html
import posixpath
import re
from pathlib import Path

import markdown
import pytest

from factbound.copies import make_copies, plain_markdown
from factbound.pages import make_pages
from factbound.settings import Addresses
from helpers import ADDRESSES, DAY, ROOT, SITE, BuiltSite, Html, library_of
from hostile import write_hostile_site

BASE = ADDRESSES["FACTBOUND_SITE_URL"]
MARKUP = re.compile(r"(?<!\\)<[a-zA-Z/!]|(?<!\\)\{[:#. ]|&(?!lt;|amp;)#?\w+;|^---$|^!!!", re.MULTILINE)
"""HTML, attributes, entities, front matter and boxes: what no plain Markdown holds."""


def copies_of(root: Path, addresses: Addresses = Addresses()) -> dict[str, str]:  # noqa: B008
    library = library_of(root)
    return make_copies(make_pages(library, "en", addresses, today=DAY), library, "en", addresses)


@pytest.mark.parametrize("root", [SITE, ROOT], ids=["tiny", "real"])
def test_a_copy_holds_nothing_but_markdown(root: Path) -> None:
    for path, text in copies_of(root).items():
        assert not (found := MARKUP.search(text)), (path, text[found.start() : found.start() + 60])
        assert text.startswith("# ") and text.count("\n# ") == 0


@pytest.mark.parametrize("offset", [0, 4])
def test_no_text_of_an_editor_becomes_markup_in_a_copy(tmp_path: Path, offset: int) -> None:
    root, _expected = write_hostile_site(tmp_path / "site", offset)
    for path, text in copies_of(root).items():
        page = Html(markdown.markdown(text, extensions=["footnotes", "tables"]))
        assert not {tag.name for tag in page.tags} & {"script", "title"}, path
        assert not page.values("onerror", "onclick"), path
        assert [value for value in page.values("href") if re.match(r"\s*javascript:", value)] == [], path


def test_every_page_links_to_its_copy(tiny_site: BuiltSite) -> None:
    for name, page in tiny_site.pages.items():
        links = [
            tag.attributes["href"]
            for tag in page.named("link")
            if tag.attributes.get("type") == "text/markdown"
        ]
        files = [posixpath.normpath(posixpath.join(posixpath.dirname(name), link)) for link in links]
        assert all((tiny_site.folder / file).is_file() for file in files)
        is_for_readers = name != "404.html" and not name.startswith("editing/")
        assert len(files) == (is_for_readers and "refresh" not in page.values("http-equiv"))


def test_a_copy_says_what_its_page_says(tiny_site: BuiltSite) -> None:
    for name in (
        "cases/lantern-quay",
        "regulations/harbour-by-law-7",
        "statistics/festival-count",
        "compare",
        "about",
    ):
        copy = markdown.markdown(
            (tiny_site.folder / f"{name}.md").read_text("utf-8"), extensions=["footnotes", "tables"]
        )
        said = set(re.findall(r"\w{3,}", re.sub(r"<[^>]+>", " ", copy)))
        page = (tiny_site.folder / name / "index.html").read_text("utf-8")
        article = page[page.index("<article") : page.index("</article>")]
        # What one can do, below the page, and whose it is, for paper.
        article = re.sub(r'<p class="fb-(actions|printed)">.*?</p>', "", article, flags=re.DOTALL)
        shown = set(re.findall(r"\w{3,}", html.unescape(re.sub(r"<[^>]+>", " ", article))))
        assert len(shown - said) <= 0.1 * len(shown), sorted(shown - said)


def test_a_link_of_a_copy_leads_to_a_copy_or_a_file(tiny_site: BuiltSite) -> None:
    broken = []
    for copy in tiny_site.folder.rglob("*.md"):
        for link in re.findall(r"\]\(([^\s()]*)\)", copy.read_text("utf-8")):
            target = link.partition("#")[0]
            if not re.match("[a-z]+:", link) and not (target and (copy.parent / target).is_file()):
                broken.append((copy.name, link))
    assert broken == []


@pytest.mark.parametrize(
    ("page", "plain"),
    [
        ('---\ntitle: "x"\n---\n\n# Lamps {#lamps}\n\nOil.[^1]\n{: .fb-lede }\n\n[^1]: A note.\n', "# Lamps\n\nOil.[^1]\n\n[^1]: A note.\n"),
        ('A [lamp](../glossary/lamp.md "It burns."){ .fb-term } and [oil](#facts-oil).\n', "A [lamp](../glossary/lamp.md) and oil.\n"),
        ("[One](a.md#facts-one), [two](https://quay.example/b.md#c).\n", "[One](a.md), [two](https://quay.example/b.md#c).\n"),
        ('It burnt. <span class="fb-standing fb-alleged">Alleged</span> [¶](#x){ .fb-permalink title="Here" }\n{: #x }\n', "It burnt. (Alleged)\n"),
        ('<dl class="fb-glance" markdown>\n<div id="status" markdown>\n<dt>Where</dt>\n<dd markdown>[Quay](q.md)</dd>\n</div>\n</dl>\n', "-   **Where:** [Quay](q.md)\n"),
        ('!!! note "A &quot;box&quot;"\n\n    Two lamps.\n\n    And oil.\n\nAfter.\n', '> **A "box"**\n>\n> Two lamps.\n>\n> And oil.\n\nAfter.\n'),
        ('<figure class="x" markdown="0">\n<svg><text>7</text></svg>\n</figure>\n\n| a | b |\n| --- | --- |\n| 1<br>2 | <em>c</em> |\n', "| a | b |\n| --- | --- |\n| 1; 2 | *c* |\n"),
        ("&#45; A &lt;b&gt; &amp; c &amp;lt; \\{: x } 5&#46; &quot;d&quot; &#124;\n", "\\- A &lt;b\\> & c &amp;lt; \\{: x } 5\\. \"d\" \\|\n"),
        ("Lit <small>The fair (of 2031)</small>, <small>(one account)</small>\n", "Lit (The fair (of 2031)), (one account)\n"),
        ("<strong>1 May.</strong>  \nA <small>case</small> of <span lang=\"ja\">灯台</span>\n", "**1 May.**  \nA (case) of 灯台\n"),
    ],
)  # fmt: skip
def test_what_becomes_of_a_page(page: str, plain: str) -> None:
    assert plain_markdown(page) == plain


def test_the_list_has_the_form_that_its_readers_know() -> None:
    text = copies_of(SITE, Addresses(site=BASE))["llms.txt"]
    lines = text.split("\n")
    assert lines[0] == "# The Saltmouth lanterns"
    assert lines[2] == "> What happened at an invented harbour festival, and what the invented by-laws say."
    headings = [line.removeprefix("## ") for line in lines if line.startswith("#")][1:]
    assert headings == ["Start here", "Cases", "Law", "Statistics", "Glossary", "Help", "Places", "Optional"]
    case = "The lanterns on the north quay (2031)](https://site.example/saltmouth/cases/lantern-quay.md): On 14 August 2031 a row of"
    assert f"- [{case}" in text


@pytest.mark.parametrize("addresses", [Addresses(), Addresses(site=BASE)], ids=["no address", "hosted"])
def test_the_list_leads_to_every_copy_but_the_indexes(addresses: Addresses) -> None:
    copies = copies_of(SITE, addresses)
    listed = [
        link.removeprefix(addresses.site)
        for link in re.findall(r"^- .*?\]\(([^)]*)\)", copies["llms.txt"], re.MULTILINE)
    ]
    assert len(listed) == len(set(listed))
    assert set(listed) == {path for path in copies if path != "llms.txt" and not path.endswith("/index.md")}
