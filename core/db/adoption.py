"""Making a PostgreSQL server that is not ours ready: the four roles, who may switch to them, and the schemas."""

from typing import ClassVar

from psycopg import Connection, OperationalError, connect, errors, sql
from psycopg.rows import TupleRow

from core.db.failing import unavailable
from core.db.roles import CHECKPOINT_SCHEMA, JOBS_SCHEMA, Role, dsn_of, guard_database, share_roles

CONNECT_SECONDS = 5


class DatabaseNotPreparedError(Exception):
    """The login of DATABASE_URL may not make the roles, and somebody else has not made them yet."""

    code: ClassVar[str] = "database_not_prepared"

    def __init__(self, *, database: str, login: str, missing: str) -> None:
        roles = ", ".join(Role)
        super().__init__(
            f"database {database!r} is not ready: {missing}. Let an administrator run `expediter db migrate` once with"
            f" DATABASE_URL naming a login that may create roles, or create {roles}, grant them to {login!r} WITH"
            f" INHERIT FALSE, SET TRUE, make expediter_owner the owner of schema public, and create schema"
            f" {CHECKPOINT_SCHEMA} owned by expediter_checkpoint and schema {JOBS_SCHEMA} owned by expediter_owner"
        )


def adopt(database_url: str) -> bool:
    """Prepare the database for the program if it is not yet; True when something had to be done.

    The roles made here cannot log in: the login of DATABASE_URL switches to them. Raises DatabaseNotPreparedError when
    that login may not prepare the database.
    """
    try:
        opened = connect(dsn_of(database_url), autocommit=True, connect_timeout=CONNECT_SECONDS)
    except OperationalError as error:
        raise unavailable(error) from error
    with opened as connection:
        missing = _missing(connection)
        if missing is None:
            return False
        try:
            _prepare(connection)
        except errors.InsufficientPrivilege as error:
            info = connection.info
            raise DatabaseNotPreparedError(database=info.dbname, login=info.user, missing=missing) from error
    return True


def _missing(connection: Connection[TupleRow]) -> str | None:
    rows = connection.execute(
        "SELECT rolname, pg_has_role(current_user, oid, 'SET') FROM pg_roles WHERE rolname = ANY(%s)", [[*Role]]
    ).fetchall()
    usable = {str(name): bool(may) for name, may in rows}
    for role in Role:
        if role not in usable:
            return f"role {role} does not exist"
        if not usable[role]:
            return f"its login may not switch to role {role}"
    for schema in (CHECKPOINT_SCHEMA, JOBS_SCHEMA):
        if not connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema]).fetchone():
            return f"schema {schema} does not exist"
    return None


def _prepare(connection: Connection[TupleRow]) -> None:
    rows = connection.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[*Role]]).fetchall()
    there = {str(row[0]) for row in rows}
    with connection.transaction():
        for role in Role:
            if role not in there:
                connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
        share_roles(connection, connection.info.user)
        guard_database(connection)
