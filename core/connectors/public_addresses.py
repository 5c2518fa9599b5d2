"""Addresses that others may have us call: looked up, every one of them judged, and then called as they were judged."""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Thread

import httpcore

Resolve = Callable[[str, int], Sequence[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# What carries an IPv4 address within, wherever that leads to: NAT64, 6to4, Teredo.
_CARRYING = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
_UNICAST = ipaddress.ip_network("2000::/3")


class TargetRefusedError(httpcore.ConnectError):
    """The name leads to an address that others may not have us call."""


def checked_addresses(host: str, port: int, *, resolve: Resolve, loopback: bool) -> list[str]:
    """The addresses of a host, if every one of them may be called: public ones, or with `loopback` this machine's. A
    name of which one address is public and another is not is refused whole: who asks again might get the other."""
    found = resolve(host, port)
    allowed = is_loopback if loopback else is_public
    refused = [text for text in found if not allowed(text)]
    if refused or not found:
        accepted = "this machine" if loopback else "a public address"
        raise TargetRefusedError(f"{host!r} leads to {refused[0] if refused else 'no address'}; accepted is {accepted}")
    return list(found)


def is_public(text: str) -> bool:
    """Whether an address belongs to somebody on the internet: not private, shared, local, reserved, a multicast, or one
    that carries another."""
    address = _address(text)
    if address is None or not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not (address.is_private or address.is_loopback or address.is_link_local or address.is_unspecified)
    return address in _UNICAST and not any(address in network for network in _CARRYING)


def is_loopback(text: str) -> bool:
    """Whether an address is this machine."""
    address = _address(text)
    return address is not None and address.is_loopback


def look_up(host: str, port: int, *, seconds: float) -> list[str]:
    """What the operating system says, within so many seconds; its own patience may be a minute."""
    answer: Future[list[str]] = Future()
    Thread(target=_ask, args=(host, port, answer), daemon=True, name="look-up").start()
    try:
        return answer.result(timeout=max(seconds, 0.0))
    except TimeoutError:
        raise httpcore.ConnectTimeout(f"nobody said in time where {host!r} is") from None


def _ask(host: str, port: int, answer: "Future[list[str]]") -> None:
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        answer.set_exception(httpcore.ConnectError(f"host {host!r} has no address: {error}"))
    else:
        answer.set_result(list(dict.fromkeys(str(entry[4][0]) for entry in entries)))


def _address(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
