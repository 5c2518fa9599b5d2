"""Putting a backup into a database with nothing in it, and comparing it with what the backup says of itself."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from core.db.backup.manifest import SCHEMAS, Contents, Manifest, contents_of
from core.db.backup.programs import run
from core.db.failing import unavailable
from core.db.roles import RoleUrls, dsn_of
from core.domain.errors import BackupFailedError, BackupUnreadableError, ConflictError

CONNECT_SECONDS = 5
_OLDEST = 17  # pg_restore of 17 and later sets what servers of 16 do not know
_MADE_BEFORE = ("SCHEMA ", "COMMENT - SCHEMA ")  # whoever makes a database makes its schemas


def check_empty(urls: RoleUrls) -> None:
    """ConflictError for a database with tables: a backup is never laid over books. BackupFailedError for a server that
    PostgreSQL's own program of today no longer restores into."""
    try:
        with psycopg.connect(dsn_of(urls.owner), connect_timeout=CONNECT_SECONDS) as connection:
            version, tables = connection.info.server_version // 10_000, contents_of(connection).rows
    except psycopg.OperationalError as error:
        raise unavailable(error) from error
    if version < _OLDEST:
        raise BackupFailedError(f"the server is PostgreSQL {version}; a backup is restored into {_OLDEST} or later")
    if tables:
        raise ConflictError(
            f"the database has {len(tables)} tables already; make an empty one for what is restored, and let"
            " DATABASE_URL name it",
            tables=len(tables),
        )


def put_back(urls: RoleUrls, manifest: Manifest, dump: Path) -> None:
    """Restore a dump, all of it or nothing; BackupUnreadableError when the books are then not those of the manifest."""
    with tempfile.TemporaryDirectory(prefix="expediter-restore-") as folder:
        wanted = Path(folder) / "list"
        listed = run("pg_restore", ["--list", str(dump)])
        wanted.write_text("".join(f"{line}\n" for line in _without_schemas(listed)), encoding="utf-8")
        options = ["--single-transaction", "--exit-on-error", "--no-owner", f"--use-list={wanted}"]
        database = conninfo_to_dict(dsn_of(urls.owner))["dbname"]
        run("pg_restore", [*options, f"--dbname={database}", str(dump)], urls.owner)
    found = tuple(differences(urls, manifest.contents))
    if found:
        raise BackupUnreadableError(f"the restored books are not those of the backup: {'; '.join(found[:5])}")


def differences(urls: RoleUrls, expected: Contents) -> Iterator[str]:
    """Where a database holds other rows, or other ends of audit chains."""
    with psycopg.connect(dsn_of(urls.owner), connect_timeout=CONNECT_SECONDS) as connection:
        found = contents_of(connection)
    for table in sorted({*found.rows, *expected.rows}):
        there, said = found.rows.get(table), expected.rows.get(table)
        if there != said:
            yield f"{table} has {there if there is not None else 'no'} rows, the backup {said}"
    if found.audit_digest != expected.audit_digest:
        yield "the audit chains end elsewhere"


def _without_schemas(listed: str) -> Iterator[str]:
    """The list of what a dump holds, but for the schemas."""
    for line in listed.splitlines():
        _, _, kind = line.partition("; ")
        words = kind.split(" ", 2)
        about = words[2] if len(words) == 3 else ""
        if not (not line.startswith(";") and about.startswith(_MADE_BEFORE) and _names_ours(about)):
            yield line


def _names_ours(about: str) -> bool:
    return any(f" {schema} " in f"{about} " for schema in SCHEMAS)
