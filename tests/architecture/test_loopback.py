"""The guard of tests/loopback.py stops what leaves this machine and lets loopback pass."""

import socket
from collections.abc import Iterator

import pytest

from tests import loopback

OUTSIDE = "192.0.2.1"  # TEST-NET-1: nobody's address (RFC 5737)


@pytest.fixture(autouse=True)
def _forgiven(_only_loopback: None) -> Iterator[None]:
    yield
    loopback.attempts.clear()


@pytest.mark.parametrize("method", ["connect", "connect_ex"])
def test_a_connection_outside_is_stopped_before_it_is_made(method: str) -> None:
    with socket.socket() as sock, pytest.raises(loopback.OutsideNetworkError, match=OUTSIDE):
        getattr(sock, method)((OUTSIDE, 9))


def test_an_ipv6_connection_outside_is_stopped() -> None:
    with socket.socket(socket.AF_INET6) as sock, pytest.raises(loopback.OutsideNetworkError):
        sock.connect(("2001:db8::1", 9))


def test_a_datagram_outside_is_stopped() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(loopback.OutsideNetworkError):
        sock.sendto(b"x", (OUTSIDE, 9))


def test_a_name_outside_is_not_looked_up() -> None:
    with pytest.raises(loopback.OutsideNetworkError, match=r"example\.invalid"):
        socket.getaddrinfo("example.invalid", 80)


def test_listening_to_the_whole_network_is_stopped() -> None:
    with socket.socket() as sock, pytest.raises(loopback.OutsideNetworkError):
        sock.bind(("0.0.0.0", 0))  # the address is the point


def test_an_attempt_that_code_swallows_is_still_remembered() -> None:
    with socket.socket() as sock:
        try:
            sock.connect((OUTSIDE, 9))
        except BaseException:  # noqa: BLE001  # what careless code would do
            pass

    assert loopback.attempts == [f"socket.connect to {OUTSIDE!r}"]


def test_loopback_is_reached_by_address_and_by_name() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        with socket.create_connection(("localhost", port)) as client:
            assert client.getpeername() == ("127.0.0.1", port)
