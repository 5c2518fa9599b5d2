"""Start, join, stop and ask about the embedded PostgreSQL server of a home folder."""

import shutil
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import psycopg
from filelock import Timeout
from psycopg.rows import TupleRow
from sqlalchemy.engine import URL

from core.db.embedded.cluster import (
    SYSTEM_FOLDER,
    Cluster,
    find_cluster,
    lock_of,
    locked_too_long,
    open_cluster,
)
from core.db.embedded.errors import DatabaseStartFailedError
from core.db.embedded.launch import HOST, NotYetError, launch, reset_passwords
from core.db.embedded.processes import clear_leftovers, end_postmaster, living_postmaster, members, pid_file
from core.db.embedded.programs import installed_programs, program_version
from core.db.embedded.secret_file import read_or_create
from core.db.roles import SUPERUSER, Role, RoleUrls, ensure_roles

START_SECONDS = 90.0
STOP_SECONDS = 30.0
_LOOK_EVERY = 0.1


class State(StrEnum):
    """How a cluster stands; stale: a server was killed and left its pid file (the next start clears it)."""

    RUNNING = "running"
    STOPPED = "stopped"
    STALE = "stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server and the addresses of its databases."""

    data_dir: Path
    port: int
    passwords: Mapping[str, str] = field(repr=False)

    def url(self, role: str, database: str) -> str:
        """The SQLAlchemy address of a database, as a role (or `postgres`, the superuser)."""
        return self._address("postgresql+psycopg", role, database)

    def dsn(self, role: str, database: str) -> str:
        """The same for psycopg and libpq programs."""
        return self._address("postgresql", role, database)

    def role_urls(self, database: str) -> RoleUrls:
        """The addresses of a database for the five roles."""
        return RoleUrls(
            owner=self.url(Role.OWNER, database),
            app=self.url(Role.APP, database),
            agent=self.url(Role.AGENT, database),
            checkpoint=self.url(Role.CHECKPOINT, database),
            visitor=self.url(Role.VISITOR, database),
        )

    def superuser(self, database: str = "postgres") -> psycopg.Connection[TupleRow]:
        """A superuser connection in autocommit, for making databases and roles only."""
        return psycopg.connect(self.dsn(SUPERUSER, database), autocommit=True, connect_timeout=10, sslmode="disable")

    async def superuser_of_coroutines(self, database: str) -> psycopg.AsyncConnection[TupleRow]:
        """The same for coroutines, for measuring."""
        return await psycopg.AsyncConnection.connect(
            self.dsn(SUPERUSER, database), autocommit=True, connect_timeout=10, sslmode="disable"
        )

    def _address(self, scheme: str, role: str, database: str) -> str:
        url = URL.create(
            scheme, username=role, password=self.passwords[role], host=HOST, port=self.port, database=database
        )
        return url.render_as_string(hide_password=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What `db status` shows; pid and port only when it runs, size of the data folder on disk."""

    state: State
    pid: int | None
    port: int | None
    version: str
    size_bytes: int
    data_dir: Path
    log: Path


def start(home: Path, *, settings: Mapping[str, str] | None = None, system_folder: Path = SYSTEM_FOLDER) -> Server:
    """The server of this home: joined when it runs, else started, made first when there is none.

    It outlives this process. `settings` are PostgreSQL settings for a start (a running server keeps its own).
    `system_folder` is where root keeps the data when the server's account cannot enter the home.
    """
    with _locked(home):
        cluster, bin_dir = open_cluster(home, system_folder=system_folder)
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                found = living_postmaster(cluster.data_dir)
                port = found.port if found else launch(cluster, bin_dir, settings or {})
                return _greeted(cluster, bin_dir, port)
            except NotYetError as error:
                if time.monotonic() > deadline:
                    raise DatabaseStartFailedError(
                        f"it was not ready within {START_SECONDS:.0f} seconds", log=cluster.log, tail=str(error)
                    ) from error
                time.sleep(_LOOK_EVERY)


def stop(home: Path) -> bool:
    """Stop the server of this home and what a killed one left running; False if there was nothing to stop."""
    if not find_cluster(home).folder.exists():
        return False
    with _locked(home):
        return _stop(find_cluster(home))


def erase(home: Path) -> None:
    """Stop the server and delete all its data, passwords included. What else is in the home is not touched."""
    if not find_cluster(home).folder.exists():
        return
    with _locked(home):
        cluster = find_cluster(home)
        _stop(cluster)
        if cluster.place.parent != cluster.folder:
            shutil.rmtree(cluster.place.parent, ignore_errors=True)
        shutil.rmtree(cluster.folder, ignore_errors=True)


def status(home: Path) -> Status:
    """How the server of this home stands. Writes nothing and waits for nobody."""
    cluster = find_cluster(home)
    found = living_postmaster(cluster.data_dir)
    left_over = State.STALE if pid_file(cluster.data_dir).exists() else State.STOPPED
    return Status(
        state=State.RUNNING if found else left_over,
        pid=found.pid if found else None,
        port=found.port if found else None,
        version=program_version(installed_programs()),
        size_bytes=_size(cluster.data_dir),
        data_dir=cluster.data_dir,
        log=cluster.log,
    )


@contextmanager
def _locked(home: Path) -> Generator[None]:
    try:
        with lock_of(home):
            yield
    except Timeout as error:
        raise locked_too_long(home, error) from error


def _greeted(cluster: Cluster, bin_dir: Path, port: int) -> Server:
    """The server once it accepts our password and has our roles; a lost or foreign password file is healed."""
    server = Server(data_dir=cluster.data_dir, port=port, passwords=read_or_create(cluster.secrets))
    try:
        with server.superuser() as connection:
            ensure_roles(connection, server.passwords)
            connection.execute("REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC")
            return server
    except psycopg.OperationalError as error:
        if "password authentication failed" not in str(error):
            raise NotYetError(str(error)) from error
    _stop(cluster)
    reset_passwords(cluster, bin_dir, server.passwords)
    raise NotYetError("the passwords were set again from the secrets file")


def _stop(cluster: Cluster) -> bool:
    found = living_postmaster(cluster.data_dir)
    if found is None:
        return bool(members(cluster.data_dir)) and clear_leftovers(cluster.data_dir)
    if not end_postmaster(found.pid, cluster.data_dir, patience=STOP_SECONDS):
        raise DatabaseStartFailedError("the running server did not stop", log=cluster.log)
    return True


def _size(folder: Path) -> int:
    return sum(each.lstat().st_size for each in folder.rglob("*") if not each.is_dir()) if folder.exists() else 0
