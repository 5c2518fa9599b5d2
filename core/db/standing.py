"""How the database server stands: its version, its clock, and what each of our roles may that it should not."""

from dataclasses import dataclass
from datetime import datetime

import psycopg

from core.db.failing import unavailable
from core.db.roles import Role, RoleUrls, dsn_of

OLDEST = 16
_CONNECT_SECONDS = 5
_ROLES = """
    SELECT rolname FROM pg_roles
    WHERE rolname = ANY(%s) AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb) ORDER BY 1"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`version` is the server's major one, `mighty` are roles of ours that pass row level security or make others."""

    version: int
    now: datetime
    mighty: tuple[str, ...]


def server_standing(urls: RoleUrls) -> Standing:
    """Ask the server; StorageUnavailableError when it does not answer."""
    try:
        with psycopg.connect(dsn_of(urls.owner), connect_timeout=_CONNECT_SECONDS, autocommit=True) as connection:
            row = connection.execute("SELECT clock_timestamp()").fetchone()
            mighty = connection.execute(_ROLES, [[*Role]]).fetchall()
            assert row is not None
            return Standing(
                version=connection.info.server_version // 10_000,
                now=row[0],
                mighty=tuple(str(name) for (name,) in mighty),
            )
    except psycopg.OperationalError as error:
        raise unavailable(error) from error
