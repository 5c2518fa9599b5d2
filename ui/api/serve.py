"""The API and the console on one port, begun and stopped together."""

import signal
import socket
import threading
from collections.abc import Callable, Sequence
from types import FrameType

import uvicorn

from agents.worker.machines import Machines
from ui.api.app import build_app
from ui.api.desk import Worker
from ui.api.door import Application
from ui.api.entrance import Entrance
from ui.api.front import Front
from ui.api.guard import LOCAL_HOSTS
from ui.api.listening import LOOPBACK, listening
from ui.api.proxies import ByProxy, Network
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
    host: str = LOOPBACK,
    port: int = PORT,
    proxies: Sequence[Network] = (),
    console: bool = True,
    machines: Machines | None = None,
    entrance: Entrance | None = None,
    plain_webhooks: bool = False,
) -> None:
    """Run until Ctrl-C or SIGTERM: then nothing new is begun, and what is under way has ten seconds to end.

    `make_operator` gives name and one-time password of a local operations manager, who is for this machine: at a public
    address people sign in with accounts of their own. Beyond this machine only `proxies` are spoken to.
    """
    entrance = entrance or Entrance()
    proxied = bool(proxies) and (entrance.public or "").startswith("https://")
    hosts = (*LOCAL_HOSTS, *entrance.hosts)
    api = build_app(
        application, worker=worker, hosts=hosts, machines=machines, entrance=entrance, plain_webhooks=plain_webhooks
    )
    stopping = api.state.door.stopping
    with listening(host, port, proxied=proxied) as listeners:
        address = f"http://{LOOPBACK}:{port}"
        page = (lambda: hosted(server=address, port=port)) if console else None
        front = Front(api, console=page, stopping=stopping, hosts=hosts)
        server = _Server(ByProxy(front, proxies), stopping)
        operator = make_operator() if entrance.for_this_machine else None
        greeting = _greeting(entrance.public or address, console=console, operator=operator)
        threading.Thread(target=_greet, args=(server, greeting, say), daemon=True).start()
        server.run_until_told(listeners)
    say("Stopped.")


class _Server(uvicorn.Server):
    """Tells the applications first when it is to stop; the second Ctrl-C ends it at once."""

    def __init__(self, app: ByProxy, stopping: threading.Event) -> None:
        settings = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
            lifespan="on",
        )
        super().__init__(settings)
        self._stopping = stopping

    def run_until_told(self, listeners: list[socket.socket]) -> None:
        """Serve what comes to the listeners until a signal to stop, then end in good order."""
        before = signal.signal(signal.SIGTERM, _interrupt)
        try:
            self.run(sockets=listeners)
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
