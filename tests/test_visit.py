"""Links out of the site: what each answer of a page means, what is asked and how often, and what is kept of it."""

from __future__ import annotations

import datetime
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from factbound.cli import main
from factbound.fetch import Fetcher, Limits
from factbound.visit import TextFragment, judge, text_fragments, visit_all
from factbound.visited import FILE, Visit, read_visits
from helpers import edit, environment, lay
from loopback import HOST, Loopback, Reply, Route, pdf, redirect, serving

DAY = datetime.date(2031, 10, 1)
QUICK = Limits(connect=5, read=1.5, total=3, size=100_000, redirects=4, tries=1, back_off=0, pause=0)
PAGE = (
    "<title>The fair</title><h2 id=wind>Wind</h2><p>The lanterns burnt on the first night.</p>"
    + "<p>Tide.</p>" * 50
)
LOST = PAGE.replace("The fair", "Page not found")


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.close()


def say_nothing(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(2)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with serving() as loopback:
        loopback.routes |= {"/new": Reply(PAGE), "/": Reply(PAGE), "/sign-in": Reply(PAGE)}
        yield loopback


# ----- the verdict on each answer -----

ANSWERS: dict[str, tuple[Route, str]] = {
    "a page": (Reply(PAGE), "ok"),
    "a page without a text": (Reply("", 204), "ok"),
    "a picture": (Reply(b"\x89PNG", content_type="image/png"), "ok"),
    "a PDF": (Reply(pdf("Lanterns"), content_type="application/pdf"), "ok"),
    "a huge page": (Reply(PAGE + "<p>tide" * 50_000), "ok"),
    "404": (Reply(PAGE, 404), "gone: it answers 404"),
    "410": (Reply("", 410), "gone: it answers 410"),
    "a title that says there is none": (Reply(LOST), "gone: its title says that there is no such page"),
    "moved for good": (redirect("/new"), "moved -> /new"),
    "moved for good, by 308": (redirect("/new", 308), "moved -> /new"),
    "moved in another script": (redirect("/新".encode().decode("latin-1")), "moved -> /%E6%96%B0"),
    "moved to the front page": (redirect("/"), "gone: it leads to the front page of a site"),
    "moved to where it is not": (redirect("/none"), "gone: it answers 404"),
    "moved to where one signs in": (redirect("/sign-in"), "unknown (refused): it asks its readers to sign in, to pay or to consent first"),
    "led on for now": (redirect("/new", 302), "ok"),
    "led into a private network": (redirect("http://127.0.0.2:{port}/new"), "unknown (private): '127.0.0.2' is no public address"),
    "led to a file": (redirect("file:///etc/hosts"), "unknown (address): it leads to an address of 'file:'"),
    "led in a circle": (redirect("/link"), "unknown (redirects): more than 4 redirects follow each other"),
    "403": (Reply(LOST, 403), "unknown (status): it answers 403"),
    "429": (Reply("", 429, headers={"Retry-After": "3600"}), "unknown (status): it answers 429"),
    "500": (Reply(LOST, 500), "unknown (status): it answers 500"),
    "a riddle for programs": (Reply(PAGE.replace("The fair", "Just a moment...")), "unknown (refused): it asks for a proof that no program reads it"),
    "silence": (say_nothing, "unknown (time): it took too long"),
    "a broken connection": (hang_up, "unknown (broken): the connection broke off"),
}  # fmt: skip
"""What a page answers -> the verdict, with the trouble, and why or where to."""


def told(visit: Visit, server: Loopback) -> str:
    trouble = f" ({visit.trouble})" if visit.trouble else ""
    why = f": {visit.why}" if visit.why else ""
    to = f" -> {visit.to.removeprefix(server.address.rstrip('/'))}" if visit.to else ""
    return f"{visit.verdict}{trouble}{why}{to}"


def ask(
    server: Loopback, *links: str, allowed: tuple[str, ...] = (HOST,), copies: tuple[str, ...] = ()
) -> list[str]:
    found: dict[str, Visit] = {}
    for _page, visits in visit_all(Fetcher(QUICK, allowed=allowed), links, copies, DAY):
        found |= visits
    return [told(found[link], server) for link in links]


@pytest.mark.parametrize("name", ANSWERS)
def test_the_verdict_on_an_answer(name: str, server: Loopback) -> None:
    route, expected = ANSWERS[name]
    if isinstance(route, Reply) and "Location" in route.headers:
        port = server.address.rstrip("/").rpartition(":")[2]
        route = redirect(route.headers["Location"].replace("{port}", port), route.status)
    server.routes |= {"/link": route, "/%E6%96%B0": Reply(PAGE)}
    assert ask(server, server.url("link")) == [expected]


def test_an_address_that_only_spells_itself_otherwise_has_not_moved(server: Loopback) -> None:
    def spell(handler: BaseHTTPRequestHandler) -> None:
        known = "Cookie" in handler.headers
        handler.send_response(200 if known else 301)
        for name, value in {} if known else {"Location": "/%E9%A2%A8", "Set-Cookie": "seen=1"}.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    server.routes["/%E9%A2%A8"] = spell
    assert ask(server, server.url("風")) == ["ok"]


def test_a_certificate_and_a_name_server_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    known = socket.getaddrinfo

    def resolve(host: str, *arguments: object, **options: object) -> object:
        if host.endswith(".example"):
            code = socket.EAI_AGAIN if host.startswith("silent") else socket.EAI_NONAME
            raise socket.gaierror(code, "no")
        return known(host, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with serving(secure=True) as server:
        links = (server.url("a"), "https://none.example/a", "https://silent.example/a")
        assert ask(server, *links) == [
            "unknown (certificate): its certificate is not valid (self-signed certificate)",
            "unknown (name): there is no host 'none.example'",
            "unknown (name): no name server said where 'silent.example' is",
        ]


def test_a_name_that_turns_private_the_second_time_is_not_asked(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each request looks at the very address to which it connects."""
    known, said = socket.getaddrinfo, iter([HOST, "127.0.0.2"])

    def resolve(host: str, port: int, *arguments: object, **options: object) -> object:
        at = next(said, "127.0.0.2") if host == "gazette.example" else host
        return known(at, port, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr("factbound.fetch.guard.is_public", lambda address: address == HOST)
    gazette = server.address.replace(HOST, "gazette.example")
    server.routes["/a"] = redirect(f"{gazette}secret")
    assert ask(server, f"{gazette}a", allowed=()) == [
        "unknown (private): 'gazette.example' is no public address"
    ]
    assert server.asked == ["/a"]


def test_where_a_copy_stands_is_no_address_to_move_to(server: Loopback) -> None:
    server.routes["/copy"] = redirect("/new")
    copy = server.url("copy")
    assert ask(server, copy, copies=(copy,)) == ["ok"]


# ----- places on a page -----

FRAGMENTS = {
    "#wind": "ok",
    "#Wind": "gone (fragment): its page has no '#Wind'",
    "#old-name": "ok",
    "#readme": "ok",
    "#%E9%A2%A8": "ok",
    "#top": "ok",
    "#": "ok",
    "#/route": "ok",
    "#L10": "ok",
    "#page=3": "ok",
    "#:~:text=burnt%20on%20the%20first": "ok",
    "#:~:text=The%20lanterns-,burnt,-on%20the": "ok",
    "#:~:text=The%20keeper-,burnt": "gone (fragment): its page does not have the words 'burnt'",
    "#:~:text=lanterns,first%20night": "ok",
    "#:~:text=first%20night,lanterns": "gone (fragment): its page does not have the words 'first night'",
    "#wind:~:text=second%20night": "gone (fragment): its page does not have the words 'second night'",
    "#:~:text=lanterns&text=none%20at%20all": "gone (fragment): its page does not have the words 'none at all'",
}


def test_places_on_a_page_are_looked_for_and_the_page_asked_once(server: Loopback) -> None:
    server.routes["/page"] = Reply(f"{PAGE}<a name=old-name></a><h2 id=user-content-readme></h2><p id=風>")
    found = ask(server, *(server.url(f"page{fragment}") for fragment in FRAGMENTS))
    assert dict(zip(FRAGMENTS, found, strict=True)) == FRAGMENTS
    assert server.asked == ["/page"]


def test_a_place_is_unknown_where_the_page_was_not_read_whole(server: Loopback) -> None:
    server.routes |= {
        "/scripts": Reply("<title>Fair</title><script src=a></script><div id=app>"),
        "/long": Reply(PAGE + "<p>tide" * 50_000),
    }
    assert ask(server, server.url("scripts#wind"), server.url("long#none")) == [
        "unknown (fragment): it shows hardly any words without its scripts",
        "unknown (fragment): it is longer than 100,000 bytes",
    ]


def test_words_in_a_pdf(server: Loopback) -> None:
    server.routes["/a"] = Reply(pdf("Lanterns burnt"), content_type="application/pdf")
    links = [
        server.url(f"a#{fragment}") for fragment in ("page=2", ":~:text=lanterns%20burnt", ":~:text=boats")
    ]
    assert ask(server, *links) == ["ok", "ok", "gone (fragment): its page does not have the words 'boats'"]


def test_a_page_that_moved_keeps_the_place(server: Loopback) -> None:
    server.routes |= {"/old": redirect("/new"), "/older": redirect("/new#wind")}
    assert ask(server, server.url("old#wind"), server.url("older#wind")) == ["moved -> /new#wind"] * 2


@pytest.mark.parametrize(
    ("directive", "found"),
    [
        ("text=a%2Cb", [TextFragment("a,b")]), ("text=a,b", [TextFragment("a", "b")]),
        ("text=x-,a,b,-y", [TextFragment("a", "b", "x", "y")]), ("text=a,-y&text=c", [TextFragment("a", suffix="y"), TextFragment("c")]),
        ("text=", []), ("selector=a", []), ("", []),
    ],
)  # fmt: skip
def test_a_text_fragment_is_read(directive: str, found: list[TextFragment]) -> None:
    assert text_fragments(directive) == found


@given(st.text(max_size=60))
def test_whatever_stands_there_is_read(directive: str) -> None:
    assert all(one.start for one in text_fragments(f"text={directive}"))


# ----- how it is asked -----


def test_the_caps_are_kept() -> None:
    with serving(everywhere=True) as server:
        port = server.address.rstrip("/").rpartition(":")[2]
        hosts = [f"127.0.0.{number}" for number in range(1, 9)]
        links = [f"http://{host}:{port}/{number}" for host in hosts for number in range(4)]

        def wait(handler: BaseHTTPRequestHandler) -> None:
            time.sleep(0.03)
            handler.send_response(204)
            handler.end_headers()

        server.routes |= {f"/{number}": wait for number in range(4)}
        limits = Limits(pause=0.1, connect=5)
        found = list(visit_all(Fetcher(limits, allowed=hosts), links, (), DAY, at_once=5))
    assert len(found) == len(links) == len(server.asked)
    assert set(server.most_of_host.values()) == {1}
    assert 2 <= server.most_at_once <= 5
    for host in server.most_of_host:
        times = [at for name, at in server.times if name == host]
        assert all(later - earlier >= 0.1 for earlier, later in pairwise(times))


def test_a_host_that_asks_to_wait_is_waited_for(server: Loopback) -> None:
    server.routes["/a"] = [Reply("", 429, headers={"Retry-After": "1"}), Reply("", 503), Reply(PAGE)]
    limits = Limits(pause=0, tries=3, back_off=0.1)
    [(_page, found)] = visit_all(Fetcher(limits, allowed=[HOST]), [server.url("a")], (), DAY)
    (first, second, third) = [at for _host, at in server.times]
    assert [visit.verdict for visit in found.values()] == ["ok"]
    assert (second - first >= 1, 0.2 <= third - second < 1) == (True, True)


def test_a_host_that_fails_time_after_time_is_not_asked_for_the_rest(server: Loopback) -> None:
    server.routes |= {f"/{number}": hang_up for number in range(6)}
    found = ask(server, *(server.url(str(number)) for number in range(6)))
    silent = "unknown (broken): the connection broke off"
    assert found == [silent] * 3 + [f"{silent}, time after time, and was not asked for the rest"] * 3
    assert len(server.asked) == 3


# ----- the command -----

LETTER = "content/sources/letter.yml"


def project(root: Path, server: Loopback, **more: str) -> Path:
    """Two sources, one with a copy, and a page that links out."""
    files = {
        "content/sources/example-gazette.yml": (
            f"type: webpage\ntitle: Lanterns\nlanguage: en\nissued: 2025\nURL: {server.url('gazette')}\n"
            f'accessed: unknown\nread: publisher\narchive: {{url: "{server.url("copy")}", date: 2025-05-01}}\n'
        ),
        LETTER: (
            "type: webpage\ntitle: A letter\nlanguage: en\nissued: 2025\n"
            f'URL: "{server.url("letter")}"  # as printed\naccessed: unknown\nread: publisher\n'
        ),
        "content/pages/about.md": (
            "---\ntitle: About\nchecked: unknown\n---\nThe harbour\n"
            f"has [a page]({server.url('harbour')}) of its own [@letter].\n"
        ),
        **more,
    }
    lay(root, files)
    server.routes |= {f"/{name}": Reply(PAGE) for name in ("gazette", "copy", "letter", "harbour")}
    return root


def links(root: Path, *options: str, today: str = "2031-10-01") -> Result:
    command = ["links", "--external", "--allow-host", HOST, "--pause", "0", "--today", today, *options]
    return CliRunner().invoke(main, ["--project", str(root), *command], catch_exceptions=False)


def test_what_a_run_prints_and_keeps(tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server)
    server.routes |= {
        "/gazette": Reply("", 404), "/letter": redirect("/letters/1"), "/letters/1": Reply(PAGE), "/harbour": Reply("", 403),
    }  # fmt: skip
    result = links(root)
    gazette, letter = server.url("gazette"), server.url("letter")
    assert result.stdout == (
        f"content/sources/example-gazette.yml:5:6: advice[link-gone]: '{gazette}' is gone: it answers 404 "
        f"(write its new address, or 'status: dead': a copy stands at {server.url('copy')})\n"
        f"    URL: {gazette}\n         ^\n"
        f"{LETTER}:5:6: advice[link-moved]: '{letter}' has moved for good to '{server.url('letters/1')}' "
        "(write that address; 'factbound fix --rule link-moved' does)\n"
        f'    URL: "{letter}"  # as printed\n         ^\n'
        "unknown: it answers 403: content/pages/about.md:6:14\n"
        "4 links: 1 ok, 1 moved, 1 gone, 1 unknown; 4 pages asked now\n"
    )
    assert result.exit_code == 1
    assert sorted(result.stderr.splitlines()) == [
        f"1/4 {HOST}: gone", f"2/4 {HOST}: ok", f"3/4 {HOST}: moved", f"4/4 {HOST}: unknown",
    ]  # fmt: skip
    kept = read_visits(root)
    assert kept[gazette] == Visit("gone", DAY, DAY, "it answers 404")
    assert kept[letter] == Visit("moved", DAY, DAY, "", server.url("letters/1"))


@pytest.mark.parametrize(
    ("given", "todo"),
    [
        ({"/letter": Reply("", 404)}, "write its new address, or set 'archive' to a copy that an archive of the web keeps, and 'status: dead'"),
        ({"/copy": Reply("", 404)}, "find another copy, or take 'archive' away"),
        ({"/harbour": Reply("", 404)}, "write its new address or that of a copy in an archive, or take the link away"),
    ],
)  # fmt: skip
def test_what_to_do_where_a_page_is_gone(
    given: Mapping[str, Route], todo: str, tmp_path: Path, server: Loopback
) -> None:
    root = project(tmp_path, server)
    server.routes |= given
    assert links(root).stdout.splitlines()[0].endswith(f"is gone: it answers 404 ({todo})")


def test_a_place_that_is_gone_is_told_apart_from_its_page(tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server)
    edit(root / LETTER, server.url("letter"), server.url("letter#storm"))
    assert links(root).stdout.splitlines()[0] == (
        f"{LETTER}:5:6: advice[link-gone]: '{server.url('letter#storm')}' leads to no place: its page has no '#storm' "
        "(correct what follows its '#', or take that away)"
    )


def test_a_source_that_is_dead_or_never_linked_is_not_asked(tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server)
    for name, more in (
        (LETTER, "status: dead\n"),
        ("content/sources/example-gazette.yml", 'link: "no"\nbecause: It names people.\n'),
    ):
        file = root / name
        file.write_text(file.read_text("utf-8") + more, "utf-8")
    links(root)
    assert sorted(server.asked) == ["/copy", "/harbour"]


def test_findings_as_data(tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server)
    server.routes["/letter"] = Reply("", 404)
    data = json.loads(links(root, "--format", "json").stdout)
    assert [(one["verdict"], one["places"]) for one in data["links"]] == [
        ("ok", ["content/sources/example-gazette.yml:8:16"]), ("ok", ["content/sources/example-gazette.yml:5:6"]),
        ("ok", ["content/pages/about.md:6:14"]), ("gone", [f"{LETTER}:5:6"]),
    ]  # fmt: skip
    assert data["links"][3] == {
        "address": server.url("letter"), "verdict": "gone", "asked": "2031-10-01", "since": "2031-10-01", "why": "it answers 404",
        "places": [f"{LETTER}:5:6"],
    }  # fmt: skip
    assert [(one["rule"], one["line"], one["column"]) for one in data["problems"]] == [("link-gone", 5, 6)]


def test_what_answered_well_waits_and_the_rest_is_asked_the_next_day(
    tmp_path: Path, server: Loopback
) -> None:
    root = project(tmp_path, server)
    server.routes |= {"/letter": Reply("", 404), "/harbour": Reply("", 403)}
    for day, asked in (
        ("2031-10-01", {"/gazette", "/copy", "/letter", "/harbour"}), ("2031-10-01", set()), ("2031-10-02", {"/letter", "/harbour"}),
        ("2031-10-13", {"/gazette", "/copy", "/letter", "/harbour"}),
    ):  # fmt: skip
        server.asked.clear()
        result = links(root, today=day)
        assert set(server.asked) == asked
    assert (
        f"'{server.url('letter')}' is gone: it answers 404, since 2031-10-01 at the latest (" in result.stdout
    )
    server.asked.clear()
    links(root, "--all", today="2031-10-13")
    assert len(server.asked) == 4


def test_links_of_one_day_are_not_all_due_on_one_day() -> None:
    visit = Visit("ok", DAY, DAY)
    addresses = [f"https://gazette.example/{number}" for number in range(400)]
    due = [
        sum(visit.is_due(one, DAY + datetime.timedelta(days), 8) for one in addresses) for days in range(14)
    ]
    assert (due[7], due[12], due[13]) == (0, 400, 400)
    assert all(0 < later - earlier < 200 for earlier, later in pairwise(due[7:13]))


def test_a_day_in_the_future_is_no_reason_to_wait() -> None:
    assert Visit("ok", DAY, DAY).is_due("https://gazette.example/", DAY - datetime.timedelta(1), 7)


def test_links_that_the_content_no_longer_has_are_dropped(tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server)
    links(root)
    (root / "content/pages/about.md").write_text(
        "---\ntitle: About\nchecked: unknown\n---\nNothing.\n", "utf-8"
    )
    links(root)
    assert server.url("harbour") not in read_visits(root)
    (root / LETTER).write_text("type: nothing\n", "utf-8")
    links(root)
    assert server.url("letter") in read_visits(root)


def test_only_links_that_a_revision_does_not_have(tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server)
    for command in (
        ["init", "-q"],
        ["add", "content"],
        ["-c", "user.name=x", "-c", "user.email=x@site.example", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *command], cwd=root, check=True)
    file = root / "content/pages/about.md"
    file.write_text(file.read_text("utf-8") + f"\nSee [more]({server.url('new')}).\n", "utf-8")
    result = links(root, "--changed-since", "HEAD")
    assert (server.asked, result.stdout) == (["/new"], "1 link: 1 ok; 1 page asked now\n")
    assert links(root, "--changed-since", "none").stderr.splitlines()[-1] == (
        "Error: --changed-since: git knows no revision 'none' (name a branch, a tag or a commit that git log knows)"
    )


def ignoring(root: Path, address: str, until: str) -> None:
    file = root / "content/site.yml"
    entry = f'{{address: "{address}", because: It refuses programs., owner: the desk, until: {until}}}'
    file.write_text(f"{file.read_text('utf-8')}links-ignored:\n  gazette: {entry}\n", "utf-8")


def test_a_link_may_be_left_unasked_until_a_day(tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server)
    ignoring(root, server.url("gazette"), "2031-10-01")
    result = links(root)
    assert "/gazette" not in server.asked
    assert result.stdout == "4 links: 3 ok, 1 ignored; 3 pages asked now\n"


def test_an_entry_whose_day_has_passed_is_an_error(tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server)
    ignoring(root, server.url("gazette"), "2031-09-30")
    result = links(root)
    assert "/gazette" in server.asked
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        1, f"content/site.yml:18:{81 + len(server.url('gazette'))}: error[link-ignored-ended]: 'gazette' leaves {server.url('gazette')} unasked "
        "until 2031-09-30, and that day has passed; its owner is the desk (remove the entry, or give it a later day after a look at the link)",
    )  # fmt: skip
    assert CliRunner().invoke(main, ["--project", str(root), "check"]).exit_code == 0


@pytest.mark.parametrize("tail", ["gaz", "gazette/none"])
def test_an_entry_that_no_link_needs_is_told(tail: str, tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server)
    ignoring(root, server.url(tail), "2032-01-01")
    result = links(root)
    assert (result.exit_code, "advice[link-ignored-unused]: no link leads to " in result.stdout) == (0, True)
    assert links(root, "--strict").exit_code == 1


def test_an_address_with_a_name_that_is_withheld_is_neither_kept_nor_shown(
    tmp_path: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Wilhelmina Quaverly\n", "utf-8")
    monkeypatch.setenv("FACTBOUND_WITHHELD", str(names))
    root = project(tmp_path / "project", server)
    server.routes |= {"/letter": redirect("/wilhelmina-quaverly"), "/wilhelmina-quaverly": Reply(PAGE)}
    result = links(root)
    assert (
        f"'{server.url('letter')}' has moved for good to an address that is not shown here: it holds a name that is withheld "
        "(open it and write the address to which it leads)"
    ) in result.stdout
    assert "quaverly" not in (result.output + (root / FILE).read_text("utf-8")).lower()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "it is damaged or half written"), ("[]", "it is damaged or half written"),
        ('{"format": 9, "links": {}}', "it has the format 9, and this Factbound reads 1"),
        ('{"format": 1, "links": {"a": {"verdict": "fine"}}}', "it is damaged or half written"),
    ],
)  # fmt: skip
def test_kept_answers_that_cannot_be_read_are_asked_anew(
    text: str, why: str, tmp_path: Path, server: Loopback
) -> None:
    root = project(tmp_path, server)
    (root / FILE).parent.mkdir()
    (root / FILE).write_text(text, "utf-8")
    result = links(root)
    assert result.stderr.splitlines()[0] == f"note: .cache/links.json is not used, and is written anew: {why}"
    assert len(read_visits(root)) == 4


def test_answers_that_cannot_be_kept_are_shown_all_the_same(tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server)
    (root / ".cache").write_text("no folder", "utf-8")
    result = links(root)
    assert "note: .cache/links.json cannot be written: File exists" in result.stderr.splitlines()
    assert (result.exit_code, result.stdout) == (0, "4 links: 4 ok; 4 pages asked now\n")


def test_a_private_host_is_not_asked_unless_it_is_allowed(tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server)
    result = CliRunner().invoke(main, ["--project", str(root), "links", "--external", "--pause", "0"])
    assert (server.asked, result.exit_code) == ([], 0)
    assert f"unknown: '{HOST}' is no public address: " in result.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--external", "."], "Error: --external asks for the links of the content (leave SITE and --url out)"),
        (["--changed-since", "main"], "Error: an option that asks the web needs --external (add it)"),
        (["--external", "--older-than", "soon"], "Error: Invalid value for '--older-than': 'soon' is no time (write one such as 7d or 2w)"),
        (["--external", "--today", "soon"], "Error: there is no day 'soon' (write one such as 2026-07-01)"),
    ],
)  # fmt: skip
def test_a_command_that_is_wrong(options: list[str], said: str, tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server)
    result = CliRunner().invoke(main, ["--project", str(root), "links", *options])
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, said)


def test_an_interrupt_keeps_what_was_learnt(tmp_path: Path, server: Loopback) -> None:
    root = project(tmp_path, server)
    server.routes["/letter"] = lambda handler: time.sleep(20)
    program = str(Path(sys.executable).parent / "factbound")
    command = [program, "links", "--external", "--allow-host", HOST, "--pause", "0", "--today", "2031-10-01"]
    with subprocess.Popen(
        command, cwd=root, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        # The others of the host come before it.
        first = process.stderr.readline()
        second = process.stderr.readline()
        os.kill(process.pid, signal.SIGINT)
        out, rest = process.communicate(timeout=20)
    assert (first, second) == (f"1/4 {HOST}: ok\n", f"2/4 {HOST}: ok\n")
    assert process.returncode == 130
    assert rest.splitlines()[-1] == "stopped; what was learnt is kept"
    assert out == "4 links: 2 ok, 2 not asked; 2 pages asked now\n"
    assert len(read_visits(root)) == 2


def test_a_page_that_is_unknown_for_now_is_judged_by_nothing_else() -> None:
    from factbound.fetch import Answer

    answer = Answer("https://gazette.example/", trouble="time", why="it took too long")
    assert judge("https://gazette.example/#a", answer, DAY) == Visit(
        "unknown", DAY, DAY, "it took too long", trouble="time"
    )
