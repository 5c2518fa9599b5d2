"""The API and the console on one port, begun and stopped together."""

import os
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from time import monotonic
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
CLOSE_SECONDS = 2
SIGNALLED = 128
"""How shells count the exit codes of who was ended by a signal."""
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
    on_stop: Callable[[], object] = lambda: None,
) -> None:
    """Run until Ctrl-C or SIGTERM: then `on_stop` is called, nothing new is begun, and what is under way has ten
    seconds to end.

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
        server = _Server(ByProxy(front, proxies), front, stopping, on_stop)
        operator = make_operator() if entrance.for_this_machine else None
        greeting = _greeting(entrance.public or address, console=console, operator=operator)
        threading.Thread(target=_greet, args=(server, greeting, say), daemon=True).start()
        server.run_until_told(listeners)
    say("Stopped.")


class _Server(uvicorn.Server):
    """Told to stop, it goes on listening while requests are under way: who comes meanwhile is told to come again.
    Told a second time, it ends at once."""

    def __init__(self, app: ByProxy, front: Front, stopping: threading.Event, on_stop: Callable[[], object]) -> None:
        settings = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=CLOSE_SECONDS,
            lifespan="on",
        )
        super().__init__(settings)
        self._front = front
        self._stopping = stopping
        self._on_stop = on_stop
        self._told_at = 0.0

    def run_until_told(self, listeners: list[socket.socket]) -> None:
        """Serve what comes to the listeners until a signal to stop, then end in good order."""
        before = signal.signal(signal.SIGTERM, _interrupt)
        try:
            self.run(sockets=listeners)
        except KeyboardInterrupt:  # uvicorn has stopped in good order and raises the signal again
            pass
        finally:
            ending = self._stopping.is_set()
            signal.signal(signal.SIGTERM, _end_at_once if ending else before)
            if ending:
                signal.signal(signal.SIGINT, _end_at_once)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal to stop."""
        if self._stopping.is_set():
            _end_at_once(sig, frame)
        self._captured_signals.append(sig)
        self._told_at = monotonic()
        self._stopping.set()
        threading.Thread(target=self._on_stop, name="stopping").start()

    async def on_tick(self, counter: int) -> bool:
        """Whether it is time to close: all is answered, or waited for long enough."""
        waited = monotonic() - self._told_at
        if self._stopping.is_set() and (not self._front.under_way or waited > STOP_SECONDS):
            self.should_exit = True
        return await super().on_tick(counter)


def _interrupt(sig: int, frame: FrameType | None) -> None:
    """To be told to stop is an end in good order, whoever says so."""
    raise KeyboardInterrupt


def _end_at_once(sig: int, frame: FrameType | None) -> None:
    """What is under way is as safe as if the machine had lost its power; other processes take it over."""
    os._exit(SIGNALLED + sig)


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
