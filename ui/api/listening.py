"""Where the server listens: on this machine, and where a proxy is trusted, on one of its other addresses."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from ipaddress import IPv4Address, IPv6Address, ip_address

from core.domain.errors import UsageError

LOOPBACK = "127.0.0.1"


@contextmanager
def listening(host: str, port: int, *, proxied: bool) -> Iterator[list[socket.socket]]:
    """The sockets; one of them answers at 127.0.0.1, where the console finds the API."""
    with ExitStack() as stack:
        yield [stack.enter_context(_bound(one, port)) for one in addresses(host, proxied=proxied)]


def addresses(host: str, *, proxied: bool) -> list[str]:
    """What is listened on; UsageError for an address out of this machine unless a proxy with TLS stands before it."""
    address = _address(host)
    if not address.is_loopback and not proxied:
        raise UsageError(
            f"host {host!r} can be reached from other machines; for that set EXPEDITER_TRUSTED_PROXIES to the addresses"
            " of a proxy with TLS, and EXPEDITER_PUBLIC_URL to the https address people see"
        )
    return [str(address)] if address.is_unspecified else list(dict.fromkeys([LOOPBACK, str(address)]))


def _address(host: str) -> IPv4Address | IPv6Address:
    try:
        return ip_address(LOOPBACK if host == "localhost" else host)
    except ValueError as error:
        raise UsageError(f"host {host!r} is no address; accepted are those such as '127.0.0.1' or '0.0.0.0'") from error


def _bound(host: str, port: int) -> socket.socket:
    """The protocol is named, or asyncio would not know that small answers should go at once: each would wait 40 ms for
    the client's acknowledgement."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family is socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, int(host != "::"))
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        why = error.strerror or str(error)
        raise UsageError(
            f"port {port!r} of {host!r} is in use or not allowed ({why}); choose another with --port"
        ) from error
    return listener
