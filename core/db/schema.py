"""Bringing a database to the newest schema with Alembic, as its owner."""

from collections.abc import Generator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from core.db.failing import unavailable
from core.db.jobs.schema import install
from core.db.roles import RoleUrls

_SCRIPTS = "core:db/migrations"
_MIGRATION_LOCK = 7_305_511
CONNECT_SECONDS = 5


def migrate(urls: RoleUrls) -> str:
    """Apply every migration that is missing, one process at a time; gives the revision reached."""
    with _as_owner(urls) as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        command.upgrade(_config(connection), "head")
        install(connection)
        return _current(connection)


def revision(urls: RoleUrls) -> tuple[str, str]:
    """The revision the database is at (empty for a new one) and the newest there is."""
    with _as_owner(urls) as connection:
        newest = ScriptDirectory.from_config(_config(connection)).get_current_head()
        return _current(connection), newest or ""


@contextmanager
def _as_owner(urls: RoleUrls) -> Generator[Connection]:
    engine = create_engine(urls.owner, poolclass=NullPool, connect_args={"connect_timeout": CONNECT_SECONDS})
    try:
        with engine.begin() as connection:
            yield connection
    except OperationalError as error:
        raise unavailable(error) from error


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", _SCRIPTS)
    config.attributes["connection"] = connection
    return config


def _current(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""
