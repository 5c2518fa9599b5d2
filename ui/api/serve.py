"""The API and the console on one port of this machine, begun and stopped together."""

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn

from agents.worker.machines import Machines
from core.domain.errors import UsageError
from ui.api.app import build_app
from ui.api.desk import Worker
from ui.api.door import Application
from ui.api.entrance import Entrance
from ui.api.front import Front
from ui.api.guard import LOCAL_HOSTS
from ui.console.hosting import hosted

PORT = 8710
STOP_SECONDS = 10
LOOK_SECONDS = 0.1


def serve(
    application: Application,
    *,
    worker: Worker,
    make_operator: Callable[[], tuple[str, str]],
    say: Callable[[str], None],
    host: str = "127.0.0.1",
    port: int = PORT,
    console: bool = True,
    machines: Machines | None = None,
    entrance: Entrance | None = None,
) -> None:
    """Run until Ctrl-C or SIGTERM: then nothing new is begun, and what is under way has ten seconds to end.

    `make_operator` gives name and one-time password of a local operations manager.
    """
    if host not in {"127.0.0.1", "localhost"}:
        raise UsageError(f"host {host!r} is not this machine; the server listens on '127.0.0.1' only")
    entrance = entrance or Entrance()
    hosts = (*LOCAL_HOSTS, *entrance.hosts)
    api = build_app(application, worker=worker, hosts=hosts, machines=machines, entrance=entrance)
    stopping = api.state.door.stopping
    with _listening(port) as listener:
        address = _address(listener)
        page = (lambda: hosted(server=address, port=listener.getsockname()[1])) if console else None
        server = _Server(Front(api, console=page, stopping=stopping, hosts=hosts), stopping)
        operator = make_operator() if entrance.local else None
        greeting = _greeting(entrance.public or address, console=console, operator=operator)
        threading.Thread(target=_greet, args=(server, greeting, say), daemon=True).start()
        server.run_until_told(listener)
    say("Stopped.")


class _Server(uvicorn.Server):
    """Tells the applications first when it is to stop; the second Ctrl-C ends it at once."""

    def __init__(self, app: Front, stopping: threading.Event) -> None:
        settings = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
            lifespan="on",
        )
        super().__init__(settings)
        self._stopping = stopping

    def run_until_told(self, listener: socket.socket) -> None:
        """Serve what comes to the listener until a signal to stop, then end in good order."""
        before = signal.signal(signal.SIGTERM, _interrupt)
        try:
            self.run(sockets=[listener])
        except KeyboardInterrupt:  # uvicorn has stopped in good order and raises the signal again
            pass
        finally:
            signal.signal(signal.SIGTERM, before)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal to stop."""
        self._stopping.set()
        super().handle_exit(sig, frame)


def _interrupt(sig: int, frame: FrameType | None) -> None:
    """To be told to stop is an end in good order, whoever says so."""
    raise KeyboardInterrupt


def _greeting(address: str, *, console: bool, operator: tuple[str, str] | None) -> tuple[str, ...]:
    pages = (f"Console  {address}",) if console else ()
    return (
        *pages,
        f"API      {address}/v1",
        *(() if operator is None else ("Sign in as {} with the one-time password {}".format(*operator),)),
        "Ctrl-C stops it.",
    )


def _greet(server: uvicorn.Server, greeting: tuple[str, ...], say: Callable[[str], None]) -> None:
    """Say where things are once they answer."""
    while not server.started and not server.should_exit:
        threading.Event().wait(LOOK_SECONDS)
    if server.started:
        for line in greeting:
            say(line)


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    """The port. The protocol is named, or asyncio would not know that small answers should go at once: each would wait
    40 ms for the client's acknowledgement."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError as error:
            raise UsageError(f"port {port!r} is in use or not allowed ({error.strerror}); choose another") from error
        yield listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()
    return f"http://{host}:{port}"
