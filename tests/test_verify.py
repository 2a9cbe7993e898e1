"""Whether quotes still stand on their pages: what each answer of a page means, and what is kept of it."""

from __future__ import annotations

import datetime
import os
import signal
import socket
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factbound.cli import main
from factbound.fetch import Answer, Fetcher, Limits
from factbound.pages import make_pages
from factbound.verified import FILE, Quoted, read_verified
from factbound.verify import judge
from helpers import DAY, copy_site, lay, library_of
from loopback import HOST, Loopback, Reply, Route, pdf, redirect, serving

QUICK = Limits(connect=2, read=0.3, total=0.6, size=100_000, redirects=4, tries=1, back_off=0, pause=0)


# ----- the verdict on each answer of a page -----

QUOTE = "burnt on the first night"
PAGE = f"<title>The fair</title><p>The lanterns {QUOTE} of it.</p>" + "<p>The tide came in.</p>" * 30
CHANGED = PAGE.replace("first", "second")
NOTHING = PAGE.replace(QUOTE, "hung there")
LOST = NOTHING.replace("The fair", "Page not found")


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.close()


def say_nothing(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(0.5)


ANSWERS: dict[str, tuple[Route, str]] = {
    # What the page itself says.
    "the words": (Reply(PAGE), "there"),
    "the words over tags and lines": (Reply("<p>burnt\n <b>on the</b> fir<wbr>st&nbsp;<i>night"), "there"),
    "the words twice": (Reply(PAGE + PAGE), "there: it stands 2 times"),
    "the words on a page that says there is none": (Reply(f"<title>404</title>{QUOTE}"), "there"),
    "one word changed": (Reply(CHANGED), "reworded: lanterns burnt on the second night of it"),
    "nothing like it": (Reply(NOTHING), "gone: nothing like it stands there"),
    "404": (Reply(PAGE, 404), "gone: it answers 404"),
    "410": (Reply("", 410), "gone: it answers 410"),
    "a title that says there is none": (Reply(LOST), "gone: its title says that there is no such page"),
    "the same with something near": (Reply(CHANGED.replace("The fair", "404")), "gone: its title says that there is no such page"),
    "the same in Japanese": (Reply(NOTHING.replace("The fair", "ページが見つかりません")), "gone: its title says that there is no such page"),
    "the same in German": (Reply(NOTHING.replace("The fair", "Seite nicht gefunden")), "gone: its title says that there is no such page"),
    "a title that counts": (Reply(CHANGED.replace("The fair", "404 lamps not found at the quay")), "reworded: lanterns burnt on the second night of it"),
    # Where it leads.
    "moved for good": (redirect("/new"), "moved: /new"),
    "moved for good, by 308": (redirect("/new", 308), "moved: /new"),
    "led on for now": (redirect("/new", 302), "there"),
    "led on for now, by 307": (redirect("/new", 307), "there"),
    "moved to where it is not": (redirect("/other"), "gone: nothing like it stands there"),
    "moved to the front page": (redirect("/"), "gone: it leads to the front page of a site"),
    "led to the front page for now": (redirect("/index.html", 302), "gone: it leads to the front page of a site"),
    "led to another host for now": (redirect("http://localhost:{port}/other", 302), "unknown: it leads to 'localhost' for now"),
    "moved to another host": (redirect("http://localhost:{port}/new"), "moved: http://localhost:{port}/new"),
    "led into a private network": (redirect("http://127.0.0.2:{port}/new"), "unknown: '127.0.0.2' is no public address"),
    "led in a circle": (redirect("/quote"), "unknown: more than 4 redirects follow each other"),
    # What says nothing about the page.
    "401": (Reply(LOST, 401), "unknown: it answers 401"),
    "403": (Reply(LOST, 403), "unknown: it answers 403"),
    "429": (Reply("", 429, headers={"Retry-After": "3600"}), "unknown: it answers 429"),
    "451": (Reply("", 451), "unknown: it answers 451"),
    "500": (Reply(LOST, 500), "unknown: it answers 500"),
    "503": (Reply("", 503), "unknown: it answers 503"),
    "204": (Reply("", 204), "unknown: it answers 204"),
    "silence": (say_nothing, "unknown: it took too long"),
    "a broken connection": (hang_up, "unknown: the connection broke off"),
    "scripts only": (Reply("<title>The fair</title><script src=a></script><div id=app>"), "unknown: it shows hardly any words without its scripts"),
    "frames only": (Reply("<title>The fair</title><iframe src=a></iframe>"), "unknown: it shows hardly any words without its frames"),
    "words that a script may show": (
        Reply(NOTHING + '<script type=application/ld+json>{"articleBody": "They \\u0062urnt on the <b>first<\\/b> night"}</script>'),
        "unknown: the words stand in its scripts only, which may show them",
    ),
    "a page that says that readers must pay": (
        Reply(CHANGED + '<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>'), "unknown: it is behind a paywall"
    ),
    "the same for search engines of another kind": (
        Reply("<meta property=article:content_tier content=locked>" + NOTHING), "unknown: it is behind a paywall"
    ),
    "led to where readers sign in": (redirect("/user/sign-in?next=/quote", 302), "unknown: it asks its readers to sign in, to pay or to consent first"),
    "moved to where readers sign in": (redirect("/login", 301), "unknown: it asks its readers to sign in, to pay or to consent first"),
    "402": (Reply("", 402), "unknown: it answers 402"),
    "a riddle for programs": (Reply(NOTHING.replace("The fair", "Just a moment...")), "unknown: it asks for a proof that no program reads it"),
    "a picture": (Reply(b"\x89PNG", content_type="image/png"), "unknown: it is of the kind 'image/png', of which no words are read"),
    "a huge page that begins with them": (Reply(PAGE + "<p>tide" * 50_000), "there"),
    "a huge page": (Reply("<p>tide" * 50_000 + PAGE), "unknown: it is longer than 100,000 bytes"),
    # Other kinds of pages.
    "a PDF": (Reply(pdf("They burnt on the", "first night"), content_type="application/pdf"), "there"),
    "a PDF that was changed": (Reply(pdf("They burnt on the", "third night"), content_type="application/pdf"), "reworded: They burnt on the third night"),
    "a PDF that cannot be read": (Reply(b"%PDF-1.4", content_type="application/pdf"), "unknown: its PDF cannot be read (PdfStreamError)"),
    "plain text": (Reply(f"They {QUOTE}", content_type="text/plain"), "there"),
}  # fmt: skip
"""What the page of a quote answers -> the verdict, and with it why, or where, or the nearest passage."""


@pytest.fixture
def server() -> Iterator[Loopback]:
    with serving() as loopback:
        loopback.routes |= {
            "/new": Reply(PAGE),
            "/other": Reply(NOTHING),
            "/": Reply(NOTHING),
            "/index.html": Reply(NOTHING),
            "/user/sign-in": Reply(NOTHING),
            "/login": Reply(NOTHING),
        }
        yield loopback


def verdict(server: Loopback, quoted: Quoted, *, paywalled: bool = False) -> str:
    asked = server.url("quote")
    answer = Fetcher(QUICK, allowed=[HOST, "localhost"]).fetch(asked)
    found, why = judge([quoted], asked, answer, paywalled=paywalled)[quoted]
    return f"{found}: {why}" if why else found


@pytest.mark.parametrize("name", ANSWERS)
def test_the_verdict_on_an_answer(name: str, server: Loopback) -> None:
    route, expected = ANSWERS[name]
    port = server.address.rstrip("/").rpartition(":")[2]
    if isinstance(route, Reply) and "Location" in route.headers:
        route = redirect(route.headers["Location"].replace("{port}", port), route.status)
    server.routes["/quote"] = route
    said = verdict(server, Quoted("gazette", QUOTE))
    assert said.replace(server.address, "/").replace(port, "{port}") == expected


@pytest.mark.parametrize(
    ("title", "gone"),
    [
        ("Oops! That page can’t be found.", True), ("The page you were looking for could not be found", True),
        ("Example Gazette – Not Found", True), ("Nothing found | Example", True), ("Error 404 (Not Found)", True), ("404 - Example", True),
        ("We cannot find that page", True), ("This story no longer exists", True), ("エラー404", True), ("指定されたURLは存在しませんでした", True),
        ("お探しの記事はありません", True), ("このページは削除されました", True), ("掲載期間が終了しました", True), ("公開を終了した記事", True),
        ("410 lamps burnt", False), ("Evidence not found at the quay", False), ("A site where lamps were not found", False),
        ("Page three was not available to the court", False), ("港の灯りの記事が削除された夜", False),
    ],
)  # fmt: skip
def test_a_title_that_says_that_there_is_no_such_page(title: str, gone: bool) -> None:
    quoted = Quoted("gazette", QUOTE)
    body = CHANGED.replace("<title>The fair</title>", f"<title>Example</title><h1>{title}</h1>").encode()
    answer = Answer("https://example.org/a", 200, content_type="text/html; charset=utf-8", body=body)
    found = judge([quoted], "https://example.org/a", answer)[quoted]
    assert (found == ("gone", "its title says that there is no such page")) == gone, found


@pytest.mark.parametrize("charset", ["cp932", "euc-jp", "utf-8"])
@pytest.mark.parametrize("told", [True, False])
def test_a_japanese_page_with_and_without_its_charset(charset: str, told: bool, server: Loopback) -> None:
    name = "Shift_JIS" if charset == "cp932" else charset
    body = "<p>岸壁の灯りは\n初日の夜に消えた。".encode(charset)
    server.routes["/quote"] = Reply(body, content_type=f"text/html; charset={name}" if told else "text/html")
    assert verdict(server, Quoted("gazette", "灯りは初日の夜に消えた")) == "there"


def test_the_same_site_with_and_without_www_is_no_other_host() -> None:
    quoted = Quoted("gazette", QUOTE)
    answer = Answer("https://www.example.org/a", 200, content_type="text/html", body=CHANGED.encode())
    assert judge([quoted], "https://example.org/a", answer)[quoted][0] == "reworded"


def test_behind_a_paywall_words_may_stand_unseen(server: Loopback) -> None:
    for page, expected in ((CHANGED, "unknown: it is behind a paywall"), (PAGE, "there")):
        server.routes["/quote"] = Reply(page)
        assert verdict(server, Quoted("gazette", QUOTE), paywalled=True) == expected


def test_words_that_do_not_adjoin_are_another_passage(server: Loopback) -> None:
    server.routes["/quote"] = Reply(PAGE)
    assert verdict(server, Quoted("gazette", QUOTE, prefix="lanterns", suffix="of it")) == "there"
    assert verdict(server, Quoted("gazette", QUOTE, prefix="ten lamps")) == (
        "reworded: The lanterns burnt on the first night of it. The"
    )


# ----- a run -----

CASE = """\
title: The lanterns of the quay
summary: Somebody sold lanterns on the quay.
kind: incident
jurisdiction: example-land
occurred: 2025-04-14
facts:
"""


def project(root: Path, server: Loopback, *quotes: str, **sources: str) -> Path:
    """A project with quotes, each `source: words`, and lines of the sources beyond the address, which is that of the
    server and the source's id."""
    facts = "".join(
        f"  fact-{number}:\n    says: It was so.\n    evidence:\n      - source: {quote.partition(': ')[0]}\n"
        f"        quote: {quote.partition(': ')[2]}\n"
        for number, quote in enumerate(quotes)
    )
    files = {
        "content/cases/lantern-quay.yml": f"{CASE}{facts}evidence: [{{source: example-gazette}}]\nchecked: unknown\n"
    }
    for id in {quote.partition(": ")[0] for quote in quotes}:
        own = sources.get(id.replace("-", "_"), f"URL: {server.url(id)}\nread: publisher")
        files[f"content/sources/{id}.yml"] = (
            f"type: webpage\ntitle: A page\nlanguage: en\nissued: 2025\naccessed: unknown\n{own}\n"
        )
    lay(root, files)
    return root


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands wait as briefly as these tests do."""
    monkeypatch.setattr("factbound.fetch.Fetcher", partial(Fetcher, QUICK))


def verify(root: Path, *options: str, day: str = "2031-10-01") -> Result:
    command = ["--project", str(root), "verify", "--allow-host", HOST, "--today", day, *options]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def kept(root: Path) -> dict[str, str]:
    """`source: words` -> verdict, the day on which it was asked for and the last on which it was seen."""
    return {
        f"{quoted.source}: {quoted.quote}": f"{result.verdict} {result.asked} {result.seen or '-'}"
        for quoted, result in read_verified(root).results.items()
    }


def test_what_a_run_prints_and_keeps(tmp_path: Path, server: Loopback) -> None:
    root = project(
        tmp_path, server, f"here: {QUOTE}", f"moved: {QUOTE}", f"changed: {QUOTE}", f"lost: {QUOTE}", f"shut: {QUOTE}",
        f"twice: {QUOTE}", f"by-name: {QUOTE}", f"a-copy: {QUOTE}", f"nowhere: {QUOTE}",
        by_name=f"URL: {server.url('a')}\nread: publisher\nlink: \"no\"\nbecause: It names somebody.",
        a_copy=f"URL: {server.url('a')}\nread: copy", nowhere="read: publisher",
    )  # fmt: skip
    server.routes |= {
        "/here": Reply(PAGE), "/moved": redirect("/new"), "/changed": Reply(CHANGED), "/shut": Reply("", 403),
        "/twice": Reply(PAGE + PAGE),
    }  # fmt: skip
    result = verify(root)
    case = "content/cases/lantern-quay.yml"
    caret = f"\n            quote: {QUOTE}\n                   ^\n"
    assert result.stdout == (
        f"{case}:21:16: advice[quote-reworded]: '{QUOTE}' does not stand in 'changed'; nearest to it is 'lanterns burnt on the second night of it' (quote that if it still bears out what is said, or cite another source){caret}"
        f"{case}:26:16: advice[quote-gone]: '{QUOTE}' is gone from 'lost': it answers 404 (find where it stands now, or cite another source){caret}"
        f"{case}:36:16: advice[quote-repeated]: '{QUOTE}' leads to no single passage of 'twice': it stands 2 times (add the words right before it as 'prefix' or those right after it as 'suffix'){caret}"
        f"content/sources/moved.yml:6:6: advice[quote-moved]: the page of 'moved' has moved to '{server.url('new')}' (write that address)\n"
        f"    URL: {server.url('moved')}\n         ^\n"
        "unknown: it answers 403: shut\n"
        "9 quotes of 9 sources: 2 there, 1 moved, 1 reworded, 1 gone, 1 unknown, 3 not looked for\n"
        "6 sources looked at now; not: 1 not linked, 1 read in a copy only, 1 without an address\n"
    )
    assert result.exit_code == 1
    assert result.stderr == "".join(
        f"{number}/6 {HOST}: 1 {said}\n"
        for number, said in enumerate(["reworded", "there", "gone", "moved", "unknown", "there"], 1)
    )
    assert kept(root) == {
        f"changed: {QUOTE}": "reworded 2031-10-01 -", f"here: {QUOTE}": "there 2031-10-01 2031-10-01",
        f"lost: {QUOTE}": "gone 2031-10-01 -", f"moved: {QUOTE}": "moved 2031-10-01 2031-10-01",
        f"shut: {QUOTE}": "unknown 2031-10-01 -", f"twice: {QUOTE}": "there 2031-10-01 2031-10-01",
    }  # fmt: skip
    assert "second night" not in (root / FILE).read_text("utf-8")


def test_where_all_is_there_or_unknown_a_run_ends_well(tmp_path: Path, server: Loopback) -> None:
    server.routes |= {"/here": Reply(PAGE), "/shut": Reply("", 403)}
    result = verify(project(tmp_path, server, f"here: {QUOTE}", "here: of it", f"shut: {QUOTE}"))
    assert (result.exit_code, result.stdout) == (
        0,
        "unknown: it answers 403: shut\n3 quotes of 2 sources: 2 there, 1 unknown\n2 sources looked at now\n",
    )


def test_every_place_that_gives_a_quote_is_told_and_its_page_asked_once(
    tmp_path: Path, server: Loopback
) -> None:
    result = verify(project(tmp_path, server, f"lost: {QUOTE}", f"lost: {QUOTE}", "lost: another"))
    assert [
        line.partition(" advice[quote-gone]: ")[0]
        for line in result.stdout.splitlines()
        if "[quote-gone]" in line
    ] == [f"content/cases/lantern-quay.yml:{line}:16:" for line in (11, 16, 21)]
    assert result.stdout.splitlines()[-2] == "2 quotes of 1 source: 2 gone"
    assert server.asked == ["/lost"]


def test_only_what_was_not_asked_for_in_a_while_is_asked(tmp_path: Path, server: Loopback) -> None:
    server.routes["/here"] = Reply(PAGE)
    root = project(tmp_path, server, f"here: {QUOTE}")
    asked = []
    for options, day in (
        ([], "2031-10-01"), ([], "2031-10-07"), ([], "2031-10-08"), (["--older-than", "1w"], "2031-10-14"),
        (["--older-than", "2d"], "2031-10-10"), (["--all"], "2031-10-10"), (["here"], "2031-10-10"),
    ):  # fmt: skip
        before = len(server.asked)
        result = verify(root, *options, day=day)
        assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "1 quote of 1 source: 1 there")
        asked.append(len(server.asked) - before)
    assert asked == [1, 0, 1, 0, 1, 1, 1]
    assert verify(root, day="2031-10-11").stdout.splitlines()[1] == (
        "0 sources looked at now; not: 1 asked in the last 7 days (--all asks again)"
    )


def test_what_was_found_before_is_told_until_it_is_mended(tmp_path: Path, server: Loopback) -> None:
    server.routes["/here"] = Reply(CHANGED)
    root = project(tmp_path, server, f"here: {QUOTE}")
    assert verify(root).exit_code == 1
    again = verify(root)
    assert again.exit_code == 1
    assert "nearest to it is shown by 'factbound verify here' (" in again.stdout
    project(tmp_path, server, "here: burnt on the second night")
    assert verify(root).exit_code == 0
    assert kept(root) == {"here: burnt on the second night": "there 2031-10-01 2031-10-01"}


@pytest.mark.parametrize(
    ("later", "verdict"),
    [(Reply("", 403), "unknown"), (Reply("", 404), "gone"), (Reply(CHANGED), "reworded")],
)
def test_the_last_day_on_which_words_were_seen_is_kept(
    later: Reply, verdict: str, tmp_path: Path, server: Loopback
) -> None:
    server.routes["/here"] = Reply(PAGE)
    root = project(tmp_path, server, f"here: {QUOTE}")
    verify(root)
    server.routes["/here"] = later
    verify(root, day="2031-10-20")
    assert kept(root) == {f"here: {QUOTE}": f"{verdict} 2031-10-20 2031-10-01"}


def test_what_a_host_does_not_want_to_be_asked_stays_as_it_was_known(
    tmp_path: Path, server: Loopback
) -> None:
    server.routes |= {"/a": Reply(PAGE), "/b": Reply(PAGE)}
    root = project(tmp_path, server, f"a: {QUOTE}", f"b: {QUOTE}", f"c: {QUOTE}")
    verify(root, "a", "b")
    server.routes["/c"] = Reply("", 429, headers={"Retry-After": "3600"})
    result = verify(root, "--all", day="2031-10-20")
    assert server.asked == ["/a", "/b", "/c"]
    assert result.stderr.splitlines()[1] == f"2/3 {HOST}: '{HOST}' wants to be left alone for now"
    assert result.stdout.splitlines() == [
        "unknown: it answers 429: c",
        "3 quotes of 3 sources: 2 there, 1 unknown",
        "1 source looked at now; not: 2 left alone, as their host asks",
    ]
    there = "there 2031-10-01 2031-10-01"
    assert kept(root) == {
        f"a: {QUOTE}": there, f"b: {QUOTE}": there, f"c: {QUOTE}": "unknown 2031-10-20 -",
    }  # fmt: skip


def test_of_a_host_that_shuts_other_pages_are_asked_the_next_time(tmp_path: Path, server: Loopback) -> None:
    busy = Reply("", 429, headers={"Retry-After": "3600"})
    server.routes |= {"/a": Reply(PAGE), "/b": busy, "/c": Reply(PAGE)}
    root = project(tmp_path, server, f"a: {QUOTE}", f"b: {QUOTE}", f"c: {QUOTE}")
    verify(root)
    verify(root, day="2031-10-08")
    assert server.asked == ["/a", "/b", "/c", "/a", "/b"]


def test_what_is_kept_is_told_without_asking(tmp_path: Path, server: Loopback) -> None:
    server.routes |= {"/here": Reply(CHANGED), "/lost": Reply("", 404)}
    root = project(tmp_path, server, f"here: {QUOTE}", f"lost: {QUOTE}")
    verify(root, "here")
    before = (root / FILE).read_text()
    result = verify(root, "--kept", day="2031-12-01")
    assert (result.exit_code, result.stderr, server.asked) == (1, "", ["/here"])
    assert "second night" not in result.stdout
    assert result.stdout.splitlines()[-2:] == [
        "2 quotes of 2 sources: 1 reworded, 1 not looked for",
        "0 sources looked at now; not: 2 not asked for (--kept)",
    ]
    assert (root / FILE).read_text() == before


def test_the_same_words_between_others_are_another_quote(tmp_path: Path, server: Loopback) -> None:
    server.routes["/here"] = Reply("<p>A red lamp. A blue lamp.")
    root = project(tmp_path, server, "here: lamp")
    assert "[quote-repeated]" in verify(root).stdout
    project(root, server, "here: lamp\n        prefix: blue")
    result = verify(root)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "1 quote of 1 source: 1 there")
    assert [*read_verified(root).results] == [Quoted("here", "lamp", "blue")]


def test_a_japanese_quote_that_is_wrapped_in_the_yaml_is_one_line(tmp_path: Path, server: Loopback) -> None:
    server.routes["/here"] = Reply("<p>岸壁の灯りは初日の夜に消えた。")
    root = project(tmp_path, server, "here: 灯りは初日の\n          夜に消えた")
    assert verify(root).exit_code == 0
    assert [*read_verified(root).results] == [Quoted("here", "灯りは初日の夜に消えた")]


def test_results_of_quotes_that_no_record_has_are_dropped(tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server, f"here: {QUOTE}", f"there: {QUOTE}")
    verify(root)
    project(root, server, f"here: {QUOTE}")
    verify(root)
    assert kept(root) == {f"here: {QUOTE}": "gone 2031-10-01 -"}


def test_while_a_record_has_a_mistake_no_results_are_dropped(tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server, f"here: {QUOTE}")
    verify(root)
    before = kept(root)
    (root / "content/cases/lantern-quay.yml").write_text("title: [\n")
    result = verify(root, "--all")
    assert result.stderr == "note: records with mistakes are left out (factbound check lists them)\n"
    assert (result.exit_code, kept(root)) == (0, before)


def test_a_passage_with_a_name_that_is_withheld_is_not_shown(
    tmp_path: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "names.txt").write_text("Ada Example\n")
    monkeypatch.setenv("FACTBOUND_WITHHELD", str(tmp_path / "names.txt"))
    server.routes["/here"] = Reply("<p>The lamps of Ada Example burnt on the first night.")
    root = project(tmp_path / "project", server, "here: The lamps of the keeper burnt on the first")
    result = verify(root)
    assert "nearest to it is '(withheld: it holds a name)' (" in result.stdout
    assert "Ada" not in result.output + (root / FILE).read_text("utf-8")


def test_an_address_with_a_name_that_is_withheld_is_neither_shown_nor_kept(
    tmp_path: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "names.txt").write_text("Ada Example\n")
    monkeypatch.setenv("FACTBOUND_WITHHELD", str(tmp_path / "names.txt"))
    server.routes |= {"/here": redirect("/ada-example"), "/ada-example": Reply(PAGE)}
    result = verify(root := project(tmp_path / "project", server, f"here: {QUOTE}"))
    assert "the page of 'here' has moved to '(withheld: it holds a name)' (" in result.stdout
    assert "ada-" not in result.output + (root / FILE).read_text("utf-8")


# ----- other ways to look -----


def test_the_copies_of_an_archive(tmp_path: Path, server: Loopback) -> None:
    server.routes["/web/here"] = redirect("/new")
    root = project(
        tmp_path, server, f"here: {QUOTE}", f"bare: {QUOTE}",
        here=f"URL: {server.url('here')}\nread: archive\narchive: {{url: {server.url('web/here')}, date: 2031-01-01}}",
    )  # fmt: skip
    result = verify(root, "--archive")
    assert (result.exit_code, result.stdout) == (
        0,
        "2 quotes of 2 sources: 1 there, 1 not looked for\n1 source looked at now; not: 1 without a copy in an archive\n",
    )
    assert server.asked == ["/web/here", "/new"]
    assert not (root / FILE).exists()


def test_saved_pages_are_read_without_a_network(tmp_path: Path, server: Loopback) -> None:
    root = project(
        tmp_path / "project", server, *(f"{id}: {QUOTE}" for id in ("one", "two", "three", "four", "five")),
        two=f"URL: {server.url('two')}\nread: copy",
    )  # fmt: skip
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "one.html").write_bytes(PAGE.encode("utf-16"))
    (saved / "two.pdf").write_bytes(pdf(QUOTE))
    (saved / "three.txt").write_text(QUOTE)
    (saved / "four.html").write_text(CHANGED)
    day = datetime.datetime(2031, 9, 20, tzinfo=datetime.UTC).timestamp()
    os.utime(saved / "one.html", (day, day))
    result = verify(root, "--pages", str(saved), day="2031-10-01")
    assert result.stdout.splitlines()[-2:] == [
        "5 quotes of 5 sources: 3 there, 1 reworded, 1 not looked for",
        "4 sources looked at now; not: 1 without a saved page",
    ]
    assert result.stderr.splitlines()[0] == f"1/4 {saved}/four.html: 1 reworded"
    assert (result.exit_code, server.asked) == (1, [])
    assert kept(root)[f"one: {QUOTE}"] == "there 2031-09-20 2031-09-20"


def test_the_site_says_when_the_words_were_last_seen(tmp_path: Path) -> None:
    root, saved = copy_site(tmp_path / "site"), tmp_path / "saved"
    saved.mkdir()
    for text, day, said in (
        (PAGE, "2031-10-05", "Last seen there: 5 October 2031"),
        (NOTHING, "2031-10-09", "Last seen there: 5 October 2031"),
    ):
        (saved / "example-gazette.html").write_text(text)
        time_of = datetime.datetime.fromisoformat(f"{day}T12:00+00:00").timestamp()
        os.utime(saved / "example-gazette.html", (time_of, time_of))
        verify(root, "--pages", str(saved), day="2031-10-10")
        pages = {page.path: page.markdown for page in make_pages(library_of(root), "en", today=DAY)}
        notes = pages["cases/lantern-quay.md"].partition(QUOTE.replace(" ", "%20"))[2]
        assert said in notes.partition("[^")[0]


def test_a_page_that_was_saved_before_does_not_overrule_what_is_known(
    tmp_path: Path, server: Loopback
) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "here.html").write_text(PAGE)
    day = datetime.datetime(2031, 9, 20, tzinfo=datetime.UTC).timestamp()
    os.utime(saved / "here.html", (day, day))
    for status, verdict in ((404, "gone 2031-10-01"), (403, "there 2031-09-20")):
        server.routes["/here"] = Reply("", status)
        root = project(tmp_path / str(status), server, f"here: {QUOTE}")
        verify(root)
        result = verify(root, "--pages", str(saved))
        assert kept(root) == {f"here: {QUOTE}": f"{verdict} 2031-09-20"}
        assert result.exit_code == (status == 404)


def test_a_saved_page_that_is_named_after_no_source_is_told(tmp_path: Path, server: Loopback) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    for name in ("here.HTML", "hre.htm", "zzz.pdf", "notes.docx", "here.htm"):
        (saved / name).write_text(PAGE)
    result = verify(project(tmp_path / "project", server, f"here: {QUOTE}"), "--pages", str(saved))
    assert [line for line in result.stderr.splitlines() if line.startswith("note:")] == [
        f"note: {saved}/hre.htm is named after no source (did you mean 'here'?)",
        f"note: {saved}/zzz.pdf is named after no source (name it <source>.html)",
    ]
    assert result.stdout.splitlines()[0] == "1 quote of 1 source: 1 there"


def test_nothing_is_written_where_that_is_asked(tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server, f"here: {QUOTE}")
    assert verify(root, "--no-write").exit_code == 1
    assert not (root / FILE).exists()


# ----- what keeps a run from asking -----


def test_without_a_network_nothing_that_is_known_is_lost(
    tmp_path: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = server.url("there").replace(HOST, "localhost")
    there = f"URL: {local}\nread: publisher"
    server.routes["/here"] = Reply(CHANGED)
    root = project(tmp_path, server, f"here: {QUOTE}", f"there: {QUOTE}", there=there)
    verify(root, "--allow-host", "localhost")
    before = (root / FILE).read_text()

    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "as the system says it")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    result = verify(root, "--all")
    assert (result.exit_code, result.stdout, result.stderr.splitlines()[-1]) == (
        2,
        "",
        "Error: nothing was kept: not one of 2 hosts was found (is there a network?)",
    )
    assert (root / FILE).read_text() == before


def test_a_private_host_is_not_asked_unless_it_is_allowed(tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server, f"here: {QUOTE}")
    result = CliRunner().invoke(main, ["--project", str(root), "verify"], catch_exceptions=False)
    assert (result.exit_code, server.asked) == (0, [])
    assert result.stdout.splitlines()[0] == f"unknown: '{HOST}' is no public address: here"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["exmple-gazette"], "Invalid value for SOURCE: there is no source 'exmple-gazette' (did you mean 'example-gazette'?)"),
        (["zzz"], "Invalid value for SOURCE: there is no source 'zzz' (an id is the name of a file in content/sources/, without .yml)"),
        (["--older-than", "soon"], "Invalid value for '--older-than': 'soon' is no time (write one such as 7d or 2w)"),
        (["--kept", "--all"], "--kept asks for nothing, and goes with neither --archive, --pages nor --all"),
        (["--archive", "--pages", "."], "--archive and --pages do not go together (give one of them)"),
        (["--today", "soon"], "there is no day 'soon' (write one such as 2026-07-01)"),
    ],
)  # fmt: skip
def test_a_command_that_is_wrong(options: list[str], said: str, tmp_path: Path) -> None:
    lay(tmp_path, {})
    result = verify(tmp_path, *options)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, f"Error: {said}")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"format": 2, "sources": {}}', "it was written by a newer Factbound (format 2, this one knows 1)"),
        ('{"format": 1, "sources": {"here": [', "it is damaged or half written"),
        ("<<<<<<< ours", "it is damaged or half written"),
        ('{"format": 1, "sources": {"here": [], "here": []}}', "it is damaged or half written"),
        ("[" * 100_000, "it is damaged or half written"),
        ('{"format": 1, "sources": {"here": [{"quote": "a"}]}}', "it is not a list of results"),
        ("[]", "it is not a list of results"),
    ],
)
def test_kept_results_that_cannot_be_read_are_not_overwritten(
    text: str, why: str, tmp_path: Path, server: Loopback
) -> None:
    root = project(tmp_path, server, f"here: {QUOTE}")
    (root / FILE).write_text(text)
    result = verify(root)
    assert (result.exit_code, result.stdout, result.stderr) == (
        2,
        "",
        f"Error: nothing was asked: content/_verified.json cannot be used: {why} "
        "(update Factbound, or restore the file from version control)\n",
    )
    assert ((root / FILE).read_text(), server.asked) == (text, [])


def test_a_clock_in_the_past_asks_nothing(tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server, f"here: {QUOTE}")
    verify(root, day="2031-10-05")
    before, server.asked = (root / FILE).read_text(), []
    result = verify(root, "--all", day="2031-10-01")
    assert (result.exit_code, result.stderr) == (
        2,
        "Error: nothing was asked: content/_verified.json has results of 2031-10-05, but today is 2031-10-01 "
        "(set the clock, or give --today)\n",
    )
    assert ((root / FILE).read_text(), server.asked) == (before, [])


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server, f"here: {QUOTE}")
    (root / f"{FILE}.new").mkdir()
    result = verify(root)
    assert (result.exit_code, result.stderr) == (
        2,
        "Error: content/_verified.json cannot be written: Is a directory\n",
    )


def test_an_interrupt_keeps_what_was_learnt(tmp_path: Path, server: Loopback) -> None:
    def interrupt(handler: BaseHTTPRequestHandler) -> None:
        while not (root / FILE).exists():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.2)

    server.routes |= {"/a": Reply(PAGE), "/b": interrupt}
    root = project(tmp_path, server, f"a: {QUOTE}", f"b: {QUOTE}", f"c: {QUOTE}")
    result = verify(root)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (130, "stopped; what was learnt is kept")
    assert result.stdout.splitlines() == [
        "3 quotes of 3 sources: 1 there, 2 not looked for",
        "1 source looked at now; not: 2 not reached",
    ]
    assert kept(root) == {f"a: {QUOTE}": "there 2031-10-01 2031-10-01"}
