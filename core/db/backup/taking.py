"""Taking a backup: the dump and what is counted are of one and the same moment."""

import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import psycopg
from psycopg import IsolationLevel
from psycopg.rows import TupleRow

from core.db.backup.archive import fingerprint, write_archive
from core.db.backup.manifest import SCHEMAS, Manifest, contents_of
from core.db.backup.programs import run
from core.db.failing import unavailable
from core.db.roles import RoleUrls, dsn_of
from core.domain.errors import ConflictError, InvalidValueError, SchemaMismatchError

CONNECT_SECONDS = 5
Said = Callable[[str], None]


def back_up(urls: RoleUrls, file: Path, *, now: datetime, program: str, replace: bool, say: Said) -> Manifest:
    """Write the books to a file; gives what is in it.

    ConflictError when there is such a file and `replace` does not say that it may go, InvalidValueError where no file
    can be, SchemaMismatchError where there are no books. Others go on working meanwhile.
    """
    if file.is_dir() or not file.absolute().parent.is_dir():
        raise InvalidValueError(f"{str(file)!r} can be no file; name one in a folder that is there", field="file")
    if file.exists() and not replace:
        raise ConflictError(f"{str(file)!r} is there already; name another file, or say --replace")
    try:
        connection = psycopg.connect(dsn_of(urls.owner), connect_timeout=CONNECT_SECONDS)
    except psycopg.OperationalError as error:
        raise unavailable(error) from error
    with connection, tempfile.TemporaryDirectory(prefix=".expediter-backup-", dir=file.absolute().parent) as folder:
        connection.isolation_level, connection.read_only = IsolationLevel.REPEATABLE_READ, True
        revision = _revision(connection)
        say("counting what is in the books")
        contents = contents_of(connection)
        dump = Path(folder) / "books"
        say(f"writing {sum(contents.rows.values()):,} rows of {len(contents.rows)} tables")
        _dump(connection, urls, dump)
        company, as_of = _company(connection)
        manifest = Manifest(
            made_at=now,
            program=program,
            revision=revision,
            company=company,
            as_of=as_of,
            contents=contents,
            sha256=fingerprint(dump),
            size=dump.stat().st_size,
        )
        write_archive(file, manifest, dump)
    return manifest


def _dump(connection: psycopg.Connection[TupleRow], urls: RoleUrls, dump: Path) -> None:
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    assert row is not None
    schemas = [f"--schema={schema}" for schema in SCHEMAS]
    run("pg_dump", ["--format=custom", f"--snapshot={row[0]}", f"--file={dump}", *schemas], urls.owner)


def _revision(connection: psycopg.Connection[TupleRow]) -> str:
    known = connection.execute("SELECT to_regclass('public.alembic_version')").fetchone()
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known and known[0] else None
    if found is None:
        raise SchemaMismatchError("the database has no tables of ours yet; there is nothing to back up")
    return str(found[0])


def _company(connection: psycopg.Connection[TupleRow]) -> tuple[str | None, date | None]:
    found = connection.execute("SELECT name, as_of FROM settings").fetchone()
    return (None, None) if found is None else (str(found[0]), found[1])
