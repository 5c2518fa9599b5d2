"""Where the server listens: this machine alone, unless a proxy with TLS stands before it."""

import socket

import pytest

from core.domain.errors import UsageError
from ui.api.listening import addresses, listening


@pytest.fixture
def port() -> int:
    """A free port."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("127.0.0.1", ["127.0.0.1"]),
        ("localhost", ["127.0.0.1"]),
        ("::1", ["127.0.0.1", "::1"]),
        ("10.0.0.7", ["127.0.0.1", "10.0.0.7"]),
        ("0.0.0.0", ["0.0.0.0"]),
        ("::", ["::"]),
    ],
)
def test_behind_a_proxy_every_address_may_be_listened_on_and_the_console_finds_the_api(
    host: str, found: list[str]
) -> None:
    assert addresses(host, proxied=True) == found


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.1", "::"])
def test_other_machines_need_a_proxy(host: str) -> None:
    with pytest.raises(UsageError, match=r"EXPEDITER_TRUSTED_PROXIES.*EXPEDITER_PUBLIC_URL"):
        addresses(host, proxied=False)


@pytest.mark.parametrize("host", ["expediter.example", "", "127.0.0.1:80"])
def test_a_host_is_an_address(host: str) -> None:
    with pytest.raises(UsageError, match="is no address"):
        addresses(host, proxied=True)


def test_each_address_is_bound_until_the_block_ends(port: int) -> None:
    with listening("127.0.0.2", port, proxied=False) as listeners:
        assert [one.getsockname() for one in listeners] == [("127.0.0.1", port), ("127.0.0.2", port)]
    with listening("127.0.0.1", port, proxied=False) as (again,):
        again.listen()
        with (
            pytest.raises(UsageError, match=f"port {port} of '127.0.0.1' is in use"),
            listening("127.0.0.1", port, proxied=False),
        ):
            pass
