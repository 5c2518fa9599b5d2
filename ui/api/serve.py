"""The API and the console started together on this machine, and stopped together."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from agents.worker.machines import Machines
from core.domain.errors import UsageError
from ui.api.app import build_app
from ui.api.desk import Worker
from ui.api.door import Application
from ui.api.guard import LOCAL_HOSTS

API_PORT = 8710
CONSOLE_PORT = 8711
START_SECONDS = 60
STOP_SECONDS = 5
LOOK_SECONDS = 0.2
# All the console may know of this process's environment: no database address and no key is among it.
_PASSED_ON = frozenset({"HOME", "LANG", "LC_ALL", "PATH", "PYTHONPATH", "SYSTEMROOT", "TEMP", "TMPDIR", "USERPROFILE"})


def serve(
    application: Application,
    *,
    worker: Worker,
    make_operator: Callable[[], tuple[str, str]],
    say: Callable[[str], None],
    machines: Machines | None = None,
    host: str = "127.0.0.1",
    port: int = API_PORT,
    console_port: int = CONSOLE_PORT,
) -> None:
    """Run both until Ctrl-C. `make_operator` gives name and one-time password of a local operations manager."""
    if host not in {"127.0.0.1", "localhost"}:
        raise UsageError(f"host {host!r} is not this machine; the server listens on '127.0.0.1' only")
    app = build_app(application, worker=worker, hosts=LOCAL_HOSTS, machines=machines)
    with _listening(port) as listener, _console(_free(console_port), server=_address(listener)) as console:
        settings = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=STOP_SECONDS
        )
        server = uvicorn.Server(settings)
        greeting = (
            f"Console  http://127.0.0.1:{console_port}",
            f"API      {_address(listener)}/v1",
            "Sign in as {} with the one-time password {}".format(*make_operator()),
            "Ctrl-C stops both.",
        )
        greeter = threading.Thread(target=_greet, args=(console, console_port, greeting, say, server), daemon=True)
        greeter.start()
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:  # uvicorn has stopped in good order and raises the signal again
            pass
    say("Stopped.")


def _greet(
    console: subprocess.Popen[bytes],
    port: int,
    greeting: tuple[str, ...],
    say: Callable[[str], None],
    server: uvicorn.Server,
) -> None:
    """Say where things are once both answer; when the console ends first, stop the API too."""
    waited = 0.0
    while console.poll() is None and not _answers(port) and waited < START_SECONDS:
        waited += LOOK_SECONDS
        threading.Event().wait(LOOK_SECONDS)
    if console.poll() is None:
        for line in greeting:
            say(line)
    if console.wait() and not server.should_exit:
        say(f"The console stopped with code {console.returncode}; stopping the API.")
    server.should_exit = True


@contextmanager
def _console(port: int, *, server: str) -> Iterator[subprocess.Popen[bytes]]:
    """The console as a child with its standard input as leash: when this process ends, however, the child ends."""
    environment = {name: value for name, value in os.environ.items() if name.upper() in _PASSED_ON}
    child = subprocess.Popen(
        [sys.executable, "-m", "ui.console", str(port), "--leashed"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env=environment | {"EXPEDITER_SERVER": server},
        start_new_session=True,  # Ctrl-C is for this process, which then stops the child
    )
    try:
        yield child
    finally:
        assert child.stdin is not None
        child.stdin.close()
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError as error:
            raise UsageError(f"port {port!r} is in use or not allowed ({error.strerror}); choose another") from error
        yield listener


def _free(port: int) -> int:
    """The port, after a look whether it can be had."""
    with _listening(port):
        return port


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()
    return f"http://{host}:{port}"


def _answers(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0
