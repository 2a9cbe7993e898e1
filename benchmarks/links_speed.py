"""How long `factbound links` takes over 2,000 pages, and `links --external` over 1,000 links to 50 hosts of this machine, whose
server sees whether the caps are kept: one request at a time to a host, a second after each."""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

from common.measure import Failed, Run, Table, arguments, best, progress, run
from synthetic import write_project

RUNS = 2
PAUSE = 1.0
PAGE = f"<title>A page</title><h1>A page</h1>{'<p>A ship waits outside the harbour.</p>' * 500}".encode()


class Server(ThreadingHTTPServer):
    """Answers at every address of this machine, and remembers when each was asked."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("", 0), Handler)
        self.lock = threading.Lock()
        self.spans: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
        """Host -> when each of its answers began and ended."""


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        began = time.monotonic()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)
        assert isinstance(self.server, Server)
        with self.server.lock:
            self.server.spans[self.headers["Host"]].append((began, time.monotonic()))

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[Server]:
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def main() -> int:
    """Measure, print, and return 1 where a target is missed."""
    quick = arguments(__doc__, "200 pages, and 100 links to 20 hosts, without the targets")
    records, hosts, each = (200, 20, 5) if quick else (2000, 50, 20)
    table = Table(
        (
            f"factbound links  (the best of {RUNS} runs)",
            "factbound links --external --allow-host 127.0.0.2 …  (once)",
        )
    )
    with tempfile.TemporaryDirectory(prefix="factbound-bench-") as temporary:
        inside = _inside(Path(temporary) / "inside", records)
        with serving() as server:
            outside = _outside(Path(temporary) / "outside", server, hosts, each)
    gaps = [
        later[0] - earlier[1] for spans in server.spans.values() for earlier, later in pairwise(sorted(spans))
    ]
    table.add(f"links, {records:,} records", inside.seconds, "s", below=0 if quick else 15)
    table.add(f"links, {records:,} records, processor time", inside.busy, "s")
    table.add("peak", inside.peak_mb, "MB")
    table.add(f"{hosts * each:,} links to {hosts} hosts", outside.seconds, "s", below=0 if quick else 60)
    table.add("processor time", outside.busy, "s")
    table.add("peak", outside.peak_mb, "MB")
    table.add("hosts asked", len(server.spans))
    table.add("pages asked", sum(map(len, server.spans.values())))
    table.add(
        "requests less than a pause after the last of their host",
        sum(gap < PAUSE for gap in gaps),
        at_most=0.5,
    )
    return table.print()


def _inside(folder: Path, records: int) -> Run:
    progress(f"writing and building {records:,} records")
    write_project(folder, records)
    run("factbound", "--project", folder, "build", "--today", "2026-12-01")
    progress(f"looking at its links, {RUNS} times")
    return best(RUNS, ("factbound", "--project", folder, "links"))[0]


def _outside(folder: Path, server: Server, hosts: int, each: int) -> Run:
    write_project(folder, 25)
    names = [f"127.0.0.{number + 2}" for number in range(hosts)]
    for name in names:
        links = " ".join(f"[{at}](http://{name}:{server.server_port}/{at})" for at in range(each))
        page = folder / "content" / "pages" / f"links-{name.rpartition('.')[2]}.md"
        page.write_text(f"---\ntitle: Links\nchecked: unknown\n---\n{links}\n", "utf-8")
    # What else the invented records link to is outside this machine, and not asked.
    entries = "".join(
        f"  {name}: {{address: 'https://{name}.example.org/', because: Invented., owner: nobody, until: 2099-12-31}}\n"
        for name in ("archive", "line", "news")
    )
    site = folder / "content" / "site.yml"
    site.write_text(f"{site.read_text('utf-8')}links-ignored:\n{entries}", "utf-8")
    progress(f"asking for {hosts * each:,} links")
    allowed = [part for name in names for part in ("--allow-host", name)]
    return run("factbound", "--project", folder, "links", "--external", *allowed)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as error:
        sys.exit(str(error))
