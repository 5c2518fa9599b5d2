"""Only trusted proxies are believed, and nobody from another machine comes past them."""

from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from core.domain.errors import UsageError
from ui.api.proxies import ByProxy, networks

FORWARDED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}


async def mirror(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with who is said to ask, and over what."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close"})
        return
    client: Any = scope["client"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": f"{scope['scheme']} {client[0]}".encode()})


def asked(caller: str, *, trusted: str, path: str = "/v1/cases") -> tuple[int, str]:
    answer = TestClient(ByProxy(mirror, networks(trusted)), client=(caller, 4711)).get(path, headers=FORWARDED)
    return answer.status_code, answer.text if answer.status_code == 200 else answer.json()["code"]


@pytest.mark.parametrize(
    ("caller", "trusted", "answer"),
    [
        ("10.0.0.5", "10.0.0.5", (200, "https 203.0.113.9")),
        ("10.0.0.5", "192.168.1.1, 10.0.0.0/28", (200, "https 203.0.113.9")),
        ("::ffff:10.0.0.5", "10.0.0.5", (200, "https 203.0.113.9")),
        ("fd00::5", "fd00::/64", (200, "https 203.0.113.9")),
        ("10.0.0.77", "10.0.0.0/28", (403, "proxy_bypassed")),
        ("nobody", "10.0.0.0/28", (403, "proxy_bypassed")),
        ("127.0.0.1", "10.0.0.0/28", (200, "http 127.0.0.1")),
        ("127.0.0.1", "127.0.0.1", (200, "https 203.0.113.9")),
        ("127.0.0.1", "", (200, "http 127.0.0.1")),
    ],
)
def test_who_is_believed_and_who_is_refused(caller: str, trusted: str, answer: tuple[int, str]) -> None:
    assert asked(caller, trusted=trusted) == answer


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_watchers_ask_each_process_and_are_not_believed(path: str) -> None:
    assert asked("10.0.0.77", trusted="10.0.0.5", path=path) == (200, "http 10.0.0.77")


def test_a_socket_comes_by_the_proxy_too() -> None:
    trusted = networks("10.0.0.5")
    with TestClient(ByProxy(mirror, trusted), client=("10.0.0.5", 1)).websocket_connect("/_stcore/stream"):
        pass
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        TestClient(ByProxy(mirror, trusted), client=("10.0.0.77", 1)).websocket_connect("/_stcore/stream"),
    ):
        pass

    assert refused.value.code == 1008


@pytest.mark.parametrize("said", ["proxy.example", "10.0.0.5/8", "10.0.0.0/33", "0.0.0.0/0", "::/0", "*"])
def test_proxies_are_named_one_by_one(said: str) -> None:
    with pytest.raises(UsageError, match="EXPEDITER_TRUSTED_PROXIES names"):
        networks(f"127.0.0.1,{said}")


def test_none_is_trusted_where_none_is_named() -> None:
    assert networks(" , ") == ()
