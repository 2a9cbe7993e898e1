"""What an address answers, from a server on this machine that plays every part."""

from __future__ import annotations

import datetime
import gzip
import socket
import struct
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbound.fetch import Answer, Fetcher, Limits, fetch_all, guard, host_of, is_public, seconds_after
from helpers import free_port
from loopback import HOST, Loopback, Reply, Route, redirect, serving

QUICK = Limits(connect=2, read=0.3, total=0.6, size=100_000, redirects=4, tries=1, back_off=0, pause=0)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with serving() as loopback:
        yield loopback


def fetch(url: str, limits: Limits = QUICK, allowed: tuple[str, ...] = (HOST,)) -> Answer:
    return Fetcher(limits, allowed=allowed).fetch(url)


def test_a_page_comes_with_its_kind_and_its_bytes(server: Loopback) -> None:
    server.routes["/a"] = Reply("lamps", content_type="text/plain; charset=Shift_JIS")
    assert fetch(server.url("a")) == Answer(
        server.url("a"), 200, content_type="text/plain; charset=Shift_JIS", body=b"lamps"
    )


def test_we_say_who_asks_and_for_whom(server: Loopback) -> None:
    Fetcher(QUICK, allowed=[HOST], home="https://site.example/").fetch(server.url("a"))
    assert server.headers[0]["User-Agent"] == (
        "Factbound/0.1.0 (+https://site.example/; looks whether what a site cites is still there)"
    )


def test_nothing_of_the_surroundings_is_used(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:1/")
    assert fetch(server.url("a")).status == 404


# ----- redirects -----


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [
        ([301], "1"), ([308], "1"), ([302], ""), ([303], ""), ([307], ""), ([301, 308], "2"), ([301, 302], "1"),
        ([302, 301], ""), ([301, 302, 301], "1"),
    ],
)  # fmt: skip
def test_a_page_has_moved_as_far_as_permanent_redirects_lead(
    statuses: list[int], moved: str, server: Loopback
) -> None:
    for number, status in enumerate(statuses):
        server.routes[f"/{number}"] = redirect(f"/{number + 1}", status)
    server.routes[f"/{len(statuses)}"] = Reply("here")
    answer = fetch(server.url("0"))
    assert (answer.url, answer.status, answer.body) == (server.url(str(len(statuses))), 200, b"here")
    assert answer.moved == (server.url(moved) if moved else "")


def test_an_anchor_is_kept_and_not_sent(server: Loopback) -> None:
    server.routes |= {"/a": redirect("b"), "/b": redirect("c#own"), "/c": Reply("here")}
    assert fetch(server.url("b#old")).moved == server.url("c#own")
    server.routes["/b"] = Reply("here")
    assert fetch(server.url("a#old")).moved == server.url("b#old")
    assert set(server.asked) == {"/a", "/b", "/c"}


def test_a_page_that_only_hands_out_a_cookie_first_has_not_moved(server: Loopback) -> None:
    def door(handler: BaseHTTPRequestHandler) -> None:
        known = "Cookie" in handler.headers
        handler.send_response(200 if known else 301)
        handler.send_header("Content-Length", "0")
        if not known:
            handler.send_header("Set-Cookie", "seen=1")
            handler.send_header("Location", "/a")
        handler.end_headers()

    server.routes["/a"] = door
    assert fetch(server.url("a")) == Answer(server.url("a"), 200)


def test_an_address_in_another_script_is_understood(server: Loopback) -> None:
    server.routes |= {
        "/a": redirect("/灯台".encode().decode("latin-1")),
        "/%E7%81%AF%E5%8F%B0": Reply("here"),
    }
    assert fetch(server.url("a")).body == b"here"


def test_a_redirect_without_an_address_is_an_answer(server: Loopback) -> None:
    server.routes["/a"] = Reply("", 302)
    assert fetch(server.url("a")).status == 302


def test_a_loop_ends(server: Loopback) -> None:
    server.routes |= {"/a": redirect("/b"), "/b": redirect("/a")}
    answer = fetch(server.url("a"))
    assert (answer.trouble, answer.why) == ("redirects", "more than 4 redirects follow each other")
    assert len(server.asked) == 5


