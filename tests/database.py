"""Database fixtures: one embedded server for all workers of a run, and a fresh copy of the schema for each test.

The server's folder carries the pid of the run's first process in its name. That process stops and erases it when the
run ends, and the next run erases what a killed one left.
"""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from filelock import FileLock
from psycopg import sql

from core.db.embedded import EmbeddedDatabaseError, Server, create_database, drop_database, erase, start
from core.db.loading.statistics import gather_statistics
from core.db.roles import SUPERUSER, Role, RoleUrls, close_database
from core.db.schema import migrate

PREFIX = "expediter-tests-"
TEMPLATE = "template_of_tests"
# A test's data need not survive a power cut, nor its passwords a thief: they are hashed once and not 4,096 times, which
# is most of what a connection costs the one who opens it. Nothing else differs from the server people run.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "scram_iterations": "1",
}
_MEMORY, _ENOUGH = Path("/dev/shm"), 8 * 1024**3
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
_numbers = itertools.count(1)


def pytest_configure(config: pytest.Config) -> None:
    """A folder under our own pid was left by a killed run whose pid we have now."""
    if not hasattr(config, "workerinput"):
        _remove(server_home())


def pytest_unconfigure(config: pytest.Config) -> None:
    """The run's first process, which outlives the workers, ends the server if any test asked for one."""
    if not hasattr(config, "workerinput"):
        _remove(server_home())


@pytest.fixture(scope="session")
def postgres_server() -> Server:
    """The server of this run."""
    sweep()
    home = server_home()
    home.mkdir(exist_ok=True)
    home.chmod(0o711)  # fails if the folder is not ours
    return start(home, settings=SETTINGS)


@pytest.fixture(scope="session")
def template_database(postgres_server: Server) -> str:
    """A database with the whole schema and no rows; nobody connects to it, it is copied."""
    with FileLock(server_home() / "template.lock"):
        ready = server_home() / "template.ready"
        if not ready.exists():
            _hash_once(postgres_server)
            drop_database(postgres_server, TEMPLATE)
            create_database(postgres_server, TEMPLATE)
            urls = postgres_server.role_urls(TEMPLATE)
            migrate(urls)
            # Of tables it knows nothing of the server thinks that they are large, and asks helping processes for each.
            gather_statistics(urls)
            ready.touch()
    return TEMPLATE


@pytest.fixture
def role_urls(postgres_server: Server, template_database: str) -> Iterator[RoleUrls]:
    """A database of this test alone: for tests that commit."""
    yield from _copy(postgres_server, template_database)


@pytest.fixture(scope="session")
def worker_role_urls(postgres_server: Server, template_database: str) -> RoleUrls:
    """A database of this worker: for tests that roll back all they do, which saves the copy. It goes with the server:
    to drop it first would keep the end of the run waiting."""
    name = f"t_{WORKER}_{next(_numbers)}"
    copy_database(postgres_server, name, template_database)
    return postgres_server.role_urls(name)


def copy_database(server: Server, name: str, template: str) -> None:
    """A copy of a database nobody is connected to, file by file: where nothing waits for the disk that takes a tenth
    of the time of a copy that goes through the log."""
    names = {"name": sql.Identifier(name), "owner": sql.Identifier(Role.OWNER), "template": sql.Identifier(template)}
    with server.superuser() as superuser:
        superuser.execute(
            sql.SQL("CREATE DATABASE {name} OWNER {owner} TEMPLATE {template} STRATEGY file_copy").format(**names)
        )
        close_database(superuser, name)


def server_home() -> Path:
    """The folder of this run's server, the same for each of its workers."""
    first = os.getpid() if WORKER == "main" else os.getppid()
    return _ground() / f"{PREFIX}{first}"


def _ground() -> Path:
    """Where servers live: in memory where the system keeps much of it for files, else in the temporary folder."""
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(_MEMORY).total >= _ENOUGH:
        return _MEMORY
    return Path(tempfile.gettempdir())


def sweep() -> None:
    """Clear away the servers of runs that were killed."""
    for home in _ground().glob(f"{PREFIX}*"):
        pid = home.name.removeprefix(PREFIX)
        if pid.isdigit() and not psutil.pid_exists(int(pid)):
            _remove(home)


def _copy(server: Server, template: str) -> Iterator[RoleUrls]:
    name = f"t_{WORKER}_{next(_numbers)}"
    copy_database(server, name, template)
    yield server.role_urls(name)
    drop_database(server, name)


def _hash_once(server: Server) -> None:
    """The superuser's password is older than the server's settings."""
    names = {"role": sql.Identifier(SUPERUSER), "password": sql.Literal(server.passwords[SUPERUSER])}
    with server.superuser() as superuser:
        superuser.execute(sql.SQL("ALTER ROLE {role} PASSWORD {password}").format(**names))


def _remove(home: Path) -> None:
    try:
        if home.stat().st_uid == os.geteuid():
            erase(home)
            shutil.rmtree(home, ignore_errors=True)
    except (FileNotFoundError, EmbeddedDatabaseError):  # never there, or another run is clearing it away
        return
