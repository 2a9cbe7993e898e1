"""The name of a host in; a connection to one of its addresses out, or a refusal where none of them is public.

A name is resolved once and the connection goes to the very address that was looked at, so that a name server which
answers something else the second time changes nothing.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.connection import create_connection

_NAT64 = IPv6Network("64:ff9b::/96")


class NotPublic(Exception):
    """A host stands in a private network or on this machine; no request was made."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet: not private, link-local, loopback, multicast or reserved, nor
    an IPv6 address that stands for an IPv4 address of those."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in _NAT64:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def guarded(allowed: frozenset[str], opened: Callable[[HTTPConnection], None]) -> HTTPAdapter:
    """An adapter for `requests` that connects to public addresses alone, or to hosts that are allowed by name.

    `opened` is told of each connection.
    """

    def connect(connection: HTTPConnection) -> socket.socket:
        opened(connection)
        addresses = _addresses(connection.host, connection.port, allowed)
        for address in addresses:
            try:
                return create_connection((address, connection.port), connection.timeout)
            except OSError:
                if address == addresses[-1]:
                    raise
        raise NotPublic(f"'{connection.host}' is no public address")

    class Plain(HTTPConnection):
        _new_conn = connect

    class Secure(HTTPSConnection):
        _new_conn = connect

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
            super().init_poolmanager(*arguments, **options)
            self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

    return Adapter()


def _addresses(host: str, port: int, allowed: frozenset[str]) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = dict.fromkeys(str(one[4][0]) for one in found)
    is_allowed = host.strip("[].").lower() in allowed
    return [address for address in addresses if is_allowed or is_public(address)]
