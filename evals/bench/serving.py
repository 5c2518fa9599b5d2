"""`expediter serve` as a process of its own, for benchmarks and tests that come to it over HTTP."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, sleep

from core.db.roles import RoleUrls
from core.domain.errors import UsageError
from ui.client import Client, ClientError

PROGRAM = (sys.executable, "-c", "from ui.cli import main; main()")
KEPT = ("PATH", "HOME", "LANG", "TMPDIR")
START_SECONDS = 90.0
STOP_SECONDS = 30.0
TOLD = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Where it answers, and the process."""

    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def serving_process(*words: str, environment: Mapping[str, str]) -> Generator[Serving]:
    """The server with these options, from when it answers until the block ends; UsageError with what it said when it
    does not come up. Of our own environment it sees where programs are, and no more."""
    port = free_port()
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    command = [*PROGRAM, "serve", *words, "--port", str(port)]
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen(command, env={**kept, **environment}, stdout=subprocess.DEVNULL, stderr=log) as process,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            if not _answers(address, process):
                process.kill()
                log.seek(0)
                raise UsageError(f"the server did not come up: {log.read()[-TOLD:]}")
            yield Serving(address=address, process=process)
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def variables_of(urls: RoleUrls) -> dict[str, str]:
    """The environment that names a database with its roles."""
    named = {f"DATABASE_URL_{role.upper()}": getattr(urls, role) for role in ("app", "agent", "checkpoint", "visitor")}
    return {**named, "DATABASE_URL": urls.owner}


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def _answers(address: str, process: subprocess.Popen[bytes]) -> bool:
    end = monotonic() + START_SECONDS
    with Client(address) as client:
        while monotonic() < end and process.poll() is None:
            try:
                client.health()
            except ClientError:
                sleep(0.2)
            else:
                return True
    return False
