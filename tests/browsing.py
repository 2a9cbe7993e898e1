"""A browser, and a built site that is served on this machine, for the tests that click."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from factbound.model import OVERVIEWS
from helpers import ROOT, library_of


class _Quiet(SimpleHTTPRequestHandler):
    headers_sent: Mapping[str, str] = {}

    def end_headers(self) -> None:
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def served(folder: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """Where a built site is served, with headers of its host."""
    handler = type("Handler", (_Quiet,), {"headers_sent": headers or {}})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def browser_path() -> str:
    """The browser that $CHROMIUM names, or one that is there. Without one the tests fail, with what to run."""
    found = subprocess.run(
        ["sh", str(ROOT / "tests" / "setup-browser")], capture_output=True, text=True, check=False
    )
    if found.returncode:
        pytest.fail(f"{found.stderr.strip()}\nThen run: make test", pytrace=False)
    return found.stdout.strip()


@contextmanager
def started_browser() -> Iterator[Browser]:
    """One browser for all tests: a second one in the same process is not possible."""
    with sync_playwright() as playwright:
        # Chromium refuses to run as root inside its sandbox.
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        started = playwright.chromium.launch(executable_path=browser_path(), args=options, headless=True)
        yield started
        started.close()


def fullest(collection: str) -> str:
    """The address of the longest record of a collection: it shows most of what such a page can."""
    entries = library_of(ROOT).collection(collection)
    return f"{collection}/{max(entries, key=lambda entry: len(entry.document.text)).id}/"


KINDS = {
    "front": "", "case": fullest("cases"), "law": fullest("regulations"), "statistic": fullest("statistics"),
    "place": fullest("jurisdictions"), "term": fullest("glossary"), "source": fullest("sources"), "service": fullest("help"),
    "index of sources": "sources/", "index of terms": "glossary/", "hand-written": "how-we-work/",
    **{name: f"{name}/" for name in OVERVIEWS},
}  # fmt: skip
"""Kind of page of this repository's site -> an address."""
