"""A prepared statement on a connection of its own: calls, failures, and a server that ends the connection."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import pytest

from core.db.batching.arrays import Texts, texts, wholes
from core.db.batching.prepared import PreparedStatement
from core.db.roles import RoleUrls, dsn_of

JOINED = b"SELECT array_to_string($1::text[], ','), 1 / cardinality($2::bigint[]), pg_backend_pid()"


def asked(urls: RoleUrls, act: Callable[[PreparedStatement], Awaitable[None]], sql: bytes = JOINED) -> None:
    """Do this with the statement on a loop of its own."""

    async def ask() -> None:
        statement = await PreparedStatement.open(dsn_of(urls.app), sql, seconds=5)
        try:
            await act(statement)
        finally:
            statement.close()

    asyncio.run(asyncio.wait_for(ask(), 20))


def test_each_call_has_its_own_answer_however_long(worker_role_urls: RoleUrls) -> None:
    async def act(statement: PreparedStatement) -> None:
        for size in (1, 3_000_000, 2):
            joined, one, _ = await statement.ask([texts(["x" * size, "y"]), wholes([5])])
            assert (joined, one) == (b"x" * size + b",y", b"\x00\x00\x00\x01")

    asked(worker_role_urls, act)


def test_a_call_that_fails_is_not_the_end(worker_role_urls: RoleUrls) -> None:
    async def act(statement: PreparedStatement) -> None:
        with pytest.raises(psycopg.errors.DivisionByZero):
            await statement.ask([texts([]), wholes([])])
        with pytest.raises(psycopg.errors.ProtocolViolation):
            await statement.ask([Texts(b"\x00"), wholes([5])])
        assert (await statement.ask([texts(["x"]), wholes([5])]))[0] == b"x"

    asked(worker_role_urls, act)


def test_a_connection_that_the_server_ends_is_known_as_closed(worker_role_urls: RoleUrls) -> None:
    async def act(statement: PreparedStatement) -> None:
        *_, process = await statement.ask([texts(["x"]), wholes([5])])
        with psycopg.connect(dsn_of(worker_role_urls.app), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [int.from_bytes(process or b"")])
        while not statement.closed:
            await asyncio.sleep(0)
        with pytest.raises(psycopg.OperationalError):
            await statement.ask([texts(["x"]), wholes([5])])

    asked(worker_role_urls, act)


def test_what_is_no_statement_is_refused_when_it_is_prepared(worker_role_urls: RoleUrls) -> None:
    async def act(_: PreparedStatement) -> None:
        raise AssertionError("there is no statement")

    with pytest.raises(psycopg.errors.SyntaxError):
        asked(worker_role_urls, act, b"SELECT FROM WHERE")
