"""Backups of the books of a home folder: taken, proven in a database of their own, restored beside what is there."""

import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock

from core.bootstrap.databases import LOADER, MAIN_DATABASE, Prepare, configured_urls, embedded_server
from core.bootstrap.opening import open_books
from core.config import Config
from core.db.backup import Manifest, back_up, check_empty, open_archive, put_back
from core.db.embedded import Server, check_name, create_database, database_exists, drop_database, rename_databases
from core.db.loading.statistics import gather_statistics
from core.db.roles import RoleUrls
from core.db.schema import check_known, migrate
from core.domain.errors import InvariantBrokenError, NotFoundError
from core.domain.users import WORKER_NAME
from core.services.checking import check
from core.services.restored import Restored, begin_restored

PROOF, ARRIVING = "proof_of_backup", "arriving_backup"
Say = Callable[[str], None]


def take_backup(
    config: Config, file: Path, *, database: str, now: datetime, program: str, replace: bool, say: Say
) -> Manifest:
    """Back the configured database up, or an embedded one by name; NotFoundError where there is none."""
    configured = configured_urls(config)
    if configured is None:
        server = embedded_server(config)
        if not database_exists(server, database):
            raise NotFoundError(f"there is no embedded database {database!r}; `expediter db status` lists them")
        configured = server.role_urls(database)
    return back_up(configured, file, now=now, program=program, replace=replace, say=say)


def prove_backup(config: Config, file: Path, *, prepare: Prepare, say: Say) -> Manifest:
    """Restore a backup into an embedded database of its own, compare it, check every invariant, and drop it.

    BackupUnreadableError, SchemaMismatchError or InvariantBrokenError says what is wrong with it.
    """
    with _proven(config, file, PROOF, prepare=prepare, say=say) as (manifest, _, server):
        drop_database(server, PROOF)
        return manifest


def restore_backup(
    config: Config, file: Path, *, database: str = MAIN_DATABASE, now: datetime, prepare: Prepare, say: Say
) -> tuple[Manifest, Restored, str | None]:
    """Put a backup in the place of the embedded database, which is kept under another name, or into the configured one,
    which has to be empty. It begins halted, nobody is signed in. Gives the name what was there before has now.

    Nothing of what was there is changed unless the restored books are those of the backup and sound.
    """
    configured = configured_urls(config)
    if configured is not None:
        check_empty(configured)
        with _read(file, say) as (manifest, dump):
            _restore(configured, manifest, dump, prepare=prepare, say=say)
        return manifest, _begun(configured, manifest, now), None
    set_aside = f"{database}_until_{now:%Y%m%d_%H%M%S}"
    check_name(database)
    check_name(set_aside)
    with _proven(config, file, ARRIVING, prepare=prepare, say=say) as (manifest, urls, server):
        restored = _begun(urls, manifest, now)
        with FileLock(config.home / "databases.lock"):
            kept = set_aside if database_exists(server, database) else None
            before = {} if kept is None else {database: kept}
            rename_databases(server, {**before, ARRIVING: database})
        return manifest, restored, kept


@contextmanager
def _proven(
    config: Config, file: Path, name: str, *, prepare: Prepare, say: Say
) -> Generator[tuple[Manifest, RoleUrls, Server]]:
    """A backup in an embedded database of this name, compared and checked; dropped when anything is wrong."""
    with FileLock(config.home / "backups.lock"), _read(file, say) as (manifest, dump):
        server = embedded_server(config)
        drop_database(server, name)
        create_database(server, name)
        try:
            urls = server.role_urls(name)
            _restore(urls, manifest, dump, prepare=prepare, say=say)
            yield manifest, urls, server
        except BaseException:
            drop_database(server, name)
            raise


@contextmanager
def _read(file: Path, say: Say) -> Generator[tuple[Manifest, Path]]:
    say("reading the backup")
    with tempfile.TemporaryDirectory(prefix="expediter-restore-") as folder:
        manifest, dump = open_archive(file, Path(folder))
        check_known(manifest.revision)
        yield manifest, dump


def _restore(urls: RoleUrls, manifest: Manifest, dump: Path, *, prepare: Prepare, say: Say) -> None:
    rows = sum(manifest.contents.rows.values())
    say(f"restoring {rows:,} rows of {len(manifest.contents.rows)} tables, and comparing them")
    put_back(urls, manifest, dump)
    migrate(urls)
    prepare(urls)
    gather_statistics(urls)
    say("checking every invariant and the audit chains")
    with open_books(urls.app) as books, books(LOADER) as uow:
        broken = [f"{one.name} {sentence}" for one in check(uow) for sentence in one.broken]
    if broken:
        more = f" and {len(broken) - 5} more" if len(broken) > 5 else ""
        raise InvariantBrokenError(f"the books of the backup contradict themselves: {'; '.join(broken[:5])}{more}")


def _begun(urls: RoleUrls, manifest: Manifest, now: datetime) -> Restored:
    with open_books(urls.app, frozen=lambda: now) as books, books(WORKER_NAME) as uow:
        return begin_restored(uow, made_at=manifest.made_at)
