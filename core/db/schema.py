"""Bringing a database to the newest schema with Alembic, as its owner."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from core.db.roles import RoleUrls

_SCRIPTS = "core:db/migrations"
_MIGRATION_LOCK = 7_305_511


def migrate(urls: RoleUrls) -> str:
    """Apply every migration that is missing, one process at a time; gives the revision reached."""
    engine = create_engine(urls.owner, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        command.upgrade(_config(connection), "head")
        return _current(connection)


def revision(urls: RoleUrls) -> tuple[str, str]:
    """The revision the database is at (empty for a new one) and the newest there is."""
    engine = create_engine(urls.owner, poolclass=NullPool)
    with engine.connect() as connection:
        newest = ScriptDirectory.from_config(_config(connection)).get_current_head()
        return _current(connection), newest or ""


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", _SCRIPTS)
    config.attributes["connection"] = connection
    return config


def _current(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""
