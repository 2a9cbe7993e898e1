"""`factbound new source --url URL`: what a page says of itself, and what is guessed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from factbound.cli import main
from factbound.fetch import Fetcher, Limits
from factbound.scaffold import id_for, said_by
from helpers import lay, tree
from loopback import HOST, Loopback, Reply, redirect, serving

ADDRESS = "https://www.gazette.example/2031/lanterns?from=feed"


def html(head: str, attributes: str = "") -> bytes:
    return (
        f"<!doctype html><html{attributes}><head>{head}</head><body><h1>Lanterns</h1></body></html>".encode()
    )


def data(thing: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


def said(head: str, attributes: str = "") -> dict[str, str]:
    return {
        one.key: f"{one.value} ({one.where})" for one in said_by(html(head, attributes), "text/html", ADDRESS)
    }


ARTICLE = {
    "@type": "NewsArticle", "headline": "Lanterns burn  on north quay", "datePublished": "2031-08-15T23:30:00+09:00", "inLanguage": "en_GB",
    "author": [{"@type": "Person", "name": "A. Sample"}, {"name": "B. Sample"}], "publisher": {"name": "Example Gazette Ltd"},
    "isPartOf": {"name": "Example Gazette"},
}  # fmt: skip


def test_schema_org_says_most() -> None:
    where = "(schema.org's NewsArticle)"
    expected = {
        "type": f"article-newspaper {where}",
        "title": f"Lanterns burn on north quay {where}",
        "author": f'["A. Sample", "B. Sample"] {where}',
        "publisher": f"Example Gazette Ltd {where}",
        "container-title": f"Example Gazette {where}",
        "issued": f"2031-08-15 {where}",
        "language": f"en-GB {where}",
        "URL": f"{ADDRESS} (its address)",
    }
    assert said(data(ARTICLE)) == expected
    assert said(data({"@graph": [{"@type": "WebPage", "name": "No"}, ARTICLE]})) == expected
    assert said("<title>No</title>" + data([{"@type": "Organization", "name": "No"}, ARTICLE])) == expected


def test_tags_are_read_the_most_exact_first() -> None:
    head = (
        '<meta property="og:title" content="A count"><meta name="citation_title" content="A count of lanterns">'
        '<meta name="citation_author" content="Sample, A."><meta name="citation_author" content="Sample, B.">'
        '<meta name="citation_publication_date" content="2031/8/5"><meta name="citation_journal_title" content="Lamps">'
        '<meta property="og:locale" content="en_GB"><meta name="author" content="https://gazette.example/a">'
        '<link rel="canonical" href="/2031/lanterns"><title>A count | Lamps</title>'
    )
    assert said(head, ' lang="en"') == {
        "title": "A count of lanterns (citation_title)",
        "author": '["Sample, A.", "Sample, B."] (citation_author)',
        "container-title": "Lamps (citation_journal_title)",
        "issued": "2031-08-05 (citation_publication_date)",
        "language": "en-GB (og:locale)",
        "URL": "https://www.gazette.example/2031/lanterns (its canonical address)",
        "type": "webpage (what any page is)",
    }


def test_what_any_page_has_is_a_guess() -> None:
    found = said_by(
        html('<title>Lanterns</title><link rel="canonical" href="https://copy.example/">', ' lang="en-us"'),
        "text/html",
        ADDRESS,
    )
    assert [(one.key, one.value) for one in found if one.is_guess] == [
        ("title", "Lanterns"), ("language", "en-US"), ("type", "webpage"),
    ]  # fmt: skip
    assert [one.value for one in found if one.key == "URL"] == [ADDRESS]


@pytest.mark.parametrize(
    "thing",
    [
        None, [], 1, "x", {"@type": None}, {"@type": [1]}, {"@graph": 1}, {"@graph": [1]}, {"@type": "NewsArticle", "headline": 1},
        {"@type": "NewsArticle", "author": [None, {"name": []}], "datePublished": "soon", "inLanguage": {"name": "English"}},
    ],
)  # fmt: skip
def test_data_that_is_none_says_nothing(thing: Any) -> None:
    assert set(said(data(thing))) <= {"URL", "type"}


@given(st.text(st.sampled_from('<>"=/{}[]:, @typenamhdlscr'), max_size=200))
def test_no_page_breaks_it(text: str) -> None:
    found = said_by(html(text + data(ARTICLE)[:-30] + text), "", ADDRESS)
    assert len({one.key for one in found}) == len(found)


def test_a_pdf_has_an_address() -> None:
    found = said_by(b"%PDF-1.4 <title>No</title>", "application/pdf", ADDRESS)
    assert [(one.key, one.value) for one in found] == [("URL", ADDRESS)]


def test_an_id_is_made_of_who_and_when() -> None:
    assert id_for(said_by(html(data(ARTICLE)), "text/html", ADDRESS), ADDRESS) == "example-gazette-2031-08-15"
    assert id_for([], "https://www3.news.example.jp/a") == "example"
    assert id_for([], "https://localhost/") == "source"


# ----- the command -----


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    quick = Limits(connect=2, read=2, total=4, tries=1, pause=0)
    monkeypatch.setattr("factbound.fetch.Fetcher", partial(Fetcher, quick))
    with serving() as server:
        yield server


def new(root: Path, *arguments: str, allowed: bool = True) -> Result:
    host = ("--allow-host", HOST) if allowed else ()
    command = ["--project", str(root), "new", "source", *arguments, *host]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def test_a_source_is_filled_from_its_page(tmp_path: Path, server: Loopback) -> None:
    lay(tmp_path, {})
    head = data({**ARTICLE, "headline": "Lanterns: a fire"}) + '<meta name="x" content="y">'
    server.routes |= {"/old": redirect("/lanterns"), "/lanterns": Reply(html(head))}
    result = new(
        tmp_path,
        "--url",
        server.url("old"),
        "--set",
        "language=en",
        "--set",
        "accessed=unknown",
        "--set",
        "read=publisher",
    )
    assert result.stdout.splitlines() == [
        "guessed: type: article-newspaper (schema.org's NewsArticle)",
        "found: title: Lanterns: a fire (schema.org's NewsArticle)",
        'found: author: ["A. Sample", "B. Sample"] (schema.org\'s NewsArticle)',
        "found: publisher: Example Gazette Ltd (schema.org's NewsArticle)",
        "found: container-title: Example Gazette (schema.org's NewsArticle)",
        "found: issued: 2031-08-15 (schema.org's NewsArticle)",
        f"found: URL: {server.url('lanterns')} (its address)",
        "content/sources/example-gazette-2031-08-15.yml written",
    ]
    text = (tmp_path / "content/sources/example-gazette-2031-08-15.yml").read_text("utf-8")
    assert yaml.safe_load(text) | {"issued": "2031-08-15"} == {
        "type": "article-newspaper", "title": "Lanterns: a fire", "language": "en", "author": ["A. Sample", "B. Sample"],
        "publisher": "Example Gazette Ltd", "container-title": "Example Gazette", "issued": "2031-08-15", "URL": server.url("lanterns"),
        "accessed": "unknown", "read": "publisher",
    }  # fmt: skip


def test_what_the_page_does_not_say_stays_blank(tmp_path: Path, server: Loopback) -> None:
    lay(tmp_path, {})
    server.routes["/a"] = Reply(html("<title>A page</title>", ' lang="x"'))
    result = new(tmp_path, "a-page", "--url", server.url("a"))
    assert result.stdout.splitlines()[1:] == [
        "guessed: title: A page (<title>)",
        "guessed: type: webpage (what any page is)",
        "content/sources/a-page.yml written",
    ]
    assert result.stderr.splitlines() == [
        "still blank: language, issued, accessed, read",
        "Fill them in, then run: factbound check",
    ]
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("path", "allowed", "why"),
    [
        ("gone", True, "it answers 404 ("),
        ("gone", False, "'127.0.0.1' is no public address (name its host with --allow-host, or "),
    ],
)
def test_a_page_that_tells_nothing_writes_nothing(
    path: str, allowed: bool, why: str, tmp_path: Path, server: Loopback
) -> None:
    lay(tmp_path, {})
    before = tree(tmp_path)
    result = new(tmp_path, "a-page", "--url", server.url(path), allowed=allowed)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        f"Error: {server.url(path)} tells nothing: {why}leave --url out and give what you know with --set)",
    )
    assert tree(tmp_path) == before


def test_an_id_that_is_taken_asks_for_no_page(tmp_path: Path, server: Loopback) -> None:
    lay(tmp_path, {})
    assert new(tmp_path, "lantern", "--url", server.url("a")).exit_code == 2
    assert server.asked == []


def test_a_source_needs_an_id_or_an_address(tmp_path: Path) -> None:
    lay(tmp_path, {})
    assert new(tmp_path).stderr.splitlines()[-1] == "Error: an ID is missing (give one, or --url)"
