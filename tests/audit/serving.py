"""A built site in; a web server on this machine out that sends it as a host would: packed, with its headers."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

_TYPES = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml",
    ".xml": "application/xml", ".md": "text/markdown", ".txt": "text/plain", ".csv": "text/csv", ".map": "application/json",
    ".bib": "application/x-bibtex", ".ris": "application/x-research-info-systems", ".webmanifest": "application/manifest+json",
    ".png": "image/png", ".woff2": "font/woff2",
}  # fmt: skip
"""Written out: what a machine knows of types differs."""
_AS_IS = {"image/png", "image/jpeg", "image/webp", "font/woff2", "application/gzip"}
"""Packed already."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder: Path, base: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder, self.base = folder.resolve(), base
        self.packed: dict[Path, bytes] = {}

    @cached_property
    def headers(self) -> list[tuple[str, str]]:
        """What `_headers` has for every page."""
        file = self.folder / "_headers"
        lines = file.read_text("utf-8").splitlines() if file.is_file() else []
        parts = (line.partition(":") for line in lines if line.startswith(" "))
        return [(name.strip(), value.strip()) for name, _colon, value in parts]

    def file(self, address: str) -> Path | None:
        path = unquote(urlsplit(address).path)
        if not path.startswith(self.base):
            return None
        file = (self.folder / path.removeprefix(self.base)).resolve()
        file = file / "index.html" if file.is_dir() else file
        return file if file.is_file() and file.is_relative_to(self.folder) else None

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # A browser may break off what it asked for.


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body leave in one piece; in two, the second would wait for the receipt of the first.
    wbufsize = -1

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, _Server)
        found = server.file(self.path)
        file = found or server.folder / "404.html"
        if not file.is_file():
            self.send_error(404)
            return
        kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        pack = kind not in _AS_IS and "gzip" in self.headers.get("Accept-Encoding", "")
        self.send_response(200 if found else 404)
        text = kind.startswith("text/") or kind == "application/json"
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        if pack:
            self.send_header("Content-Encoding", "gzip")
        for name, value in server.headers:
            self.send_header(name, value)
        body = self._body(server, file, pack)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _body(self, server: _Server, file: Path, pack: bool) -> bytes:
        if not pack:
            return file.read_bytes()
        if file not in server.packed:
            server.packed[file] = gzip.compress(file.read_bytes(), compresslevel=6, mtime=0)
        return server.packed[file]

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def hosted(folder: Path, base: str = "/") -> Iterator[str]:
    """The address of a built site that stands below `base` on its host."""
    with _Server(folder, base) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{base}"
        finally:
            server.shutdown()
            thread.join()
