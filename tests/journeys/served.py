"""`expediter serve` as a process of its own over a small company's database, for clients that other people wrote."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import httpx

from core.bootstrap.application import Application, application
from core.domain.users import AGENT_NAME, Role, User
from core.services.resolving import plan_options
from tests.agents.worker.world import CASE, World, partners
from ui.cli.users import OPERATOR

PROGRAM = (sys.executable, "-c", "from ui.cli import main; main()")
KEPT = ("PATH", "HOME", "LANG", "TMPDIR")
LOOKS = 450


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Where the server answers, what its processes see of the environment, and its application as we have it."""

    address: str
    environment: dict[str, str]
    app: Application
    process: subprocess.Popen[bytes]


@contextmanager
def now(world: World) -> Generator[Application]:
    """The application by the clock of this machine, as the server has it."""
    with application(world.urls, partners(world.trade, world.base_url)) as app:
        yield app


@contextmanager
def serving(world: World, home: Path, **settings: str) -> Generator[Served]:
    """The server, until the block ends; `settings` are variables of its environment."""
    with now(world) as app:
        with app.open_uow(OPERATOR) as uow:
            operator = User(name=OPERATOR, role=Role.OPERATIONS_MANAGER, limit=None)
            uow.users.add(operator, password_hash=None, token_hash=None)
        with app.open_agent_uow(AGENT_NAME) as uow:
            plan_options(uow, CASE)  # what was planned before, the server's own worker leaves alone
        port = free_port()
        environment = {**environment_of(world, home), **settings}
        command = [*PROGRAM, "serve", "--port", str(port)]
        with (
            tempfile.TemporaryFile("w+") as log,
            subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=log) as process,
        ):
            try:
                address = f"http://127.0.0.1:{port}"
                wait_for(address, process, log)
                yield Served(address=address, environment=environment, app=app, process=process)
            finally:
                process.terminate()
                process.wait(30)


def environment_of(world: World, home: Path) -> dict[str, str]:
    """What a process sees: this database, and a home of its own."""
    urls: Any = world.urls
    named = {f"DATABASE_URL_{role.upper()}": getattr(urls, role) for role in ("app", "agent", "checkpoint", "visitor")}
    return {**kept_environment(), "DATABASE_URL": urls.owner, **named, "EXPEDITER_HOME": str(home)}


def kept_environment() -> dict[str, str]:
    """What every process sees of ours."""
    return {name: os.environ[name] for name in KEPT if name in os.environ}


def wait_for(address: str, process: subprocess.Popen[bytes], log: TextIO) -> None:
    """Come back when the server answers; whoever waits too long is told what it said."""
    for _ in range(LOOKS):
        if process.poll() is not None:
            break
        try:
            if httpx.get(f"{address}/healthz", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            pass
        _pause()
    process.kill()
    log.seek(0)
    raise AssertionError(f"the server did not come up: {log.read()[-2_000:]}")


def _pause() -> None:
    """A fifth of a second, asked of a socket that nobody writes to."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as quiet:
        quiet.settimeout(0.2)
        quiet.bind(("127.0.0.1", 0))
        try:
            quiet.recv(1)
        except TimeoutError:
            return


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]
