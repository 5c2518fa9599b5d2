"""The API and the console as two processes that begin and end together."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import psutil
import pytest

from core.domain.errors import UsageError
from tests.ui.api.test_errors import UNUSED
from tests.ui.world import Given
from ui.api.serve import serve


@pytest.fixture
def ports() -> tuple[int, int]:
    """Two free ports."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(2)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        api, console = (one.getsockname()[1] for one in sockets)
    return api, console


@pytest.fixture
def served(ports: tuple[int, int]) -> Iterator[tuple[subprocess.Popen[str], psutil.Process, list[str]]]:
    """The server process, its console, and what was said until both answered."""
    command = [sys.executable, "-m", "tests.ui.api.serving", *map(str, ports)]
    environment = os.environ | {"DATABASE_URL": "postgresql://secret", "OPENAI_API_KEY": "secret"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as server:
        assert server.stdout is not None
        said = [server.stdout.readline().rstrip() for _ in range(4)]
        (console,) = psutil.Process(server.pid).children()
        yield server, console, said
        server.kill()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_both_answer_and_both_end(
    served: tuple[subprocess.Popen[str], psutil.Process, list[str]], ports: tuple[int, int], how: signal.Signals
) -> None:
    server, console, said = served
    api, page = (f"http://127.0.0.1:{port}" for port in ports)

    health = httpx.get(f"{page}/_stcore/health", trust_env=False)
    refused = httpx.get(f"{api}/v1/cases", trust_env=False)
    known = console.environ()
    server.send_signal(how)
    gone, left = psutil.wait_procs([console, psutil.Process(server.pid)], timeout=30)

    assert said == [
        f"Console  {page}",
        f"API      {api}/v1",
        "Sign in as operations-manager with the one-time password one-time-4711",
        "Ctrl-C stops both.",
    ]
    assert (health.text, refused.status_code) == ("ok", 401)
    assert known["EXPEDITER_SERVER"] == api
    assert {"DATABASE_URL", "OPENAI_API_KEY"} & set(known) == set()
    assert (len(gone), left) == (2, [])


def test_a_port_in_use_is_said(ports: tuple[int, int]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", ports[1]))
        other.listen()

        with pytest.raises(UsageError, match=f"port {ports[1]} is in use"):
            start(*ports)


def test_only_this_machine_is_listened_on(ports: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="this machine; the server listens on"):
        start(*ports, host="0.0.0.0")


def start(port: int, console_port: int, *, host: str = "127.0.0.1") -> None:
    serve(
        UNUSED,
        worker=Given(),
        make_operator=lambda: ("", ""),
        say=print,
        host=host,
        port=port,
        console_port=console_port,
    )
