"""The databases of the embedded server: made for our roles, copied from a template, dropped."""

import re
import time
from collections.abc import Mapping

from psycopg import errors, sql

from core.db.embedded.errors import DatabaseInUseError, DatabaseNameError
from core.db.embedded.server import Server
from core.db.roles import Role, guard_database

_PLAIN = re.compile(r"[a-z][a-z0-9_]{0,62}")
_RENAME_TRIES, _RENAME_AGAIN = 50, 0.1
_NOT_OURS = frozenset({"postgres", "template0", "template1"})


def create_database(server: Server, name: str, template: str | None = None) -> None:
    """A new database owned by expediter_owner, open to our roles only; a copy when a template is named.

    A template must have no connections. The copy is written to the log block by block (wal_log), which takes about
    100 ms where copying files takes a second.
    """
    statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY wal_log").format(
        _identifier(name), sql.Identifier(Role.OWNER), sql.Identifier(template or "template1")
    )
    with server.superuser() as connection:
        try:
            connection.execute(statement)
        except errors.DuplicateDatabase as error:
            raise DatabaseNameError(name, "is already used") from error
    with server.superuser(name) as connection:
        guard_database(connection)


def drop_database(server: Server, name: str) -> bool:
    """Drop a database and end its connections; False if there is none of that name."""
    with server.superuser() as connection:
        try:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(_identifier(name)))
        except errors.InvalidCatalogName:
            return False
    return True


def check_name(name: str) -> None:
    """DatabaseNameError for a name no database of ours can have."""
    _identifier(name)


def rename_databases(server: Server, names: Mapping[str, str]) -> None:
    """Give databases other names in this order, all of them or none; connections to them are ended.

    DatabaseNameError for a name that is taken, DatabaseInUseError when somebody is connected again each time.
    """
    with server.superuser() as connection:
        for tries_left in reversed(range(_RENAME_TRIES)):
            connection.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = ANY(%s)", [[*names]]
            )
            try:
                with connection.transaction():
                    for name, to in names.items():
                        renaming = sql.SQL("ALTER DATABASE {} RENAME TO {}").format(_identifier(name), _identifier(to))
                        connection.execute(renaming)
                return
            except errors.DuplicateDatabase as error:
                raise DatabaseNameError([*names.values()][-1], "is already used") from error
            except errors.ObjectInUse as error:
                if not tries_left:
                    raise DatabaseInUseError(next(iter(names))) from error
                time.sleep(_RENAME_AGAIN)


def database_exists(server: Server, name: str) -> bool:
    """True if there is a database of that name."""
    return name in list_databases(server)


def list_databases(server: Server) -> list[str]:
    """The names of our databases, sorted."""
    with server.superuser() as connection:
        rows = connection.execute("SELECT datname FROM pg_database").fetchall()
    return sorted(str(row[0]) for row in rows if row[0] not in _NOT_OURS)


def _identifier(name: str) -> sql.Identifier:
    if not _PLAIN.fullmatch(name) or name in _NOT_OURS:
        raise DatabaseNameError(name, "is not accepted")
    return sql.Identifier(name)
