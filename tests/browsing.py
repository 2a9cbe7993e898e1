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
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

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
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
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


@contextmanager
def faultless(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """A page on which nothing goes wrong: no request to another host, no answer that is none, no error of a script."""
    context = browser.new_context(
        **{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **options}
    )
    context.set_default_timeout(20_000)
    page, faults = context.new_page(), []

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            faults.append(f"{page.url} asks {request.url}")

    page.on("request", asked)
    page.on(
        "response",
        lambda answer: faults.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None,
    )
    page.on(
        "console",
        lambda message: faults.append(f"{page.url}: {message.text}") if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    try:
        yield page
    finally:
        context.close()
    assert faults == []


def press_until_heard(page: Page, key: str) -> None:
    """The theme listens to keys only some time after a page has come."""
    for _ in range(50):
        page.keyboard.press(key)
        search = page.get_by_placeholder("Search")
        if search.evaluate("one => one === document.activeElement"):
            search.fill("")  # the key may have been heard twice
            return
        page.wait_for_timeout(100)


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
