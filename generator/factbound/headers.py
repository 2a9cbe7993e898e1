"""A built site in; what tells a browser to run nothing but the site's own scripts out: a policy in every page, and
`_headers` (the format that Netlify and Cloudflare Pages read) with it and the other security headers.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

_BLOCK = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(r"\ssrc\s*=", re.IGNORECASE)
_TYPE = re.compile(r"\stype\s*=\s*[\"']?([^\"'\s>]*)", re.IGNORECASE)
_RUN = {"", "module", "text/javascript", "application/javascript"}
"""Types of scripts that a browser runs; any other holds data."""
_HEAD = re.compile(r"<head[^>]*>(?:\s*<meta charset[^>]*>)?", re.IGNORECASE)
_MARK = '<meta http-equiv="Content-Security-Policy"'

_HEADERS = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # A service that helps, or a source, need not learn on which page its reader was.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def protect(site: Path) -> None:
    """Put a policy into every page of a built site, and write `_headers` with one that fits them all.

    Raises ValueError for a page that has no head.
    """
    found: set[tuple[str, str]] = set()
    for file in sorted(site.rglob("*.html")):
        text = file.read_bytes().decode("utf-8")
        blocks = set(_blocks(text))
        found |= blocks
        if _MARK in text:
            continue
        head = _HEAD.search(text)
        if not head:
            name = file.relative_to(site).as_posix()
            raise ValueError(
                f"{name} has no <head> for its security policy (write one, or take the file out of the pages)"
            )
        tags = f'{_MARK} content="{_policy(blocks)}"><meta name="referrer" content="{_HEADERS["Referrer-Policy"]}">'
        file.write_bytes(f"{text[: head.end()]}\n      {tags}{text[head.end() :]}".encode())
    # Browsers take `frame-ancestors` from a header only.
    headers = {"Content-Security-Policy": f"{_policy(found)}; frame-ancestors 'none'", **_HEADERS}
    lines = [f"  {name}: {value}\n" for name, value in headers.items()]
    (site / "_headers").write_text("/*\n" + "".join(lines), "utf-8")


def _blocks(text: str) -> Iterable[tuple[str, str]]:
    """What stands in a page and a browser would run or apply: script or style, and its hash."""
    for block in _BLOCK.finditer(text):
        kind, attributes = block[1].lower(), block[2]
        given = _TYPE.search(attributes)
        if kind == "script" and (
            _SOURCE.search(attributes) or (given[1].lower() if given else "") not in _RUN
        ):
            continue
        digest = base64.b64encode(hashlib.sha256(block[3].encode()).digest()).decode()
        yield kind, f"'sha256-{digest}'"


def _policy(blocks: Iterable[tuple[str, str]]) -> str:
    def hashes(kind: str) -> str:
        return "".join(f" {one}" for name, one in sorted(blocks) if name == kind)

    return "; ".join([
        "default-src 'none'", f"script-src 'self'{hashes('script')}", f"style-src 'self'{hashes('style')}",
        "img-src 'self' data:", "font-src 'self'", "connect-src 'self'", "worker-src 'self'", "manifest-src 'self'",
        "base-uri 'none'", "form-action 'none'",
    ])  # fmt: skip
