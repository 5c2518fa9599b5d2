"""A statement that its connection keeps prepared: a call is one message there and one back, and no work in between.

psycopg's own `execute` finds out anew what each call is made of, which takes it ten times as long as sending it.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Self, TypeAlias

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGresult

Value: TypeAlias = bytes | None
"""A parameter or a column in PostgreSQL's binary form."""
_NAME = b"batch"
_GOOD = {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}


class PreparedStatement:
    """One statement on a connection of its own, for one call at a time, on one loop; each call is a transaction.

    The loop watches the connection from the first call to the last, so that a server that goes away is noticed by then.
    """

    def __init__(self, connection: psycopg.AsyncConnection[Any]) -> None:
        self.loop = asyncio.get_running_loop()
        self.closed = False
        self._connection = connection
        self._descriptor = connection.pgconn.socket
        self._results = list[PGresult]()
        self._answer: asyncio.Future[PGresult] | None = None
        self.loop.add_reader(self._descriptor, self._read)

    @classmethod
    async def open(cls, url: str, sql: bytes, *, seconds: int) -> Self:
        """Connect within so many seconds and prepare the statement, whose parameters are `$1`, `$2`, ...

        :raises psycopg.Error: there is no connection to be had, or the statement is not one.
        """
        connection = await psycopg.AsyncConnection.connect(url, autocommit=True, connect_timeout=seconds)
        statement = cls(connection)
        try:
            connection.pgconn.send_prepare(_NAME, sql)
            await statement._answered()
        except BaseException:
            statement.close()
            raise
        return statement

    async def ask(self, values: Sequence[Value]) -> list[Value]:
        """The columns of the one row it returns; what it did is committed by then.

        :raises psycopg.Error: it failed. The connection may have been lost, and then nobody knows whether it was done.
        """
        self._connection.pgconn.send_query_prepared(_NAME, values, [Format.BINARY] * len(values), Format.BINARY)
        result = await self._answered()
        return [result.get_value(0, number) for number in range(result.nfields)]

    def close(self) -> None:
        """End the connection."""
        if not self.closed:
            self.closed = True
            self.loop.remove_reader(self._descriptor)
            self.loop.remove_writer(self._descriptor)
            self._connection.pgconn.finish()

    async def _answered(self) -> PGresult:
        self._answer = self.loop.create_future()
        if self._connection.pgconn.flush():
            self.loop.add_writer(self._descriptor, self._write)
        return await self._answer

    def _write(self) -> None:
        try:
            if not self._connection.pgconn.flush():
                self.loop.remove_writer(self._descriptor)
        except psycopg.Error as error:
            self._lost(error)

    def _read(self) -> None:
        """The end of the results is also the end of the transaction: before it comes nothing is committed."""
        pgconn = self._connection.pgconn
        try:
            pgconn.consume_input()
            while not pgconn.is_busy():
                result = pgconn.get_result()
                if result is None:
                    self._settle()
                    return
                self._results.append(result)
        except psycopg.Error as error:
            self._lost(error)

    def _settle(self) -> None:
        results, self._results = self._results, []
        if self._answer is None or self._answer.done() or not results:
            return
        bad = next((result for result in results if result.status not in _GOOD), None)
        if bad is None:
            self._answer.set_result(results[0])
        else:
            self._answer.set_exception(error_from_result(bad))

    def _lost(self, error: psycopg.Error) -> None:
        self.close()
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)
