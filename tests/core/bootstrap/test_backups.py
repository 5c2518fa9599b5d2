"""Backups: one moment of the books, restored as they were, and nothing laid over books that stand."""

import io
import json
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from agents.worker.checkpoints import prepare_checkpoints
from core.bootstrap.backups import ARRIVING, PROOF, prove_backup, restore_backup, take_backup
from core.bootstrap.opening import open_books
from core.config import Config, Environment
from core.db.backup import Manifest
from core.db.backup.programs import run
from core.db.embedded import DatabaseNameError, Server, create_database, database_exists, drop_database, list_databases
from core.db.roles import RoleUrls, dsn_of
from core.domain.errors import (
    AuthenticationError,
    BackupFailedError,
    BackupUnreadableError,
    ConflictError,
    InvalidValueError,
    NotFoundError,
    SchemaMismatchError,
)
from core.services.checking import check
from core.services.halting import HaltCommand, ResumeCommand, halt, is_halted, resume
from core.services.identity import begin_session, recognised
from tests.builders import MARIA, transfer
from tests.database import WORKER, server_home
from tests.desk import Desk

NIGHT = datetime(2024, 10, 5, 2, 30, tzinfo=UTC)
MORNING = datetime(2024, 10, 5, 8, 0, 0, tzinfo=UTC)
ROLES = (("", "owner"), ("_app", "app"), ("_agent", "agent"), ("_checkpoint", "checkpoint"), ("_visitor", "visitor"))
NAME = "Sabine Valve"
BOOKS = f"books_{WORKER}"
KEPT = f"{BOOKS}_until_20241005_080000"


@pytest.fixture
def config() -> Config:
    return Config(home=server_home(), environment=Environment())


@pytest.fixture
def signed_in(desk: Desk) -> Desk:
    """An executed plan, another that waits to be, and somebody signed in."""
    desk.executed(transfer())
    with desk.open() as uow:
        begin_session(uow, uow.users.get(MARIA.name), token="exs_maria")
    return desk


@pytest.fixture
def arrived(postgres_server: Server) -> Iterator[RoleUrls]:
    """Where a backup is restored to; nothing is there yet."""
    yield postgres_server.role_urls(BOOKS)
    for name in (BOOKS, KEPT, PROOF, ARRIVING):
        drop_database(postgres_server, name)


def named(urls: RoleUrls) -> Environment:
    """The settings that name a database with a login for each role."""
    return Environment(**{f"database_url{end}": getattr(urls, role) for end, role in ROLES})


def quiet(words: str) -> None:
    assert words


def taken(desk: Desk, config: Config, file: Path, *, replace: bool = False) -> Manifest:
    return take_backup(config, file, database=desk.database, now=NIGHT, program="1.0", replace=replace, say=quiet)


def restored(config: Config, file: Path) -> Any:
    return restore_backup(config, file, database=BOOKS, now=MORNING, prepare=prepare_checkpoints, say=quiet)


def proven(config: Config, file: Path) -> Manifest:
    return prove_backup(config, file, prepare=prepare_checkpoints, say=quiet)


def rewritten(file: Path, *, manifest: dict[str, Any] | None = None, dump: bytes | None = None) -> None:
    """The same backup with another manifest, or another dump."""
    with tarfile.open(file) as tar:
        entries = {one.name: tar.extractfile(one) for one in tar}
        said = {name: b"" if content is None else content.read() for name, content in entries.items()}
    if manifest is not None:
        said["manifest.json"] = json.dumps({**json.loads(said["manifest.json"]), **manifest}).encode()
    if dump is not None:
        said["books.dump"] = dump
    with tarfile.open(file, "w") as tar:
        for name, content in said.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def test_a_backup_is_restored_as_the_books_were_and_begins_halted_with_nobody_in(
    signed_in: Desk, config: Config, arrived: RoleUrls, tmp_path: Path
) -> None:
    file = tmp_path / "night.backup"
    manifest = taken(signed_in, config, file)
    with signed_in.open() as uow:
        halt(uow, HaltCommand(reason="after the backup"))
    said, begun, kept = restored(config, file)

    assert (said, kept) == (manifest, None)
    assert (manifest.made_at, manifest.company, manifest.contents.rows["public.users"] > 2) == (NIGHT, NAME, True)
    assert begun.halted_before is False
    assert begun.waiting == manifest.contents.rows["public.outbox"]
    with open_books(arrived.app, frozen=lambda: MORNING) as books, books(MARIA.name) as uow:
        assert [one.broken for one in check(uow) if one.broken] == []
        halted = is_halted(uow)
        assert halted is not None
        assert halted.reason == "restored from a backup of 2024-10-05 02:30 UTC; look at what is to be sent first"
        with pytest.raises(AuthenticationError):
            recognised(uow, "exs_maria")
        resume(uow, ResumeCommand(comment="looked"))


def test_what_was_there_is_kept_under_another_name(
    signed_in: Desk, config: Config, arrived: RoleUrls, postgres_server: Server, tmp_path: Path
) -> None:
    file = tmp_path / "night.backup"
    taken(signed_in, config, file)
    restored(config, file)
    with open_books(arrived.app) as books, books(MARIA.name) as uow:
        resume(uow, ResumeCommand(comment="looked"))

    _, _, kept = restored(config, file)

    assert kept == KEPT
    assert [_halted(urls) for urls in (arrived, postgres_server.role_urls(KEPT))] == [True, False]


def _halted(urls: RoleUrls) -> bool:
    with open_books(urls.app) as books, books(MARIA.name) as uow:
        return is_halted(uow) is not None


