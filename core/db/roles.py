"""The five database roles, what each may do, and the addresses under which a program connects as each of them.

| role | may |
|---|---|
| expediter_owner | owns every database and schemas public and jobs: migrations |
| expediter_app | reads and writes rows, as the migrations grant |
| expediter_agent | reads, and inserts proposals, as the migrations grant |
| expediter_checkpoint | owns schema checkpoint: the agents' saved state, nothing else |
| expediter_visitor | reads the rows of the sites and customers a transaction names, as row level security grants |

None is a superuser, creates databases or roles, or passes row-level security. Nothing is granted to PUBLIC, the right
to execute functions included: a migration that creates a function for a role also grants it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from psycopg import Connection, sql
from psycopg.rows import TupleRow
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

SUPERUSER = "postgres"
CHECKPOINT_SCHEMA = "checkpoint"
JOBS_SCHEMA = "jobs"


class Role(StrEnum):
    """A login of the program; the least that does the job."""

    OWNER = "expediter_owner"
    APP = "expediter_app"
    AGENT = "expediter_agent"
    CHECKPOINT = "expediter_checkpoint"
    VISITOR = "expediter_visitor"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleUrls:
    """The SQLAlchemy URL of one database for each role; they hold passwords, so they are not printed."""

    owner: str
    app: str
    agent: str
    checkpoint: str
    visitor: str

    def __repr__(self) -> str:
        return f"RoleUrls({make_url(self.owner).database!r})"


class DatabaseUrlError(Exception):
    """A database address that is not a PostgreSQL one."""

    code: ClassVar[str] = "database_url_refused"

    def __init__(self, shown: str) -> None:
        super().__init__(
            f"The database address {shown!r} is not accepted; accepted is"
            " 'postgresql://USER:PASSWORD@HOST:PORT/DATABASE'."
        )


def role_urls(
    database_url: str,
    *,
    app: str | None = None,
    agent: str | None = None,
    checkpoint: str | None = None,
    visitor: str | None = None,
) -> RoleUrls:
    """The five URLs of a server that is not ours.

    The best set-up gives each role a login of its own: DATABASE_URL for the owner (a member of expediter_owner) and
    DATABASE_URL_APP, DATABASE_URL_AGENT, DATABASE_URL_CHECKPOINT, DATABASE_URL_VISITOR for the others. A URL not given
    is the first login switched to the role when it connects (`options=-c role=...`), which needs `share_roles` for that
    login once. The shared login keeps the rights of a role from being used by mistake, but not from SQL that says RESET
    ROLE.
    """
    login = _postgres_url(database_url)
    return RoleUrls(
        owner=_switched(login, Role.OWNER),
        app=_text(_postgres_url(app)) if app else _switched(login, Role.APP),
        agent=_text(_postgres_url(agent)) if agent else _switched(login, Role.AGENT),
        checkpoint=_text(_postgres_url(checkpoint)) if checkpoint else _switched(login, Role.CHECKPOINT),
        visitor=_text(_postgres_url(visitor)) if visitor else _switched(login, Role.VISITOR),
    )


def dsn_of(url: str) -> str:
    """The same address for psycopg and libpq programs, which do not know SQLAlchemy's driver names."""
    return _text(_postgres_url(url).set(drivername="postgresql"))


def ensure_roles(superuser: Connection[TupleRow], passwords: Mapping[str, str], *, reset: bool = False) -> None:
    """Create the roles that are missing; with `reset`, give all of them their passwords again."""
    rows = superuser.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[*Role]]).fetchall()
    present = {str(row[0]) for row in rows}
    for role in Role:
        if role not in present:
            superuser.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
        if role not in present or reset:
            _set_login(superuser, role, passwords[role])


def share_roles(superuser: Connection[TupleRow], login: str) -> None:
    """Let one login switch to each role (PostgreSQL 16 or later); it does not inherit their rights."""
    for role in Role:
        superuser.execute(
            sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(sql.Identifier(role), sql.Identifier(login))
        )


def guard_database(superuser: Connection[TupleRow]) -> None:
    """Close the connected database to everyone but our roles, and make the schemas they own."""
    close_database(superuser, superuser.info.dbname)
    superuser.execute("""
        REVOKE ALL ON SCHEMA public FROM PUBLIC;
        ALTER SCHEMA public OWNER TO expediter_owner;
        GRANT USAGE ON SCHEMA public TO expediter_app, expediter_agent;
        CREATE SCHEMA IF NOT EXISTS checkpoint AUTHORIZATION expediter_checkpoint;
        CREATE SCHEMA IF NOT EXISTS jobs AUTHORIZATION expediter_owner;
        ALTER DEFAULT PRIVILEGES FOR ROLE expediter_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
        """)


def close_database(superuser: Connection[TupleRow], name: str) -> None:
    """Let nobody but our roles connect to a database; a copy has the schemas of its template, and its own doors."""
    superuser.execute(
        sql.SQL("REVOKE ALL ON DATABASE {0} FROM PUBLIC; GRANT CONNECT ON DATABASE {0} TO {1}").format(
            sql.Identifier(name), sql.SQL(", ").join(sql.Identifier(role) for role in Role)
        )
    )


def _set_login(superuser: Connection[TupleRow], role: Role, password: str) -> None:
    # The verifier is made here: the password itself never reaches the server or its log.
    verifier = superuser.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    superuser.execute(
        sql.SQL("ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD {}").format(
            sql.Identifier(role), sql.Literal(verifier.decode())
        )
    )
    if role is Role.CHECKPOINT:
        superuser.execute("ALTER ROLE expediter_checkpoint SET search_path = checkpoint")


def _postgres_url(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError as error:  # not shown: it could be a password with the rest missing
        raise DatabaseUrlError("(not an address)") from error
    backend = url.drivername.partition("+")[0]
    if backend not in {"postgresql", "postgres"} or not url.database:
        raise DatabaseUrlError(url.render_as_string(hide_password=True))
    return url.set(drivername="postgresql+psycopg")


def _switched(login: URL, role: Role) -> str:
    settings = f"-c role={role}" + (f" -c search_path={CHECKPOINT_SCHEMA}" if role is Role.CHECKPOINT else "")
    given = login.query.get("options", "")
    before = given if isinstance(given, str) else " ".join(given)
    return _text(login.update_query_dict({"options": f"{before} {settings}".strip()}))


def _text(url: URL) -> str:
    # SQLAlchemy writes a space as "+", which libpq would take literally; "%20" is read alike by both.
    head, mark, query = url.render_as_string(hide_password=False).partition("?")
    return head + mark + query.replace("+", "%20")
