"""What an address answered, or, from an exception, which trouble kept it from answering."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from urllib3.exceptions import DecodeError
from urllib3.exceptions import TimeoutError as TooSlow

from .guard import NotPublic

Trouble = Literal[
    "",
    "address",
    "private",
    "name",
    "certificate",
    "tls",
    "time",
    "refused",
    "broken",
    "redirects",
    "size",
    "wait",
]
"""`wait` is a host that was not asked, since it has said that it wants to be left alone."""


@dataclass(frozen=True)
class Answer:
    """The end of one chain of redirects: a status with what came, or a trouble."""

    url: str
    """Where the chain ended."""
    status: int = 0
    """0 where nothing answered."""
    moved: str = ""
    """Where the page stands for good now: as far as permanent redirects (301, 308) led before any temporary one."""
    content_type: str = ""
    body: bytes = b""
    trouble: Trouble = ""
    """Empty where an answer came whole; `size` where it was cut and `body` holds its beginning."""
    why: str = ""
    """The trouble in one clause for an editor: `its certificate is not valid (certificate has expired)`."""


def trouble_of(error: BaseException, host: str) -> tuple[Trouble, str]:
    """Which trouble an exception of the network stands for, and one clause that says so."""
    chain = list(_chain(error))
    for kind, trouble, clause in _TROUBLES:
        for one in chain:
            if isinstance(one, kind):
                return trouble, clause(one, host)
    return "broken", "the connection broke off"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _nameless(error: Any, host: str) -> str:
    if error.errno == socket.EAI_AGAIN:
        return f"no name server said where '{host}' is"
    return f"there is no host '{host}'"


_TROUBLES: tuple[tuple[type[BaseException], Trouble, Callable[[Any, str], str]], ...] = (
    (NotPublic, "private", lambda error, host: str(error)),
    (socket.gaierror, "name", _nameless),
    (
        ssl.SSLCertVerificationError,
        "certificate",
        lambda error, host: f"its certificate is not valid ({error.verify_message.rstrip('.')})",
    ),
    (ssl.SSLError, "tls", lambda error, host: "no secure connection could be made"),
    (TimeoutError, "time", lambda error, host: "it took too long"),
    (TooSlow, "time", lambda error, host: "it took too long"),
    (ConnectionRefusedError, "refused", lambda error, host: f"'{host}' refused the connection"),
    (DecodeError, "broken", lambda error, host: "it sent what cannot be unpacked"),
    (ValueError, "address", lambda error, host: "its address cannot be asked for"),
)
"""The most exact first: the libraries wrap one exception in another, and the inmost tells most."""
