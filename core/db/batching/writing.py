"""The connections of batch writers, and what is carried out by itself."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import psycopg
from sqlalchemy.pool import PoolProxiedConnection

from core.db.batching.arrays import moment, teach
from core.db.batching.prepared import PreparedStatement, Value
from core.db.unit_of_work import CONNECT_SECONDS, SqlOpener
from core.domain.errors import TryAgainError

R = TypeVar("R")
_TRIES = 5


class BatchWriter:
    """A statement on a connection of its own, opened when first needed and kept; used by one batch at a time, on one
    loop. The last parameter of the statement is the time, null where it is the database's."""

    def __init__(self, open_uow: SqlOpener, sql: bytes) -> None:
        self._open_uow = open_uow
        self._sql = sql
        self._statement: PreparedStatement | None = None

    async def ask(self, values: Sequence[Value]) -> list[Value] | None:
        """The one row of the statement, committed when this returns; None when it failed and nothing was done.

        One bad command fails a whole batch, so that after None each is to be carried out by itself.
        """
        try:
            statement = await self._opened()
            frozen = self._open_uow.frozen
            return await statement.ask([*values, moment(frozen()) if frozen else None])
        except psycopg.Error:
            self.close()
            return None
        except asyncio.CancelledError:
            self.close()  # its answer is still to come, and the next who asks would take it for theirs
            raise

    def close(self) -> None:
        """End the connection."""
        held, self._statement = self._statement, None
        if held is not None:
            held.close()

    async def _opened(self) -> PreparedStatement:
        held = self._statement
        if held is None or held.closed or held.loop is not asyncio.get_running_loop():
            self.close()
            url = self._open_uow.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
            held = self._statement = await PreparedStatement.open(url, self._sql, seconds=CONNECT_SECONDS)
        return held


class ThreadWriter:
    """A connection of the pool for a thread that has more to say than one statement: taken when first needed, kept."""

    def __init__(self, open_uow: SqlOpener) -> None:
        self._open_uow = open_uow
        self._connection: PoolProxiedConnection | None = None

    def connection(self) -> psycopg.Connection[Any]:
        """The connection itself; it commits each statement by itself."""
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
            with suppress(psycopg.Error):
                held.invalidate()


async def alone(act: Callable[[], R]) -> R | Exception:
    """What somebody gets whose command is carried out in a transaction of its own, in a thread, so that the loop does
    not wait."""
    return await asyncio.to_thread(tried, act)


def tried(act: Callable[[], R]) -> R | Exception:
    """What comes of it, or why nothing; tried again when somebody was in the way."""
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
