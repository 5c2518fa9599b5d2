"""Locks that belong to a name instead of a row: one process at a time works on a thing."""

import hashlib
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from core.domain.errors import StorageUnavailableError

CONNECT_SECONDS = 5


@contextmanager
def advisory_lock(url: str, name: str) -> Generator[bool]:
    """Whether the lock of this name is ours for as long as the block lasts; nobody is waited for.

    It belongs to a connection opened for it: a process that dies lets go of it at once. Should that connection break
    meanwhile the lock is lost unseen, so it saves work and never stands alone between an effect and its repetition.
    """
    engine = create_engine(
        url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": CONNECT_SECONDS}
    )
    try:
        connection = engine.connect()
    except OperationalError as error:
        raise StorageUnavailableError("the database does not answer; see `expediter db status`") from error
    with connection:
        yield bool(connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": lock_key(name)}))


def lock_key(name: str) -> int:
    """The number PostgreSQL knows a lock by: 64 bits of a hash, signed."""
    return int.from_bytes(hashlib.sha256(f"expediter:{name}".encode()).digest()[:8], signed=True)
