"""Keeps every test on this machine: a connection, a name look-up or a listener outside loopback fails the test."""

import ipaddress
import socket
import sys
from collections.abc import Iterator

import pytest

_LOCAL_NAMES = frozenset({"localhost", socket.gethostname()})
_SENDS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"})
_LOOK_UPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})

attempts: list[str] = []


class OutsideNetworkError(BaseException):
    """Raised where the attempt is made; no `except Exception` on the way turns it into a refused connection."""


def is_local(host: object) -> bool:
    """Whether a host, as a socket call takes it, means this machine."""
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name in _LOCAL_NAMES


def watch(event: str, args: tuple[object, ...]) -> None:
    """The audit hook: sees what Python's sockets do before they do it."""
    if event in _SENDS:
        sock, address = args[0], args[1]
        assert isinstance(sock, socket.socket)
        if sock.family == socket.AF_UNIX or not isinstance(address, tuple):
            return
        host = address[0]
    elif event in _LOOK_UPS:
        host = args[0]
    else:
        return
    if not is_local(host):
        attempts.append(f"{event} to {host!r}")
        raise OutsideNetworkError(f"{event} to {host!r}: tests reach loopback only; use a sandbox or respx")


@pytest.fixture(autouse=True)
def _only_loopback() -> Iterator[None]:
    yield
    seen = list(attempts)
    attempts.clear()
    if seen:
        pytest.fail("left this machine: " + "; ".join(seen))


sys.addaudithook(watch)
