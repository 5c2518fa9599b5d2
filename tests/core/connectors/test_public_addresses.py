"""Only what belongs to somebody on the internet may be called for others, however it is written."""

import socket
import threading

import httpcore
import pytest

from core.connectors.public_addresses import TargetRefusedError, checked_addresses, is_loopback, is_public, look_up

PUBLIC = ["1.1.1.1", "93.184.216.34", "172.15.0.1", "172.32.0.1", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"]
REFUSED = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.9.9.9",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:1.1.1.1", "64:ff9b::7f00:1",
    "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "fc00::1",
    "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "4000::1",
    "not an address", "", "127.1", "0x7f000001", "2130706433",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_called(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", REFUSED)
def test_any_other_may_not(address: str) -> None:
    assert not is_public(address)


def test_this_machine_is_known_in_both_families() -> None:
    assert [is_loopback(one) for one in ("127.0.0.1", "127.8.8.8", "::1", "10.0.0.1", "1.1.1.1", "x")] == [
        *[True] * 3,
        *[False] * 3,
    ]


@pytest.mark.parametrize("mixed", [("1.1.1.1", "10.0.0.1"), ("10.0.0.1", "1.1.1.1"), ("1.1.1.1", "::1"), ()])
def test_a_name_with_one_address_that_may_not_be_called_is_refused_whole(mixed: tuple[str, ...]) -> None:
    with pytest.raises(TargetRefusedError, match="accepted is a public address"):
        checked_addresses("rebinding.example", 443, resolve=lambda host, port: mixed, loopback=False)


def test_for_development_this_machine_and_nothing_else_may_be_called() -> None:
    assert checked_addresses("x", 80, resolve=lambda host, port: ["127.0.0.1"], loopback=True) == ["127.0.0.1"]
    for other in ("1.1.1.1", "10.0.0.1"):
        with pytest.raises(TargetRefusedError, match="accepted is this machine"):
            checked_addresses("x", 80, resolve=lambda host, port, other=other: [other], loopback=True)


def test_a_look_up_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "127.0.0.1" in look_up("localhost", 80, seconds=5)
    ended = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [ended.wait(timeout=30)][:0])

    with pytest.raises(httpcore.ConnectTimeout, match="nobody said in time"):
        look_up("localhost", 80, seconds=-1)

    ended.set()
