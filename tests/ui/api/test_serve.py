"""The API and the console on one port, begun by one command and ended in good order."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from subprocess import PIPE
from typing import Any

import httpx
import pytest

from core.domain.errors import UsageError
from tests.ui.api.serving import LEAKED, SECRET, SLOW_SECONDS
from tests.ui.api.test_errors import UNUSED
from tests.ui.world import Given
from ui.api.entrance import Entrance
from ui.api.proxies import networks
from ui.api.serve import serve

HANDSHAKE = (
    "GET /_stcore/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: {origin}\r\n\r\n"
)
Process = subprocess.Popen[str]


@dataclass(frozen=True, kw_only=True)
class Served:
    """What a server process answered and said from its begin to its end."""

    here: str
    answers: Mapping[str, httpx.Response]
    sockets: tuple[int, int]
    said: list[str]
    logged: str
    code: int


@pytest.fixture
def port() -> int:
    """A free port."""
    return free_port()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def serving(port: int, kind: str) -> Generator[Process]:
    """A server process that has said that it answers."""
    command = [sys.executable, "-m", "tests.ui.api.serving", str(port), kind]
    with subprocess.Popen(command, stdout=PIPE, stderr=PIPE, text=True, env=os.environ) as server:
        try:
            yield server
        finally:
            server.kill()


def first_lines(server: Process, count: int) -> list[str]:
    assert server.stdout is not None
    return [server.stdout.readline().rstrip() for _ in range(count)]


@pytest.fixture(scope="module")
def served() -> Served:
    """A server whose storage fails over a secret, asked this and that, and interrupted."""
    port = free_port()
    here = f"http://127.0.0.1:{port}"
    sent = {"Authorization": f"Bearer exs_{SECRET}", "Cookie": f"expediter={SECRET}", "X-Api-Key": SECRET}
    with serving(port, "console") as server, httpx.Client(base_url=here, trust_env=False) as client:
        said = first_lines(server, 4)
        answers = {
            "page": client.get("/"),
            "health": client.get("/_stcore/health"),
            "refused": client.get("/v1/cases"),
            "foreign": client.get("/", headers={"Host": "evil.example"}),
            "failed": client.get(f"/healthz?token={SECRET}", headers=sent),
        }
        sockets = knock(port, here), knock(port, "http://evil.example")
        server.send_signal(signal.SIGINT)
        rest, logged = server.communicate(timeout=30)
    said += rest.splitlines()
    return Served(here=here, answers=answers, sockets=sockets, said=said, logged=logged, code=server.returncode)


def test_one_port_answers_for_the_console_and_the_api(served: Served) -> None:
    found = {name: answer.status_code for name, answer in served.answers.items()}

    assert found == {"page": 200, "health": 200, "refused": 401, "foreign": 400, "failed": 500}
    assert served.answers["page"].headers["content-type"] == "text/html; charset=utf-8"
    assert served.answers["health"].text == "ok"
    assert served.answers["foreign"].json()["code"] == "wrong_host"
    assert served.sockets == (101, 403)


def test_it_says_where_it_is_and_ends_when_interrupted(served: Served) -> None:
    assert served.said == [
        f"Console  {served.here}",
        f"API      {served.here}/v1",
        "Sign in as operations-manager with the one-time password one-time-4711",
        "Ctrl-C stops it.",
        "stopping",
        "Stopped.",
    ]
    assert served.code == 0


def test_secrets_are_in_no_line_of_a_server_that_fails_over_them(served: Served) -> None:
    lines = [json.loads(line) for line in served.logged.splitlines()]
    (fault,) = [line for line in lines if "exception" in line]

    assert [(line["route"], line["status"]) for line in lines if line["event"] == "request"] == [
        ("/v1/cases", 401),
        ("none", 400),
        ("/healthz", 500),
    ]
    assert fault["logger"] == "uvicorn.error"
    assert fault["exception"].splitlines()[-1] == LEAKED.format("[redacted]")
    assert SECRET not in served.logged
    assert "one-time-4711" not in served.logged


def test_what_is_under_way_is_answered_before_the_end(port: int) -> None:
    answers: list[int] = []
    with serving(port, "slow") as server:
        first_lines(server, 3)
        asking = threading.Thread(target=lambda: answers.append(ask_who(port)))
        asking.start()
        assert first_lines(server, 1) == ["asked"]

        server.send_signal(signal.SIGTERM)
        assert first_lines(server, 1) == ["stopping"]
        late = [httpx.get(f"http://127.0.0.1:{port}{path}", trust_env=False) for path in ("/readyz", "/v1/me", "/")]
        asking.join(30)
        rest, _ = server.communicate(timeout=30)

    assert answers == [503]
    told = [(one.status_code, one.json()["code"], one.headers["Retry-After"]) for one in late]
    assert told == [(503, "server_stopping", "5")] * 3
    assert (server.returncode, rest) == (0, "Stopped.\n")


def test_who_says_so_twice_does_not_wait(port: int) -> None:
    with serving(port, "slow") as server:
        first_lines(server, 3)
        asking = threading.Thread(target=ask_in_vain, args=(port,))
        asking.start()
        assert first_lines(server, 1) == ["asked"]

        server.send_signal(signal.SIGINT)
        assert first_lines(server, 1) == ["stopping"]
        server.send_signal(signal.SIGINT)
        rest, _ = server.communicate(timeout=SLOW_SECONDS)
        asking.join(30)

    assert (server.returncode, rest) == (130, "")


def test_a_port_in_use_is_said(port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()

        with pytest.raises(UsageError, match=f"port {port} of '127.0.0.1' is in use"):
            start(port)


def test_only_this_machine_is_listened_on(port: int) -> None:
    with pytest.raises(UsageError, match="can be reached from other machines"):
        start(port, host="0.0.0.0")
    with pytest.raises(UsageError, match="can be reached from other machines"):
        start(port, host="0.0.0.0", proxies=networks("10.0.0.5"), entrance=Entrance(public="http://expediter.example"))
    with pytest.raises(UsageError, match="can be reached from other machines"):
        start(port, host="0.0.0.0", entrance=Entrance(public="https://expediter.example"))


def ask_in_vain(port: int) -> None:
    with pytest.raises(httpx.TransportError):
        ask_who(port)


def ask_who(port: int) -> int:
    sent = {"Authorization": "Bearer x"}
    return httpx.get(f"http://127.0.0.1:{port}/v1/me", headers=sent, trust_env=False).status_code


def start(port: int, *, host: str = "127.0.0.1", **more: Any) -> None:
    serve(
        UNUSED, worker=Given(), make_operator=lambda: ("", ""), say=print, host=host, port=port, console=False, **more
    )


def knock(port: int, origin: str) -> int:
    """The status with which a page of this origin is let open the console's socket."""
    with socket.create_connection(("127.0.0.1", port)) as caller:
        caller.sendall(HANDSHAKE.format(port=port, origin=origin).encode())
        return int(caller.recv(1024).split(b" ")[1])
