"""The connection of a batch writer: one statement a batch, committed by itself."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import psycopg
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import PoolProxiedConnection

from core.db.batching.arrays import teach
from core.db.unit_of_work import SqlOpener
from core.domain.errors import TryAgainError

R = TypeVar("R")
_TRIES = 5


class BatchWriter:
    """A connection of the pool, taken when first needed and kept; used by one thread at a time."""

    def __init__(self, open_uow: SqlOpener) -> None:
        self._open_uow = open_uow
        self._connection: PoolProxiedConnection | None = None

    def ask(self, statement: bytes, values: Sequence[object]) -> tuple[Any, ...] | None:
        """The one row of a statement, committed when this returns; None when it failed and nothing was done.

        The last parameter of the statement is the time, null where it is the database's. One bad command fails a whole
        batch, so that after None each is to be carried out by itself.
        """
        try:
            frozen = self._open_uow.frozen
            now = frozen() if frozen else None
            return self.connection().execute(statement, [*values, now], binary=True).fetchone()
        except (psycopg.Error, SQLAlchemyError):
            with suppress(psycopg.Error):
                self.close()
            return None

    def connection(self) -> psycopg.Connection[Any]:
        """The connection itself, for whoever has more to say than one statement; it commits each by itself."""
        if self._connection is None:
            self._connection = self._open_uow.engine.raw_connection()
            driver = _driver(self._connection)
            driver.autocommit = True
            driver.prepare_threshold = 0
            teach(driver)
        return _driver(self._connection)

    def close(self) -> None:
        """End the connection.

        It commits every statement by itself, so it must not come back into the pool, where transactions are begun.
        """
        held, self._connection = self._connection, None
        if held is not None:
            held.invalidate()


def alone(act: Callable[[], R]) -> R | Exception:
    """What somebody gets whose command is carried out in a transaction of its own, tried again where that may help."""
    failed: Exception = TryAgainError("somebody changed the same rows at the same moment; try again")
    for _ in range(_TRIES):
        try:
            return act()
        except TryAgainError as error:
            failed = error
        except Exception as error:  # noqa: BLE001  it is raised to the caller whose command it was
            return error
    return failed


def _driver(connection: PoolProxiedConnection) -> Any:
    return connection.driver_connection
