"""Asks for pages: redirects followed by hand, a few tries, limits of time and size; many hosts at once, each politely."""

from __future__ import annotations

import contextlib
import datetime
import queue
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from types import TracebackType
from urllib.parse import urldefrag, urljoin

import requests
import urllib3
from urllib3.connection import HTTPConnection

from .answer import Answer, trouble_of
from .guard import NotPublic, guarded
from .turns import Turns, host_of, seconds_after

_PERMANENT = (301, 308)
_REDIRECTS = (*_PERMANENT, 302, 303, 307)
_TOO_MANY = 429
_TRY_AGAIN = (_TOO_MANY, 500, 502, 503, 504)
_OF_HOST = ("private", "name", "certificate", "tls", "time", "refused", "broken")
"""Troubles that are a host's and not a page's."""
_ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.9,*/*;q=0.5"
_CHUNK = 65536


@dataclass(frozen=True)
class Limits:
    """How long to wait, how much to read, how often to try. Times are in seconds."""

    connect: float = 10
    read: float = 20
    """Between two parts of an answer."""
    total: float = 60
    """From a request to the end of its answer."""
    size: int = 10_000_000
    """Bytes of an answer, unpacked."""
    redirects: int = 10
    tries: int = 3
    back_off: float = 2
    """Before the second try; doubled before each further one. A host that says how long is waited for as long."""
    longest_wait: float = 60
    """A host that wants a longer wait is not asked again, nor is one that still says 429 after all tries."""
    pause: float = 1
    """Between two requests to one host."""


_USUAL = Limits()


class Fetcher:
    """Asks for a page at a time; may be used from many threads."""

    def __init__(
        self,
        limits: Limits = _USUAL,
        *,
        allowed: Iterable[str] = (),
        home: str = "",
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`allowed` are names of hosts that may stand in a private network. `home` is the address of the site for whose
        sake we ask; hosts are told."""
        self._limits = limits
        self._allowed = frozenset(name.strip("[].").lower() for name in allowed)
        self._turns = Turns(limits.pause, sleep)
        who = f"+{home}; " if home else ""
        self.user_agent = (
            f"Factbound/{version('factbound')} ({who}looks whether what a site cites is still there)"
        )

    def fetch(self, url: str) -> Answer:
        """What an address answers in the end. Nothing that a host or the network does raises."""
        session = _Session()
        session.headers.update({"User-Agent": self.user_agent, "Accept": _ACCEPT})
        start, moved, permanent = url, "", True
        for _ in range(self._limits.redirects + 1):
            answer, target = self._ask_patiently(session, url)
            if not target:
                return replace(answer, moved="" if moved == start else moved)
            url = target
            permanent = permanent and answer.status in _PERMANENT
            moved = target if permanent else moved
        why = f"more than {self._limits.redirects} redirects follow each other"
        return Answer(url, trouble="redirects", why=why)

    def _ask_patiently(self, session: requests.Session, url: str) -> tuple[Answer, str]:
        """What an address answers after a few tries, and where it sends us on."""
        for attempt in range(1, self._limits.tries + 1):
            with self._turns.turn(url):
                if self._turns.is_shut(url):
                    why = f"'{host_of(url)}' wants to be left alone for now"
                    return Answer(url, trouble="wait", why=why), ""
                answer, target, wait = self._ask(session, url)
            if wait is None:
                wait = self._limits.back_off * 2 ** (attempt - 1)
            again = answer.status in _TRY_AGAIN or answer.trouble in ("time", "broken")
            is_last = attempt == self._limits.tries
            if again and (wait > self._limits.longest_wait or (is_last and answer.status == _TOO_MANY)):
                self._turns.shut(url)
                break
            if not again or is_last:
                break
            self._turns.rest(url, wait)
        return answer, target

    def _ask(self, session: requests.Session, url: str) -> tuple[Answer, str, float | None]:
        """One request: the answer, where it sends us on, and how long the host wants us to wait."""
        if not url.lower().startswith(("http://", "https://")):
            why = f"it leads to an address of '{url.partition(':')[0]}:'"
            return Answer(url, trouble="address", why=why), "", None
        with _Watch(self._limits.total) as watch:
            session.mount("http://", adapter := guarded(self._allowed, watch.connections.append))
            session.mount("https://", adapter)
            times = (self._limits.connect, self._limits.read)
            try:
                with session.get(url, timeout=times, stream=True, allow_redirects=False) as response:
                    headers = response.headers
                    answer = Answer(url, response.status_code, content_type=headers.get("Content-Type", ""))
                    if target := _target(url, response):
                        return answer, target, None
                    wait = seconds_after(headers.get("Retry-After", ""), datetime.datetime.now(datetime.UTC))
                    return self._with_body(answer, response, watch), "", wait
            except (
                NotPublic,
                requests.RequestException,
                urllib3.exceptions.HTTPError,
                OSError,
                ValueError,
            ) as error:
                trouble, why = trouble_of(TimeoutError() if watch.rang else error, host_of(url))
                return Answer(url, trouble=trouble, why=why), "", None
            finally:
                adapter.close()

    def _with_body(self, answer: Answer, response: requests.Response, watch: _Watch) -> Answer:
        body = bytearray()
        while len(body) <= self._limits.size:
            # Unlike iter_content, read1 returns with whatever has come, so that the watch is looked at.
            part = response.raw.read1(_CHUNK, decode_content=True)
            if watch.rang:
                raise TimeoutError
            if not part:
                return replace(answer, body=bytes(body))
            body += part
        why = f"it is longer than {self._limits.size:,} bytes"
        return replace(answer, body=bytes(body[: self._limits.size]), trouble="size", why=why)


class _Session(requests.Session):
    """Keeps the cookies of one chain of redirects, which we follow ourselves."""

    def __init__(self) -> None:
        super().__init__()
        # No proxy of the surroundings, which would look up hosts unguarded, and none of their passwords.
        self.trust_env = False

    def get_redirect_target(self, resp: requests.Response) -> None:
        # `requests` would read the whole answer before it tells the target, however long it is.
        return None


class _Watch:
    """Rings when a request has taken too long, and then ends its connection, whatever it waits for."""

    def __init__(self, seconds: float) -> None:
        self.connections: list[HTTPConnection] = []
        self.rang = False
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True

    def _ring(self) -> None:
        self.rang = True
        for connection in self.connections:
            if connection.sock:
                with contextlib.suppress(OSError):
                    connection.sock.shutdown(2)

    def __enter__(self) -> _Watch:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()


def _target(url: str, response: requests.Response) -> str:
    """Where an answer sends us on; empty where it does not."""
    location = response.headers.get("Location", "")
    if response.status_code not in _REDIRECTS or not location:
        return ""
    # Headers are read as Latin-1; what hosts mean is UTF-8.
    target = urljoin(url, location.encode("latin-1").decode("utf-8", "replace"))
    anchor = urldefrag(url).fragment
    return f"{target}#{anchor}" if anchor and "#" not in target else target


def _not_asked(url: str, last: Answer) -> Answer:
    """The answer for an address of a host that has failed again and again."""
    why = f"{last.why}, time after time, and was not asked for the rest"
    return Answer(url, trouble=last.trouble, why=why)


def fetch_all(
    fetcher: Fetcher, urls: Mapping[str, str], *, hosts_at_once: int = 8, give_up_after: int = 0
) -> Iterator[tuple[str, Answer]]:
    """Name -> address in; each name with its answer out, as they come. Several hosts are asked at once.

    A host that fails `give_up_after` times in a row is not asked for the rest, which get its trouble; 0 is never. The
    threads are daemons: a run that is interrupted does not wait for them.
    """
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for name, url in urls.items():
        by_host[host_of(url)].append(name)
    waiting: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[str, Answer] | BaseException] = queue.SimpleQueue()
    # The longest first, since each host is asked for one page after the other.
    for names in sorted(by_host.values(), key=len, reverse=True):
        waiting.put(names)

    def work() -> None:
        try:
            while True:
                failed: list[Answer] = []
                for name in waiting.get_nowait():
                    if give_up_after and len(failed) >= give_up_after:
                        done.put((name, _not_asked(urls[name], failed[-1])))
                        continue
                    answer = fetcher.fetch(urls[name])
                    failed = [*failed, answer] if answer.trouble in _OF_HOST else []
                    done.put((name, answer))
        except queue.Empty:
            pass
        except BaseException as error:
            done.put(error)

    for _ in range(min(hosts_at_once, len(by_host))):
        threading.Thread(target=work, daemon=True).start()
    for _ in urls:
        found = done.get()
        if isinstance(found, BaseException):
            raise found
        yield found