def test_the_text_of_a_redirect_is_not_read(server: Loopback) -> None:
    server.routes |= {"/a": Reply(b"x" * 5_000_000, 302, headers={"Location": "/b"}), "/b": Reply("here")}
    assert fetch(server.url("a")).body == b"here"


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("ftp://example.org/a", "it leads to an address of 'ftp:'"),
        ("file:///etc/hosts", "it leads to an address of 'file:'"),
        ("http://[::1", "its address cannot be asked for"),
        ("http://a..b/", "its address cannot be asked for"),
        (f"http://{'a' * 70}.example/", "its address cannot be asked for"),
    ],
)
def test_an_address_that_cannot_be_asked_for(to: str, why: str, server: Loopback) -> None:
    server.routes["/a"] = redirect(to)
    answer = fetch(server.url("a"))
    assert (answer.trouble, answer.why) == ("address", why)


# ----- never into a private network -----

PRIVATE = [
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2002:a00:1::",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_of_the_open_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_an_address_of_the_open_internet(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_what_is_public_is_never_loopback_or_private(address: IPv4Address | IPv6Address) -> None:
    if is_public(str(address)):
        assert not (address.is_private or address.is_loopback or address.is_multicast)


SPELLINGS = [
    "localhost", "localhost.", "2130706433", "0x7f.1", "127.1", "0", "[::1]", "[::ffff:127.0.0.1]",
]  # fmt: skip
"""Names of this machine, most of which a look at the address alone would miss."""


@pytest.mark.parametrize("host", SPELLINGS)
def test_this_machine_is_not_asked_whatever_it_is_called(host: str, server: Loopback) -> None:
    secret = server.url("secret").replace(HOST, host)
    server.routes["/a"] = redirect(secret)
    for url in (secret, server.url("a")):
        answer = fetch(url)
        name = host.strip("[].")
        assert (answer.trouble, answer.why) == ("private", f"'{name}' is no public address")
    assert server.asked == ["/a"]


def test_a_host_may_be_allowed_by_name(server: Loopback) -> None:
    local = server.address.replace(HOST, "localhost")
    assert fetch(local, allowed=("LOCALHOST",)).status == 404
    assert fetch(local, allowed=(HOST,)).trouble == "private"


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that says something else the second time changes nothing."""
    said, connected = iter(["93.184.216.34", "127.0.0.1"]), []

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(said), port))]

    def connect(address: tuple[str, int], *_: object) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(guard, "create_connection", connect)
    assert fetch("http://rebind.example/").trouble == "refused"
    assert connected == [("93.184.216.34", 80)]


def test_of_several_addresses_only_the_public_ones_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses, connected = ["10.0.0.1", "93.184.216.34", "127.0.0.1", "93.184.216.35"], []

    def connect(address: tuple[str, int], *_: object) -> socket.socket:
        connected.append(address[0])
        raise TimeoutError

    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (one, 80)) for one in addresses]
    )
    monkeypatch.setattr(guard, "create_connection", connect)
    assert fetch("http://many.example/").trouble == "time"
    assert connected == ["93.184.216.34", "93.184.216.35"]


# ----- troubles, told apart -----


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def stop_halfway(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"lamps")


def say_nothing(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(0.5)


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Long: ")
    drip(handler)


def drip_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    drip(handler)


def drip(handler: BaseHTTPRequestHandler) -> None:
    for _ in range(30):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def no_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"220 mail.example ready\r\n")


@pytest.mark.parametrize(
    ("play", "trouble", "why"),
    [
        (hang_up, "broken", "the connection broke off"),
        (stop_halfway, "broken", "the connection broke off"),
        (no_http, "broken", "the connection broke off"),
        (say_nothing, "time", "it took too long"),
        (drip_headers, "time", "it took too long"),
        (drip_body, "time", "it took too long"),
        (
            Reply(b"no gzip", headers={"Content-Encoding": "gzip"}),
            "broken",
            "it sent what cannot be unpacked",
        ),
    ],
)
def test_an_answer_that_never_comes_whole(play: Route, trouble: str, why: str, server: Loopback) -> None:
    server.routes["/a"] = play
    answer = fetch(server.url("a"))
    assert (answer.trouble, answer.why) == (trouble, why)


def test_a_port_on_which_nobody_listens() -> None:
    answer = fetch(f"http://{HOST}:{free_port()}/")
    assert (answer.trouble, answer.why) == ("refused", f"'{HOST}' refused the connection")


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (socket.EAI_NONAME, "there is no host 'lamps.example'"),
        (socket.EAI_AGAIN, "no name server said where 'lamps.example' is"),
    ],
)
def test_a_name_that_leads_nowhere(code: int, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(code, "as the system says it")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    answer = fetch("https://lamps.example/")
    assert (answer.trouble, answer.why) == ("name", why)


def test_a_certificate_that_nobody_vouches_for() -> None:
    with serving(secure=True) as server:
        answer = fetch(server.address)
    assert (answer.trouble, answer.why) == (
        "certificate",
        "its certificate is not valid (self-signed certificate)",
    )
    assert server.asked == []


def test_a_server_that_speaks_no_tls(server: Loopback) -> None:
    answer = fetch(server.address.replace("http:", "https:"))
    assert (answer.trouble, answer.why) == ("tls", "no secure connection could be made")


# ----- size -----


@pytest.mark.parametrize("packed", [False, True])
def test_of_a_huge_page_the_beginning_is_kept(packed: bool, server: Loopback) -> None:
    body = b"lamps " * 500_000
    reply = Reply(gzip.compress(body), headers={"Content-Encoding": "gzip"}) if packed else Reply(body)
    server.routes["/a"] = reply
    answer = fetch(server.url("a"))
    assert (answer.status, answer.trouble) == (200, "size")
    assert answer.why == "it is longer than 100,000 bytes"
    assert answer.body == body[:100_000]


# ----- tries and waits -----


def tries(server: Loopback, *replies: Reply, limits: Limits) -> tuple[Answer, list[float]]:
    """What comes of several answers in turn, and how long was waited before each further try."""
    waits: list[float] = []
    server.routes["/a"] = list(replies)
    answer = Fetcher(limits, allowed=[HOST], sleep=waits.append).fetch(server.url("a"))
    return answer, [round(wait) for wait in waits]


BUSY = Reply("", 503)
PATIENT = Limits(tries=3, back_off=2, pause=0, longest_wait=60)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_host_that_is_busy_is_asked_again(status: int, server: Loopback) -> None:
    answer, waits = tries(server, Reply("", status), Reply("lamps"), limits=PATIENT)
    assert (answer.status, answer.body, waits) == (200, b"lamps", [2])


def test_each_wait_is_twice_the_last_and_tries_end(server: Loopback) -> None:
    answer, waits = tries(server, BUSY, limits=PATIENT)
    assert (answer.status, waits, len(server.asked)) == (503, [2, 4], 3)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_an_answer_that_stays_is_not_asked_for_again(status: int, server: Loopback) -> None:
    answer, waits = tries(server, Reply("", status), limits=PATIENT)
    assert (answer.status, waits, len(server.asked)) == (status, [], 1)


@pytest.mark.parametrize(
    ("header", "waits"),
    [("7", [7, 7]), ("60", [60, 60]), ("61", []), ("9" * 400, []), ("soon", [2, 4]), ("-1", [2, 4])],
)
def test_a_host_says_how_long_to_wait(header: str, waits: list[float], server: Loopback) -> None:
    busy = Reply("", 429, headers={"Retry-After": header})
    assert tries(server, busy, limits=PATIENT)[1] == waits


@pytest.mark.parametrize(
    "busy",
    [
        Reply("", 429),
        Reply("", 429, headers={"Retry-After": "3600"}),
        Reply("", 503, headers={"Retry-After": "3600"}),
    ],
)
def test_a_host_that_wants_to_be_left_alone_is_asked_for_no_other_page(busy: Reply, server: Loopback) -> None:
    server.routes |= {"/a": busy, "/b": Reply("lamps")}
    fetcher = Fetcher(PATIENT, allowed=[HOST, "localhost"], sleep=lambda _: None)
    assert fetcher.fetch(server.url("a")).status == busy.status
    before = len(server.asked)
    answer = fetcher.fetch(server.url("b"))
    assert (answer.trouble, answer.why) == ("wait", f"'{HOST}' wants to be left alone for now")
    assert len(server.asked) == before
    assert fetcher.fetch(server.address.replace(HOST, "localhost") + "b").body == b"lamps"


def test_a_host_that_is_busy_for_now_is_asked_for_other_pages(server: Loopback) -> None:
    server.routes |= {"/a": BUSY, "/b": Reply("", 404, headers={"Retry-After": "3600"}), "/c": Reply("lamps")}
    fetcher = Fetcher(PATIENT, allowed=[HOST], sleep=lambda _: None)
    assert [fetcher.fetch(server.url(path)).status for path in ("a", "b", "c")] == [503, 404, 200]


def test_a_broken_connection_is_tried_again(server: Loopback) -> None:
    turns = iter([hang_up, no_http])

    def play(handler: BaseHTTPRequestHandler) -> None:
        next(turns, lambda one: one.send_error(410))(handler)

    server.routes["/a"] = play
    waits: list[float] = []
    assert Fetcher(PATIENT, allowed=[HOST], sleep=waits.append).fetch(server.url("a")).status == 410
    assert len(waits) == 2


NOW = datetime.datetime(2031, 10, 1, 12, 0, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", None), ("0", 0), ("120", 120), ("1.5", None), ("a while", None), ("²", None),
        ("Wed, 01 Oct 2031 12:02:00 GMT", 120), ("Wed, 01 Oct 2031 14:02:00 +0200", 120),
        ("Wednesday, 01-Oct-31 12:02:00 GMT", 120), ("Wed Oct  1 12:02:00 2031", 120),
        ("Wed, 01 Oct 2031 11:00:00 GMT", 0), ("Wed, 99 Oct 2031 11:00:00 GMT", None),
    ],
)  # fmt: skip
def test_seconds_and_days_of_a_retry_after(header: str, seconds: float | None) -> None:
    assert seconds_after(header, NOW) == seconds


@given(st.text(max_size=40))
def test_whatever_a_host_writes_there_is_a_wait_or_none(header: str) -> None:
    wait = seconds_after(header, NOW)
    assert wait is None or wait >= 0


# ----- many pages -----


def test_a_host_is_asked_one_page_at_a_time_and_all_answer(server: Loopback) -> None:
    urls = {str(number): server.url(str(number)) for number in range(8)}
    fetcher = Fetcher(QUICK, allowed=[HOST])
    answers = dict(fetch_all(fetcher, urls))
    assert {name: answer.status for name, answer in answers.items()} == dict.fromkeys(urls, 404)
    assert server.most_at_once == 1


def test_several_hosts_are_asked_at_once(server: Loopback) -> None:
    met = threading.Barrier(2, timeout=5)

    def meet(handler: BaseHTTPRequestHandler) -> None:
        met.wait()
        handler.send_response(204)
        handler.end_headers()

    server.routes["/a"] = meet
    urls = {"one": server.url("a"), "two": server.address.replace(HOST, "localhost") + "a"}
    fetcher = Fetcher(Limits(pause=0), allowed=[HOST, "localhost"])
    assert {answer.status for _name, answer in fetch_all(fetcher, urls)} == {204}


def test_a_host_to_which_others_lead_is_still_asked_one_at_a_time(server: Loopback) -> None:
    local = server.address.replace(HOST, "localhost")
    server.routes |= {f"/to{number}": redirect(f"{local}page") for number in range(3)}
    server.routes["/page"] = lambda handler: time.sleep(0.05)
    urls = {"own": f"{local}page", **{f"to{number}": server.url(f"to{number}") for number in range(3)}}
    list(fetch_all(Fetcher(QUICK, allowed=[HOST, "localhost"]), urls))
    # The other host may hand out a redirect meanwhile.
    assert server.most_at_once <= 2


def test_there_is_a_pause_between_two_requests_to_a_host(server: Loopback) -> None:
    waits: list[float] = []
    fetcher = Fetcher(Limits(pause=5), allowed=[HOST, "localhost"], sleep=waits.append)
    for url in (server.url("a"), server.url("b"), server.address.replace(HOST, "localhost")):
        fetcher.fetch(url)
    assert [round(wait) for wait in waits] == [5]


def test_nothing_to_ask_is_nothing_asked() -> None:
    assert list(fetch_all(Fetcher(QUICK), {})) == []


def test_a_fault_of_ours_is_not_swallowed() -> None:
    class Faulty(Fetcher):
        def fetch(self, url: str) -> Answer:
            raise AssertionError(url)

    with pytest.raises(AssertionError, match=r"http://a\.example/"):
        list(fetch_all(Faulty(QUICK), {"a": "http://a.example/"}))


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://A.example:8/b", "a.example"), ("http://[::1", ""), ("mailto:a@b.example", ""), ("", "")],
)
def test_the_host_of_an_address(url: str, host: str) -> None:
    assert host_of(url) == host
