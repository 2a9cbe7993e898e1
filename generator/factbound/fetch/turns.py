"""Whose turn it is: one request at a time to a host, with a pause after it, and a longer one where it asks for that."""

from __future__ import annotations

import contextlib
import datetime
import email.utils
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0
    is_shut: bool = False


class Turns:
    """The hosts that were asked, and when each may be asked again."""

    def __init__(self, pause: float, sleep: Callable[[float], None]) -> None:
        self._pause, self._sleep = pause, sleep
        self._hosts: dict[str, _Host] = {}

    @contextlib.contextmanager
    def turn(self, url: str) -> Iterator[None]:
        """Wait until the host of an address may be asked, and keep others from asking it meanwhile."""
        host = self._host(url)
        with host.lock:
            if (wait := host.free_at - time.monotonic()) > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                host.free_at = time.monotonic() + self._pause

    def rest(self, url: str, seconds: float) -> None:
        """Leave a host alone for some time."""
        host = self._host(url)
        host.free_at = max(host.free_at, time.monotonic() + seconds)

    def shut(self, url: str) -> None:
        """Leave a host alone from now on."""
        self._host(url).is_shut = True

    def is_shut(self, url: str) -> bool:
        """Whether a host is left alone."""
        return self._host(url).is_shut

    def _host(self, url: str) -> _Host:
        return self._hosts.setdefault(host_of(url), _Host())


def host_of(url: str) -> str:
    """The name of the host in an address; empty where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def seconds_after(header: str, now: datetime.datetime) -> float | None:
    """How long a `Retry-After` asks to wait, given in seconds or as a day and time; None where it says neither."""
    if header.strip().isdecimal():
        return float(header)
    try:
        day = email.utils.parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    if day.tzinfo is None:
        day = day.replace(tzinfo=datetime.UTC)
    return max(0.0, (day - now).total_seconds())
