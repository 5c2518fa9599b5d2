"""The API and the console on one port, begun by one command and ended in good order."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest

from core.domain.errors import UsageError
from tests.ui.api.test_errors import UNUSED
from tests.ui.world import Given
from ui.api.serve import serve

HANDSHAKE = (
    "GET /_stcore/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: {origin}\r\n\r\n"
)
Serving = Callable[[str, int], tuple[subprocess.Popen[str], list[str]]]


@pytest.fixture
def port() -> int:
    """A free port."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def serving(port: int) -> Iterator[Serving]:
    """Starts a server process, and gives it with the first lines it says."""
    with ExitStack() as stack:

        def start(kind: str, lines: int) -> tuple[subprocess.Popen[str], list[str]]:
            command = [sys.executable, "-m", "tests.ui.api.serving", str(port), kind]
            server = stack.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ))
            stack.callback(server.kill)
            assert server.stdout is not None
            return server, [server.stdout.readline().rstrip() for _ in range(lines)]

        yield start


def test_one_port_answers_for_the_console_and_the_api(serving: Serving, port: int) -> None:
    server, said = serving("console", 4)
    here = f"http://127.0.0.1:{port}"

    page = httpx.get(here, trust_env=False)
    health = httpx.get(f"{here}/_stcore/health", trust_env=False)
    refused = httpx.get(f"{here}/v1/cases", trust_env=False)
    foreign = httpx.get(here, headers={"Host": "evil.example"}, trust_env=False)
    own_socket, other_socket = knock(port, here), knock(port, "http://evil.example")
    server.send_signal(signal.SIGINT)

    assert said == [
        f"Console  {here}",
        f"API      {here}/v1",
        "Sign in as operations-manager with the one-time password one-time-4711",
        "Ctrl-C stops it.",
    ]
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert (health.text, refused.status_code) == ("ok", 401)
    assert (foreign.status_code, foreign.json()["code"]) == (400, "wrong_host")
    assert (own_socket, other_socket) == (101, 403)
    assert server.wait(30) == 0


def test_what_is_under_way_is_answered_before_the_end(serving: Serving, port: int) -> None:
    server, _ = serving("slow", 3)
    answers: list[int] = []
    asking = threading.Thread(
        target=lambda: answers.append(httpx.get(f"http://127.0.0.1:{port}/v1/me", headers={"Authorization": "Bearer x"},
                                                trust_env=False).status_code)
    )  # fmt: skip
    asking.start()
    assert server.stdout is not None
    assert server.stdout.readline() == "asked\n"

    server.send_signal(signal.SIGTERM)
    asking.join(30)

    assert answers == [503]
    assert server.wait(30) == 0
    assert server.stdout.read() == "Stopped.\n"


def test_a_port_in_use_is_said(port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()

        with pytest.raises(UsageError, match=f"port {port} is in use"):
            start(port)


def test_only_this_machine_is_listened_on(port: int) -> None:
    with pytest.raises(UsageError, match="this machine; the server listens on"):
        start(port, host="0.0.0.0")


def start(port: int, *, host: str = "127.0.0.1") -> None:
    serve(UNUSED, worker=Given(), make_operator=lambda: ("", ""), say=print, host=host, port=port, console=False)


def knock(port: int, origin: str) -> int:
    """The status with which a page of this origin is let open the console's socket."""
    with socket.create_connection(("127.0.0.1", port)) as caller:
        caller.sendall(HANDSHAKE.format(port=port, origin=origin).encode())
        return int(caller.recv(1024).split(b" ")[1])