def test_a_backup_is_proven_beside_the_books_and_leaves_nothing(
    signed_in: Desk, config: Config, arrived: RoleUrls, postgres_server: Server, tmp_path: Path
) -> None:
    file = tmp_path / "night.backup"
    manifest = taken(signed_in, config, file)

    assert proven(config, file) == manifest
    assert not database_exists(postgres_server, PROOF)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["night.backup"]


def test_a_file_that_is_there_is_kept_unless_it_may_go(desk: Desk, config: Config, tmp_path: Path) -> None:
    file = tmp_path / "night.backup"
    file.write_text("something dear")

    with pytest.raises(ConflictError, match="is there already; name another file, or say --replace"):
        taken(desk, config, file)
    before = file.read_text()
    taken(desk, config, file, replace=True)

    assert (before, file.stat().st_size > 100_000) == ("something dear", True)


def test_what_can_be_no_file_and_no_name_is_refused_at_once(desk: Desk, config: Config, tmp_path: Path) -> None:
    for file in (tmp_path, tmp_path / "nowhere" / "night.backup"):
        with pytest.raises(InvalidValueError, match="can be no file; name one in a folder that is there"):
            taken(desk, config, file, replace=True)
    with pytest.raises(DatabaseNameError, match="'my books' is not accepted"):
        restore_backup(config, tmp_path / "b", database="my books", now=MORNING, prepare=prepare_checkpoints, say=quiet)

    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_not_there_is_named(config: Config, postgres_server: Server, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there is no embedded database 'nowhere'"):
        take_backup(config, tmp_path / "b", database="nowhere", now=NIGHT, program="1.0", replace=False, say=quiet)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:50_000]), "is damaged"),
        (lambda file: file.write_text("PGDMP, or so they say"), "is damaged"),
        (lambda file: file.write_bytes(b""), "is damaged"),
        (lambda file: rewritten(file, dump=b"PGDMP"), "is not the one its manifest was made for"),
        (lambda file: rewritten(file, manifest={"format": 9}), "format 9"),
        (lambda file: rewritten(file, manifest={"sha256": "x"}), "its manifest cannot be read"),
    ],
)
def test_a_damaged_or_foreign_file_is_refused_and_nothing_is_made(
    desk: Desk,
    config: Config,
    arrived: RoleUrls,
    postgres_server: Server,
    tmp_path: Path,
    damage: Callable[[Path], object],
    said: str,
) -> None:
    file = tmp_path / "night.backup"
    taken(desk, config, file)
    damage(file)

    with pytest.raises(BackupUnreadableError, match=said) as refused:
        restored(config, file)

    assert str(file) in refused.value.message
    assert not {BOOKS, ARRIVING} & {*list_databases(postgres_server)}


def test_books_that_are_not_those_of_the_manifest_are_not_put_in_place(
    desk: Desk, config: Config, arrived: RoleUrls, postgres_server: Server, tmp_path: Path
) -> None:
    file = tmp_path / "night.backup"
    manifest = taken(desk, config, file)
    contents = manifest.contents.model_dump(mode="json")
    rows = {**contents["rows"], "public.users": 77}
    rewritten(file, manifest={"contents": {**contents, "audit_digest": "0" * 64, "rows": rows}})

    with pytest.raises(BackupUnreadableError, match=r"users has 6 rows, the backup 77; the audit chains end elsewhere"):
        restored(config, file)

    assert not {BOOKS, ARRIVING} & {*list_databases(postgres_server)}


def test_a_backup_of_a_newer_program_is_refused(desk: Desk, config: Config, arrived: RoleUrls, tmp_path: Path) -> None:
    file = tmp_path / "night.backup"
    taken(desk, config, file)
    rewritten(file, manifest={"revision": "9999"})

    with pytest.raises(SchemaMismatchError, match="the backup is of revision '9999', which a newer program made"):
        restored(config, file)


def test_a_configured_database_with_books_in_it_is_never_written_over(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "night.backup"
    configured = Config(home=server_home(), environment=Environment(database_url=desk.urls.owner))
    take_backup(configured, file, database="", now=NIGHT, program="1.0", replace=False, say=quiet)

    with pytest.raises(ConflictError, match="tables already; make an empty one for what is restored"):
        restored(configured, file)


def test_a_configured_database_with_nothing_in_it_is_filled(
    desk: Desk, arrived: RoleUrls, postgres_server: Server, tmp_path: Path
) -> None:
    file = tmp_path / "night.backup"
    source = Config(home=server_home(), environment=named(desk.urls))
    take_backup(source, file, database="", now=NIGHT, program="1.0", replace=False, say=quiet)
    create_database(postgres_server, BOOKS)
    target = Config(home=server_home(), environment=named(arrived))

    _, begun, kept = restored(target, file)

    assert (begun.halted_before, kept) == (False, None)
    with psycopg.connect(dsn_of(arrived.app)) as connection:
        assert connection.execute("SELECT name FROM settings").fetchone() == (NAME,)


def test_no_secret_is_on_a_command_line(desk: Desk, config: Config, tmp_path: Path, monkeypatch: Any) -> None:
    lines: list[str] = []
    real = subprocess.run

    def watched(command: list[str], **options: Any) -> Any:
        lines.append(" ".join(command))
        return real(command, **options)

    monkeypatch.setattr(subprocess, "run", watched)
    taken(desk, config, tmp_path / "b")

    password = make_url(desk.urls.owner).password
    assert len(lines) == 1
    assert password
    assert str(password) not in lines[0]


def test_what_postgresql_says_is_told_when_it_fails(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BackupFailedError, match=r"pg_restore failed: .*could not open input file"):
        run("pg_restore", ["--list", str(tmp_path / "nothing")])
