"""A web server on this machine that answers as a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from helpers import ROOT

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Reply:
    """One answer; the length is told unless a header says otherwise."""

    body: bytes | str = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


Route = Reply | list[Reply] | Callable[[BaseHTTPRequestHandler], None]
"""A list is answered in turn, its last for ever; a function writes what it likes."""


def redirect(to: str, status: int = 301) -> Reply:
    return Reply(b"", status, headers={"Location": to})


class Loopback:
    """The server: set `routes`, ask `url(path)`, look at `asked`."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.routes: dict[str, Route] = {}
        self.asked: list[str] = []
        self.headers: list[Mapping[str, str]] = []
        self.most_at_once = 0
        self.most_of_host: dict[str, int] = {}
        """Host, as it was asked for -> the most requests at once."""
        self.times: list[tuple[str, float]] = []
        """Each request: its host, and when it came."""
        self._now: Counter[str] = Counter()
        self._lock = threading.Lock()

    def url(self, path: str) -> str:
        return self.address + path

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self.asked.append(handler.path)
            self.headers.append(dict(handler.headers.items()))
            host = handler.headers.get("Host", "")
            self.times.append((host, time.monotonic()))
            self._now[host] += 1
            self.most_of_host[host] = max(self.most_of_host.get(host, 0), self._now[host])
            self.most_at_once = max(self.most_at_once, self._now.total())
            route = self.routes.get(handler.path.partition("?")[0], Reply("nothing here", 404))
            if isinstance(route, list):
                route = route.pop(0) if len(route) > 1 else route[0]
        try:
            if isinstance(route, Reply):
                _send(handler, route)
            else:
                route(handler)
        except OSError:
            pass  # The client went away, as it may.
        finally:
            with self._lock:
                self._now[host] -= 1


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    body = reply.body.encode() if isinstance(reply.body, str) else reply.body
    handler.send_response(reply.status)
    if reply.content_type:
        handler.send_header("Content-Type", reply.content_type)
    for name, value in {"Content-Length": str(len(body)), **reply.headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    loopback: Loopback

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # A connection that a test breaks off is no fault of the server.


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, _Server)
        self.server.loopback.answer(self)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def serving(*, secure: bool = False, everywhere: bool = False) -> Iterator[Loopback]:
    """A server; with `secure`, one whose certificate nobody vouches for; with `everywhere`, one at every address of this
    machine: 127.0.0.1, 127.0.0.2 …"""
    with _Server(("" if everywhere else HOST, 0), _Handler) as server:
        if secure:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(ROOT / "tests" / "cases" / "fetch" / "self-signed.pem")
            server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https" if secure else "http"
        server.loopback = Loopback(f"{scheme}://{HOST}:{server.server_port}/")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.loopback
        finally:  # Else the thread of a test that fails within would keep the run from ending.
            server.shutdown()
            thread.join()


def pdf(*lines: str) -> bytes:
    """A PDF of one page."""
    drawn = (
        b"BT /F1 12 Tf 14 TL 50 700 Td "
        + b" ".join(b"(%s) '" % line.encode("cp1252") for line in lines)
        + b" ET"
    )
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return out + end % (len(parts) + 1, table, len(parts) + 1, len(out))
