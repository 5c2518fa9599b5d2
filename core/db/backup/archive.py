"""The file: a tar of manifest.json and books.dump, so that it can be opened by hand as well."""

import hashlib
import io
import os
import tarfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from core.db.backup.manifest import FORMAT, Manifest
from core.domain.errors import BackupUnreadableError

MANIFEST, DUMP = "manifest.json", "books.dump"
_LARGEST_MANIFEST = 4 * 1024 * 1024
_PIECE = 1024 * 1024


def write_archive(file: Path, manifest: Manifest, dump: Path) -> None:
    """Write the file beside its place and put it there whole, readable by its owner only."""
    partial = file.with_name(f".{file.name}.partial")
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
                said = manifest.model_dump_json(indent=1).encode()
                _add(tar, MANIFEST, io.BytesIO(said), len(said), manifest)
                with dump.open("rb") as books:
                    _add(tar, DUMP, books, manifest.size, manifest)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def read_manifest(file: Path) -> Manifest:
    """What a backup says of itself; BackupUnreadableError for what is none."""
    with _opened(file) as tar:
        return _manifest(file, tar)


def open_archive(file: Path, folder: Path) -> tuple[Manifest, Path]:
    """What a backup says of itself and its dump, laid in a folder; BackupUnreadableError unless it is whole."""
    with _opened(file) as tar:
        manifest = _manifest(file, tar)
        entry = tar.next()
        books = None if entry is None or entry.name != DUMP else tar.extractfile(entry)
        if books is None:
            raise _damaged(file, f"{DUMP} is not in it")
        dump = folder / DUMP
        digest = _copy(books, dump)
    if digest != manifest.sha256:
        raise _damaged(file, f"{DUMP} is not the one its manifest was made for")
    return manifest, dump


def fingerprint(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


@contextmanager
def _opened(file: Path) -> Generator[tarfile.TarFile]:
    try:
        with tarfile.open(file, mode="r:") as tar:
            yield tar
    except (tarfile.TarError, EOFError) as error:
        raise _damaged(file, str(error)) from error


def _manifest(file: Path, tar: tarfile.TarFile) -> Manifest:
    entry = tar.next()
    if entry is None or entry.name != MANIFEST or entry.size > _LARGEST_MANIFEST:
        raise BackupUnreadableError(f"{str(file)!r} is no backup; accepted is a file that `expediter backup` wrote")
    said = tar.extractfile(entry)
    assert said is not None  # it is a plain file
    try:
        manifest = Manifest.model_validate_json(said.read())
    except ValidationError as error:
        raise _damaged(file, f"its manifest cannot be read ({error.error_count()} faults)") from error
    if manifest.format != FORMAT:
        raise BackupUnreadableError(
            f"{str(file)!r} is a backup of format {manifest.format}, made by Expediter {manifest.program}; this program"
            f" reads format {FORMAT}"
        )
    return manifest


def _copy(source: IO[bytes], target: Path) -> str:
    digest = hashlib.sha256()
    with target.open("wb") as out:
        while piece := source.read(_PIECE):
            digest.update(piece)
            out.write(piece)
    return digest.hexdigest()


def _add(tar: tarfile.TarFile, name: str, source: IO[bytes], size: int, manifest: Manifest) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(manifest.made_at.timestamp())
    tar.addfile(entry, source)


def _damaged(file: Path, why: str) -> BackupUnreadableError:
    return BackupUnreadableError(f"the backup {str(file)!r} is damaged: {why}; use another one")
