"""The database server of a test run: one embedded server for all its workers.

The server's folder carries the pid of the run's first process in its name. That process stops and erases it when the
run ends, and the next run erases what a killed one left.
"""

import os
import shutil
import tempfile
from pathlib import Path

import psutil
import pytest

from core.db.embedded import EmbeddedDatabaseError, Server, erase, start

PREFIX = "expediter-tests-"
# A test's data need not survive a power cut. Nothing else differs from the server people run.
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def pytest_unconfigure(config: pytest.Config) -> None:
    """The run's first process, which outlives the workers, ends the server if any test asked for one."""
    home = server_home()
    if not hasattr(config, "workerinput") and home.exists():
        _remove(home)


@pytest.fixture(scope="session")
def postgres_server() -> Server:
    """The server of this run."""
    _sweep()
    home = server_home()
    home.mkdir(mode=0o711, exist_ok=True)
    assert home.stat().st_uid == os.geteuid()
    return start(home, settings=SETTINGS)


def server_home() -> Path:
    """The folder of this run's server, the same for each of its workers."""
    first = os.getpid() if WORKER == "main" else os.getppid()
    return Path(tempfile.gettempdir()) / f"{PREFIX}{_identity(first)}"


def _sweep() -> None:
    for home in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        pid = home.name.removeprefix(PREFIX).partition("-")[0]
        if not pid.isdigit() or f"{PREFIX}{_identity(int(pid))}" == home.name:
            continue
        if home.stat().st_uid == os.geteuid():
            _remove(home)


def _identity(pid: int) -> str:
    try:
        return f"{pid}-{int(psutil.Process(pid).create_time())}"
    except psutil.NoSuchProcess:
        return "gone"


def _remove(home: Path) -> None:
    try:
        erase(home)
    except EmbeddedDatabaseError:  # another run sweeps the same folder, or it never held a database
        return
    shutil.rmtree(home, ignore_errors=True)
