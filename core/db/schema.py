"""Bringing a database to the newest schema, or back to an older one, with Alembic, as its owner."""

from collections.abc import Generator, Sequence
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
from core.db.migrations.stepping import LOSSES, Loss
from core.db.roles import RoleUrls
from core.domain.errors import RowsWouldBeLostError, SchemaMismatchError, UsageError

_SCRIPTS = "core:db/migrations"
_MIGRATION_LOCK = 7_305_511
CONNECT_SECONDS = 5
BASE = "base"
"""What there is before the first revision: nothing."""
_NAMED = 12


def migrate(urls: RoleUrls) -> str:
    """Apply every migration that is missing, one process at a time; gives the revision reached.

    SchemaMismatchError when a newer program migrated it.
    """
    with _as_owner(urls) as connection:
        _wait_for_others(connection)
        _known_position(connection)
        command.upgrade(_config(connection), "head")
        install(connection)
        return _current(connection)


def revision(urls: RoleUrls) -> tuple[str, str]:
    """The revision the database is at (empty for a new one) and the newest there is."""
    with _as_owner(urls) as connection:
        newest = ScriptDirectory.from_config(_config(connection)).get_current_head()
        return _current(connection), newest or ""


def check_schema(urls: RoleUrls) -> None:
    """SchemaMismatchError unless the database is at the revision this program works on."""
    at, newest = revision(urls)
    if at == newest:
        return
    if not at:
        raise SchemaMismatchError("the database has no tables of ours yet; run `expediter db migrate`")
    with _as_owner(urls) as connection:
        _known_position(connection)
    raise SchemaMismatchError(
        f"the database is at revision {at!r}, this program works on {newest!r}; make a backup, then run"
        " `expediter db migrate`"
    )


def check_known(at: str) -> None:
    """SchemaMismatchError for the revision of a newer program's database."""
    config = Config()
    config.set_main_option("script_location", _SCRIPTS)
    known = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    if at not in known:
        raise SchemaMismatchError(
            f"the backup is of revision {at!r}, which a newer program made; this one knows {known[0]!r} and older ones."
            " Use the newer program"
        )


def would_lose(urls: RoleUrls, to: str) -> tuple[Loss, ...]:
    """What going back to a revision (or BASE) would take away; nothing is changed."""
    with _as_owner(urls) as connection:
        losses = _go_back(connection, to)
        connection.rollback()
        return losses


def take_back(urls: RoleUrls, to: str, *, discard: bool) -> tuple[Loss, ...]:
    """Go back to a revision (or BASE), whole or not at all; gives what went with it.

    RowsWouldBeLostError when anything stored would go and `discard` does not say that it may.
    """
    with _as_owner(urls) as connection:
        losses = _go_back(connection, to)
        if losses and not discard:
            raise lost_without_word(losses, to)
        return losses


def lost_without_word(losses: Sequence[Loss], to: str) -> RowsWouldBeLostError:
    """The refusal of a way back on which this would be lost."""
    more = f" and {len(losses) - _NAMED} more" if len(losses) > _NAMED else ""
    return RowsWouldBeLostError(
        f"nothing was changed; going back to {to!r} loses {'; '.join(map(str, losses[:_NAMED]))}{more}. Make a backup"
        " (`expediter backup`), then say --discard",
        losses=[{"revision": loss.revision, "what": loss.what, "count": loss.count} for loss in losses],
    )


def _go_back(connection: Connection, to: str) -> tuple[Loss, ...]:
    _wait_for_others(connection)
    at, known = _known_position(connection), (BASE, *_revisions(connection))
    if to not in known:
        raise UsageError(f"there is no revision {to!r}; there are {BASE}, {known[1]} to {known[-1]}")
    if known.index(to) > known.index(at or BASE):
        raise UsageError(f"the database is at {at or BASE}, which is older than {to}; `expediter db migrate` goes up")
    config, losses = _config(connection), list[Loss]()
    config.attributes[LOSSES] = losses
    command.downgrade(config, to)
    return tuple(losses)


def _known_position(connection: Connection) -> str:
    """The revision the database is at, empty for a new one."""
    at, known = _current(connection), _revisions(connection)
    if at and at not in known:
        raise SchemaMismatchError(
            f"the database is at revision {at!r}, which a newer program made; this one knows {known[-1]!r} and older"
            f" ones. Use the newer program, or let it go back first: `expediter db downgrade {known[-1]}`"
        )
    return at


def _revisions(connection: Connection) -> tuple[str, ...]:
    """Every revision this program knows, oldest first."""
    scripts = ScriptDirectory.from_config(_config(connection)).walk_revisions()
    return tuple(script.revision for script in scripts)[::-1]


def _wait_for_others(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})


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
